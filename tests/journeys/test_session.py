"""A public session of thirty people is written down in at most forty taps (issue 5)."""

from __future__ import annotations

import pytest

from pillars.models import OutreachSession
from tests.factories import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["script", "noscript"])
def device(request):
    return 360, request.param


def test_session_of_thirty_people_takes_at_most_forty_taps(visitors, cast):
    PersonFactory(village=cast.randu, full_name="Zubaidah Tidak Hadir")
    there = [
        PersonFactory(village=cast.randu, full_name=f"Warga {n:02d}", sex="female" if n % 3 else "male")
        for n in range(30)
    ]
    visitor = visitors("rina")
    page, taps = visitor.page, 0

    def tap(locator):
        nonlocal taps
        taps += 1
        locator.click()

    visitor.open("/outreach/")
    with page.expect_navigation():
        tap(page.get_by_role("link", name="Catat sosialisasi").first)
    visitor.look()
    tap(page.locator("label:has([name=topic][value=safe_migration])"))
    tap(page.locator("[name=place]"))
    page.keyboard.type("Balai desa")
    with page.expect_navigation():
        tap(page.get_by_role("button", name="Simpan sosialisasi"))
    visitor.look()
    for person in there:
        tap(page.locator(f"label:has([name=people][value='{person.pk}'])"))
    with page.expect_navigation():
        tap(page.get_by_role("button", name="Simpan kehadiran"))
    visitor.look()
    session = OutreachSession.objects.get()
    assert (session.women, session.men, session.attendees.count()) == (20, 10, 30)
    assert [row.officer for row in session.officers.all()] == [cast.user("rina")]
    assert taps <= 40, taps
