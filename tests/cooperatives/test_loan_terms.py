from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.loan_terms import (
    Terms,
    allocate,
    arrears_class,
    months_later,
    schedule,
    settlement,
    standing,
    total_interest,
)

FIRST = date(2025, 2, 10)


def loan(principal=1_000_000, months=3, rate=150, method="flat", first=FIRST):
    return Terms(principal, months, rate, method, first)


def test_flat_loan_by_hand():
    dues = schedule(loan())
    assert [(d.due_on, d.principal_rupiah, d.interest_rupiah, d.left_rupiah) for d in dues] == [
        (date(2025, 2, 10), 333_333, 15_000, 666_667),
        (date(2025, 3, 10), 333_333, 15_000, 333_334),
        (date(2025, 4, 10), 333_334, 15_000, 0),
    ]
    assert total_interest(dues) == 45_000


def test_declining_loan_by_hand():
    dues = schedule(loan(method="declining"))
    assert [d.interest_rupiah for d in dues] == [15_000, 10_000, 5_000]
    assert total_interest(dues) == 30_000


def test_day_that_a_month_does_not_have_is_its_last():
    assert [months_later(date(2025, 1, 31), n) for n in (1, 3, 12)] == [
        date(2025, 2, 28),
        date(2025, 4, 30),
        date(2026, 1, 31),
    ]


terms = st.builds(
    Terms,
    principal_rupiah=st.integers(1, 10**11),
    months=st.integers(1, 60),
    monthly_rate=st.integers(0, 1000),
    method=st.sampled_from(["flat", "declining"]),
    first_due_on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)


@given(terms)
def test_schedule_adds_up_to_the_loan(agreed):
    dues = schedule(agreed)
    assert sum(due.principal_rupiah for due in dues) == agreed.principal_rupiah
    assert dues[-1].left_rupiah == 0
    assert all(due.interest_rupiah >= 0 for due in dues)


@given(terms, st.lists(st.integers(1, 10**8), max_size=6))
def test_payments_in_any_pieces_add_up_and_never_pay_more_than_is_owed(agreed, amounts):
    dues = schedule(agreed)
    owed = sum(due.total_rupiah for due in dues)
    principal = interest = 0
    for amount in amounts:
        if principal + interest + amount > owed:
            with pytest.raises(ValueError):
                allocate(dues, paid_principal=principal, paid_interest=interest, amount=amount)
            continue
        more = allocate(dues, paid_principal=principal, paid_interest=interest, amount=amount)
        assert sum(more) == amount
        principal, interest = principal + more[0], interest + more[1]
    now = standing(dues, paid_principal=principal, paid_interest=interest, on=agreed.first_due_on)
    assert now.owed_rupiah == owed - principal - interest


def test_payment_takes_the_oldest_interest_first():
    dues = schedule(loan())
    assert allocate(dues, paid_principal=0, paid_interest=0, amount=10_000) == (0, 10_000)
    assert allocate(dues, paid_principal=0, paid_interest=10_000, amount=348_333) == (333_333, 15_000)


@pytest.mark.parametrize(
    ("days", "late", "kind"),
    [(0, 0, "current"), (1, 348_333, "month"), (30, 696_666, "month"), (31, 696_666, "quarter"),
     (90, 1_045_000, "quarter"), (91, 1_045_000, "over_90")],
)  # fmt: skip
def test_arrears_are_counted_from_the_oldest_unpaid_instalment(days, late, kind):
    now = standing(schedule(loan()), paid_principal=0, paid_interest=0, on=FIRST + timedelta(days=days))
    assert (now.late_rupiah, now.arrears_days, now.arrears_class) == (late, days, kind)


def test_paid_instalments_are_not_late():
    now = standing(
        schedule(loan()), paid_principal=333_333, paid_interest=15_000, on=FIRST + timedelta(days=20)
    )
    assert (now.late_rupiah, now.arrears_days, now.owed_principal) == (0, 0, 666_667)
    assert arrears_class(now.arrears_days) == "current"


@pytest.mark.parametrize(
    ("on", "asked"),
    [
        (date(2025, 1, 20), (1_000_000, 15_000)),
        (date(2025, 2, 10), (1_000_000, 15_000)),
        (date(2025, 2, 11), (1_000_000, 30_000)),
        (date(2026, 1, 1), (1_000_000, 45_000)),
    ],
)
def test_early_settlement_asks_no_interest_of_later_months(on, asked):
    assert settlement(schedule(loan()), paid_principal=0, paid_interest=0, on=on) == asked
