"""What an office writes about a year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm, NoteField
from migrants.forms.differing import Difference
from reports.enums import NATIONAL_LINES, WordsLine
from reports.models import YearWords
from reports.models.words import Words
from reports.rules import report_years


class YearForm(forms.Form):
    """The year whose words are listed; last year when nothing is asked."""

    year = forms.TypedChoiceField(
        label=_("Year"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=lambda: [(year, str(year)) for year in reversed(report_years())],
        widget=forms.Select(attrs={"class": "w8"}),
    )

    @property
    def asked(self) -> int:
        """The year that was chosen, or last year."""
        chosen: int | None = self.cleaned_data.get("year") if self.is_valid() else None
        return chosen or timezone.localdate().year - 1


class WordsForm(EntryForm):
    """Causes and next steps of a year, line by line. `version` is the row's when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, national: bool, **kwargs: Any) -> None:
        self.codes = [line for line in WordsLine if national or line not in NATIONAL_LINES]
        super().__init__(*args, **kwargs)
        for code in self.codes:
            for part, label in (("cause", _("Constraint and cause")), ("step", _("Follow-up"))):
                self.fields[f"{part}_{code}"] = NoteField(label=label, required=False, max_length=600, rows=2)

    @staticmethod
    def initial_of(row: YearWords) -> dict[str, Any]:
        """The words as they would be printed now, as the form's first entries."""
        said = {f"{part}_{code}": text for code, w in row.printed.items() for part, text in w.items()}
        return {"version": row.version, **said}

    @property
    def words(self) -> Words:
        """What the action takes; lines without a word are left out."""
        found = {
            code.value: {part: self.cleaned_data[f"{part}_{code}"] for part in ("cause", "step")}
            for code in self.codes
        }
        return {code: words for code, words in found.items() if any(words.values())}

    @property
    def lines(self) -> Iterator[tuple[WordsLine, forms.BoundField, forms.BoundField]]:
        """Each line with its two fields."""
        return ((code, self[f"cause_{code}"], self[f"step_{code}"]) for code in self.codes)

    def differences(self, now: YearWords) -> list[Difference]:
        """What was typed here otherwise than the row says now."""
        found = []
        for code, *fields in self.lines:
            for bound in fields:
                stored = now.printed.get(code.value, {}).get(bound.name.partition("_")[0], "")
                typed = self.cleaned_data[bound.name]
                if stored != typed:
                    found.append(Difference(f"{code.label}: {bound.label}", stored or "–", typed or "–"))
        return found
