"""Every role follows every link from its first page, in a country where every text is hostile.

What no single page's test can see: dead ends, words of one village on another's page, a child known outside
its village, identity numbers, typed HTML, running numbers in addresses, headers that a page forgot.
"""

from __future__ import annotations

import logging
import re
from collections import Counter, deque
from collections.abc import Iterator
from functools import cache
from html import unescape
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import resolve, reverse

from migrants.models import Case, Person, RegisterImport
from migrants.numbers import nik_fields
from tests import factories as make
from tests.architecture.permissions import PEOPLE, ROUTES
from tests.architecture.test_permissions import BY_NAME, _django_db_helper, standing  # noqa: F401
from tests.architecture.world import World
from tests.reports.test_children_elsewhere import MARKS, marks_of, plant_child

pytestmark = pytest.mark.django_db

HTML = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7*7 }}"
NIK = "9925145207900007"
SUBJECT = "Pekerja Rahasia"  # whom the restricted case is about
PERSON = "Dwi Lestari"  # a person of Randu
API = "/api/v1/"  # what it answers names further addresses, as a page links to them
PAGES_A_VIEW = 2  # of one view with the same words in the query
SAME_ROLE = {"teguh", "sari", "dewi", "indra"}  # as somebody before them: one page of each view shows it
FILES = (".csv", ".xlsx")
LARGEST_CRAWL = 560
SEATED = [person for person in PEOPLE if person not in ("stranger", "former")]
HANDLES_RESTRICTED = {"rina", "hendro"}
OFFICERS_OF_RANDU = {"rina", "teguh"}
SEES_PEOPLE_OF_RANDU = {"rina", "teguh", "hendro", "kades"}  # the village head: on family permits alone
Met = dict[str, tuple[int, str, dict[str, str]]]  # address -> status, text and headers
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.fixture(scope="module")
def hostile(standing) -> Iterator[tuple[World, dict[str, Client], tuple[str, ...]]]:  # noqa: F811
    """The matrix's world, with HTML in every free text of every object, two more people with numbers, and a
    child by whose marks it would be known."""
    world, clients = standing
    with transaction.atomic():
        for thing in [*world.things.values(), world.cast.randu_designation()]:
            _poison(thing)
        Person.objects.filter(pk=world.person.pk).update(full_name=f"{PERSON} {HTML}"[:120])
        Case.objects.filter(pk=world.restricted.pk).update(subject_name=SUBJECT)
        RegisterImport.objects.filter(pk=world.register.pk).update(path="")  # a row without its file on disk
        second = make.PersonFactory(village=world.cast.randu, full_name=f"{PERSON} Kedua")
        numbers = nik_fields(NIK, person=second.pk, village=second.village_id)
        Person.objects.filter(pk=second.pk).update(**numbers)
        yield world, clients, marks_of(plant_child(world.cast))
        transaction.set_rollback(True)


def _poison(thing: models.Model) -> None:
    """HTML in each free text of the row that the database lets be anything."""
    for field in thing._meta.concrete_fields:
        free = isinstance(field, models.CharField | models.TextField) and not field.choices
        if not free or field.primary_key or (field.max_length or 200) < 20:
            continue
        try:
            with transaction.atomic():
                type(thing).objects.filter(pk=thing.pk).update(**{field.name: HTML[: field.max_length]})
        except IntegrityError:
            continue  # the database itself wants this text in a form that cannot hold HTML


def _links(html: str, base: str) -> Iterator[str]:
    calls = re.findall(r'"http://testserver(/api/[^"]*)"', html)
    for address in calls + re.findall(r'(?:href|action)="([^"]*)"', html):
        parts = urlsplit(unescape(address))
        if parts.scheme or parts.netloc or not (parts.path or parts.query):
            continue
        path = parts.path or urlsplit(base).path
        if not path.startswith(("/static/", "/account/logout")):
            yield f"{path}?{parts.query}" if parts.query else path


@cache
def _view(path: str) -> str:
    return resolve(path).view_name


@cache
def _kind(address: str) -> tuple[str, tuple[str, ...]]:
    """A file holds what its page shows, whatever the words: two files of a view tell enough."""
    parts = urlsplit(address)
    words = () if parts.path.endswith(FILES) else sorted(parse_qs(parts.query, keep_blank_values=True))
    return _view(parts.path), tuple(words)


