"""Sheets as the browser prints them: one page of the right size, no menu (quality.md U34)."""

from __future__ import annotations

import io

import pikepdf
import pytest

from tests.factories import (
    CaseFactory,
    FamilyPermitFactory,
    MigrationFactory,
    PersonFactory,
    ServiceVisitFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def device():
    return 360, True


def printed(visitor, path):
    """Pages, and width and height of the first in millimetres."""
    visitor.page.emulate_media(color_scheme="dark")  # paper stays white
    visitor.open(path)
    visitor.page.set_viewport_size({"width": 1280, "height": 800})
    visitor.check()
    visitor.page.set_viewport_size({"width": 360, "height": 800})
    with pikepdf.open(io.BytesIO(visitor.page.pdf(prefer_css_page_size=True))) as pdf:
        _left, _bottom, width, height = (float(point) for point in pdf.pages[0].MediaBox)
        return len(pdf.pages), round(width / 72 * 25.4), round(height / 72 * 25.4)


def test_each_sheet_is_one_page_of_its_paper(visitors, cast):
    person = PersonFactory(village=cast.randu, full_name="Siti Rohmah")
    visit = ServiceVisitFactory(village=cast.randu, person=person, logged_by=cast.user("rina"))
    case = CaseFactory(village=cast.randu, person=person, narrative="Gaji tidak dibayar.")
    journey = MigrationFactory(person=person)
    permit = FamilyPermitFactory(migration=journey)
    visitor = visitors("rina")
    paths = {
        "receipt": f"/visits/{visit.pk}/receipt/",
        "roll": f"/visits/{visit.pk}/receipt/?paper=roll",
        "sheet": f"/cases/{case.pk}/sheet/",
        "card": f"/cases/{case.pk}/card/",
        "week": "/tasks/week/",
        "checklist": f"/journeys/{journey.pk}/checklist/",
        "permit": f"/permits/{permit.pk}/",
    }
    assert {name: printed(visitor, path) for name, path in paths.items()} == {
        "receipt": (1, 210, 297),
        "roll": (1, 80, 200),
        "sheet": (1, 210, 297),
        "card": (1, 210, 297),
        "week": (1, 210, 297),
        "checklist": (1, 210, 297),
        "permit": (1, 210, 297),
    }
    visitor.open(paths["card"])
    card = visitor.page.locator(".card-85").bounding_box()
    millimetres = {side: round(card[side] / 96 * 25.4) for side in ("width", "height")}
    assert millimetres == {"width": 86, "height": 54}
