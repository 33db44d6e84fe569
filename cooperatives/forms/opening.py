"""Outside input of opening balances: the accounts, and a row for each member's savings."""

from __future__ import annotations

from typing import Any

from django.forms.boundfield import BoundField

from accounts.entry import RupiahField
from cooperatives.actions.opening import sides_of_opening
from cooperatives.forms.collections import SheetRow
from cooperatives.models import FinanceBody, LedgerAccount, Member
from cooperatives.opening import OpeningLine, check_may_begin, check_opening, takes_opening
from cooperatives.queries.ledger import accounts_with_codes
from cooperatives.queries.members import members_collected_from
from cooperatives.queries.opening import accounts_of
from cooperatives.transaction_rules import check_amount
from cooperatives.transactions import effect_of
from villages.forms import CheckedForm
from villages.rules import NotPossible

MOST_ROWS = 40  # four boxes a member stay below the limit of what a form may send


class OpeningForm(CheckedForm):
    """What the paper book says. An empty box is nothing. The accounts stand on the first sheet alone."""

    def __init__(self, *args: Any, body: FinanceBody, first: int = 1, **kwargs: Any) -> None:
        self.body = body
        self.members, self.next_first = members_collected_from(
            body, first=first, joined_by=body.books_opened_on, most=MOST_ROWS
        )
        chosen = [account for account in accounts_of(body) if takes_opening(account)]
        self.accounts = [one for one in chosen if not one.of_members and first == 1]
        self.savings = [one for one in chosen if one.of_members]
        super().__init__(*args, **kwargs)
        for account, member in self._places():
            self.fields[_name(account, member)] = _box(account, member)

    def _places(self) -> list[tuple[LedgerAccount, Member | None]]:
        """Every account and every member's savings there is a box for."""
        whole: list[tuple[LedgerAccount, Member | None]] = [(account, None) for account in self.accounts]
        return whole + [(account, member) for member in self.members for account in self.savings]

    @property
    def head(self) -> list[BoundField]:
        """The boxes of the accounts."""
        return [self[_name(account, None)] for account in self.accounts]

    @property
    def rows(self) -> list[SheetRow]:
        """The boxes of the members, row by row."""
        return [
            SheetRow(member, [(account.name, self[_name(account, member)]) for account in self.savings])
            for member in self.members
        ]

    @property
    def lines(self) -> list[OpeningLine]:
        """What was entered, of a valid form."""
        found = []
        for account, member in self._places():
            amount = self.cleaned_data.get(_name(account, member))
            if amount:
                found.append(OpeningLine(account, amount, member))
        return found

    def ask_rules(self) -> None:
        check_may_begin(self.body)
        for line in self.lines:
            try:
                check_amount(line.amount)
            except NotPossible as refused:
                self.add_error(_name(line.account, line.member), refused.sentence)
        if not self.errors:
            check_opening(self.body, self.lines)

    @property
    def effects(self) -> list[str]:
        """What each side of it will do."""
        sides = sides_of_opening(self.lines)
        accounts = accounts_with_codes(self.body, {side.code for side in sides})
        return [effect_of(accounts[side.code], side.amount, side.member) for side in sides]

    @property
    def amount_rupiah(self) -> int:
        """What the entry moves."""
        return sum(side.amount for side in sides_of_opening(self.lines) if side.amount > 0)


def _name(account: LedgerAccount, member: Member | None) -> str:
    return f"{account.code}-{member.pk}" if member else account.code


def _box(account: LedgerAccount, member: Member | None) -> RupiahField:
    if member is None:
        return RupiahField(required=False, label=account.name, help_text="")
    box = RupiahField(required=False, label=f"{account.name} {member.name}", help_text="")
    box.widget.attrs |= {"aria-label": box.label, "class": "input", "autocomplete": "off"}
    return box
