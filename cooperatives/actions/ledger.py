"""The one door to the journal: post entries, reverse an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from audit.actions import Subject, record, record_many
from cooperatives import events
from cooperatives.chart import MONEY
from cooperatives.enums import TransactionKind
from cooperatives.models import Collection, FinanceBody, JournalEntry, LedgerAccount, Member
from cooperatives.queries.ledger import accounts_with_codes
from cooperatives.rules import check_can_post, check_can_reverse, check_day_is_open
from cooperatives.transaction_rules import check_money
from migrants.deliveries import Delivery, constraint_of, deliver_once
from villages.access import Seat
from villages.rules import NotPossible


@dataclass(frozen=True, slots=True)
class Side:
    """One line to be. `code`: the account's. `amount`: whole rupiah, positive for debit, negative for credit.
    `member`: whose money it is; an account kept member by member must have one, any other may."""

    code: str
    amount: int
    member: Member | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One entry to be. `key` becomes its primary key. `kind`: a kind of transaction. The sides sum to
    zero."""

    key: UUID
    kind: str
    day: date
    sides: Sequence[Side]
    text: str = ""
    reverses: JournalEntry | None = None
    reason: str = ""
    collection: Collection | None = None

    def __post_init__(self) -> None:
        if len(self.sides) < 2 or sum(side.amount for side in self.sides) != 0:
            raise ValueError("An entry has two sides or more, and they sum to zero.")
        if any(side.amount == 0 for side in self.sides):
            raise ValueError("Each side of an entry moves money.")

    @property
    def amount(self) -> int:
        """What the entry moves: the sum of its debits, in rupiah."""
        return sum(side.amount for side in self.sides if side.amount > 0)


@transaction.atomic
def post_entry(
    *, by: Seat, body: FinanceBody, key: UUID, kind: str, day: date, sides: Sequence[Side], text: str = ""
) -> Delivery[JournalEntry]:
    """One entry stands in the journal, as `post_entries` says. Same key: the first one. Raises Http404 for
    the key of another body's entry."""
    draft = Draft(key, kind, day, sides, text)
    return _once(body, key, lambda: post_entries(by=by, body=body, drafts=[draft])[0])


@transaction.atomic
def post_entries(*, by: Seat, body: FinanceBody, drafts: Sequence[Draft]) -> list[JournalEntry]:
    """All these entries stand in the journal under the next numbers of the body's years, or none does; the
    balances of their members follow.

    Call it last in a transaction: from here until the commit nobody else posts to this body. Hold whatever a
    rule wants to hold (members, loans) before. Raises NotPermitted; NotPossible for a day that is not open,
    money that is not there, a balance that would fall below zero, or an account the body does not have.
    Records `books.entry_posted` or `books.entry_reversed`.
    """
    check_can_post(by, body)
    for day in {draft.day for draft in drafts}:
        check_day_is_open(body, day)
    accounts = _accounts(body, drafts)
    _check_money(body, drafts)
    _record(by, body, drafts)
    with _refusals_in_words():
        return _insert(by, body, drafts, accounts)


@transaction.atomic
def reverse_entry(
    *, by: Seat, entry: JournalEntry, key: UUID, day: date, reason: str
) -> Delivery[JournalEntry]:
    """An entry of `day` takes back what the entry did, and names it and the reason. Same key: the first one.

    The entry itself stays; an entry of a closed month is reversed in an open one. Raises as `post_entries`
    does; NotPossible when the entry was reversed already, is a reversal, or is of a later day.
    """
    body = entry.body

    def make() -> JournalEntry:
        check_can_reverse(entry, day)
        lines = entry.lines.select_related("account", "member")
        sides = [Side(line.account.code, -line.amount, line.member) for line in lines]
        draft = Draft(key, TransactionKind.REVERSAL, day, sides, reverses=entry, reason=reason)
        return post_entries(by=by, body=body, drafts=[draft])[0]

    return _once(body, key, make)


def _once(body: FinanceBody, key: UUID, make: Callable[[], JournalEntry]) -> Delivery[JournalEntry]:
    return deliver_once(JournalEntry.objects.filter(body=body), key, make)


def _accounts(body: FinanceBody, drafts: Sequence[Draft]) -> dict[str, LedgerAccount]:
    """The accounts the drafts name, by code."""
    codes = {side.code for draft in drafts for side in draft.sides}
    found = accounts_with_codes(body, codes)
    for code in codes - found.keys():
        raise NotPossible(_("The books have no account %(code)s.") % {"code": code})
    for draft in drafts:
        for side in draft.sides:
            if found[side.code].of_members and side.member is None:
                raise ValueError(f"Account {side.code} is kept member by member.")
    return found


