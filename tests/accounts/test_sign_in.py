"""Signing in and out: one answer for all failures, limits that lift, nothing typed lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from axes.models import AccessFailureLog
from django.contrib.auth import hashers
from django.test import Client
from django.urls import reverse

from accounts.models import Session
from audit.models import Event
from tests.factories.accounts import PASSWORD

SIGN_IN = "/sign-in/"


def sign_in(client, name="rina", password=PASSWORD, **extra):
    query = f"?next={extra.pop('next')}" if "next" in extra else ""
    return client.post(SIGN_IN + query, {"login": name, "password": password}, **extra)


def names_of_events():
    return list(Event.objects.order_by("id").values_list("name", "subject_label"))


def test_sign_in_with_the_right_password_leads_home(cast, client):
    response = sign_in(client)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.get(reverse("accounts:account")).status_code == 200
    assert names_of_events() == [("account.signed_in", "rina")]


@pytest.mark.parametrize("name", ["Rina", " rina ", "RINA"])
def test_sign_in_does_not_mind_capitals_and_blanks_in_the_name(cast, client, name):
    assert sign_in(client, name).status_code == 302


def test_sign_in_does_not_mind_which_keyboard_composed_the_password(cast, client):
    user = cast.user("rina")
    user.set_password("caf\u00e9 di tepi sawah kami")
    user.save()
    assert sign_in(client, "rina", "cafe\u0301 di tepi sawah kami").status_code == 302


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("rina", "salah"),
        ("nobody.here", PASSWORD),
        ("disabled", PASSWORD),
        ("fresh", PASSWORD),
        ("fresh", "!"),
    ],
)
def test_every_failure_reads_the_same(cast, client, name, password):
    disabled = cast.user("sari")
    disabled.username = "disabled"
    disabled.is_active, disabled.disabled_at = False, disabled.created_at
    disabled.save()
    fresh = cast.user("teguh")
    fresh.username = "fresh"
    fresh.set_unusable_password()
    fresh.save()
    response = sign_in(client, name, password)
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "password": ["The account name or the password is not right. Check both."]
    } or response.context["form"].errors == {
        "password": ["Nama akun atau kata sandi tidak cocok. Periksa keduanya."]
    }


def test_the_page_of_an_unknown_account_is_that_of_a_wrong_password(cast):
    pages = []
    for name in ("rina", "nobody"):
        page = sign_in(Client(), name, "salah sekali").content.decode()
        pages.append(page.replace(f'value="{name}"', 'value="..."'))
    tokens = [line for line in pages[0].splitlines() if "csrfmiddlewaretoken" in line]
    assert [a for a, b in zip(*(page.splitlines() for page in pages), strict=True) if a != b] == tokens


@pytest.mark.parametrize("name", ["rina", "nobody", "fresh"])
def test_one_password_is_hashed_whether_or_not_the_account_exists(cast, client, name, monkeypatch):
    fresh = cast.user("teguh")
    fresh.username = "fresh"
    fresh.set_unusable_password()
    fresh.save()
    hashed = []
    plain = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher,
        "encode",
        lambda self, password, salt: hashed.append(1) or plain(self, password, salt),
    )
    sign_in(client, name, "salah sekali")
    assert len(hashed) == 1


def test_a_password_typed_as_account_name_is_written_nowhere(cast, client):
    sign_in(client, "sawah-hijau-kaki-gunung", "rina")
    assert names_of_events() == [("account.sign_in_failed", "")]
    attempt = AccessFailureLog.objects.get()
    assert len(attempt.username) == 32
    assert "sawah" not in attempt.username + attempt.path_info


def test_a_failure_at_an_account_that_exists_names_it_in_the_log(cast, client):
    sign_in(client, "rina", "salah")
    assert names_of_events() == [("account.sign_in_failed", "rina")]


# --- limits ------------------------------------------------------------------------------------------------


def fail(client, times, name="rina", **extra):
    return [sign_in(client, name, f"salah {n}", **extra).status_code for n in range(times)]


def test_the_fifth_failure_closes_the_account_for_the_right_password_too(cast, client, clock):
    assert fail(client, 5) == [422, 422, 422, 422, 429]
    response = sign_in(client)
    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"
    assert not Session.objects.exists()
    assert names_of_events() == [("account.sign_in_failed", "rina")] * 5 + [
        ("account.sign_in_locked", "rina")
    ]


def test_another_account_at_the_same_address_is_still_open(cast, client):
    fail(client, 5)
    assert sign_in(client, "teguh").status_code == 302


def test_an_account_that_does_not_exist_closes_just_the_same(cast, client):
    assert fail(client, 6, name="nobody") == [422, 422, 422, 422, 429, 429]


def test_capitals_do_not_buy_more_guesses(cast, client):
    names = ("rina", "Rina", "RINA", " rina", "riNA")
    found = [sign_in(client, name, "salah").status_code for name in names]
    assert found == [422, 422, 422, 422, 429]


def test_the_account_opens_again_after_fifteen_minutes_although_somebody_kept_knocking(cast, client, clock):
    fail(client, 5)
    for _minute in range(14):
        clock.shift(timedelta(minutes=1))
        assert fail(client, 2) == [429, 429]
    clock.shift(timedelta(minutes=1))
    assert sign_in(client).status_code == 302


def test_failures_older_than_fifteen_minutes_do_not_count(cast, client, clock):
    for _round in range(4):
        assert fail(client, 2) == [422, 422]
        clock.shift(timedelta(minutes=8))


def test_the_twentieth_failure_closes_the_address_for_everybody(cast, client):
    found = [fail(client, 4, name=f"akun.{n}") for n in range(5)]
    assert found == [[422] * 4] * 4 + [[422, 422, 422, 429]]
    assert sign_in(client, "teguh").status_code == 429
    assert sign_in(client, "teguh", REMOTE_ADDR="203.0.113.7").status_code == 302


def test_signing_in_clears_the_accounts_failures(cast, client):
    fail(client, 4)
    sign_in(client)
    assert fail(Client(), 4) == [422] * 4


def test_an_account_of_ones_own_buys_no_more_guesses_at_others(cast, client):
    found = []
    for n in range(5):
        found += fail(Client(), 4, name=f"akun.{n}")
        sign_in(Client(), "teguh")
    assert found[-1] == 429
    assert fail(Client(), 1, name="akun.0") == [429]


def test_the_limit_holds_with_the_broker_down(cast, client, settings):
    settings.REDIS_URL = settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert fail(client, 5)[-1] == 429


def test_an_unknown_address_has_no_limit_of_its_own(cast, client):
    for n in range(25):
        assert sign_in(client, f"akun.{n}", "salah", REMOTE_ADDR="").status_code == 422


@pytest.mark.django_db(transaction=True)
def test_guesses_sent_side_by_side_do_not_slip_under_the_limit():
    """Twelve at once: no more than five get as far as the password."""
    from axes.handlers.proxy import AxesProxyHandler
    from django.db import connection
    from django.test import RequestFactory

    def knock(_n):
        try:
            return AxesProxyHandler.is_allowed(RequestFactory().post(SIGN_IN), {"username": "rina"})
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(knock, range(12))) <= 5
    assert AccessFailureLog.objects.count() <= 5


def test_the_locked_page_says_when_it_opens(cast, client):
    fail(client, 5)
    page = sign_in(client)
    assert "accounts/locked_out.html" in {template.name for template in page.templates}
    assert "15" in page.content.decode()


# --- sessions ----------------------------------------------------------------------------------------------


def test_sign_in_gives_the_session_a_new_id(cast, client):
    session = client.session
    session["planted"] = "here"
    session.save()
    before = session.session_key
    sign_in(client)
    assert before not in set(Session.objects.values_list("pk", flat=True))
    assert client.session.session_key != before


def test_sign_out_asks_first_then_leaves_nothing_in_the_browser(cast, client):
    sign_in(client)
    assert client.get("/sign-out/").status_code == 200
    response = client.post("/sign-out/")
    assert (response.status_code, response.headers["Location"]) == (302, SIGN_IN)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert (response.cookies["orang"].value, response.cookies["sesi"].value) == ("", "")
    assert not Session.objects.exists()
    assert names_of_events()[-1] == ("account.signed_out", "rina")


def test_who_is_signed_in_is_led_on_from_the_sign_in_page(cast, client):
    sign_in(client)
    response = client.get(f"{SIGN_IN}?next=/account/sessions/")
    assert (response.status_code, response.headers["Location"]) == (302, "/account/sessions/")


def test_every_cookie_is_out_of_reach_of_scripts_and_other_sites(cast, client):
    client.get(SIGN_IN)
    cookies = client.cookies | sign_in(client).cookies | client.get("/account/").cookies
    assert {
        (name, cookie["httponly"], cookie["samesite"], cookie["path"]) for name, cookie in cookies.items()
    } == {(name, True, "Lax", "/") for name in ("sesi", "csrf", "orang")}
