"""What a loan costs and when it is paid: pure arithmetic in whole rupiah, without the database.

Two ways of reckoning the service fee ("jasa"), as village cooperatives use them: flat, every month on the sum
lent; declining, on what is still owed. The principal is paid in equal parts; what does not divide falls due
with the last one, so that the parts always make up the loan.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cooperatives.enums import ArrearsClass, InterestMethod
from periods.percent import WHOLE

MOST_MONTHS = 60


@dataclass(frozen=True)
class Terms:
    """What was agreed. `monthly_rate`: hundredths of a percent a month; `first_due_on`: first instalment."""

    principal_rupiah: int
    months: int
    monthly_rate: int
    method: InterestMethod
    first_due_on: date


@dataclass(frozen=True)
class Due:
    """One instalment as agreed. `left_rupiah`: principal still owed after it."""

    number: int
    due_on: date
    principal_rupiah: int
    interest_rupiah: int
    left_rupiah: int

    @property
    def total_rupiah(self) -> int:
        return self.principal_rupiah + self.interest_rupiah


class Agreed(Protocol):
    """An instalment, reckoned or read from the database."""

    @property
    def number(self) -> int: ...
    @property
    def due_on(self) -> date: ...
    @property
    def principal_rupiah(self) -> int: ...
    @property
    def interest_rupiah(self) -> int: ...


@dataclass(frozen=True)
class Standing:
    """How a loan stands on a day, in whole rupiah.

    `arrears_days`: since the oldest instalment that is not fully paid fell due; 0 when none is late.
    """

    owed_principal: int
    owed_interest: int
    late_rupiah: int
    arrears_days: int

    @property
    def arrears_class(self) -> ArrearsClass:
        return arrears_class(self.arrears_days)

    @property
    def owed_rupiah(self) -> int:
        return self.owed_principal + self.owed_interest


def schedule(terms: Terms) -> list[Due]:
    """The instalments in their order. Their principal adds up to the loan; interest is rounded half up."""
    part = terms.principal_rupiah // terms.months
    left, dues = terms.principal_rupiah, []
    for number in range(1, terms.months + 1):
        reckoned_on = terms.principal_rupiah if terms.method == InterestMethod.FLAT else left
        principal = part if number < terms.months else left
        left -= principal
        dues.append(
            Due(
                number=number,
                due_on=months_later(terms.first_due_on, number - 1),
                principal_rupiah=principal,
                interest_rupiah=(reckoned_on * terms.monthly_rate + WHOLE // 2) // WHOLE,
                left_rupiah=left,
            )
        )
    return dues


def total_interest(dues: Iterable[Agreed]) -> int:
    """What the loan costs the member, in rupiah, when every instalment is paid as agreed."""
    return sum(due.interest_rupiah for due in dues)


def months_later(day: date, months: int) -> date:
    """The same day of a later month; its last day where the month is shorter: 31 January, 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def allocate(
    dues: Sequence[Agreed], *, paid_principal: int, paid_interest: int, amount: int
) -> tuple[int, int]:
    """How a payment is written down: principal and interest, oldest instalment first, its interest before its
    principal. They add up to `amount`. Raises `ValueError` when it is more than all that is owed."""
    principal = interest = 0
    rest = amount
    for due in dues:
        covered_interest = min(due.interest_rupiah, paid_interest)
        covered_principal = min(due.principal_rupiah, paid_principal)
        paid_interest -= covered_interest
        paid_principal -= covered_principal
        taken = min(due.interest_rupiah - covered_interest, rest)
        interest, rest = interest + taken, rest - taken
        taken = min(due.principal_rupiah - covered_principal, rest)
        principal, rest = principal + taken, rest - taken
    if rest:
        raise ValueError("The payment is more than the loan.")
    return principal, interest


def standing(dues: Sequence[Agreed], *, paid_principal: int, paid_interest: int, on: date) -> Standing:
    """What is owed, what of it is late, and for how many days, when so much was paid until that day."""
    owed = sum(due.principal_rupiah for due in dues) - paid_principal
    if not owed:  # paid back early: later interest was never asked for
        return Standing(0, 0, 0, 0)
    late, late_since = 0, None
    principal, interest = paid_principal, paid_interest
    for due in dues:
        open_now = max(due.principal_rupiah - principal, 0) + max(due.interest_rupiah - interest, 0)
        principal = max(principal - due.principal_rupiah, 0)
        interest = max(interest - due.interest_rupiah, 0)
        if open_now and due.due_on < on:
            late += open_now
            late_since = late_since or due.due_on
    return Standing(
        owed_principal=owed,
        owed_interest=total_interest(dues) - paid_interest,
        late_rupiah=late,
        arrears_days=(on - late_since).days if late_since else 0,
    )


def settlement(
    dues: Sequence[Agreed], *, paid_principal: int, paid_interest: int, on: date
) -> tuple[int, int]:
    """What ends the loan on that day: all principal still owed, and the interest of every instalment that is
    due or is the next one. Interest of later months is not asked for."""
    running = next((due.number for due in dues if due.due_on >= on), len(dues))
    interest = sum(due.interest_rupiah for due in dues if due.number <= running)
    return sum(due.principal_rupiah for due in dues) - paid_principal, max(interest - paid_interest, 0)


def arrears_class(days: int) -> ArrearsClass:
    """The class of a loan whose oldest unpaid instalment is so many days late (classes are ours, [D])."""
    if days <= 0:
        return ArrearsClass.CURRENT
    if days <= 30:
        return ArrearsClass.MONTH
    return ArrearsClass.QUARTER if days <= 90 else ArrearsClass.OVER_90