def crawl(client: Client, pages_a_view: int = PAGES_A_VIEW) -> Met:
    """Address -> status, text and headers of all a reader can reach by links, each kind a few times."""
    seen, kinds, found = {"/", API}, Counter(), {}
    waiting = deque(["/", API])
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        is_text = answer.headers.get("Content-Type", "").startswith(("text/", "application/json"))
        text = body.decode("utf-8-sig") if is_text else ""
        found[address] = answer.status_code, text, dict(answer.headers)
        onward = [answer.headers["Location"]] if answer.status_code == 302 else _links(text, address)
        for link in onward:
            if link in seen or _is_no_page(link):
                continue
            seen.add(link)
            kinds[_kind(link)] += 1
            if kinds[_kind(link)] <= pages_a_view:
                waiting.append(link)
        assert len(found) < LARGEST_CRAWL, "the crawl does not end"
    return found


def _is_no_page(address: str) -> bool:
    """Addresses that take POST alone stand in a form; health depends on engines, not on readers."""
    return BY_NAME[_view(urlsplit(address).path)].get is None or address == "/readyz"


def errors(met: Met) -> list[str]:
    """Links that lead to something else than a page or onward."""
    return [f"{url}: {status}" for url, (status, *_rest) in met.items() if status not in (200, 302)]


def missing_headers(met: Met) -> list[str]:
    wrong = []
    for url, (_status, _text, headers) in met.items():
        policy = headers["Content-Security-Policy"]
        said = {part.strip() for part in policy.split(";")}
        if (
            {name: headers.get(name) for name in HEADERS} != HEADERS
            or not said >= POLICY
            or "unsafe" in policy
        ):
            wrong.append(url)
    return wrong


def typed_markup(met: Met) -> list[str]:
    """Pages on which something typed became markup, or that carry script or style of their own."""
    return [
        url
        for url, (_status, text, headers) in met.items()
        if headers["Content-Type"].startswith("text/html")
        and (
            "<script>alert" in text
            or "<img src=x" in text
            or re.search(r"<[^>]*\s(?:on\w+|style)=", re.sub(r'"[^"]*"', '""', text))
            or re.search(r"<style|<script(?![^>]*\ssrc=)", text)
        )
    ]


def whole_numbers(met: Met) -> list[str]:
    """Pages that show sixteen digits in a row: a whole identity number."""
    return [url for url, (_s, text, _h) in met.items() if re.search(r"(?<![\w.-])\d{16}(?![\w-])", text)]


def running_numbers(met: Met) -> list[str]:
    """Addresses by which one could count. A year is no running number, nor is the code of an account, which
    is the same in every chart."""
    found = [url for url in met if re.search(r"/\d{1,9}(?:/|$)", urlsplit(url).path)]
    return [
        url
        for url in found
        if not url.startswith(("/cohorts/", "/reports/words/")) and "/books/accounts/" not in url
    ]


FAULTS = (errors, missing_headers, typed_markup, whole_numbers, running_numbers)


@pytest.mark.parametrize("person", SEATED)
def test_whoever_follows_every_link_meets_no_fault_and_nobody_elses_people(person, hostile, caplog):
    world, clients, childs = hostile
    with world.undone(), caplog.at_level(logging.DEBUG):
        met = crawl(clients[person], 1 if person in SAME_ROLE else PAGES_A_VIEW)
    assert {find.__name__: found for find in FAULTS if (found := find(met))} == {}

    people = [url for url, (_status, text, _headers) in met.items() if PERSON in text]
    assert bool(people) is (person in SEES_PEOPLE_OF_RANDU), people
    if person == "kades":
        assert {_view(urlsplit(url).path).partition("permit")[1] for url in people} == {"permit"}

    marks = (SUBJECT, str(world.restricted.pk), world.restricted.number)
    case = [url for url, (_s, text, _h) in met.items() if any(mark in text for mark in marks)]
    assert bool(case) is (person in HANDLES_RESTRICTED), case

    # Of a child the log names the record by its key and reference alone.
    marks = MARKS if person == "audi" else childs
    child = [url for url, (_s, text, _h) in met.items() if any(mark in text for mark in marks)]
    assert bool(child) is (person in OFFICERS_OF_RANDU), child
    assert [line for line in caplog.messages if any(mark in line for mark in MARKS)] == []


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.get and "dewi" in route.get.special], ids=lambda r: r.name
)
def test_another_village_s_object_answers_as_one_that_does_not_exist(route, hostile):
    world, clients, _childs = hostile
    theirs = reverse(route.name, args=route.args(world)) + route.query
    nobodys = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", str(uuid4()), theirs).replace(
        "33.25.14.2004", "99.25.14.2004"
    )
    assert nobodys != theirs
    with world.undone():
        one, other = clients["dewi"].get(theirs), clients["dewi"].get(nobodys)
    assert (one.status_code, one.content) == (other.status_code, other.content) == (404, one.content)
    same = set(one.headers) - {"X-Request-Id", "Content-Security-Policy"}
    assert {name: one.headers[name] for name in same} == {
        name: other.headers.get(name)
        for name in set(other.headers) - {"X-Request-Id", "Content-Security-Policy"}
    }
