"""Tokens for programs: shown once, narrowed, and over with the posting."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.keys import new_key
from audit.models import Event
from tests.factories import ApiTokenFactory, PersonFactory
from tests.factories.accounts import PASSWORD
from tests.migrants.calling import API, told
from villages.access import narrowed
from villages.actions.tokens import make_token
from villages.models import ApiToken
from villages.rules import NotPossible
from villages.scopes import scopes_for

LIST, NEW = reverse("villages:token-list"), reverse("villages:token-new")


def entry(**changes):
    return {
        "key": new_key(),
        "name": "Lembar kerja",
        "scopes": ["people:read"],
        "place": "",
        "days": "90",
    } | changes


def program(secret):
    return Client(headers={"Authorization": f"Bearer {secret}"})


def events():
    return list(Event.objects.filter(name__startswith="token.").order_by("id").values_list("name", "reason"))


def test_token_is_shown_once_and_calls_until_it_is_revoked(cast):
    PersonFactory(village=cast.randu, full_name="Dwi Lestari")
    browser, body = cast.client("rina"), entry()
    assert browser.post(NEW, body).headers["Location"].startswith(reverse("account_reauthenticate"))
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    first, second = browser.post(NEW, body), browser.post(NEW, body)
    secret = first.context["secret"]
    assert (first.status_code, second.status_code, ApiToken.objects.count()) == (200, 302, 1)
    assert secret in first.content.decode()
    assert secret not in browser.get(LIST).content.decode()
    token = ApiToken.objects.get()
    assert secret.encode() not in bytes(token.digest)
    assert token.expires_at - token.made_at == timedelta(days=90)
    found = program(secret).get(f"{API}persons/")
    assert [row["full_name"] for row in found.json()["persons"]] == ["Dwi Lestari"]
    token.refresh_from_db()
    assert (token.used_on, token.place) == (timezone.localdate(), "33.25.14.2004")
    assert told(program(secret).get(f"{API}cases/")) == {
        "detail": "Token ini tidak boleh melakukan ini. Buat token dengan cakupan yang diperlukan."
    }
    assert cast.client("teguh").post(reverse("villages:token-revoke", args=[token.pk])).status_code == 404
    browser.post(reverse("villages:token-revoke", args=[token.pk]))
    answer = program(secret).get(f"{API}persons/")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert events() == [("token.made", ""), ("token.refused", "cases:read"), ("token.revoked", "")]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"scopes": []}, "scopes", "Pilih apa yang boleh dilakukan token."),
        ({"scopes": ["people:delete"]}, "scopes", None),
        ({"place": "33.25"}, "place", "Tempat ini di luar tempat Anda."),
        ({"place": "33.25.14.2005"}, "place", "Tempat ini di luar tempat Anda."),
        ({"days": "365"}, "days", None),
        ({"name": ""}, "name", None),
    ],
)
def test_entry_of_a_token_is_refused(cast, changes, field, sentence):
    browser = cast.client("rina")
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = browser.post(NEW, entry(**changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert sentence is None or answer.context["form"].errors[field] == [sentence]
    assert ApiToken.objects.count() == 0


def test_action_refuses_what_the_seat_does_not_have(cast):
    facts = {
        "by": cast.seat("rina"),
        "name": "x",
        "scopes": ["people:read"],
        "place": "33.25.14.2004",
        "days": 30,
    }
    for wrong in ({"scopes": ["figures:write"]}, {"place": "33"}, {"days": 181}, {"days": 0}, {"scopes": []}):
        with pytest.raises(NotPossible):
            make_token(key=new_key(), **facts | wrong)
    for _token in range(10):
        make_token(key=new_key(), **facts)
    with pytest.raises(NotPossible):
        make_token(key=new_key(), **facts)


def test_roles_offer_what_calls_can_serve(cast):
    def offered(name):
        return [scope for scope, _words in scopes_for(cast.seat(name))]

    assert offered("maya") == ["areas:read", "figures:read"]
    writes = [scope for scope in offered("hendro") if scope.endswith(":write")]
    assert writes == ["cases:write", "pillars:write", "returns:write"]  # answers referrals, hangs up notices
    assert "people:write" not in offered("hendro")
    assert offered("sys") == offered("audi") == []


def test_token_ends_with_what_it_stands_on(cast):
    def answers(**facts):
        secret = f"dmg_{new_key()}"
        ApiTokenFactory(**{"owner": cast.user("rina"), "secret": secret} | facts)
        return program(secret).get(f"{API}persons/").status_code

    past = timezone.now() - timedelta(days=90)
    assert answers() == 200
    assert answers(made_at=past, expires_at=past + timedelta(days=1)) == 401
    assert answers(role="village_head") == 401
    assert answers(place="33.25.14.2005") == 401
    assert answers(made_at=past - timedelta(days=2000), expires_at=past - timedelta(days=1990)) == 401
    assert program("dmg_nobody").get(f"{API}persons/").status_code == 401
    rina = cast.user("rina")
    rina.assignments.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert answers(role="officer", place="33.25.14.2004") == 401
    rina.assignments.update(ends_on=timezone.localdate())
    cast.randu_designation()
    assert answers() == 200
    rina.assignments.update(starts_on=timezone.localdate() - timedelta(days=10))
    assert answers(made_at=timezone.now() - timedelta(days=11)) == 401  # made in the posting before this one
    rina.is_active, rina.disabled_at = False, timezone.now()
    rina.save()
    assert answers(role="officer", place="33.25.14.2004") == 401


def test_seat_is_narrowed_to_a_place_within_it_alone(cast):
    maya, hendro = cast.seat("maya"), cast.seat("hendro")
    assert [narrowed(maya, code).place_code for code in ("", "33", "33.25", "33.25.14.2004")] == [
        "",
        "33",
        "33.25",
        "33.25.14.2004",
    ]
    assert narrowed(hendro, "33.25.14.2004").zone == "Asia/Jakarta"
    assert [
        narrowed(hendro, code) for code in ("", "33", "32.12", "32.12.16.2004", "33.2", "33.25.99.2999")
    ] == [None] * 6


def test_token_speaks_its_owners_language_and_needs_no_form_token(cast):
    rina = cast.user("rina")
    rina.language = "en"
    rina.save()
    ApiTokenFactory(owner=rina, secret="dmg_en", scopes=["people:read", "people:write"])
    client = Client(enforce_csrf_checks=True, headers={"Authorization": "Bearer dmg_en"})
    answer = client.post(f"{API}visits/", "{}", "application/json")
    assert (answer.status_code, answer.json()["detail"]) == (400, "Mend the entries named in errors.")


def test_log_says_by_which_token_somebody_read_or_wrote(cast):
    dwi = PersonFactory(village=cast.randu, full_name="Dwi Lestari")
    facts = {"scopes": ["people:read", "people:write"], "name": "Lembar kerja"}
    token = ApiTokenFactory(owner=cast.user("rina"), secret="dmg_seen", **facts)
    for client in (program("dmg_seen"), cast.client("rina")):
        assert client.get(f"{API}persons/{dwi.pk}/").status_code == 200
    visit = {"id": str(new_key()), "topic": "information", "channel": "walk_in", "outcome": "done"}
    visit["visited_on"] = "2026-11-20"
    assert program("dmg_seen").post(f"{API}visits/", visit, "application/json").status_code == 201
    logged = Event.objects.order_by("id").values_list("name", "actor_role", "token_id", "token_name")
    assert list(logged) == [
        ("person.viewed", "officer", str(token.pk), "Lembar kerja"),
        ("person.viewed", "officer", "", ""),
        ("visit.logged", "officer", str(token.pk), "Lembar kerja"),
    ]
    page = cast.client("audi").get("/audit/").content.decode()
    assert page.count(f"dengan token “Lembar kerja” ({token.pk})") == 2


def test_calls_beyond_the_limit_wait(cast):
    ApiTokenFactory(owner=cast.user("rina"), secret="dmg_fast")
    ApiTokenFactory(owner=cast.user("rina"), secret="dmg_slow")
    with override_settings(API_CALLS_A_MINUTE={"token": 2, "session": 1}):
        client, browser = program("dmg_fast"), cast.client("rina")
        assert [client.get(f"{API}persons/").status_code for _call in range(3)] == [200, 200, 429]
        answer = client.get(f"{API}persons/")
        assert (answer.headers["Retry-After"], told(answer)["detail"]) == (
            "60",
            "Panggil lagi dalam 60 detik.",
        )
        assert program("dmg_slow").get(f"{API}persons/").status_code == 200
        assert [browser.get(f"{API}persons/").status_code for _call in range(2)] == [200, 429]
