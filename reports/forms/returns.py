"""What is written into a monthly return, into its steps, and about calls to silent villages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from migrants.forms.differing import Difference
from periods.month import Month
from reports.forms.periods import MONTHS_BACK
from reports.queries.returns import Filter
from reports.return_forms import Duty, ReturnForm, Section
from villages.enums import CallOutcome, SilenceReason
from villages.models import MonthlyReturn

# --- monthly returns ---------------------------------------------------------------------------------------


class ReturnWordsForm(EntryForm):
    """Obstacles and plans of each section of a return. `version` is the return's when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, form_of_month: ReturnForm, **kwargs: Any) -> None:
        self.form_of_month = form_of_month
        super().__init__(*args, **kwargs)
        for section in form_of_month.sections:
            for part, label in (("obstacles", _("Obstacles")), ("plans", _("Plans"))):
                self.fields[f"{part}_{section.code}"] = NoteField(
                    label=label, required=False, max_length=1000, rows=2
                )

    @staticmethod
    def initial_of(row: MonthlyReturn) -> dict[str, Any]:
        """The words of the return as the form's first entries."""
        said = {
            f"{part}_{code}": text
            for code, words in row.words.items()
            for part, text in words.items()
            if text
        }
        return {"version": row.version, **said}

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """What the action takes; sections without a word are left out."""
        found = {
            section.code: {
                part: self.cleaned_data[f"{part}_{section.code}"] for part in ("obstacles", "plans")
            }
            for section in self.form_of_month.sections
        }
        return {code: words for code, words in found.items() if any(words.values())}

    @property
    def parts(self) -> Iterator[tuple[Duty, list[tuple[Section, forms.BoundField, forms.BoundField]]]]:
        """Each duty with the two fields of each of its sections."""
        for duty in self.form_of_month.duties:
            named = [(part, f"obstacles_{part.code}", f"plans_{part.code}") for part in duty.sections]
            yield duty, [(part, self[obstacles], self[plans]) for part, obstacles, plans in named]

    def differences(self, now: MonthlyReturn) -> list[Difference]:
        """What was typed here otherwise than the return says now."""
        found = []
        for duty, parts in self.parts:
            for section, *fields in parts:
                for bound in fields:
                    stored = now.words.get(section.code, {}).get(bound.name.partition("_")[0], "")
                    typed = self.cleaned_data[bound.name]
                    if stored != typed:
                        label = f"{duty.name}, {section.pillar.label}: {bound.label}"
                        found.append(Difference(label, stored or "–", typed or "–"))
        return found


class StepForm(EntryForm):
    """A step of one press: only the key of its line in the history."""


class SendBackForm(EntryForm):
    """Why a return goes back to the officers."""

    note = NoteField(label=_("What has to be corrected?"), max_length=1000)


class CheckReturnForm(EntryForm):
    """What the village head adds to a return."""

    note = NoteField(label=_("Note"), required=False, max_length=1000)


class CallForm(EntryForm):
    """Somebody called a village that does not report."""

    called_on = DayField(label=_("Called on"), not_future=True)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=CallOutcome.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Why does the village not report?"),
        choices=SilenceReason.choices,
        initial=SilenceReason.UNKNOWN,
    )
    note = LineField(label=_("Note"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        spoken = cleaned.get("outcome") in (CallOutcome.REACHED, CallOutcome.VISITED)
        if not spoken and cleaned.get("outcome") and cleaned.get("reason") != SilenceReason.UNKNOWN:
            self.add_error("reason", gettext("Nobody was reached: choose “Not known”."))
        return cleaned


class ReturnFilterForm(forms.Form):
    """Which month, and which returns of it. The month that ended last when none is given."""

    month = forms.ChoiceField(label=_("Month"), required=False)
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("All villages")),
            (Filter.WAITING, _("Waiting for your answer")),
            (Filter.MISSING, _("Not submitted")),
            (Filter.BACK, _("Sent back")),
            (Filter.ACCEPTED, _("Accepted")),
            (Filter.NEVER, _("Never submitted any")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [Month.current(timezone.localdate())]
        while len(months) <= MONTHS_BACK:
            months.append(months[-1].previous())
        self.last_month = months[1]
        self.fields["month"].choices = [(one.slug, one.label) for one in months]

    def clean_month(self) -> Month:
        asked = self.cleaned_data["month"]
        return Month.from_text(asked) if asked else self.last_month
