"""Every call of the API, with tokens that are too narrow: by scope, by place, and over their time."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from tests.architecture.permissions import ROUTES
from tests.architecture.test_permissions import _django_db_helper, standing  # noqa: F401
from tests.factories import ApiTokenFactory
from villages.enums import Group
from villages.scopes import READ, WRITE, scope_of, scopes_for

pytestmark = pytest.mark.django_db
EVERY_SCOPE = [scope_of(group, way) for group in Group for way in (READ, WRITE)]


@pytest.fixture
def tokens(standing):  # noqa: F811
    """`tokens("rina", place=..., scopes=...)`: a browserless client with that token; undone afterwards."""
    world, _clients = standing

    def make(person, **facts):
        secret = f"dmg_{uuid4()}"
        ApiTokenFactory(owner=world.cast.user(person), secret=secret, **facts)
        return Client(headers={"Authorization": f"Bearer {secret}"})

    with transaction.atomic():
        yield make
        transaction.set_rollback(True)


def calls(world):
    """Group, address and method of each call."""
    for route in ROUTES:
        address = reverse(route.name, args=route.args(world)) + route.query
        if not address.startswith("/api/v1/") or route.name == "villages-api:reading":
            continue
        group = resolve(address).func.cls.group
        for method, cells in (("get", route.get), ("post", route.post)):
            if cells is not None:
                yield group, address, method, cells, route


def ask(client, world, method, address, route):
    body = {"data": route.data(world), "content_type": "application/json"} if method == "post" else {}
    with world.undone():
        return getattr(client, method)(address, **body)


def test_token_does_what_its_owner_may_and_nothing_beside_its_scopes(standing, tokens):  # noqa: F811
    world, _clients = standing
    seat = world.cast.seat("rina")
    whole = tokens("rina", scopes=[scope for scope, _words in scopes_for(seat)])
    found, expected = {}, {}
    for group, address, method, cells, route in calls(world):
        found[address, method] = ask(whole, world, method, address, route).status_code
        expected[address, method] = cells.expected("rina")
        if group is None:
            continue
        way = READ if method == "get" else WRITE
        others = [scope for scope in EVERY_SCOPE if scope != scope_of(group, way)]
        answer = ask(tokens("rina", scopes=others), world, method, address, route)
        found[address, method, "other scopes"] = answer.status_code, answer.json()["type"]
        expected[address, method, "other scopes"] = 403, "/api/v1/problems/scope/"
    wrong = {cell: (status, expected[cell]) for cell, status in found.items() if status != expected[cell]}
    assert wrong == {}, "answered, expected"


def test_token_for_another_village_of_the_district_meets_nothing_of_this_one(standing, tokens):  # noqa: F811
    world, _clients = standing
    bandung, scopes = world.cast.bandung, [scope for scope, _words in scopes_for(world.cast.seat("hendro"))]
    narrow = tokens("hendro", scopes=scopes, place=bandung.code)
    found, expected = {}, {}
    for group, address, method, cells, route in calls(world):
        answer = ask(narrow, world, method, address, route)
        status = cells.expected("hendro")
        if cells.special.get("indra") == 404:  # whom the thing of Randu does not exist for, either
            status = 404
        found[address, method], expected[address, method] = answer.status_code, status
        text = answer.content.decode()
        if group is not None and ("33.25.14.2004" in text or "Dwi Lestari" in text):
            found[address, method, "words"], expected[address, method, "words"] = text[:200], ""
    wrong = {cell: (status, expected[cell]) for cell, status in found.items() if status != expected[cell]}
    assert wrong == {}, "answered, expected"
