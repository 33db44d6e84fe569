"""A member's own account, and leaving with it."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.keys import new_key
from audit.models import Event
from cooperatives.actions.bodies import leave_body, link_person
from cooperatives.actions.ledger import Side, post_entry
from cooperatives.actions.loans import grant_loan, settle_loan
from cooperatives.chart import CASH, MANDATORY, PRINCIPAL
from cooperatives.loan_terms import Terms
from cooperatives.models import JournalEntry, Member
from cooperatives.queries.ledger import balances_of, money_in
from cooperatives.queries.statements import statement_of
from tests.conftest import TODAY
from tests.factories import BoardTermFactory, MemberFactory, PersonFactory, PostingFactory, UserFactory
from tests.factories.ledger import books, deposit
from villages.rules import NotPossible

TERMS = Terms(100_000, 2, 100, "flat", date(2026, 10, 1))


@pytest.fixture
def rina(cast):
    return cast.seat("rina")


@pytest.fixture
def siti(rina):
    """Principal 100,000, mandatory 10,000, voluntary 50,000."""
    member = MemberFactory(body=books(rina), name="Siti Aminah")
    for code, amount, kind in ((PRINCIPAL, 100_000, "principal_in"), (MANDATORY, 10_000, "mandatory_in")):
        sides = [Side(CASH, amount), Side(code, -amount, member)]
        post_entry(by=rina, body=member.body, key=new_key(), kind=kind, day=date(2026, 1, 5), sides=sides)
    deposit(rina, member, 50_000, day=date(2026, 2, 5))
    return member


def borrowed(rina, member):
    return grant_loan(
        by=rina, body=member.body, key=new_key(), member=member, terms=TERMS, day=date(2026, 9, 1)
    ).row


def test_statement_runs_and_ends_in_the_balances(rina, siti):
    deposit(rina, siti, 25_000, day=date(2026, 3, 5))
    statement = statement_of(siti, TODAY)
    assert [balance.rupiah for balance in statement.savings] == [75_000, 0, 100_000, 10_000]
    assert [(row.change, row.balance) for row in statement.movements] == [
        (25_000, 75_000), (50_000, 50_000), (10_000, 10_000), (100_000, 100_000),
    ]  # fmt: skip
    assert statement.saved_rupiah == 185_000


@pytest.mark.parametrize("lines", [1, 3])
def test_statement_costs_the_same_at_any_length(rina, siti, django_assert_num_queries, lines):
    for _ in range(lines):
        deposit(rina, siti, 1_000)
    with django_assert_num_queries(4):
        statement_of(siti, TODAY)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_a_member_costs_the_same_at_any_length(cast, rina, siti, django_assert_num_queries, rows):
    for _ in range(rows):
        deposit(rina, siti, 100_000)
        borrowed(rina, siti)
    client = cast.client("rina")
    with django_assert_num_queries(13):
        client.get(reverse("cooperatives:member-detail", args=[siti.pk]))


def test_leaving_pays_everything_back_by_one_entry(rina, siti):
    for _ in range(2):
        leave_body(by=rina, member=siti, left_on=date(2026, 11, 20), reason="Pindah")
    assert {code: amount for code, amount in balances_of(siti).items() if amount} == {}
    assert money_in(siti.body, CASH) == 0
    entry = JournalEntry.objects.get(kind="leaving")
    assert (entry.pk, entry.amount, entry.day) == (siti.pk, 160_000, date(2026, 11, 20))
    siti.refresh_from_db()
    assert siti.left_on == date(2026, 11, 20)


def test_leaving_with_debts_is_refused_and_nothing_is_written(rina, siti):
    loan = borrowed(rina, siti)
    with pytest.raises(NotPossible):
        leave_body(by=rina, member=siti, left_on=date(2026, 11, 20), reason="Pindah")
    assert Member.objects.get().left_on is None
    settle_loan(by=rina, loan=loan, key=new_key(), day=date(2026, 10, 1))
    leave_body(by=rina, member=siti, left_on=date(2026, 11, 20), reason="Pindah")
    assert JournalEntry.objects.filter(kind="leaving").count() == 1


def test_leaving_by_form_says_what_is_paid_back(cast, siti):
    client, address = cast.client("rina"), reverse("cooperatives:member-leave", args=[siti.pk])
    entries = {"left_on": "20-11-2026", "reason": "Pindah"}
    assert "Rp160.000" in client.post(address, entries).content.decode()
    assert JournalEntry.objects.filter(kind="leaving").count() == 0
    for _ in range(2):
        client.post(address, entries | {"confirmed": "1"})
    assert JournalEntry.objects.filter(kind="leaving").count() == 1


def test_leaving_with_debts_by_form_says_so(cast, rina, siti):
    borrowed(rina, siti)
    answer = cast.client("rina").post(
        reverse("cooperatives:member-leave", args=[siti.pk]), {"left_on": "20-11-2026", "reason": "Pindah"}
    )
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "Siti Aminah masih berutang Rp100.000. Lunasi atau hapus pinjaman itu dahulu."
    ]


@pytest.mark.parametrize("noun", ["detail", "paper", "words"])
def test_account_is_shown_alone_and_its_reading_is_recorded(cast, rina, siti, noun):
    deposit(rina, MemberFactory(body=siti.body, name="Wagiyem"), 77_000)
    page = cast.client("teguh").get(reverse(f"cooperatives:member-{noun}", args=[siti.pk])).content.decode()
    assert "Rp100.000" in page
    assert ("Wagiyem" in page, "Rp77.000" in page) == (False, False)
    assert Event.objects.filter(name="books.read", subject_id=str(siti.pk)).count() == 1


def test_reading_by_the_body_s_own_treasurer_is_not_recorded(cast, siti, client):
    user = UserFactory()
    PostingFactory(user=user, role="treasurer", village=cast.randu)
    BoardTermFactory(body=siti.body, office="treasurer", user=user)
    client.force_login(user, backend="accounts.backends.AccountBackend")
    assert client.get(reverse("cooperatives:member-detail", args=[siti.pk])).status_code == 200
    assert Event.objects.filter(name="books.read").count() == 0


@pytest.mark.parametrize(("name", "status"), [("kades", 403), ("hendro", 403), ("sari", 404), ("maya", 403)])
def test_account_is_closed_to_everybody_else(cast, siti, name, status):
    address = reverse("cooperatives:member-detail", args=[siti.pk])
    assert cast.client(name).get(address).status_code == status


def test_member_is_joined_with_a_person_once(cast, rina, siti):
    person = PersonFactory(village=cast.randu, full_name="Siti Aminah")
    link_person(by=rina, member=siti, person=person)
    other = MemberFactory(body=siti.body)
    with pytest.raises(NotPossible):
        link_person(by=rina, member=other, person=person)
    link_person(by=rina, member=siti, person=None)
    client, address = cast.client("rina"), reverse("cooperatives:member-person", args=[other.pk])
    assert "Siti Aminah" in client.post(address, {"q": "Siti", "find": "1"}).content.decode()
    client.post(address, {"person": str(person.pk)})
    other.refresh_from_db()
    assert other.person == person
