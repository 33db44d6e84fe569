"""What members pay at a collection: columns, one member's payment, and its rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperatives.enums import TransactionKind
from cooperatives.loan_rules import check_can_pay
from cooperatives.models import Loan, Member
from cooperatives.transaction_rules import check_amount, check_pays_in
from cooperatives.transactions import SAVINGS_IN
from periods.rupiah import rupiah_text
from villages.rules import NotPossible

MOST_ROWS = 50  # members on one sheet: three boxes each stay below the limit of what a form may send

COLUMNS: dict[TransactionKind, str | Promise] = {
    TransactionKind.MANDATORY_IN: gettext_lazy("Mandatory"),
    TransactionKind.VOLUNTARY_IN: gettext_lazy("Voluntary"),
    TransactionKind.LOAN_PAID: gettext_lazy("Instalment"),
}


@dataclass(frozen=True, slots=True)
class Payment:
    """What one member brings, by kind, in whole rupiah above zero."""

    member: Member
    paid: dict[TransactionKind, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.paid.values())

    @property
    def shown(self) -> list[tuple[str, int]]:
        """Column and amount, for a page."""
        return [(str(COLUMNS[kind]), amount) for kind, amount in self.paid.items()]


def check_payment(payment: Payment, day: date, loan: Loan | None) -> None:
    """Raise NotPossible unless the member may pay this on this day. `loan`: the running one an instalment is
    paid of, from `queries.loans.oldest_running`; None: the member owes nothing."""
    for kind, amount in payment.paid.items():
        check_amount(amount)
        if kind in SAVINGS_IN:
            check_pays_in(payment.member, kind, day)
        elif loan is None:
            raise NotPossible(_("%(name)s has no running loan.") % {"name": payment.member.name})
        else:
            check_can_pay(loan, amount=amount, day=day)


def check_bag(payments: list[Payment], bag: int) -> None:
    """Raise NotPossible when nobody pays, or the money counted is not what the sheet says."""
    total = sum(payment.total for payment in payments)
    if not payments:
        raise NotPossible(_("Enter what at least one member pays."))
    if bag != total:
        raise NotPossible(
            _("The sheet says %(total)s, the money counted is %(bag)s. Check both.")
            % {"total": rupiah_text(total), "bag": rupiah_text(bag)},
            field="bag",
        )
