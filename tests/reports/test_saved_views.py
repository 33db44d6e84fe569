"""A person saves the address of a page, finds it again and removes it; nobody else meets it."""

import pytest

from accounts.keys import new_key
from accounts.rules import NotPermitted
from reports.actions.saved import MOST_VIEWS, save_view
from reports.models import SavedView
from reports.saved_pages import AddressRefused, savable_address
from tests import factories as make

PIVOT = "/figures/by-two/?figure=departures&rows=place&columns=procedural"


def test_address_of_a_known_page_is_kept_without_place_in_the_list_or_search():
    assert savable_address(f"{PIVOT}&after=abc") == PIVOT
    assert savable_address("/cases/?state=open&q=Suparmi") == "/cases/?state=open"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org/figures/",
        "//example.org/figures/",
        "http://[/figures/",
        "/\\example.org/figures/",
        "javascript:alert(1)",
        "/sign-in/",
        "/people/?q=Siti",
        "/nowhere/",
        "/figures/\n",
        "/figures/?period=" + "9" * 400,
    ],
)
def test_other_address_is_refused(text):
    with pytest.raises(AddressRefused):
        savable_address(text)


def test_view_is_saved_found_and_removed(cast):
    client, key = cast.client("hendro"), str(new_key())
    sent = {"key": key, "name": "Jalur tahun ini", "address": PIVOT}
    for _turn in range(2):  # a second delivery finds the first
        answer = client.post("/views/new/", sent)
        assert (answer.status_code, answer["Location"]) == (302, PIVOT)
    assert SavedView.objects.count() == 1
    assert 'href="/figures/by-two/?figure=departures&amp;rows=place' in client.get("/").content.decode()
    assert "Jalur tahun ini" in client.get("/views/").content.decode()
    other = cast.client("lina")
    assert "Jalur tahun ini" not in other.get("/views/").content.decode() + other.get("/").content.decode()
    assert other.post(f"/views/{key}/remove/").status_code == 404
    assert client.post(f"/views/{key}/remove/").status_code == 302
    assert SavedView.objects.count() == 0


def test_same_name_leads_to_the_new_page(cast):
    seat = cast.seat("rina")
    for address in ("/figures/", "/visits/"):
        save_view(by=seat, key=new_key(), name="Saya", address=address)
    assert list(SavedView.objects.values_list("name", "address")) == [("Saya", "/visits/")]


def test_form_refuses_another_site(cast):
    client = cast.client("rina")
    assert client.get("/views/new/?address=//example.org/").status_code == 404
    sent = {"key": str(new_key()), "name": "Saya", "address": "//example.org/"}
    assert client.post("/views/new/", sent).status_code == 422


def test_thirty_views_are_enough(cast):
    seat = cast.seat("rina")
    make.SavedViewFactory.create_batch(MOST_VIEWS, owner=cast.user("rina"))
    with pytest.raises(NotPermitted):
        save_view(by=seat, key=new_key(), name="Satu lagi", address="/figures/")
