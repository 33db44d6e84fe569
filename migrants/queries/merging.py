"""Reads about two records of one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from migrants.models import Person, PersonMerge

_SHOWN = (
    "full_name",
    "nickname",
    "sex",
    "birth_date",
    "category",
    "nik_masked",
    "passport_masked",
    "phone",
    "hamlet",
    "neighbourhood",
    "next_of_kin_name",
    "next_of_kin_relation",
    "next_of_kin_phone",
    "education",
    "marital_status",
)
_LABELS = {"nik_masked": "NIK", "passport_masked": _("Passport")}


@dataclass(frozen=True)
class Line:
    """One entry in both records, as people read it; "" where it is not known."""

    label: Any
    left: str
    right: str
    is_phone: bool = False

    @property
    def differs(self) -> bool:
        return self.left != self.right


def side_by_side(left: Person, right: Person) -> list[Line]:
    """Both records, entry by entry; numbers masked. No query."""
    return [
        Line(
            _label(name),
            _shown(left, name),
            _shown(right, name),
            is_phone=name.endswith("phone"),
        )
        for name in _SHOWN
    ]


def merges_of(person: Person) -> QuerySet[PersonMerge]:
    """Records that lead to this one now, the latest first."""
    return (
        PersonMerge.objects.filter(kept=person, undone_at__isnull=True)
        .select_related("merged", "merged_by")
        .order_by("-merged_at")
    )


def _label(name: str) -> Any:
    return _LABELS.get(name) or getattr(Person._meta.get_field(name), "verbose_name", name)


def _shown(person: Person, name: str) -> str:
    value = getattr(person, name)
    if value in (None, ""):
        return ""
    if name == "birth_date":
        return str(date_format(value, "d-m-Y"))
    display = getattr(person, f"get_{name}_display", None)
    return str(display() if display else value)
