"""The roll of thirty children is keyed within a minute of taps (issue 5): with few away, and one by one."""

from __future__ import annotations

import pytest
from django.utils import timezone

from pillars.models import Attendance, ChildSession
from tests.factories import ChildFactory, FacilitatorFactory, LearningCentreFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHILDREN = 30
SECONDS_A_TAP = 1.5  # a practised thumb on a phone


@pytest.fixture(params=[True, False], ids=["script", "noscript"])
def device(request):
    return 360, request.param


@pytest.fixture
def centre(cast):
    centre = LearningCentreFactory(village=cast.randu, opened_on=timezone.localdate())
    day = {"joined_on": timezone.localdate()}
    for number in range(CHILDREN):
        ChildFactory(centre=centre, pseudonym=f"Anak {chr(65 + number % 26)}{'I' * (number // 26)}", **day)
    FacilitatorFactory(centre=centre, began_on=timezone.localdate(), agreement_signed_on=timezone.localdate())
    return centre


def keyed(visitor, centre, tapped, *, start=""):
    """Open the centre, tap what is to be tapped, save; the number of taps."""
    page, taps = visitor.page, []

    def tap(locator):
        taps.append(locator)
        locator.click()

    visitor.open(f"/learning-centres/{centre.pk}/")
    with page.expect_navigation():
        tap(page.get_by_role("link", name="Catat sesi anak").first)
    if start:
        with page.expect_navigation():
            tap(page.get_by_role("link", name=start))
    tap(page.locator("label:has([name=theme][value=homework])"))
    tap(page.locator("label:has([name=leaders])"))
    for number in tapped:
        tap(page.locator("label:has([name=children])").nth(number))
    with page.expect_navigation():
        tap(page.get_by_role("button", name="Simpan sesi anak"))
    visitor.look()
    return len(taps)


def test_thirty_children_three_of_them_away(visitors, centre):
    taps = keyed(visitors("rina"), centre, (4, 11, 29))
    present = Attendance.objects.filter(present=True).count()
    assert (taps, present, Attendance.objects.count()) == (7, 27, CHILDREN)
    assert taps * SECONDS_A_TAP <= 60


def test_thirty_children_tapped_one_by_one(visitors, centre):
    taps = keyed(visitors("rina"), centre, range(CHILDREN), start="Kosongkan semua")
    present = Attendance.objects.filter(present=True).count()
    assert (taps, present, ChildSession.objects.count()) == (35, CHILDREN, 1)
    assert taps * SECONDS_A_TAP <= 60
