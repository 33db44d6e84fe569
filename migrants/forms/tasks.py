"""Outside input about tasks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, NoteField
from migrants.access import visible_cases, visible_people
from villages.access import Seat

FARTHEST_YEARS = 5


class TaskForm(EntryForm):
    """What is to be done by which day; about a person or a case when it was begun from there."""

    person = forms.UUIDField(widget=forms.HiddenInput, required=False)
    case = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = NoteField(
        label=_("What is to be done?"),
        max_length=500,
        rows=3,
        help_text=_("Do not write a NIK here. What you write is kept sealed."),
        error_messages={"required": _("Write what is to be done.")},
    )
    due_on = DayField(label=_("By which day?"), error_messages={"required": _("Enter the day.")})

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        self.seat = seat
        super().__init__(*args, **kwargs)
        self.fields["due_on"].widget.attrs["class"] = "w8"
        self.about_person = self._found(visible_people(seat), "person")
        self.about_case = self._found(visible_cases(seat).select_related("person"), "case")

    def _found(self, rows: Any, name: str) -> Any:
        """The row a hidden field names; None for none, for nonsense, and for what is not yours."""
        try:
            key = self.fields[name].clean(self[name].value())
        except forms.ValidationError:
            return None
        return rows.filter(pk=key).first() if key else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, row in (("person", self.about_person), ("case", self.about_case)):
            if row is None and self[name].value():  # never a task that is about less than was asked
                self.add_error(None, gettext("What this task is about cannot be opened. Begin again."))
        return cleaned

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(gettext("Choose today or a later day."))
        if day.year > today.year + FARTHEST_YEARS:
            raise forms.ValidationError(gettext("Choose a day within five years."))
        return day

    @property
    def entries(self) -> dict[str, Any]:
        """The keyword arguments of `add_task`."""
        return {
            "text": self.cleaned_data["text"],
            "due_on": self.cleaned_data["due_on"],
            "person": self.about_person,
            "case": self.about_case,
        }


class DropForm(EntryForm):
    """Why a task is not needed."""

    why = NoteField(
        label=_("Why is it not needed?"),
        max_length=500,
        rows=3,
        error_messages={"required": _("Write in a few words why.")},
    )
