"""The pages for what went wrong."""

import gzip
import re

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path
from django.utils import translation

from accounts.rules import NotPermitted
from desmigratif import errors
from tests.migrants.calling import told

SECRET = "geheim-dari-dalam"


def _raise(exception):
    def view(request):
        raise exception

    return view


urlpatterns = [
    path("rusak/", _raise(RuntimeError(SECRET))),
    path("putus/", _raise(OperationalError(SECRET))),
    path("buruk/", _raise(BadRequest(SECRET))),
    path("tolak/", _raise(PermissionDenied(SECRET))),
    path("sudah-tutup/", _raise(NotPermitted("Kasus <b>ini</b> sudah ditutup."))),
    path("baik/", lambda request: HttpResponse("baik")),
    path("", include("desmigratif.urls")),
]
handler400, handler403 = errors.bad_request, errors.permission_denied
handler404, handler500 = errors.page_not_found, errors.server_error

pytestmark = pytest.mark.urls("tests.desmigratif.test_errors")


def ask(url: str, language: str = "id", method: str = "get", **extra: str):
    client = Client(raise_request_exception=False)
    client.cookies["bahasa"] = language
    return getattr(client, method)(url, **extra)


def heading(answer) -> str:
    return re.search("<h1>(.*?)</h1>", answer.content.decode())[1]


PAGES = [
    ("/buruk/", 400, "Permintaan tidak dapat dibaca", "We could not read this"),
    ("/tolak/", 403, "Anda tidak dapat melakukan ini", "You cannot do this"),
    ("/tidak-ada/", 404, "Halaman tidak ditemukan", "Page not found"),
    (
        "/language/",
        405,
        "Halaman ini tidak dapat dibuka dengan cara ini",
        "This page cannot be opened this way",
    ),
    ("/rusak/", 500, "Ada gangguan di sistem kami", "Something went wrong on our side"),
    ("/putus/", 503, "Layanan sedang tidak tersedia", "The service is not available now"),
]


@pytest.mark.parametrize(("url", "status", "indonesian", "english"), PAGES)
def test_page_says_what_happened_in_both_languages(url, status, indonesian, english):
    for language, words in (("id", indonesian), ("en", english)):
        answer = ask(url, language)
        assert (answer.status_code, heading(answer)) == (status, words)
        assert f'<html lang="{language}">' in answer.content.decode()


@pytest.mark.parametrize(("url", "status", "_id", "_en"), PAGES)
def test_page_is_small_tells_nothing_inside_and_leads_on(url, status, _id, _en):
    answer = ask(url)
    page = answer.content.decode()
    assert (len(answer.content) <= 10_000, len(gzip.compress(answer.content)) <= 3_000) == (True, True)
    assert (SECRET in page, "csrfmiddlewaretoken" in page, "Traceback" in page) == (False, False, False)
    assert '<a class="button" href="/">' in page
    assert 'href="tel:+' in page


@pytest.mark.parametrize(("url", "status", "_id", "_en"), PAGES)
def test_page_keeps_the_strict_headers(url, status, _id, _en):
    answer = ask(url)
    policy = sorted(part.strip() for part in answer["Content-Security-Policy"].split(";"))
    assert policy == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
    ]
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")


def test_refusal_of_a_rule_shows_its_sentence_as_text():
    assert "Kasus &lt;b&gt;ini&lt;/b&gt; sudah ditutup." in ask("/sudah-tutup/").content.decode()


def test_not_found_is_the_same_bytes_for_every_address():
    first, second = ask("/tidak-ada/"), ask("/juga-tidak-ada/dengan/ekor/?q=1")
    assert first.content == second.content


def test_not_found_answers_a_machine_in_its_own_words():
    answer = ask("/api/tidak-ada/")
    assert (answer.status_code, told(answer)) == (404, {"detail": "Ini tidak ada."})


def test_unavailable_says_when_to_try_again():
    assert ask("/putus/")["Retry-After"] == "30"


def test_method_not_known_still_names_the_known_ones():
    assert ask("/language/")["Allow"] == "POST"


def test_form_without_a_token_explains_itself():
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "Halaman ini terbuka terlalu lama." in answer.content.decode()


def test_server_error_holds_when_templates_do_not(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError(SECRET)

    monkeypatch.setattr(errors, "render_to_string", broken)
    with translation.override("id"):
        answer = errors.server_error(RequestFactory().get("/"))
    assert (answer.status_code, heading(answer)) == (500, "Layanan sedang terganggu")


@pytest.mark.parametrize("url", ["/rusak/", "/tidak-ada/", "/buruk/"])
def test_error_page_of_a_visitor_asks_the_database_nothing(url):
    """Without the `db` fixture any query fails the test."""
    assert ask(url).status_code in {400, 404, 500}
