"""A form that arrives after its session ended comes back to the same person, and to nobody else (U13)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.middleware import HeldFormsMiddleware
from accounts.models import HeldForm, Session
from accounts.queries import held_form
from pillars.models import OutreachSession
from tests.factories.accounts import PASSWORD

SIGN_IN = "/sign-in/"
TYPED = {
    "key": "01936a3c-0000-7000-8000-000000000001",
    "held_on": "20-11-2026",
    "place": "Balai desa Randu",
    "topic": "general",
    "women": "12",
    "men": "7",
    "speakers": "",
    "note": "Peserta bertanya tentang kontrak kerja.",
}


@pytest.fixture
def page():
    return reverse("pillars:outreach-new")


@pytest.fixture
def typed():
    from pillars.enums import OutreachTopic

    return TYPED | {"topic": OutreachTopic.values[0]}


def left_alone(cast, clock, page, name="rina"):
    """A browser with the form open whose session has ended meanwhile."""
    client = cast.client(name)
    assert client.get(page).status_code == 200
    clock.shift(timedelta(minutes=61))
    return client


def sign_in(client, location, name="rina"):
    return client.post(location, {"login": name, "password": PASSWORD})


def test_a_form_sent_after_the_session_ended_comes_back_filled_and_can_be_saved(cast, clock, page, typed):
    client = left_alone(cast, clock, page)
    sent = client.post(page, typed)
    assert (sent.status_code, sent.headers["Location"]) == (
        302,
        f"/sign-in/?next={page.replace('/', '%2F')}%3Fheld%3D1",
    )
    door = client.get(sent.headers["Location"])
    assert door.context["held"] is True
    back = sign_in(client, sent.headers["Location"])
    assert back.headers["Location"] == f"{page}?held=1"
    again = client.get(back.headers["Location"])
    assert {name: again.context["form"][name].value() for name in typed} == typed
    saved = client.post(back.headers["Location"], typed)
    assert saved.status_code == 302
    assert str(OutreachSession.objects.get().pk) == typed["key"]
    assert not HeldForm.objects.exists()


def test_what_is_kept_is_sealed_and_without_passwords_and_tokens(cast, clock, page, typed):
    client = left_alone(cast, clock, page)
    client.post(page, typed | {"password": "rahasia sekali", "csrfmiddlewaretoken": "abc"})
    held = HeldForm.objects.get()
    assert b"Balai" not in bytes(held.sealed)
    assert held_form(user=cast.user("rina"), path=page).dict() == typed


@pytest.mark.parametrize(
    "ended",
    [
        lambda clock: clock.shift(timedelta(hours=13)),
        lambda clock: clock.shift(timedelta(days=3)),
        lambda clock: Session.objects.all().delete(),
    ],
    ids=["after twelve hours", "days later", "row gone"],
)
def test_it_is_kept_however_the_session_ended(cast, clock, page, typed, ended):
    client = cast.client("rina")
    client.get(page)
    ended(clock)
    location = client.post(page, typed).headers["Location"]
    back = sign_in(client, location)
    assert client.get(back.headers["Location"]).context["form"]["place"].value() == typed["place"]


def test_it_is_kept_although_another_page_noticed_first_that_the_session_had_ended(cast, clock, page, typed):
    client = left_alone(cast, clock, page)
    assert client.get("/account/").status_code == 302  # this answer takes the session cookie away
    assert "held%3D1" in client.post(page, typed).headers["Location"]


def test_another_person_sees_an_empty_form(cast, clock, page, typed):
    client = left_alone(cast, clock, page)
    location = client.post(page, typed).headers["Location"]
    back = sign_in(client, location, "teguh")
    form = client.get(back.headers["Location"]).context["form"]
    assert (form.is_bound, form["place"].value()) == (False, None)
    assert HeldForm.objects.get().user == cast.user("rina")


def test_it_is_not_shown_on_another_page_or_after_twelve_hours(cast, clock, page, typed):
    client = left_alone(cast, clock, page)
    client.post(page, typed)
    rina = cast.user("rina")
    assert held_form(user=rina, path="/elsewhere/") is None
    clock.shift(timedelta(hours=12, seconds=1))
    assert held_form(user=rina, path=page) is None


def test_a_browser_nobody_worked_in_keeps_nothing(cast, page, typed):
    sent = Client().post(page, typed)
    assert sent.headers["Location"] == f"/sign-in/?next={page}"
    assert not HeldForm.objects.exists()


def test_a_forged_note_keeps_nothing(cast, page, typed):
    client = Client()
    client.cookies["orang"] = f"{cast.user('rina').pk}:1sFake:forged"
    client.post(page, typed)
    assert not HeldForm.objects.exists()


def test_nothing_is_kept_for_a_disabled_account(cast, page, typed):
    client = cast.client("rina")
    client.get(page)
    actions.disable_account(by=cast.user("arif"), user=cast.user("rina"), reason="Mengundurkan diri")
    client.post(page, typed)
    assert not HeldForm.objects.exists()


def test_nothing_is_kept_without_the_csrf_token(cast, clock, page, typed):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.user("rina"), backend="accounts.backends.AccountBackend")
    client.get(page)
    clock.shift(timedelta(minutes=61))
    assert client.post(page, typed).status_code == 403
    assert not HeldForm.objects.exists()


def strict_browser(cast, page, name="rina"):
    """A browser that is asked for tokens, signed in, and the token of the form it has open."""
    client = Client(enforce_csrf_checks=True)
    token = client.get(SIGN_IN).context["csrf_token"]
    client.post(SIGN_IN, {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": str(token)})
    return client, str(client.get(page).context["csrf_token"])


def sign_in_again(client, clock, name):
    """The session ends, and in another tab somebody signs in: the CSRF secret is a new one."""
    clock.shift(timedelta(minutes=61))
    token = client.get(SIGN_IN).context["csrf_token"]
    client.post(SIGN_IN, {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": str(token)})


def test_a_page_open_before_i_signed_in_again_in_another_tab_keeps_what_i_typed(cast, clock, page, typed):
    client, token = strict_browser(cast, page)
    sign_in_again(client, clock, "rina")
    answer = client.post(page, typed | {"csrfmiddlewaretoken": token})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{page}?held=1")
    assert not OutreachSession.objects.exists()
    form = client.get(answer.headers["Location"]).context["form"]
    assert {name: form[name].value() for name in typed} == typed


def test_a_page_of_whoever_worked_here_before_is_kept_for_them_alone(cast, clock, page, typed):
    client, token = strict_browser(cast, page)
    sign_in_again(client, clock, "teguh")
    assert client.post(page, typed | {"csrfmiddlewaretoken": token}).status_code == 403
    assert held_form(user=cast.user("teguh"), path=page) is None
    assert held_form(user=cast.user("rina"), path=page)["place"] == typed["place"]


def test_an_old_page_after_the_second_session_ended_too_leads_to_sign_in(cast, clock, page, typed):
    client, token = strict_browser(cast, page)
    sign_in_again(client, clock, "rina")
    clock.shift(timedelta(minutes=61))
    answer = client.post(page, typed | {"csrfmiddlewaretoken": token})
    assert answer.headers["Location"] == f"/sign-in/?next={page.replace('/', '%2F')}%3Fheld%3D1"


@pytest.mark.parametrize("token", ["", "a" * 64, "0" * 32, "é" * 64, "<script>"])
def test_a_token_no_sign_in_here_has_seen_keeps_nothing(cast, page, typed, token):
    client, _token = strict_browser(cast, page)
    assert client.post(page, typed | {"csrfmiddlewaretoken": token}).status_code == 403
    assert not HeldForm.objects.exists()


def test_files_are_not_kept(cast, clock, page, typed):
    client = left_alone(cast, clock, page)
    client.post(page, typed | {"photo": SimpleUploadedFile("foto.jpg", b"..")})
    assert "photo" not in held_form(user=cast.user("rina"), path=page)


def test_json_is_not_kept(cast, clock, page):
    client = left_alone(cast, clock, page)
    client.post(page, {"place": "Balai desa"}, content_type="application/json")
    assert not HeldForm.objects.exists()


def test_after_sign_out_nothing_is_kept_in_this_browser(cast, page, typed):
    client = cast.client("rina")
    client.get(page)
    actions.hold_form(by=cast.user("rina"), path=page, typed=client.request().wsgi_request.POST)
    client.post("/sign-out/")
    assert not HeldForm.objects.exists()
    client.post(page, typed)
    assert not HeldForm.objects.exists()


def test_one_form_a_path_and_ten_a_person_are_kept(cast, clock):
    from django.http import QueryDict

    rina = cast.user("rina")
    for n in range(12):
        actions.hold_form(by=rina, path=f"/form/{n}/", typed=QueryDict(f"n={n}"))
        clock.shift(timedelta(seconds=1))
    actions.hold_form(by=rina, path="/form/11/", typed=QueryDict("n=newest"))
    kept = HeldForm.objects.order_by("held_at").values_list("path", flat=True)
    assert list(kept) == [f"/form/{n}/" for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11)]
    assert held_form(user=rina, path="/form/11/").dict() == {"n": "newest"}


def test_a_form_that_is_still_wrong_stays_kept(cast, clock, page, typed):
    client = left_alone(cast, clock, page)
    location = client.post(page, typed).headers["Location"]
    back = sign_in(client, location).headers["Location"]
    assert client.post(back, typed | {"held_on": "31/02/2026"}).status_code == 422
    assert HeldForm.objects.count() == 1


def test_a_fragment_sends_the_whole_page_to_sign_in(cast, clock, page, typed):
    client = left_alone(cast, clock, page)
    answer = client.post(page, typed, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (
        200,
        f"/sign-in/?next={page.replace('/', '%2F')}%3Fheld%3D1",
    )


def test_the_query_of_the_form_is_kept_too(cast, clock, page, typed):
    client = left_alone(cast, clock, page)
    location = client.post(f"{page}?from=today&held=1", typed).headers["Location"]
    back = sign_in(client, location).headers["Location"]
    assert back == f"{page}?from=today&held=1"


def test_the_language_form_of_the_sign_in_page_is_not_taken_for_one(cast, clock, page):
    client = left_alone(cast, clock, page)
    client.post(reverse("language"), {"language": "en", "next": f"{SIGN_IN}?next={page}"})
    client.post("/sign-out/")
    assert not HeldForm.objects.exists()


def test_middleware_stands_after_the_sign_in_is_known(settings):
    names = settings.MIDDLEWARE
    held = names.index(f"{HeldFormsMiddleware.__module__}.{HeldFormsMiddleware.__qualname__}")
    assert names.index("django.contrib.auth.middleware.AuthenticationMiddleware") < held
    assert names.index("villages.middleware.SessionLimitsMiddleware") < held


def test_sign_in_page_says_that_the_session_has_ended(cast, clock, page):
    client = left_alone(cast, clock, page)
    location = client.get(page).headers["Location"]
    shown = client.get(location)
    assert (shown.context["ended"], shown.context["held"]) == (True, False)
    assert Client().get(location).context["ended"] is False
