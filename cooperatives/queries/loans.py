"""Reads about loans: how each stands on a day, and how many are how late."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from cooperatives.enums import ArrearsClass
from cooperatives.loan_terms import Standing, standing
from cooperatives.models import FinanceBody, Instalment, Loan, LoanPayment, Member
from cooperatives.models.loans import LoanQuerySet
from periods.rupiah import rupiah_text

TAGS = {ArrearsClass.CURRENT: "done", ArrearsClass.MONTH: "warn"}


class LoanLine(NamedTuple):
    """A row of the list of loans as `{% row %}` draws it."""

    id: UUID
    name: str
    hint: str
    crossed: bool
    standing: tuple[str, str]


@dataclass(frozen=True)
class Lateness:
    """Loans of one class of lateness: how many, and the principal still owed on them in rupiah."""

    kind: ArrearsClass
    loans: int
    owed_rupiah: int


def loans_of(body: FinanceBody) -> LoanQuerySet:
    """The body's loans with member, instalments and what was paid, those taken back included. 2 queries."""
    return with_standing(Loan.objects.filter(body=body)).select_related("entry__reversed_by")


def with_standing(loans: LoanQuerySet) -> LoanQuerySet:
    """The same loans with all that `standing_of` needs. 1 further query, however many."""
    return loans.with_paid().select_related("member").prefetch_related("instalments")


def standing_of(loan: Loan, on: date) -> Standing:
    """How a loan stands on the day; the loan comes from `with_standing`."""
    return standing(
        list(loan.instalments.all()),
        paid_principal=loan.paid_principal,  # type: ignore[attr-defined]
        paid_interest=loan.paid_interest,  # type: ignore[attr-defined]
        on=on,
    )


def loan_line(loan: Loan) -> LoanLine:
    """The row of a loan of `loans_of`."""
    now = standing_of(loan, timezone.localdate())
    taken_back = hasattr(loan.entry, "reversed_by")
    if taken_back:
        tag = ("", _("Reversed"))
    elif not now.owed_principal:
        tag = ("", _("Paid off"))
    else:
        tag = (TAGS.get(now.arrears_class, "late"), str(now.arrears_class.label))
    owed = _("%(owed)s of %(lent)s still owed") % {
        "owed": rupiah_text(now.owed_principal),
        "lent": rupiah_text(loan.principal_rupiah),
    }
    return LoanLine(loan.pk, str(loan.member), f"{loan.granted_on:%d-%m-%Y} · {owed}", taken_back, tag)


def lateness_of(body: FinanceBody, on: date) -> list[Lateness]:
    """The running loans by class of lateness, all classes, without a name. 2 queries."""
    found: dict[ArrearsClass, list[int]] = {kind: [] for kind in ArrearsClass}
    for loan in with_standing(Loan.objects.filter(body=body).running()):
        now = standing_of(loan, on)
        found[now.arrears_class].append(now.owed_principal)
    return [Lateness(kind, len(owed), sum(owed)) for kind, owed in found.items()]


def running_loans_of(member: Member) -> LoanQuerySet:
    """The member's loans of which something is owed, the oldest first. 2 queries."""
    return with_standing(Loan.objects.filter(member=member).running()).order_by("granted_on", "id")


class PaidInstalment(NamedTuple):
    """An instalment, and how much of it was paid by now, the oldest first."""

    due: Instalment
    paid_rupiah: int

    @property
    def is_paid(self) -> bool:
        return self.paid_rupiah >= self.due.total_rupiah

    @property
    def is_late(self) -> bool:
        return not self.is_paid and self.due.due_on < timezone.localdate()


def schedule_of(loan: Loan) -> list[PaidInstalment]:
    """Every instalment with what was paid of it; when nothing is owed any more, all are paid."""
    principal, interest = loan.paid_principal, loan.paid_interest  # type: ignore[attr-defined]
    over = principal >= loan.principal_rupiah
    rows = []
    for due in loan.instalments.all():
        paid = min(due.principal_rupiah, principal) + min(due.interest_rupiah, interest)
        principal -= min(due.principal_rupiah, principal)
        interest -= min(due.interest_rupiah, interest)
        rows.append(PaidInstalment(due, due.total_rupiah if over else paid))
    return rows


def payments_of(loan: Loan) -> list[LoanPayment]:
    """What was paid of the loan, the latest last, with the entries that were taken back. 1 query."""
    return list(loan.payments.select_related("entry__reversed_by"))


def oldest_running(members: Collection[UUID]) -> dict[UUID, Loan]:
    """The loan of each of these members of which principal is owed longest, by the member's key; members who
    owe nothing are left out. 2 queries, however many members."""
    running = with_standing(Loan.objects.filter(member__in=members).running())
    found: dict[UUID, Loan] = {}
    for loan in running.select_related("body", "entry__reversed_by").order_by("granted_on", "pk"):
        found.setdefault(loan.member_id, loan)
    return found
