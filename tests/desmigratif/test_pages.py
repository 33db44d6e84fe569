"""Menu, notices, language and the neutral page."""

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", ["privacy", "accessibility", "calendar"])
def test_public_page_opens_for_a_visitor(db, name, language):
    client = Client()
    client.cookies["bahasa"] = language
    answer = client.get(reverse(name))
    assert (answer.status_code, answer["Content-Language"]) == (200, language)


def test_neutral_page_names_no_programme(db):
    page = Client().get(reverse("calendar")).content.decode().lower()
    assert ("migra" in page.replace("desmigratif.css", ""), "<h1>november 2026</h1>" in page) == (False, True)


def test_language_of_a_visitor_is_kept_in_a_cookie(db):
    client = Client()
    answer = client.post(reverse("language"), {"language": "en", "next": "/privacy/"})
    assert (answer.status_code, answer.url, answer.cookies["bahasa"].value) == (302, "/privacy/", "en")
    assert '<html lang="en">' in client.get("/privacy/").content.decode()


def test_language_of_a_person_is_kept_on_the_account_and_logged_once(cast):
    client, rina = cast.client("rina"), cast.user("rina")
    for _ in range(2):
        client.post(reverse("language"), {"language": "en", "next": "/menu/"})
    rina.refresh_from_db()
    assert rina.language == "en"
    assert Event.objects.filter(name="account.language_chosen").count() == 1


def test_language_nobody_knows_changes_nothing(cast):
    answer = cast.client("rina").post(reverse("language"), {"language": "tlh", "next": "/menu/"})
    cast.user("rina").refresh_from_db()
    assert ("bahasa" in answer.cookies, cast.user("rina").language) == (False, "id")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "\\\\evil.example/",
        "/\\evil.example/",
        "javascript:alert(1)",
        "http:///evil.example",
        " https://evil.example",
        "",
    ],
)
def test_language_leads_back_to_own_pages_only(db, elsewhere):
    answer = Client().post(reverse("language"), {"language": "en", "next": elsewhere})
    assert answer.url == "/"
