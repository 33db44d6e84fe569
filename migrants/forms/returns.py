"""Outside input about returns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, LineField, NoteField
from migrants.forms.differing import Difference, differences, stored_in
from migrants.forms.warned import Doubt, WarnedForm
from migrants.models import Migration, ReturnRecord
from migrants.models.returns import FACTS, ReturnNeed, ReturnPlan, ReturnReason


class ReturnForm(WarnedForm):
    """Why somebody came home, what they need and plan, and to whom they were handed over."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Why did they come home?"),
        choices=ReturnReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason of the return.")},
    )
    needs = forms.MultipleChoiceField(
        label=_("What do they need?"),
        choices=ReturnNeed.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    plan = forms.ChoiceField(
        label=_("What do they want to do now?"),
        choices=ReturnPlan.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the plan, or “not decided”.")},
    )
    skills = LineField(label=_("Skills brought home"), required=False, max_length=200)
    services = NoteField(label=_("Services given"), required=False, max_length=2000, rows=3)
    handed_over_on = DayField(
        label=_("Handed over to the family on"),
        required=False,
        not_future=True,
        help_text=_("From the minutes of the hand-over, if there were any. Example: 17-08-2026"),
    )
    received_by = LineField(label=_("Received by"), required=False)

    def __init__(self, *args: Any, journey: Migration, row: ReturnRecord | None, **kwargs: Any) -> None:
        self.journey = journey
        super().__init__(*args, **kwargs)
        self.initial.update(self.initial_of(row))
        self.fields["handed_over_on"].widget.attrs["class"] = "w8"

    @staticmethod
    def initial_of(row: ReturnRecord | None) -> dict[str, Any]:
        """The record as the form's first entries."""
        return {"version": row.version, **stored_in(row, FACTS)} if row else {"version": 0}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, who, home = cleaned.get("handed_over_on"), cleaned.get("received_by"), self.journey.returned_on
        if day and not who and "received_by" not in self.errors:
            self.add_error("received_by", gettext("Enter who received the person."))
        if who and not day and "handed_over_on" not in self.errors:
            self.add_error("handed_over_on", gettext("Enter the day of the hand-over."))
        if day and home and day < home:
            self.add_error("handed_over_on", gettext("The hand-over cannot be before the return."))
        return cleaned

    def find_doubts(self) -> Iterable[Doubt]:
        cleaned = self.cleaned_data
        if cleaned["reason"] == ReturnReason.DEATH and (
            cleaned["needs"] or cleaned["plan"] != ReturnPlan.UNDECIDED
        ):
            yield Doubt("died", gettext("This person died. Needs and plan are asked of the living."))

    @property
    def entered(self) -> dict[str, Any]:
        """What the action stores as it stands."""
        return {name: self.cleaned_data[name] for name in FACTS}

    def differences(self, now: ReturnRecord) -> list[Difference]:
        """What was typed here otherwise than the record says now, in the order of the form."""
        return differences(self, stored_in(now, FACTS), self.cleaned_data, FACTS)
