"""Two treasurers at once on the same cash and the same loan: one is served, the other reads why not."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connections
from django.utils import translation

from accounts.keys import new_key
from cooperatives.actions.loans import grant_loan, pay_loan, settle_loan, write_off_loan
from cooperatives.chart import CASH, LOANS
from cooperatives.enums import LoanPaymentKind
from cooperatives.loan_terms import Terms
from cooperatives.models import Loan, LoanPayment
from cooperatives.queries.checking import books_that_disagree
from cooperatives.queries.ledger import balance_of, money_in
from tests.factories import MemberFactory
from tests.factories.ledger import books, deposit
from villages.rules import NotPossible

DAY = date(2026, 8, 10)
ROUNDS = 4
TERMS = Terms(1_000_000, 3, 150, "flat", date(2026, 9, 10))


def at_once(*steps):
    """What came of steps that began together, each in a thread and on a connection of its own: the new row,
    "again" for a row that stood already, or the sentence of the refusal; sorted by words."""
    start, came = threading.Barrier(len(steps)), []

    def run(step):
        try:
            start.wait()
            with translation.override("en"):
                done = step()
            came.append("made" if done.made else "again")
        except NotPossible as refused:
            came.append(str(refused.sentence))
        except BaseException as error:  # every kind must reach the test
            came.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(came)


@pytest.mark.django_db(transaction=True)
def test_two_treasurers_at_once_on_the_same_loan_and_the_same_cash(cast):
    rina, teguh = cast.seat("rina"), cast.seat("teguh")

    def grant(by, member, key):
        return lambda: grant_loan(by=by, body=member.body, key=key, member=member, terms=TERMS, day=DAY)

    def pay(by, loan, key, amount):
        return lambda: pay_loan(by=by, loan=loan, key=key, amount=amount, day=date(2026, 9, 1))

    def settle(by, loan):
        return lambda: settle_loan(by=by, loan=loan, key=new_key(), day=date(2026, 9, 1))

    def write_off(by, loan):
        words = {"day": date(2026, 9, 1), "decision": "RAT 2026, keputusan 5"}
        return lambda: write_off_loan(by=by, loan=loan, key=new_key(), **words)

    for turn in range(ROUNDS):
        body = books(rina, name=f"Koperasi {turn}")
        saver, siti, tini = (MemberFactory(body=body, number=n) for n in (1, 2, 3))
        # The box holds one loan and a half: of two, one is paid out.
        deposit(rina, saver, 1_500_000, day=DAY)
        came = at_once(grant(rina, siti, new_key()), grant(teguh, tini, new_key()))
        assert came == ["Only Rp500.000 is there. Rp1.000.000 cannot be paid out.", "made"]
        loan, key = Loan.objects.get(body=body), new_key()

        # The same form sent from two telephones is one payment; of two that are more than is owed, one is.
        assert at_once(pay(rina, loan, key, 45_000), pay(teguh, loan, key, 45_000)) == ["again", "made"]
        came = at_once(pay(rina, loan, new_key(), 700_000), pay(teguh, loan, new_key(), 700_000))
        assert came == ["Only Rp300.000 is still owed. Enter that amount or less.", "made"]

        # Paid off twice, or paid off while it is written off: the first is it.
        last = at_once(settle(rina, loan), (settle if turn % 2 else write_off)(teguh, loan))
        assert last == ["This loan is paid off. Nothing is owed.", "made"]
        assert balance_of(loan.member, LOANS) == 0
        paid = LoanPayment.objects.filter(loan=loan).order_by("id")
        assert sum(row.principal_rupiah for row in paid) == 1_000_000
        came_in = sum(row.total_rupiah for row in paid if row.kind != LoanPaymentKind.WRITE_OFF)
        assert money_in(body, CASH) == 500_000 + came_in
    assert books_that_disagree() == ([], 0)
