"""How long a session lasts, and who ends it, by the clock."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import actions, tasks
from accounts.models import Session
from accounts.sessions import SessionStore
from audit.models import Event
from tests.factories.accounts import PASSWORD

ACCOUNT = "/account/"


def minutes_later(clock, minutes, seconds=0):
    clock.shift(timedelta(minutes=minutes, seconds=seconds))


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("rina", 60),
        ("kades", 60),
        ("hendro", 30),
        ("ratna", 30),
        ("maya", 30),
        ("arif", 30),
        ("sys", 30),
        ("audi", 30),
        ("stranger", 30),
    ],
)
def test_session_left_alone_ends_at_the_limit_of_the_seat(cast, clock, name, limit):
    client = cast.client(name)
    minutes_later(clock, limit, -1)
    assert client.get(ACCOUNT).status_code == 200
    minutes_later(clock, limit)
    response = client.get(ACCOUNT)
    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in/?next=/account/")


def test_session_in_use_ends_after_twelve_hours(cast, clock):
    client = cast.client("rina")
    for _half_hour in range(23):
        minutes_later(clock, 30)
        assert client.get(ACCOUNT).status_code == 200
    minutes_later(clock, 30)
    assert client.get(ACCOUNT).status_code == 302


def test_use_is_noted_at_most_once_a_minute(cast, clock, django_assert_num_queries):
    client = cast.client("rina")
    seen = Session.objects.get().seen_at
    minutes_later(clock, 0, 59)
    client.get(ACCOUNT)
    assert Session.objects.get().seen_at == seen
    minutes_later(clock, 0, 1)
    client.get(ACCOUNT)
    assert Session.objects.get().seen_at == seen + timedelta(seconds=60)


def test_a_page_costs_three_queries_for_session_person_and_seat(cast, django_assert_num_queries):
    client = cast.client("rina")
    with django_assert_num_queries(3):
        assert client.get(ACCOUNT).status_code == 200


def test_the_cookie_alone_opens_nothing_once_the_row_is_gone(cast):
    client = cast.client("rina")
    Session.objects.all().delete()
    assert client.get(ACCOUNT).status_code == 302


def test_changing_the_password_ends_every_other_session_and_renews_this_one(cast):
    here, there = cast.client("rina"), cast.client("rina")
    before = here.session.session_key
    response = here.post(
        "/account/password/",
        {
            "oldpassword": PASSWORD,
            "password1": "kambing makan rumput kering",
            "password2": "kambing makan rumput kering",
        },
    )
    assert (response.status_code, response.headers["Location"]) == (302, "/account/password/changed/")
    assert here.get(ACCOUNT).status_code == 200
    assert there.get(ACCOUNT).status_code == 302
    assert here.session.session_key != before
    assert list(Session.objects.values_list("pk", flat=True)) == [here.session.session_key]
    assert list(Event.objects.values_list("name", flat=True)) == ["account.password_changed"]


def test_disabling_an_account_ends_its_sessions_at_the_next_request(cast):
    client = cast.client("rina")
    actions.disable_account(by=cast.user("arif"), user=cast.user("rina"), reason="Mengundurkan diri")
    assert client.get(ACCOUNT).status_code == 302
    assert not Session.objects.filter(user=cast.user("rina")).exists()


def test_a_disabled_account_cannot_use_a_session_that_was_somehow_left(cast):
    client = cast.client("rina")
    user = cast.user("rina")
    user.is_active, user.disabled_at = False, user.created_at
    user.save()
    assert client.get(ACCOUNT).status_code == 302


def test_the_list_shows_own_sessions_only_and_never_their_keys(cast):
    here, there, other = cast.client("rina"), cast.client("rina"), cast.client("teguh")
    page = here.get(reverse("accounts:session-list"))
    assert {session.pk for session in page.context["sessions"]} == {
        here.session.session_key,
        there.session.session_key,
    }
    shown = page.content.decode()
    assert [client.session.session_key in shown for client in (here, there, other)] == [False] * 3
    assert str(Session.objects.get(pk=other.session.session_key).public_id) not in shown


@pytest.mark.parametrize("others", [0, 2])
def test_the_list_of_sessions_costs_four_queries(cast, django_assert_num_queries, others):
    client = cast.client("rina")
    for _other in range(others):
        cast.client("rina")
    with django_assert_num_queries(4):
        client.get(reverse("accounts:session-list"))


def test_ending_a_session_of_mine_sends_that_browser_to_sign_in(cast):
    here, there = cast.client("rina"), cast.client("rina")
    public_id = Session.objects.get(pk=there.session.session_key).public_id
    assert here.post(reverse("accounts:session-end", args=[public_id])).status_code == 302
    assert (here.get(ACCOUNT).status_code, there.get(ACCOUNT).status_code) == (200, 302)
    assert Event.objects.get().name == "account.session_ended"


def test_ending_somebody_elses_session_does_nothing(cast):
    mine, theirs = cast.client("rina"), cast.client("teguh")
    public_id = Session.objects.get(pk=theirs.session.session_key).public_id
    assert mine.post(reverse("accounts:session-end", args=[public_id])).status_code == 302
    assert theirs.get(ACCOUNT).status_code == 200
    assert not Event.objects.exists()


def test_ending_all_others_keeps_this_one(cast):
    here, there, further = (cast.client("rina") for _n in range(3))
    here.post(reverse("accounts:session-end-others"))
    assert [client.get(ACCOUNT).status_code for client in (here, there, further)] == [200, 302, 302]
    assert Event.objects.get().changes == {"sessions": [2, 0]}


def test_sweeping_takes_away_what_is_over(cast, clock):
    cast.client("rina")
    minutes_later(clock, 61)
    client = cast.client("teguh")
    tasks.sweep()
    assert list(Session.objects.values_list("pk", flat=True)) == [client.session.session_key]


def test_a_session_without_a_person_says_nothing_about_one(db):
    store = SessionStore()
    store["colour"] = "blue"
    store.save()
    row = Session.objects.get()
    assert (row.user_id, row.public_id, row.started_at, row.seen_at, row.device) == (
        None,
        None,
        None,
        None,
        "",
    )
    assert row.get_decoded() == {"colour": "blue"}


def test_the_device_is_named_from_what_the_browser_says(cast, client):
    agent = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"
    client.post("/sign-in/", {"login": "rina", "password": PASSWORD}, HTTP_USER_AGENT=agent)
    assert Session.objects.get().device == "Chrome, Android"


@pytest.mark.django_db(transaction=True)
def test_database_that_goes_away_is_no_fault_of_the_asker(cast, clock):
    """Its connection is cut in the moment in which the session is written."""
    client = Client(raise_request_exception=False)
    client.force_login(cast.user("rina"), backend="accounts.backends.AccountBackend")
    minutes_later(clock, 2)
    here = connection.connection.info

    def cut(execute, sql, *rest):
        if sql.startswith('UPDATE "accounts_session"'):
            with psycopg.connect(here.dsn, password=here.password, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", [here.backend_pid])
        return execute(sql, *rest)

    with connection.execute_wrapper(cut):
        answer = client.get(ACCOUNT)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    connection.close()
    assert client.get(ACCOUNT).status_code == 200
