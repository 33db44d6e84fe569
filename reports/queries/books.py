"""The books of a body as tables for an accountant: journal, ledger and trial balance of a month or a year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperatives.enums import AccountKind
from cooperatives.models import FinanceBody, JournalLine, LedgerAccount
from reports.indicators import Period

Row = list[object]
Header = tuple[str | Promise, ...]


@dataclass(frozen=True, slots=True)
class BookFile:
    """One kind of file. `rows` draws it; amounts are whole rupiah. `names`: members stand in it, line by
    line."""

    title: str | Promise
    hint: str | Promise
    header: Header
    rows: Callable[[FinanceBody, Period], Iterator[Row]]
    names: bool


def lines_in(body: FinanceBody, period: Period) -> QuerySet[JournalLine]:
    """The lines of the entries of these days, in the order they were numbered, with all they name."""
    lines = JournalLine.objects.filter(
        entry__body=body, entry__day__gte=period.first_day, entry__day__lte=period.last_day
    )
    related = lines.select_related("entry__reverses", "account", "member")
    return related.order_by("entry__year", "entry__number", "id")


def _journal(body: FinanceBody, period: Period) -> Iterator[Row]:
    for line in lines_in(body, period):
        entry = line.entry
        yield [
            entry.reference,
            entry.day,
            entry.kind_label,
            line.account.code,
            line.account.name,
            *_member(line),
            line.debit,
            line.credit,
            entry.text,
            entry.reverses.reference if entry.reverses else None,
            entry.reason,
        ]


def _ledger(body: FinanceBody, period: Period) -> Iterator[Row]:
    lines: dict[int, list[JournalLine]] = {}
    for line in lines_in(body, period).order_by("entry__day", "entry__year", "entry__number", "id"):
        lines.setdefault(line.account_id, []).append(line)
    for moves in _moves(body, period):
        of_account = lines.get(moves.account.pk, [])
        if moves.before or of_account:
            yield from _account_rows(moves, of_account, period)


def _account_rows(moves: _Moves, lines: Sequence[JournalLine], period: Period) -> Iterator[Row]:
    """What the account said before the period, then each line with what it said after it."""
    account, running = moves.account, moves.before
    forward = [period.first_day, None, _("Brought forward"), None, None, None, None, None]
    yield [account.code, account.name, *forward, running * account.sign]
    for line in lines:
        entry = line.entry
        running += line.amount
        about = [entry.day, entry.reference, entry.kind_label, *_member(line), entry.text]
        yield [account.code, account.name, *about, line.debit, line.credit, running * account.sign]


def _trial(body: FinanceBody, period: Period) -> Iterator[Row]:
    sums = [0] * 6
    for moves in _moves(body, period):
        account, after = moves.account, moves.before + moves.debits - moves.credits
        amounts = [*_sides(moves.before), moves.debits, moves.credits, *_sides(after)]
        if any(amounts):
            yield [account.code, account.name, AccountKind(account.kind).label, *amounts]
            sums = [total + amount for total, amount in zip(sums, amounts, strict=True)]
    yield [None, _("Sum"), None, *sums]


def _sides(balance: int) -> tuple[int, int]:
    return max(balance, 0), max(-balance, 0)


def _member(line: JournalLine) -> tuple[int | None, str | None]:
    return (line.member.number, line.member.name) if line.member else (None, None)


@dataclass(frozen=True, slots=True)
class _Moves:
    """An account with the sum of its lines before a period, and of its debits and credits within it."""

    account: LedgerAccount
    before: int
    debits: int
    credits: int


def _moves(body: FinanceBody, period: Period) -> list[_Moves]:
    """Every account of the body by code. One query."""
    within = Q(lines__entry__day__gte=period.first_day, lines__entry__day__lte=period.last_day)
    accounts = LedgerAccount.objects.filter(body=body).annotate(
        before=Sum("lines__amount", filter=Q(lines__entry__day__lt=period.first_day), default=0),
        debits=Sum("lines__amount", filter=within & Q(lines__amount__gt=0), default=0),
        credits=Sum("lines__amount", filter=within & Q(lines__amount__lt=0), default=0),
    )
    return [
        _Moves(account, int(account.before), int(account.debits), -int(account.credits))
        for account in accounts.order_by("code")
    ]


BOOK_FILES: dict[str, BookFile] = {
    "journal": BookFile(
        gettext_lazy("Journal"),
        gettext_lazy("Every line of every entry, in the order of the numbers"),
        (
            gettext_lazy("Number"),
            gettext_lazy("Date"),
            gettext_lazy("Kind"),
            gettext_lazy("Account code"),
            gettext_lazy("Account"),
            gettext_lazy("Member number"),
            gettext_lazy("Member"),
            gettext_lazy("Debit"),
            gettext_lazy("Credit"),
            gettext_lazy("Note"),
            gettext_lazy("Takes back entry"),
            gettext_lazy("Reason"),
        ),
        _journal,
        names=True,
    ),
    "ledger": BookFile(
        gettext_lazy("Ledger"),
        gettext_lazy("Each account with its lines and what it said after each"),
        (
            gettext_lazy("Account code"),
            gettext_lazy("Account"),
            gettext_lazy("Date"),
            gettext_lazy("Number"),
            gettext_lazy("Kind"),
            gettext_lazy("Member number"),
            gettext_lazy("Member"),
            gettext_lazy("Note"),
            gettext_lazy("Debit"),
            gettext_lazy("Credit"),
            gettext_lazy("Balance"),
        ),
        _ledger,
        names=True,
    ),
    "balance": BookFile(
        gettext_lazy("Trial balance"),
        gettext_lazy("Each account before, within and at the end of the period"),
        (
            gettext_lazy("Account code"),
            gettext_lazy("Account"),
            gettext_lazy("Kind"),
            gettext_lazy("Debit before"),
            gettext_lazy("Credit before"),
            gettext_lazy("Debit in the period"),
            gettext_lazy("Credit in the period"),
            gettext_lazy("Debit at the end"),
            gettext_lazy("Credit at the end"),
        ),
        _trial,
        names=False,
    ),
}
