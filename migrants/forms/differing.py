"""What two people want differently of one record, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.formats import date_format

from accounts.entry import RupiahField
from periods.rupiah import rupiah_text


@dataclass(frozen=True)
class Difference:
    """One entry that two people want differently: what stands in the record now, and what was typed here."""

    label: Any
    stored: str
    typed: str


def differences(
    form: forms.Form, stored: Mapping[str, Any], typed: Mapping[str, Any], names: Iterable[str] = ()
) -> list[Difference]:
    """What was typed otherwise than it stands now. `names`: the entries compared, in the order of the form;
    none: all that were typed."""
    return [
        Difference(field.label, as_shown(field, stored[name]), as_shown(field, typed.get(name)))
        for name in names or typed
        if stored[name] != typed.get(name)
        for field in (form.fields[name],)
    ]


def stored_in(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """What the row says of each of these."""
    return {name: getattr(row, name) for name in names}


def as_shown(field: forms.Field, value: Any) -> str:
    """An entry as people read it; a dash for an empty one."""
    if value in (None, "", []):
        return "–"
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(field, RupiahField):
        return rupiah_text(value)
    labels = {code: str(label) for code, label in getattr(field, "choices", ())}
    if isinstance(value, list):
        return ", ".join(labels.get(code, code) for code in value)
    return labels.get(value, str(value))
