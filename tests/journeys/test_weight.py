"""Bytes on the wire: first visit <= 60 KB, later pages <= 25 KB (quality.md U1)."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = {
    "rina": [
        "/",
        "/visits/",
        "/visits/new/",
        "/people/",
        "/people/new/",
        "/cases/",
        "/cases/new/",
        "/pillars/",
        "/menu/",
    ],
    "hendro": ["/", "/cases/", "/villages/", "/figures/", "/referrals/", "/staff/", "/menu/"],
    "maya": ["/", "/villages/", "/figures/", "/reports/", "/reports/new/", "/figures/definitions/"],
    "arif": ["/", "/villages/33.25.14.2004/", "/cohorts/", "/staff/"],
    "kades": ["/", "/pillars/", "/figures/"],
    "ratna": ["/", "/figures/"],
    "sys": ["/"],
    "audi": ["/", "/audit/"],
}


@pytest.fixture
def device():
    return 360, True


@pytest.mark.parametrize("person", PAGES)
def test_every_page_is_light_and_clean(visitors, person):
    visitor = visitors("")
    visitor.open("/sign-in/")
    assert visitor.weights["/sign-in/"] <= 60_000
    visitor.sign_in(person)
    for path in PAGES[person]:
        visitor.page.set_viewport_size({"width": 360, "height": 800})
        visitor.open(path)
        assert visitor.page.locator("h1").count() == 1
        visitor.page.set_viewport_size({"width": 1280, "height": 800})
        visitor.check()
    heavy = {path: size for path, size in visitor.weights.items() if path != "/sign-in/" and size > 25_000}
    assert heavy == {}
