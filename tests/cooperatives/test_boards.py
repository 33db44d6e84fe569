"""Who leads a body, whose account opens its books, and its papers."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from cooperatives.actions.boards import appoint_board, change_papers, end_board_term
from cooperatives.models import BoardTerm
from tests.factories import BoardTermFactory, FinanceBodyFactory, MemberFactory, PostingFactory, UserFactory
from villages.access import seat_of
from villages.rules import NotPossible

TERM = {
    "office": "chair",
    "name": "Sri Hartini",
    "starts_on": date(2026, 1, 1),
    "ends_on": date(2030, 12, 31),
}


@pytest.fixture
def body(cast):
    return FinanceBodyFactory(village=cast.randu)


def treasurer_of(body, *, village=None, role="treasurer", **days):
    """An account with the role in the village, and a term in the body."""
    user = UserFactory()
    PostingFactory(user=user, role=role, village=village or body.village)
    if body:
        BoardTermFactory(body=body, office="treasurer" if role == "treasurer" else "chair", user=user, **days)
    return user


def client_of(user, client):
    client.force_login(user, backend="accounts.backends.AccountBackend")
    return client


def test_appoint_board_twice_with_one_key_keeps_the_first(cast, body):
    key = new_key()
    first = appoint_board(by=cast.seat("rina"), body=body, key=key, **TERM)
    again = appoint_board(by=cast.seat("hendro"), body=body, key=key, **TERM)
    assert (first.made, again.made, first.row) == (True, False, again.row)
    assert Event.objects.get().name == "body.board_appointed"


@pytest.mark.parametrize("name", ["sari", "kades", "indra", "lina", "maya", "arif"])
def test_appoint_board_is_refused_to_everybody_else(cast, body, name):
    with pytest.raises(NotPermitted):
        appoint_board(by=cast.seat(name), body=body, key=new_key(), **TERM)
    assert BoardTerm.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": date(2025, 1, 14)}, "starts_on"),
        ({"ends_on": date(2025, 12, 31)}, "ends_on"),
        ({"ends_on": date(2031, 1, 1)}, "ends_on"),
    ],
)
def test_term_that_does_not_fit_is_refused_beside_its_field(cast, body, changes, field):
    with pytest.raises(NotPossible) as refused:
        appoint_board(by=cast.seat("rina"), body=body, key=new_key(), **TERM | changes)
    assert refused.value.field == field


def test_one_office_has_one_person_at_a_time_but_supervisors_are_several(cast, body):
    appoint_board(by=cast.seat("rina"), body=body, key=new_key(), **TERM)
    with pytest.raises(NotPossible, match="Sri Hartini"):
        appoint_board(by=cast.seat("rina"), body=body, key=new_key(), **TERM | {"name": "Lain"})
    for name in ("Tri", "Catur"):
        appoint_board(
            by=cast.seat("rina"), body=body, key=new_key(), **TERM | {"name": name, "office": "supervisor"}
        )
    assert BoardTerm.objects.count() == 3
    with pytest.raises(IntegrityError, match="cooperatives_term_one_an_office"), transaction.atomic():
        BoardTermFactory(body=body, office="chair")


def test_account_must_have_the_role_of_the_office_in_the_village(cast, body):
    chair = UserFactory()
    PostingFactory(user=chair, role="board", village=cast.randu)
    elsewhere = UserFactory()
    PostingFactory(user=elsewhere, role="treasurer", village=cast.bandung)
    for user in (chair, elsewhere, cast.user("rina")):
        with pytest.raises(NotPossible) as refused:
            appoint_board(
                by=cast.seat("rina"), body=body, key=new_key(), **TERM | {"office": "treasurer", "user": user}
            )
        assert refused.value.field == "user"
    appoint_board(by=cast.seat("rina"), body=body, key=new_key(), **TERM | {"user": chair})
    assert BoardTerm.objects.get().user == chair


def test_treasurer_sees_the_own_body_and_no_other_of_the_village(cast, body, client):
    other = FinanceBodyFactory(village=cast.randu)
    stranger = MemberFactory(body=other)
    client = client_of(treasurer_of(body), client)
    page = client.get(reverse("cooperatives:body-list"))
    assert [row.pk for row in page.context["page_of_rows"].rows] == [body.pk]
    assert client.get(reverse("cooperatives:body-detail", args=[body.pk])).status_code == 200
    assert [
        client.get(reverse("cooperatives:body-detail", args=[other.pk])).status_code,
        client.get(reverse("cooperatives:member-new", args=[other.pk])).status_code,
        client.get(reverse("cooperatives:member-leave", args=[stranger.pk])).status_code,
        client.get(reverse("migrants:person-list")).status_code,
        client.get(reverse("pillars:home")).status_code,
        client.get(reverse("reports:figures")).status_code,
    ] == [404, 404, 404, 403, 403, 403]


@pytest.mark.parametrize(
    "days",
    [
        {"ends_on": date(2026, 11, 22)},  # over since yesterday
        {"starts_on": date(2026, 11, 24)},  # not yet
    ],
)
def test_books_open_only_within_the_term(cast, body, client, days):
    client = client_of(treasurer_of(body, **days), client)
    assert client.get(reverse("cooperatives:body-detail", args=[body.pk])).status_code == 404
    empty = client.get("/", follow=True)
    assert "Minta petugas desa mencatat masa jabatan Anda." in empty.content.decode()


def test_end_board_term_closes_the_books_to_the_account(cast, body):
    user = treasurer_of(body)
    term = BoardTerm.objects.get()
    seat = seat_of(user)
    change_papers(by=seat, body=body, notary="Notaris Contoh")
    end_board_term(by=cast.seat("rina"), term=term, last_day=date(2026, 11, 22))
    with pytest.raises(NotPermitted):
        change_papers(by=seat, body=body, notary="Lain")
    with pytest.raises(NotPossible):
        end_board_term(by=cast.seat("rina"), term=term, last_day=date(2026, 12, 1))


def test_district_sees_the_body_without_its_members(cast, body):
    MemberFactory(body=body, name="Kasmirah")
    for name, sees in (("rina", True), ("hendro", False), ("kades", False)):
        page = cast.client(name).get(reverse("cooperatives:body-detail", args=[body.pk]))
        assert ("Kasmirah" in page.content.decode()) is sees


def test_board_term_by_form(cast, body):
    user = UserFactory(full_name="Wati Rahayu")
    PostingFactory(user=user, role="treasurer", village=cast.randu)
    client = cast.client("rina")
    address = reverse("cooperatives:board-new", args=[body.pk])
    entries = {"office": "treasurer", "name": "Wati Rahayu", "starts_on": "1-2-2026", "user": str(user.pk)}
    client.post(address, entries)
    term = BoardTerm.objects.get()
    assert (term.office, term.user, term.ends_on) == ("treasurer", user, date(2031, 1, 31))
    refused = client.post(address, entries)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["office"])
    tampered = client.post(address, entries | {"user": str(cast.user("hendro").pk)})
    assert list(tampered.context["form"].errors) == ["user"]
    client.post(reverse("cooperatives:board-end", args=[term.pk]), {"ended_on": "1-3-2026"})
    term.refresh_from_db()
    assert term.ends_on == date(2026, 3, 1)


def test_papers_by_form(cast, body):
    client = cast.client("rina")
    address = reverse("cooperatives:body-papers", args=[body.pk])
    entries = {
        "line": "savings_loans", "deed_number": "12", "deed_on": "3-2-2025", "notary": "Notaris Contoh, S.H.",
        "legal_number": "AHU-0001.AH.01.26", "legal_on": "1-1-2025", "cooperative_number": "3325000012345",
    }  # fmt: skip
    refused = client.post(address, entries)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["legal_on"])
    assert list(client.post(address, {"legal_on": "1-3-2025"}).context["form"].errors) == ["legal_number"]
    client.post(address, entries | {"legal_on": "1-3-2025"})
    body.refresh_from_db()
    assert (body.line, body.deed_on, body.legal_on) == ("savings_loans", date(2025, 2, 3), date(2025, 3, 1))
    assert Event.objects.get().changes["deed_number"] == ["", "12"]
    client.post(address, entries | {"legal_on": "1-3-2025"})
    assert Event.objects.count() == 1
