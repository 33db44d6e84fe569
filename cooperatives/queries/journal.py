"""Reads of the journal: its lines in a list, and what one entry did."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from cooperatives.models import Collection, FinanceBody, JournalEntry, JournalLine
from cooperatives.transactions import effect_of
from periods.rupiah import rupiah_text

_LINES = Prefetch("lines", JournalLine.objects.select_related("account", "member").order_by("id"))


class EntryLine(NamedTuple):
    """A row of the journal as `{% row %}` draws it, with what it did for the accountant's view."""

    id: UUID
    name: str
    hint: str
    crossed: bool
    standing: tuple[str, str]
    entry: JournalEntry


def journal_of(body: FinanceBody) -> QuerySet[JournalEntry]:
    """All entries of the body with their lines, accounts and members. Two queries."""
    return (
        JournalEntry.objects.filter(body=body)
        .select_related("reversed_by", "made_by")
        .prefetch_related(_LINES)
    )


def entry_line(entry: JournalEntry) -> EntryLine:
    """The row of an entry that has its lines."""
    names = dict.fromkeys(line.member.name for line in entry.lines.all() if line.member)
    parts = [entry.day.strftime("%d-%m-%Y"), rupiah_text(entry.amount), *names, entry.text]
    return EntryLine(
        id=entry.pk,
        name=f"{entry.reference} {entry.kind_label}",
        hint=" · ".join(part for part in parts if part),
        crossed=is_reversed(entry),
        standing=_standing(entry),
        entry=entry,
    )


def is_reversed(entry: JournalEntry) -> bool:
    """Whether a later entry took this one back."""
    return hasattr(entry, "reversed_by")


def effects_of(entry: JournalEntry) -> list[str]:
    """What each line of the entry does, in sentences without signs."""
    lines = entry.lines.select_related("account", "member")
    return [effect_of(line.account, line.amount, line.member) for line in lines]


def _standing(entry: JournalEntry) -> tuple[str, str]:
    if entry.reverses_id is not None:
        return "", _("Reversal")
    if is_reversed(entry):
        return "warn", _("Reversed")
    return "done", _("Recorded")


def entries_of_collection(sheet: Collection) -> QuerySet[JournalEntry]:
    """The entries of one sheet, by number, with their lines and who made them. Two queries."""
    return journal_of(sheet.body).filter(collection=sheet).order_by("number")
