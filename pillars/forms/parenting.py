"""Outside input about learning centres and facilitators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from pillars.enums import FacilitatorKind


class CentreChangeForm(EntryForm):
    """What may change while a centre is open."""

    name = LineField(label=_("Name of the centre"))
    address = LineField(label=_("Address"), max_length=200)
    opening_hours = LineField(
        label=_("Opening hours"), required=False, help_text=_("Example: Monday to Friday, 15.00")
    )
    facilities = LineField(
        label=_("Facilities"),
        required=False,
        max_length=300,
        help_text=_("Example: two tables, books, internet, toilet"),
    )
    note = NoteField(label=_("Note"), required=False, help_text=_("Do not write names of children here."))


class CentreForm(CentreChangeForm):
    """A learning centre."""

    opened_on = DayField(label=_("Opened on"), not_future=True)
    field_order = ("name", "address", "opened_on")


class FacilitatorForm(EntryForm):
    """Who leads sessions, and whether the child-safety agreement is signed."""

    name = LineField(label=_("Name"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=FacilitatorKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind.")},
    )
    began_on = DayField(label=_("Serves since"), not_future=True)
    agreement_signed_on = DayField(
        label=_("Child-safety agreement signed on"),
        required=False,
        not_future=True,
        help_text=_("Leave it empty if it is not signed yet. Without it nobody may lead a session."),
    )


class AgreementForm(EntryForm):
    """The day on which the child-safety agreement was signed."""

    signed_on = DayField(
        label=_("Signed on"), not_future=True, error_messages={"required": _("Enter the day.")}
    )
    sure = forms.BooleanField(
        label=_("I have seen the signed paper, and it is kept at the village office."),
        error_messages={"required": _("Confirm that you have seen the signed paper.")},
    )


class FacilitatorEndForm(EntryForm):
    """The last day of a facilitator, not before the first."""

    left_on = DayField(label=_("Last day"), not_future=True)

    def __init__(self, *args: Any, began_on: Any, **kwargs: Any) -> None:
        self.began_on = began_on
        super().__init__(*args, **kwargs)

    def clean_left_on(self) -> Any:
        day = self.cleaned_data["left_on"]
        if day < self.began_on:
            raise forms.ValidationError(gettext("The last day cannot be before the first day."))
        return day
