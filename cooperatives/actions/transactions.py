"""Write down what happened to the money, by the table of transactions."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from cooperatives.actions.ledger import Side, post_entry
from cooperatives.chart import CASH
from cooperatives.enums import TransactionKind
from cooperatives.models import FinanceBody, JournalEntry, LedgerAccount, Member
from cooperatives.rules import check_can_post
from cooperatives.transaction_rules import check_transaction
from cooperatives.transactions import TABLE
from migrants.deliveries import Delivery
from villages.access import Seat


@transaction.atomic
def record_transaction(
    *,
    by: Seat,
    body: FinanceBody,
    key: UUID,
    kind: TransactionKind,
    day: date,
    amount: int,
    member: Member | None = None,
    account: LedgerAccount | None = None,
    text: str = "",
) -> Delivery[JournalEntry]:
    """What the table says of this kind stands in the journal. Same key: the first entry.

    `amount`: whole rupiah above zero. `member`, `account`: where the table wants one. The member is held, so
    that two treasurers cannot take the same savings twice. Raises NotPermitted; NotPossible in the words of
    `check_transaction` and `post_entries`. Records `books.entry_posted`.
    """
    check_can_post(by, body)
    if member is not None:
        member = Member.objects.select_for_update(no_key=True).get(pk=member.pk, body=body)
    if not JournalEntry.objects.filter(pk=key, body=body).exists():
        check_transaction(body, kind, amount=amount, day=day, member=member)
    sides = sides_of(kind, amount=amount, member=member, account=account)
    return post_entry(by=by, body=body, key=key, kind=kind, day=day, sides=sides, text=text)


def sides_of(
    kind: TransactionKind, *, amount: int, member: Member | None = None, account: LedgerAccount | None = None
) -> list[Side]:
    """The two sides the table gives this kind; the member stands on the side that is not money."""
    row = TABLE[kind]
    chosen = account.code if account else ""
    debit, credit = row.debit or chosen, row.credit or chosen
    return [
        Side(debit, amount, None if debit == CASH else member),
        Side(credit, -amount, None if credit == CASH else member),
    ]
