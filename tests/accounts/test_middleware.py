"""The whole chain of settings.MIDDLEWARE around a few pages of our own."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.test import Client
from django.urls import path
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from tests.factories import UserFactory


@csrf_exempt
def echo(request):
    return JsonResponse(
        {"get": dict(request.GET.lists()), "post": dict(request.POST.lists()), "language": get_language()}
    )


def language(request):
    return HttpResponse(str(gettext_lazy("Yes")))


def forbidden(request):
    raise PermissionDenied


def shared(request):
    return HttpResponse("x", headers={"Cache-Control": "public, max-age=60"})


urlpatterns = [
    path("echo/", echo),
    path("echo/<str:word>/", echo),
    path("language/", language),
    path("forbidden/", forbidden),
    path("shared/", shared),
]

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def client() -> Client:
    return Client()


# Hostile input


@pytest.mark.parametrize(
    "address", ["/echo/?q=a%00b", "/echo/?a%00=b", "/echo/a%00b/", "/ech%00o/", "/echo/?q=%00"]
)
def test_nul_in_the_address_answers_400(client, address):
    assert client.get(address).status_code == 400


def test_nul_in_a_cookie_answers_400(client):
    assert client.get("/echo/", headers={"cookie": 'sesi="aaaaaaaa\\000aaaaaaaa"'}).status_code == 400


def test_nul_in_the_name_of_an_entry_answers_400(client):
    assert client.post("/echo/", {"na\0me": "Siti"}).status_code == 400


def test_nul_in_what_was_typed_reaches_the_form_that_speaks_about_it(client):
    answer = client.post("/echo/", "name=a%00b", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200


def test_query_parameter_given_twice_answers_400(client):
    assert client.get("/echo/?page=1&page=2").status_code == 400
    assert client.get("/echo/?page=1&size=2").json()["get"] == {"page": ["1"], "size": ["2"]}


def test_query_parameter_with_several_choices_may_be_given_twice(client, settings):
    settings.MANY_VALUED_PARAMETERS = ("stage",)
    assert client.get("/echo/?stage=1&stage=2").json()["get"] == {"stage": ["1", "2"]}
    assert client.get("/echo/?stage=1&stage=2&page=1&page=1").status_code == 400


def test_form_with_several_choices_passes(client):
    assert client.post("/echo/", {"topic": ["a", "b"]}).json()["post"] == {"topic": ["a", "b"]}


@pytest.mark.parametrize(
    "body",
    [
        '{"a": 1, "a": 2}',
        '{"a": {"b": 1, "b": 1}}',
        '[[{"a": 1, "a": 1}]]',
        r'{"a": "x\u0000y"}',
        r'{"x\u0000": 1}',
        r'["x", ["\ud800"]]',
        "[" * 11 + "]" * 11,
        '{"a":' * 11 + "1" + "}" * 11,
        "[" * 200_000 + "]" * 200_000,
    ],
    ids=range(9),
)
def test_hostile_json_answers_400(client, body):
    assert client.post("/echo/", body, content_type="application/json").status_code == 400


@pytest.mark.parametrize(
    "body", ["", "{}", '{"a": [1, "dua", null, {"b": "\\ud83d\\ude00"}]}', "[" * 10 + "]" * 10, "not json"]
)
def test_harmless_json_passes(client, body):
    assert client.post("/echo/", body, content_type="application/json").status_code == 200


def test_body_over_the_limit_answers_400(client):
    assert client.post("/echo/", {"note": "x" * 1_310_720}).status_code == 400
    body = json.dumps({"note": "x" * 1_310_720})
    assert client.post("/echo/", body, content_type="application/json").status_code == 400


def test_more_than_two_hundred_fields_answer_400(client):
    assert client.post("/echo/", {f"field{number}": "x" for number in range(201)}).status_code == 400


# Language


def said(client: Client, **headers: str) -> str:
    return client.get("/echo/", headers=headers).json()["language"]


def test_visitor_reads_indonesian_whatever_the_browser_asks_for(client):
    assert [said(client), said(client, **{"accept-language": "en-GB,en"})] == ["id", "id"]


def test_visitor_s_choice_is_kept_in_a_cookie(client):
    client.cookies["bahasa"] = "en"
    assert said(client) == "en"
    assert client.get("/echo/").headers["Content-Language"] == "en"


@pytest.mark.parametrize("word", ["", "fr", "EN", "en\n", "../en", "x" * 5000])
def test_cookie_with_another_word_is_passed_over(client, word):
    client.cookies["bahasa"] = word
    assert said(client) == "id"


def test_account_s_language_holds_without_a_cookie(client):
    client.force_login(UserFactory(language="en"), backend="accounts.backends.AccountBackend")
    assert said(client) == "en"
    client.cookies["bahasa"] = "id"
    assert said(client) == "id"


def test_language_does_not_leak_into_the_next_request(client):
    client.cookies["bahasa"] = "en"
    assert said(client) == "en"
    assert said(Client()) == "id"


def test_language_of_a_visitor_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/echo/")


# Private pages

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("address", "status"), [("/echo/", 200), ("/forbidden/", 403), ("/nowhere/", 404), ("/echo/?q=%00", 400)]
)
def test_every_answer_is_private(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_refused_host_is_answered_privately(client):
    answer = client.get("/echo/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_answer_that_says_it_is_public_may_be_kept(client):
    answer = client.get("/shared/")
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
