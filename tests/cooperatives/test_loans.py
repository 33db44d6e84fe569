"""Loans: granted to members, paid back, paid off early, written off; what the database keeps as it was."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.keys import new_key
from accounts.rules import NotPermitted
from cooperatives.actions.ledger import reverse_entry
from cooperatives.actions.loans import grant_loan, pay_loan, settle_loan, write_off_loan
from cooperatives.chart import CASH, LOAN_INCOME, LOAN_LOSS, LOANS, VOLUNTARY
from cooperatives.loan_terms import Terms
from cooperatives.models import Instalment, JournalEntry, Loan, LoanPayment
from cooperatives.queries.ledger import account_balances, balance_of
from cooperatives.queries.loans import lateness_of, schedule_of, standing_of, with_standing
from tests.factories import MemberFactory
from tests.factories.ledger import books, deposit
from villages.rules import NotPossible

DAY = date(2026, 8, 10)
TERMS = Terms(1_000_000, 3, 150, "flat", date(2026, 9, 10))
FORM = {"amount": "1.000.000", "months": "3", "monthly_rate": "1,5", "method": "flat", "day": "10-8-2026"}


@pytest.fixture
def rina(cast):
    return cast.seat("rina")


@pytest.fixture
def body(rina):
    return books(rina)


@pytest.fixture
def siti(rina, body):
    """A member; another one has brought the money that can be lent."""
    deposit(rina, MemberFactory(body=body), 2_000_000, day=date(2026, 8, 1))
    return MemberFactory(body=body, name="Siti Aminah")


def lend(by, member, *, terms=TERMS, day=DAY, key=None):
    return grant_loan(by=by, body=member.body, key=key or new_key(), member=member, terms=terms, day=day).row


def again(loan):
    return with_standing(Loan.objects.filter(pk=loan.pk)).select_related("entry__reversed_by").get()


def moved(body):
    return {row.account.code: row.moved for row in account_balances(body) if row.moved}


def test_grant_loan_pays_out_and_fixes_the_instalments(rina, body, siti):
    key = new_key()
    loan = lend(rina, siti, key=key)
    assert lend(rina, siti, key=key) == loan
    assert moved(body) == {CASH: 1_000_000, LOANS: 1_000_000, VOLUNTARY: -2_000_000}
    assert balance_of(siti, LOANS) == 1_000_000
    assert [(row.due.due_on, row.due.total_rupiah, row.paid_rupiah) for row in schedule_of(again(loan))] == [
        (date(2026, 9, 10), 348_333, 0),
        (date(2026, 10, 10), 348_333, 0),
        (date(2026, 11, 10), 348_334, 0),
    ]


def test_pay_loan_takes_the_charge_as_income_of_the_member(rina, body, siti):
    loan, key = lend(rina, siti), new_key()
    for _ in range(2):
        pay_loan(by=rina, loan=loan, key=key, amount=348_333, day=date(2026, 9, 8))
    assert moved(body)[LOAN_INCOME] == -15_000
    assert balance_of(siti, LOANS) == 666_667
    entry = JournalEntry.objects.get(pk=key)
    assert entry.lines.get(account__code=LOAN_INCOME).member == siti
    assert LoanPayment.objects.get().entry == entry


def test_standing_and_classes_follow_from_what_was_paid(rina, body, siti):
    loan = lend(rina, siti)
    pay_loan(by=rina, loan=loan, key=new_key(), amount=348_333, day=date(2026, 9, 8))
    now = standing_of(again(loan), date(2026, 11, 23))
    assert (now.late_rupiah, now.arrears_days, now.arrears_class) == (696_667, 44, "quarter")
    found = {row.kind.value: (row.loans, row.owed_rupiah) for row in lateness_of(body, date(2026, 11, 23))}
    assert found == {"current": (0, 0), "month": (0, 0), "quarter": (1, 666_667), "over_90": (0, 0)}


def test_payment_taken_back_is_owed_again(rina, siti):
    loan = lend(rina, siti)
    paid = pay_loan(by=rina, loan=loan, key=new_key(), amount=348_333, day=date(2026, 9, 8)).row
    reverse_entry(by=rina, entry=paid.entry, key=new_key(), day=date(2026, 9, 9), reason="Salah anggota")
    assert standing_of(again(loan), DAY).owed_rupiah == 1_045_000
    reverse_entry(by=rina, entry=loan.entry, key=new_key(), day=date(2026, 9, 9), reason="Batal")
    with pytest.raises(NotPossible):
        pay_loan(by=rina, loan=loan, key=new_key(), amount=1, day=date(2026, 9, 9))
    assert Loan.objects.running().count() == 0


def test_loan_with_payments_cannot_be_taken_back(rina, siti):
    loan = lend(rina, siti)
    pay_loan(by=rina, loan=loan, key=new_key(), amount=348_333, day=date(2026, 9, 8))
    with pytest.raises(NotPossible):
        reverse_entry(by=rina, entry=loan.entry, key=new_key(), day=date(2026, 9, 9), reason="Batal")


def test_settle_loan_asks_no_later_charge(rina, body, siti):
    loan = lend(rina, siti)
    settle_loan(by=rina, loan=loan, key=new_key(), day=date(2026, 9, 20))
    assert moved(body) == {CASH: 2_030_000, VOLUNTARY: -2_000_000, LOAN_INCOME: -30_000}
    assert standing_of(again(loan), date(2026, 12, 1)).owed_rupiah == 0
    assert all(row.is_paid for row in schedule_of(again(loan)))


def test_write_off_becomes_a_cost_by_decision(rina, body, siti):
    loan = lend(rina, siti)
    pay_loan(by=rina, loan=loan, key=new_key(), amount=348_333, day=date(2026, 9, 8))
    write_off_loan(by=rina, loan=loan, key=new_key(), day=date(2026, 11, 1), decision="RAT 2026, 5")
    assert (moved(body)[LOAN_LOSS], balance_of(siti, LOANS)) == (666_667, 0)
    with pytest.raises(NotPossible):
        write_off_loan(by=rina, loan=loan, key=new_key(), day=date(2026, 11, 1), decision="RAT 2026, 5")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"terms": Terms(0, 3, 150, "flat", date(2026, 9, 10))}, "amount"),
        ({"terms": Terms(10**12, 3, 150, "flat", date(2026, 9, 10))}, "amount"),
        ({"terms": Terms(3_000_000, 3, 150, "flat", date(2026, 9, 10))}, "amount"),  # more than is in the box
        ({"terms": Terms(1_000_000, 61, 150, "flat", date(2026, 9, 10))}, "months"),
        ({"terms": Terms(1_000_000, 0, 150, "flat", date(2026, 9, 10))}, "months"),
        ({"terms": Terms(2, 3, 150, "flat", date(2026, 9, 10))}, "months"),
        ({"terms": Terms(1_000_000, 3, 1001, "flat", date(2026, 9, 10))}, "monthly_rate"),
        ({"terms": Terms(1_000_000, 3, 150, "flat", DAY)}, "first_due_on"),
        ({"terms": Terms(1_000_000, 3, 150, "flat", date(2028, 9, 10))}, "first_due_on"),
        ({"day": date(2025, 1, 31)}, "day"),  # before she joined
        ({"day": date(2025, 12, 31)}, "day"),  # before the books opened
        ({"day": date(2026, 11, 24), "terms": Terms(1, 1, 0, "flat", date(2026, 12, 1))}, "day"),
    ],
)
def test_loan_that_makes_no_sense_is_refused_beside_its_field(rina, siti, changes, field):
    with pytest.raises(NotPossible) as refused:
        lend(rina, siti, **changes)
    assert refused.value.field == field
    assert (Loan.objects.count(), Instalment.objects.count(), JournalEntry.objects.count()) == (0, 0, 1)


def test_loan_to_somebody_who_is_no_member_is_refused(rina, body, siti):
    left = MemberFactory(body=body, left_on=date(2026, 7, 1))
    elsewhere = MemberFactory(body=books(rina))
    for member in (left, elsewhere):
        with pytest.raises(NotPossible) as refused:
            grant_loan(by=rina, body=body, key=new_key(), member=member, terms=TERMS, day=DAY)
        assert refused.value.field == "member"


@pytest.mark.parametrize("amount", [0, -1, 1_045_001])
def test_payment_of_nothing_or_of_more_than_is_owed_is_refused(rina, siti, amount):
    loan = lend(rina, siti)
    with pytest.raises(NotPossible) as refused:
        pay_loan(by=rina, loan=loan, key=new_key(), amount=amount, day=date(2026, 9, 8))
    assert refused.value.field == "amount"


@pytest.mark.parametrize("name", ["sari", "kades", "hendro", "maya"])
def test_loans_are_refused_to_everybody_else(cast, siti, name):
    with pytest.raises(NotPermitted):
        lend(cast.seat(name), siti)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Loan.objects.update(principal_rupiah=1),
        lambda: Instalment.objects.update(interest_rupiah=0),
        lambda: LoanPayment.objects.all().delete(),
    ],
)
def test_what_was_agreed_and_paid_stays(rina, siti, change):
    loan = lend(rina, siti)
    pay_loan(by=rina, loan=loan, key=new_key(), amount=1_000, day=date(2026, 9, 8))
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_loan_by_form_shows_its_cost_before_it_is_saved(cast, body, siti):
    client = cast.client("rina")
    address = reverse("cooperatives:loan-new", args=[body.pk])
    entries = FORM | {"member": str(siti.pk)}
    check = client.post(address, entries)
    page = check.content.decode()
    assert check.status_code == 200
    for words in ("Rp45.000", "empat puluh lima ribu rupiah", "Rp1.045.000", "Rp348.334", "10-11-2026"):
        assert words in page
    assert Loan.objects.count() == 0
    confirmed = entries | {"key": str(new_key()), "confirmed": "1"}
    for _ in range(2):
        client.post(address, confirmed)
    loan = Loan.objects.get()
    pay = reverse("cooperatives:loan-pay", args=[loan.pk])
    asked = client.post(pay, {"amount": "348.333", "day": "10-9-2026"})
    assert "Rp333.333" in asked.content.decode()
    client.post(pay, {"amount": "348.333", "day": "10-9-2026", "confirmed": "1"})
    refused = client.post(pay, {"amount": "1.000.000", "day": "10-9-2026"})
    assert (refused.status_code, refused.context["form"].errors["amount"]) == (
        422,
        ["Sisa utangnya hanya Rp696.667. Isi jumlah itu atau kurang."],
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"amount": text}, "amount") for text in ("-5", "0", "1e6", "1,5", "", "999.999.999.999")]
    + [
        ({"member": "01920000-0000-7000-8000-000000000000"}, "member"),
        ({"months": "x"}, "months"),
        ({"monthly_rate": "1e1"}, "monthly_rate"),
        ({"method": "gratis"}, "method"),
        ({"day": "31-2-2026"}, "day"),
    ],
)
def test_bad_entries_of_a_loan_are_refused_in_one_sentence(cast, body, siti, changes, field):
    answer = cast.client("rina").post(
        reverse("cooperatives:loan-new", args=[body.pk]), FORM | {"member": str(siti.pk)} | changes
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert [len(errors) for errors in answer.context["form"].errors.values()] == [1]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_loans_costs_the_same_at_any_length(cast, rina, body, siti, django_assert_num_queries, rows):
    for _ in range(rows):
        lend(rina, siti, terms=Terms(100_000, 3, 150, "flat", date(2026, 9, 10)))
    client = cast.client("teguh")
    with django_assert_num_queries(11):
        client.get(reverse("cooperatives:loan-list", args=[body.pk]))


def test_district_sees_totals_and_classes_without_a_name(cast, rina, body, siti):
    lend(rina, siti)
    page = cast.client("hendro").get(reverse("cooperatives:body-detail", args=[body.pk])).content.decode()
    assert ("Rp2.000.000" in page, "Rp1.000.000" in page, "Terlambat 31–90 hari" in page) == (True,) * 3
    assert "Siti Aminah" not in page
