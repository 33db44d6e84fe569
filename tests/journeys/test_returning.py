"""Somebody known comes again: at most six taps, four required entries, two pages (casework, part 6)."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from migrants.models import ServiceVisit
from tests.factories import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["script", "noscript"])
def device(request):
    return 360, request.param


def test_visit_of_somebody_known_takes_six_taps_on_two_pages(visitors, cast):
    person = PersonFactory(village=cast.randu, full_name="Siti Rohmah")
    PersonFactory(village=cast.randu, full_name="Siti Aminah")
    visitor = visitors("rina")
    page, taps, pages = visitor.page, [], ["/"]
    page.on("framenavigated", lambda frame: pages.append(urlsplit(frame.url).path))

    def tap(name, locator):
        taps.append(name)
        locator.click()

    tap("log", page.get_by_role("link", name="Catat layanan").first)
    page.wait_for_url("**/visits/new/")
    tap("look for", page.locator("[name=q]"))
    page.keyboard.type("siti rohma")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tap("person", page.locator(f"label:has([name=person][value='{person.pk}'])"))
    tap("service", page.locator("label:has([name=topic][value=return])"))
    tap("outcome", page.locator("label:has([name=outcome][value=done])"))
    with page.expect_navigation():
        tap("save", page.get_by_role("button", name="Simpan kunjungan"))
    visit = ServiceVisit.objects.get()
    assert (visit.person, visit.topic, visit.channel, visit.outcome) == (person, "return", "walk_in", "done")
    *worked, end = pages
    assert (len(taps), sorted(set(worked)), end) == (6, ["/", "/visits/new/"], f"/visits/{visit.pk}/saved/")
