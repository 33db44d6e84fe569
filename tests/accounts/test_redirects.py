"""Forty ways to smuggle another site into `next`, and the paths that are ours (C34)."""

import pytest

from accounts.redirects import own_path
from tests.factories.accounts import PASSWORD

ELSEWHERE = [
    "http://evil.example/",
    "https://evil.example/",
    "HTTPS://EVIL.EXAMPLE",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2e%2e",
    "/\\evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "\\/evil.example",
    "http:evil.example",
    "https:/evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ftp://evil.example/",
    "file:///etc/passwd",
    "mailto:orang@evil.example",
    "blob:https://evil.example/1",
    "evil.example",
    "evil.example/path",
    "www.evil.example",
    "@evil.example",
    "http://testserver@evil.example/",
    "https://testserver.evil.example/",
    "http://testserver/account/",
    "//testserver/account/",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    "/account/\x00",
    "\u2028//evil.example",
    "//\u3002evil.example",
    "http://[::1",
    "?next=//evil.example",
    "#//evil.example",
    "../account/",
    "",
    "/" + "a" * 3000,
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_address_elsewhere_is_refused(address):
    assert own_path(address) is None


@pytest.mark.parametrize(
    "address", ["/", "/account/", "/people/?q=dwi&page=2", "/x/#catatan", "/a/?u=http://b.c"]
)
def test_own_path_is_kept(address):
    assert own_path(address) == address


def test_nothing_is_nowhere():
    assert own_path(None) is None


@pytest.mark.parametrize("address", [address for address in ELSEWHERE if "\x00" not in address])
def test_sign_in_leads_home_instead(cast, client, address):
    posted = {"login": "rina", "password": PASSWORD, "next": address}
    response = client.post("/sign-in/", posted)
    assert (response.status_code, response.headers["Location"]) == (302, "/")


def test_sign_in_page_does_not_carry_an_address_elsewhere(db, client):
    page = client.get("/sign-in/?next=https://evil.example/")
    assert "evil" not in page.content.decode().split("<main")[1].split("</main>")[0]
