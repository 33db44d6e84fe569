"""One-time links: single use, short life, one answer for all that is void (C18, C22)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from accounts import actions
from accounts.links import qr_square, token_digest
from accounts.models import Invitation, Session
from accounts.queries import open_link
from audit.models import Event
from tests.factories.accounts import PASSWORD

CHOSEN = {"password1": "kambing makan rumput kering", "password2": "kambing makan rumput kering"}


@pytest.fixture
def fresh(cast):
    """Somebody whose account was just made."""
    user = cast.user("sari")
    user.set_unusable_password()
    user.save()
    return user


def link_for(cast, user):
    link, token = actions.make_link(by=cast.user("hendro"), user=user)
    return link, f"/welcome/{token}/"


def test_first_link_lives_seventy_two_hours(cast, fresh, client, clock):
    link, path = link_for(cast, fresh)
    assert (link.kind, link.expires_at - link.created_at) == ("first", timedelta(hours=72))
    clock.shift(timedelta(hours=71, minutes=59))
    assert client.get(path).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert client.get(path).status_code == 404


def test_reset_link_lives_thirty_minutes(cast, client, clock):
    link, path = link_for(cast, cast.user("rina"))
    assert (link.kind, link.expires_at - link.created_at) == ("reset", timedelta(minutes=30))
    clock.shift(timedelta(minutes=30))
    assert client.post(path, CHOSEN).status_code == 404
    assert cast.user("rina").check_password(PASSWORD)


def test_link_works_once(cast, fresh, client):
    _link, path = link_for(cast, fresh)
    assert client.post(path, CHOSEN).status_code == 302
    assert client.get(path).status_code == 404
    again = {"password1": "sapi minum air sungai", "password2": "sapi minum air sungai"}
    assert client.post(path, again).status_code == 404
    fresh.refresh_from_db()
    assert fresh.check_password(CHOSEN["password1"])


def test_two_at_once_use_it_once(cast, fresh):
    _link, path = link_for(cast, fresh)
    token = path.split("/")[2]
    found = [actions.use_link(token=token, password=CHOSEN["password1"]) for _time in range(2)]
    assert found == [fresh, None]
    assert Event.objects.filter(name="account.password_set").count() == 1


def test_only_the_digest_is_stored(cast, fresh):
    link, path = link_for(cast, fresh)
    token = path.split("/")[2]
    link.refresh_from_db()
    assert bytes(link.token_digest) == token_digest(token)
    assert token not in str(Invitation.objects.values().get())
    assert len(token) >= 22


def test_unknown_used_expired_and_disabled_links_answer_the_same(cast, fresh, clock):
    _old, expired = link_for(cast, cast.user("rina"))
    clock.shift(timedelta(minutes=31))
    _link, used = link_for(cast, fresh)
    Client().post(used, CHOSEN)
    _link, disabled = link_for(cast, cast.user("teguh"))
    actions.disable_account(by=cast.user("hendro"), user=cast.user("teguh"), reason="x")
    pages = [
        Client().get(path)
        for path in ("/welcome/nobody-ever-made-this/", expired, used, disabled, "/welcome/x/")
    ]
    assert [page.status_code for page in pages] == [404] * 5
    texts = {
        page.content.decode().replace(path, "...")
        for page, path in zip(
            pages, ("/welcome/nobody-ever-made-this/", expired, used, disabled, "/welcome/x/"), strict=True
        )
    }
    without_tokens = {
        "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line) for text in texts
    }
    assert len(without_tokens) == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"password1": "", "password2": ""}, "password1"),
        ({"password1": "pendek", "password2": "pendek"}, "password1"),
        ({"password1": "rina wulandari rina", "password2": "rina wulandari rina"}, "password1"),
        (CHOSEN | {"password2": "kambing makan rumput basah"}, "password2"),
    ],
)
def test_password_that_does_not_fit_leaves_the_link_open(cast, client, typed, field):
    _link, path = link_for(cast, cast.user("rina"))
    page = client.post(path, typed)
    assert (page.status_code, next(iter(page.context["form"].errors))) == (422, field)
    assert all(len(errors) == 1 for errors in page.context["form"].errors.values())
    assert client.get(path).status_code == 200
    assert f'value="{typed["password2"]}"' not in page.content.decode() or not typed["password2"]


def test_setting_a_password_ends_every_session_and_clears_the_failures(cast, client):
    signed_in = cast.client("rina")
    for n in range(5):
        Client().post("/sign-in/", {"login": "rina", "password": f"salah {n}"})
    _link, path = link_for(cast, cast.user("rina"))
    client.post(path, CHOSEN)
    assert signed_in.get("/account/").status_code == 302
    assert not Session.objects.exists()
    entered = client.post("/sign-in/", {"login": "rina", "password": CHOSEN["password1"]})
    assert entered.status_code == 302


def test_link_signs_nobody_in(cast, fresh, client):
    _link, path = link_for(cast, fresh)
    client.post(path, CHOSEN)
    assert client.get("/account/").status_code == 302


def test_whoever_is_signed_in_here_is_signed_out_by_it(cast, fresh):
    browser = cast.client("teguh")
    _link, path = link_for(cast, fresh)
    browser.post(path, CHOSEN)
    assert browser.get("/account/").status_code == 302


def test_link_of_a_disabled_account_is_void(cast, fresh):
    _link, path = link_for(cast, fresh)
    actions.disable_account(by=cast.user("hendro"), user=fresh, reason="x")
    assert open_link(path.split("/")[2]) is None


def test_qr_code_draws_every_dark_module():
    import segno

    square = qr_square("https://desmigratif.example/welcome/abc/")
    rows = [
        list(row)
        for row in segno.make("https://desmigratif.example/welcome/abc/", error="m", micro=False).matrix_iter(
            border=4
        )
    ]
    drawn = [[0] * square.size for _row in rows]
    for stroke in square.path.split("z")[:-1]:
        start, run = stroke[1:].split("v")[0].split("h")
        x, y = map(int, start.split())
        for step in range(int(run)):
            drawn[y][x + step] = 1
    assert drawn == [[int(bool(module)) for module in row] for row in rows]