def _check_money(body: FinanceBody, drafts: Sequence[Draft]) -> None:
    """Raise NotPossible when more would leave the box or the bank than is in it. Who takes money out holds
    the body first, so that two cannot take the same; who brings money in waits for nobody."""
    moved = dict.fromkeys(MONEY, 0)
    for draft in drafts:
        for side in draft.sides:
            if side.code in moved:
                moved[side.code] += side.amount
    leaving = {code: -amount for code, amount in moved.items() if amount < 0}
    if not leaving:
        return
    FinanceBody.objects.select_for_update(no_key=True).only("pk").get(pk=body.pk)
    for code, amount in leaving.items():
        check_money(body, code, amount)


def _record(by: Seat, body: FinanceBody, drafts: Sequence[Draft]) -> None:
    """The events, before the entries: nothing may lie between those and the commit."""
    for draft in drafts:
        if draft.reverses is not None:
            record(
                events.ENTRY_REVERSED,
                by=by,
                subject=JournalEntry(pk=draft.key),
                subject_label=f"{body.name}: {draft.reverses.reference}",
                village=body.village_id,
            )
    posted = [
        Subject("cooperatives.journalentry", str(draft.key), body.name, body.village_id)
        for draft in drafts
        if draft.reverses is None
    ]
    if posted:
        record_many(events.ENTRY_POSTED, by=by, subjects=posted)


# One statement: between taking the number and the commit there is no way to the application and back.
POST = """
    WITH entry AS (
        INSERT INTO cooperatives_journalentry (id, body_id, day, kind, text, amount, lines_count, reverses_id,
                                               reason, collection_id, made_by_id)
        SELECT id, %(body)s::uuid, day, kind, text, amount, lines_count, reverses, reason, collection,
               %(by)s::uuid
        FROM unnest(%(ids)s::uuid[], %(days)s::date[], %(kinds)s::text[], %(texts)s::text[],
                    %(amounts)s::bigint[], %(counts)s::int[], %(reverses)s::uuid[], %(reasons)s::text[],
                    %(collections)s::uuid[])
             WITH ORDINALITY AS draft(id, day, kind, text, amount, lines_count, reverses, reason, collection,
                                      place)
        ORDER BY place
        RETURNING id, year, number, made_at
    ), line AS (
        INSERT INTO cooperatives_journalline (entry_id, account_id, member_id, amount)
        SELECT entry.id, side.account, side.member, side.amount
        FROM entry
        JOIN unnest(%(entries)s::uuid[], %(accounts)s::bigint[], %(members)s::uuid[], %(moved)s::bigint[])
             WITH ORDINALITY AS side(entry, account, member, amount, place) ON side.entry = entry.id
        ORDER BY side.place
    )
    SELECT id, year, number, made_at FROM entry
"""


def _insert(
    by: Seat, body: FinanceBody, drafts: Sequence[Draft], accounts: dict[str, LedgerAccount]
) -> list[JournalEntry]:
    sides = [(draft.key, side) for draft in drafts for side in draft.sides]
    values: dict[str, Any] = {
        "body": body.pk,
        "by": by.pk,
        "ids": [draft.key for draft in drafts],
        "days": [draft.day for draft in drafts],
        "kinds": [draft.kind for draft in drafts],
        "texts": [draft.text for draft in drafts],
        "amounts": [draft.amount for draft in drafts],
        "counts": [len(draft.sides) for draft in drafts],
        "reverses": [draft.reverses.pk if draft.reverses else None for draft in drafts],
        "reasons": [draft.reason for draft in drafts],
        "collections": [draft.collection.pk if draft.collection else None for draft in drafts],
        "entries": [key for key, _side in sides],
        "accounts": [accounts[side.code].pk for _key, side in sides],
        "members": [side.member.pk if side.member else None for _key, side in sides],
        "moved": [side.amount for _key, side in sides],
    }
    with connection.cursor() as cursor:
        cursor.execute(POST, values)
        given = {key: rest for key, *rest in cursor.fetchall()}
    entries = []
    for draft in drafts:
        year, number, made_at = given[draft.key]
        entries.append(
            JournalEntry(
                pk=draft.key,
                body=body,
                year=year,
                number=number,
                day=draft.day,
                kind=draft.kind,
                text=draft.text,
                amount=draft.amount,
                lines_count=len(draft.sides),
                reverses=draft.reverses,
                reason=draft.reason,
                collection=draft.collection,
                made_by=by.user,
                made_at=made_at,
            )
        )
        entries[-1]._state.adding = False
    return entries


@contextmanager
def _refusals_in_words() -> Iterator[None]:
    """What the database refuses although the rules let it pass, because somebody was faster, in a
    sentence."""
    try:
        yield
    except IntegrityError as error:
        sentence = {
            "cooperatives_balance_not_negative": _("The member's balance is not enough for this."),
            "cooperatives_entry_in_open_month": _("This month was closed just now. Choose a later day."),
            "cooperatives_entry_before_end": _("This body had ended by then. Choose an earlier day."),
            "cooperatives_journalentry_reverses_id_key": _("This entry was reversed already."),
        }.get(constraint_of(error))
        if sentence is None:
            raise
        raise NotPossible(sentence) from error
