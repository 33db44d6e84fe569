"""Outside input of the books: opening them, one transaction, a reversal. Each is checked before it is
saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, RupiahField
from cooperatives.actions.transactions import sides_of
from cooperatives.enums import TransactionKind
from cooperatives.models import FinanceBody, JournalEntry
from cooperatives.queries.ledger import accounts_of_kind, accounts_with_codes
from cooperatives.queries.members import members_for
from cooperatives.rules import check_can_open_books, check_can_reverse, check_day_is_open
from cooperatives.transaction_rules import check_transaction
from cooperatives.transactions import TABLE, effect_of, sentence_of
from villages.forms import CheckedForm, refusals_on


class BooksOpenForm(EntryForm):
    """From which day the body keeps its books here."""

    opened_on = DayField(
        label=_("From which day on?"),
        help_text=_("The first day you will write something down for. Example: 01-01-2026"),
    )

    def __init__(self, *args: Any, body: FinanceBody, **kwargs: Any) -> None:
        self.body = body
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].widget.attrs["class"] = "w8"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            with refusals_on(self):
                check_can_open_books(self.body, cleaned["opened_on"])
        return cleaned


class TransactionForm(CheckedForm):
    """One transaction of a kind; which entries there are, the table says."""

    member: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None,
        label=_("Which member?"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the member.")},
    )
    account: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=None,
        label=_("What was it for?"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose what it was for.")},
    )
    amount = RupiahField(label=_("How much?"), error_messages={"required": _("Enter the amount.")})
    day = DayField(
        label=_("On which day?"), not_future=True, error_messages={"required": _("Enter the day.")}
    )
    text = LineField(
        label=_("Note"), required=False, max_length=200, help_text=_("From whom, for what, or a number")
    )

    def __init__(self, *args: Any, body: FinanceBody, kind: TransactionKind, **kwargs: Any) -> None:
        self.body, self.kind, self.row = body, kind, TABLE[kind]
        kwargs["initial"] = {"day": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.attrs["class"] = "w8"
        if self.row.member:
            self.fields["member"].queryset = members_for(body, kind)
        else:
            del self.fields["member"]
        if self.row.choice:
            self.fields["account"].queryset = accounts_of_kind(body, self.row.choice)
        else:
            del self.fields["account"]

    def ask_rules(self) -> None:
        facts = self.facts
        check_transaction(
            self.body, self.kind, amount=facts["amount"], day=facts["day"], member=facts.get("member")
        )

    @property
    def about(self) -> dict[str, Any]:
        """What the table needs to say and to post it."""
        return {name: self.facts.get(name) for name in ("amount", "member", "account")}

    @property
    def sentence(self) -> str:
        """What will be recorded."""
        return sentence_of(self.row, **self.about)

    @property
    def effects(self) -> list[str]:
        """What each side of it will do."""
        sides = sides_of(self.kind, **self.about)
        accounts = accounts_with_codes(self.body, {side.code for side in sides})
        return [effect_of(accounts[side.code], side.amount, side.member) for side in sides]


class ReverseForm(CheckedForm):
    """Why an entry is taken back, and on which open day."""

    reason = LineField(
        label=_("Why is it reversed?"),
        max_length=200,
        help_text=_("Example: written down for the wrong member"),
        error_messages={"required": _("Write the reason in a few words.")},
    )
    day = DayField(
        label=_("On which day?"),
        not_future=True,
        help_text=_("A day in a month that is still open"),
        error_messages={"required": _("Enter the day.")},
    )

    def __init__(self, *args: Any, entry: JournalEntry, **kwargs: Any) -> None:
        self.entry = entry
        kwargs["initial"] = {"day": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.attrs["class"] = "w8"

    def ask_rules(self) -> None:
        check_day_is_open(self.entry.body, self.cleaned_data["day"])
        check_can_reverse(self.entry, self.cleaned_data["day"])

    @property
    def effects(self) -> list[str]:
        """What the reversal will do: the mirror of the entry."""
        lines = self.entry.lines.select_related("account", "member")
        return [effect_of(line.account, -line.amount, line.member) for line in lines]
