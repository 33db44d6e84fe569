"""Every URL x role x method, generated from the resolver: a URL without a row fails the build."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy

import pytest
import time_machine
from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.test.client import ClientHandler
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.backends import AccountBackend
from accounts.models import User
from tests.architecture.permissions import PEOPLE, ROUTES, Cells, Route
from tests.architecture.world import World, build
from tests.conftest import CHEAP_HASHER, NOW, Cast, build_cast

METHODS = ("GET", "POST")
# A method that a URL does not take is refused before anybody is asked who they are: somebody who has not
# signed in shows it. A HEAD is a GET without its body: an officer shows it, too.
PLAIN_METHODS = ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")
BY_NAME = {route.name: route for route in ROUTES}


def walk(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}" if pattern.name else f"UNNAMED {pattern.pattern}"


def test_every_url_of_the_resolver_has_a_row():
    assert sorted(set(walk(get_resolver()))) == sorted(BY_NAME)


def test_no_row_is_given_twice():
    assert len(BY_NAME) == len(ROUTES)


def cells_for(route: Route, method: str) -> Cells | None:
    if method == "HEAD":
        return route.get if route.head_like_get else None
    return {"GET": route.get, "POST": route.post}.get(method)


def is_asked(person: str, method: str, cells: Cells | None) -> bool:
    if person == "anonymous":
        return True
    return cells is not None and (method != "HEAD" or person == "rina")


def ask(client: Client, route: Route, method: str, world: World) -> int:
    url = reverse(route.name, args=route.args(world)) + route.query
    kwargs = {}
    if method == "POST":
        kwargs["data"] = route.data(world)
        if route.content_type:
            kwargs["content_type"] = route.content_type
    return (
        client.generic(method, url).status_code
        if method not in {"GET", "HEAD", "POST"}
        else getattr(client, method.lower())(url, **kwargs).status_code
    )


class Recognised(ClientHandler):
    """The site as it answers one person, whose account is not read anew for each of twenty thousand requests.
    Session, seat and everything after them are."""

    def __init__(self, user: User) -> None:
        super().__init__(enforce_csrf_checks=False)
        self.user = user

    def get_response(self, request: WSGIRequest) -> HttpResponseBase:
        request._cached_user = copy(self.user)
        return super().get_response(request)


def recognised(cast: Cast, person: str) -> Client:
    client = cast.client(person)
    client.handler = Recognised(AccountBackend().get_user(cast.user(person).pk))
    return client


# The mark makes pytest-django create the test database; the one world below takes the place of its
# transaction a test.
pytestmark = pytest.mark.django_db


@pytest.fixture
def _django_db_helper(standing):
    return


@pytest.fixture(scope="module")
def standing(django_db_setup, django_db_blocker) -> Iterator[tuple[World, dict[str, Client]]]:
    """One world and one signed-in browser a person for the whole matrix; every request is taken back."""
    with time_machine.travel(NOW, tick=False), django_db_blocker.unblock(), transaction.atomic():
        with override_settings(PASSWORD_HASHERS=CHEAP_HASHER):
            cast = build_cast()
            world = build(cast)
            yield world, {"anonymous": Client()} | {person: recognised(cast, person) for person in PEOPLE}
        transaction.set_rollback(True)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_cell(route, standing):
    """All people of one URL, each request on the untouched world."""
    world, clients = standing
    found, expected = {}, {}
    for person, client in clients.items():
        for method in METHODS + PLAIN_METHODS:
            cells = cells_for(route, method)
            if not is_asked(person, method, cells):
                continue
            expected[person, method] = 405 if cells is None else cells.expected(person)
            cookies = client.cookies.copy()
            with world.undone():
                found[person, method] = ask(client, route, method, world)
            client.cookies = cookies
    wrong = {cell: (status, expected[cell]) for cell, status in found.items() if status != expected[cell]}
    assert wrong == {}, "answered, expected"


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if route.post and not route.csrf_exempt], ids=lambda route: route.name
)
def test_post_without_a_token_is_refused(route, standing):
    world, _clients = standing
    person = next((name for name in route.post.allow.split() if name in PEOPLE), None)
    client = Client(enforce_csrf_checks=True)
    if person:
        client.force_login(world.cast.user(person), backend="accounts.backends.AccountBackend")
    url = reverse(route.name, args=route.args(world)) + route.query
    kwargs = {"content_type": route.content_type} if route.content_type else {}
    with world.undone():
        assert client.post(url, route.data(world), **kwargs).status_code == 403
