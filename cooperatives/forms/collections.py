"""A collection: the whole group on one screen, a row a member, a column a kind of payment."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, LineField, RupiahField
from cooperatives.collecting import COLUMNS, Payment, check_bag, check_payment
from cooperatives.enums import TransactionKind
from cooperatives.models import FinanceBody, Member
from cooperatives.queries.loans import oldest_running
from cooperatives.queries.members import members_collected_from
from cooperatives.rules import check_day_is_open
from cooperatives.transactions import SAVINGS_IN
from villages.forms import CheckedForm
from villages.rules import NotPossible


class SheetRow(NamedTuple):
    """A member and her boxes, in the order of the columns; None where she has nothing to pay."""

    member: Member
    cells: list[tuple[str, BoundField | None]]


class CollectionForm(CheckedForm):
    """Who pays what. An empty box pays nothing. The money in the bag is counted and typed besides."""

    day = DayField(
        label=_("On which day?"), not_future=True, error_messages={"required": _("Enter the day.")}
    )
    group = LineField(label=_("Group or place"), required=False, help_text=_("Example: Kelompok Melati"))
    bag = RupiahField(
        label=_("How much money is in the bag?"),
        help_text=_("Count it. It must be what the sheet says."),
        error_messages={"required": _("Count the money and enter the sum.")},
    )

    def __init__(self, *args: Any, body: FinanceBody, first: int = 1, **kwargs: Any) -> None:
        self.body = body
        self.members, self.next_first = members_collected_from(body, first=first)
        kwargs["initial"] = {"day": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.attrs["class"] = "w8"
        self.loans = oldest_running([member.pk for member in self.members])
        for member in self.members:
            for kind, label in COLUMNS.items():
                if kind in SAVINGS_IN or member.pk in self.loans:
                    self.fields[_name(kind, member)] = _box(f"{label} {member.name}")

    @property
    def rows(self) -> list[SheetRow]:
        """The table, row by row."""
        return [
            SheetRow(member, [(str(label), self._box_of(kind, member)) for kind, label in COLUMNS.items()])
            for member in self.members
        ]

    def _box_of(self, kind: TransactionKind, member: Member) -> BoundField | None:
        name = _name(kind, member)
        return self[name] if name in self.fields else None

    @property
    def head(self) -> list[BoundField]:
        """The fields outside the table that stand above it."""
        return [self["day"], self["group"]]

    @property
    def payments(self) -> list[Payment]:
        """Who pays what, of a valid form; who pays nothing is left out."""
        found = []
        for member in self.members:
            paid = {kind: self.cleaned_data.get(_name(kind, member)) or 0 for kind in COLUMNS}
            paid = {kind: amount for kind, amount in paid.items() if amount}
            if paid:
                found.append(Payment(member, paid))
        return found

    @property
    def totals(self) -> list[tuple[str, int]]:
        """What each column sums to, of a valid form, in rupiah."""
        return [
            (str(label), sum(one.paid.get(kind, 0) for one in self.payments))
            for kind, label in COLUMNS.items()
        ]

    def ask_rules(self) -> None:
        check_day_is_open(self.body, self.cleaned_data["day"])
        for payment in self.payments:
            self._ask_about(payment)
        if not self.errors:
            check_bag(self.payments, self.cleaned_data["bag"])

    def _ask_about(self, payment: Payment) -> None:
        """What is refused of a payment stands beside its box."""
        loan = self.loans.get(payment.member.pk)
        for kind, amount in payment.paid.items():
            try:
                check_payment(Payment(payment.member, {kind: amount}), self.cleaned_data["day"], loan)
            except NotPossible as refused:
                self.add_error(_name(kind, payment.member), refused.sentence)


def _name(kind: TransactionKind, member: Member) -> str:
    return f"{kind.value}-{member.pk}"


def _box(label: str) -> RupiahField:
    box = RupiahField(required=False, label=label, help_text="")
    box.widget.attrs |= {"aria-label": label, "class": "input", "autocomplete": "off"}
    return box
