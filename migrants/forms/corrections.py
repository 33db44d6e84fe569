"""Outside input about corrections: one field of a closed case, and what a second person says to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm, NoteField
from migrants.enums import Severity
from migrants.forms.case_facts import CASE_WORDS, CaseFacts
from migrants.forms.cases import CloseForm
from migrants.models import Case
from migrants.models.cases import CHANGEABLE


def correctable_fields() -> dict[str, forms.Field]:
    """Every field of a closed case that can be corrected, by name, in the order of the page."""
    fields = {name: field for name, field in CaseFacts().fields.items() if name in CHANGEABLE}
    fields["severity"].choices = Severity.choices
    fields["severity"].required = True
    closing = {"close_reason": "reason", "result": "result", "recovered_rupiah": "recovered_rupiah"}
    return fields | {name: CloseForm.base_fields[its] for name, its in closing.items()}


class CorrectionForm(EntryForm):
    """One field of a closed case as it should read, and why. `value` is that field as its own form has it."""

    reason = NoteField(
        label=_("Why is it wrong?"),
        max_length=1000,
        rows=3,
        help_text=CASE_WORDS,
        error_messages={"required": _("Write in a few words why.")},
    )

    def __init__(self, *args: Any, case: Case, name: str, **kwargs: Any) -> None:
        self.case, self.name = case, name
        self.base_fields = {"value": correctable_fields()[name], **self.base_fields}
        kwargs["initial"] = {"value": getattr(case, name), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "value" not in cleaned:
            return cleaned
        if (cleaned["value"] or "") == (getattr(self.case, self.name) or ""):
            self.add_error("value", gettext("This is what the case says already."))
        days = {"reported_on": self.case.reported_on, "incident_on": self.case.incident_on}
        if self.name in days:
            days[self.name] = cleaned["value"]
        if days["incident_on"] and days["reported_on"] and days["incident_on"] > days["reported_on"]:
            self.add_error("value", gettext("It cannot have happened after it was reported."))
        return cleaned


class DecisionForm(EntryForm):
    """What the second person says to a correction."""

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[("approve", _("Approve: the case is corrected")), ("refuse", _("Refuse: the case stays"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    words = NoteField(label=_("In a few words"), required=False, max_length=1000, rows=3)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wordless = not cleaned.get("words") and "words" not in self.errors
        if cleaned.get("decision") == "refuse" and wordless:
            self.add_error("words", gettext("Write in a few words why."))
        return cleaned
