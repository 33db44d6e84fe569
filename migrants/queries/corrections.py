"""Reads about corrections, and the values they hold as text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Field, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from migrants.models import Case, Correction
from migrants.models.cases import CORRECTABLE
from migrants.vocabulary import destination_label


@dataclass(frozen=True)
class Entry:
    """One entry of a closed case that can be corrected: what it is called and says now."""

    name: str
    label: str
    value: str


def correctable(case: Case) -> list[Entry]:
    """The entries of a closed case that can be corrected. The name of a registered person stands in the
    register, not here."""
    names = [name for name in CORRECTABLE if name != "subject_name" or case.person_id is None]
    return [Entry(name, label_of(name), shown(name, as_text(getattr(case, name)))) for name in names]


def corrections_of(case: Case) -> QuerySet[Correction]:
    """Every correction asked for on a case, the newest first, with who asked and who decided."""
    return Correction.objects.filter(case=case).select_related("asked_by", "decided_by")


def as_text(value: Any) -> str:
    """A value of a case as a correction keeps it; "" for nothing."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def from_text(field: str, text: str) -> Any:
    """The value of that field as the case keeps it: the opposite of `as_text`."""
    if field == "result":  # a property that seals, not a column
        return text
    column: Field[Any, Any] = Case._meta.get_field(field)  # type: ignore[assignment]  # columns only
    return None if column.null and not text else column.to_python(text)


def label_of(field: str) -> str:
    """What the entry is called."""
    if field == "result":
        return _("Result")
    return str(getattr(Case._meta.get_field(field), "verbose_name", field))


def shown(field: str, text: str) -> str:
    """A kept value in the language of the page; a dash for nothing."""
    if not text:
        return "–"
    if field == "country":
        return destination_label(text)
    if field in ("reported_on", "incident_on"):
        return date_format(date.fromisoformat(text), "j F Y")
    column = None if field == "result" else Case._meta.get_field(field)
    labels = dict(getattr(column, "flatchoices", ()) or ())
    return str(labels.get(text, text))


def corrected_sentence(field: str, old: str, new: str) -> str:
    """What changed, in one line."""
    return _("%(label)s: %(old)s → %(new)s") % {
        "label": label_of(field),
        "old": shown(field, old),
        "new": shown(field, new),
    }
