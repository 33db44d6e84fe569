"""The frame around every page: bar, menu, place, sign-out."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.roles import ROLES, Role
from desmigratif.destinations import BAR, MENU, PAGES


def bar(page: str) -> list[tuple[str, str]]:
    """(word, aria-current) of each entry of the bar."""
    nav = re.search(r'<nav class="nav".*?</nav>', page, re.DOTALL)[0]
    entries = re.findall(r'<a href="[^"]*"(?: aria-current="(\w+)")?>.*?<span>(.*?)</span>', nav)
    return [(word, current) for current, word in entries]


def test_every_page_of_the_table_has_an_address():
    names = [page.name for _heading, pages in PAGES for page in pages]
    assert [name for name in [*names, MENU.name] if not reverse(name)] == []
    assert len(names) == len(set(names))


def test_every_role_has_a_bar():
    assert sorted(BAR) == sorted(Role)


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ("rina", ["Hari ini", "Orang", "Kasus", "Kegiatan", "Menu"]),
        ("kades", ["Hari ini", "Kegiatan", "Angka", "Desa", "Menu"]),
        ("hendro", ["Tindakan", "Kasus", "Desa", "Angka", "Menu"]),
        ("lina", ["Tindakan", "Desa", "Angka", "Menu"]),
        ("ratna", ["Beranda", "Desa", "Angka", "Laporan", "Menu"]),
        ("maya", ["Capaian", "Desa", "Angka", "Laporan", "Menu"]),
        ("arif", ["Capaian", "Desa", "Angka", "Laporan", "Menu"]),
        ("sys", ["Beranda", "Menu"]),
        ("audi", ["Beranda", "Jejak", "Menu"]),
    ],
)
def test_bar_of_each_role(cast, person, words):
    page = cast.client(person).get(reverse("menu")).content.decode()
    assert bar(page) == [(word, "page" if word == "Menu" else "") for word in words]


def test_bar_shows_the_part_a_page_belongs_to(cast):
    page = cast.client("rina").get(reverse("pillars:outreach-list")).content.decode()
    assert [word for word, current in bar(page) if current] == ["Kegiatan"]


@pytest.mark.parametrize(
    "person", ["rina", "kades", "hendro", "lina", "ratna", "maya", "arif", "sys", "audi"]
)
def test_menu_leads_only_to_pages_that_open(cast, person):
    client = cast.client(person)
    page = client.get(reverse("menu")).content.decode()
    addresses = re.findall(r'<a class="name" href="([^"]*)"', page)
    assert {address: client.get(address, follow=True).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_frame_says_who_and_where(cast):
    page = cast.client("rina").get(reverse("menu")).content.decode()
    with translation.override("id"):
        assert f"Rina Wulandari <small>{ROLES[Role.OFFICER].label}</small>" in page
    assert "<strong>Desa Randu</strong> Kec. Pecalungan, Kabupaten Batang" in page
    assert "Halaman dibuat pukul 08.15 WIB" in page
    assert '<form class="me" method="post"' in page


def test_frame_costs_no_query_beyond_the_seat(cast, django_assert_num_queries):
    client = cast.client("rina")
    client.get(reverse("menu"))
    with django_assert_num_queries(3):  # session, user, seat
        client.get(reverse("menu"))
