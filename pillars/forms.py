"""Outside input of pillars 1 to 3."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from migrants.enums import Sex
from pillars.enums import MemberKind, OutreachTopic, Sector
from pillars.models import BusinessGroup


def heads(label: Any, *, most: int, required: bool = True) -> forms.IntegerField:
    """A number of people: whole, not negative, at most `most`."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        required=required,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4"}),
        error_messages={
            "invalid": _("Write a whole number, for example 12."),
            "min_value": _("The number cannot be below zero."),
            "max_value": _("This number is too large. Check it again."),
        },
    )


class OutreachForm(EntryForm):
    """A public information session."""

    held_on = DayField(label=_("Date"), not_future=True)
    place = LineField(label=_("Place"), help_text=_("Example: village hall"))
    topic = forms.ChoiceField(label=_("Topic"), choices=OutreachTopic.choices, widget=forms.RadioSelect)
    women = heads(_("Women present"), most=5000)
    men = heads(_("Men present"), most=5000)
    speakers = LineField(label=_("Speakers"), required=False, max_length=200)
    note = NoteField(
        label=_("Note"), required=False, help_text=_("Do not write names of sick people or NIK here.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("women") == 0 and cleaned.get("men") == 0:
            self.add_error("women", _("Write how many people were present."))
        return cleaned


class GroupForm(EntryForm):
    """A business group."""

    name = LineField(label=_("Name of the group"))
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", "—"), *Sector.choices])
    formed_on = DayField(label=_("Formed on"), not_future=True)
    chair = LineField(label=_("Chair"), required=False)
    decree_number = LineField(label=_("Decree number"), required=False, max_length=80)
    note = NoteField(label=_("Note"), required=False)


class GroupMemberForm(EntryForm):
    """A member of a business group."""

    name = LineField(label=_("Name"))
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Who"), choices=MemberKind.choices, widget=forms.RadioSelect)
    joined_on = DayField(label=_("Joined on"), not_future=True)

    def __init__(self, *args: Any, group: BusinessGroup, **kwargs: Any) -> None:
        self.group = group
        super().__init__(*args, **kwargs)

    def clean_joined_on(self) -> date:
        day: date = self.cleaned_data["joined_on"]
        if day < self.group.formed_on:
            raise forms.ValidationError(_("A member cannot join before the group was formed."))
        return day


class CentreForm(EntryForm):
    """A learning centre: children are counted, never named."""

    name = LineField(label=_("Name of the centre"))
    address = LineField(label=_("Address"), max_length=200)
    opened_on = DayField(label=_("Opened on"), not_future=True)
    opening_hours = LineField(
        label=_("Opening hours"), required=False, help_text=_("Example: Monday to Friday, 15.00")
    )
    facilitators = heads(_("Facilitators"), most=200)
    girls = heads(_("Girls served"), most=2000)
    boys = heads(_("Boys served"), most=2000)
    note = NoteField(label=_("Note"), required=False, help_text=_("Do not write names of children here."))


class EndForm(EntryForm):
    """The day on which something ended, not before `began_on`."""

    ended_on = DayField(label=_("Last day"), not_future=True)

    def __init__(self, *args: Any, began_on: date, **kwargs: Any) -> None:
        self.began_on = began_on
        super().__init__(*args, **kwargs)

    def clean_ended_on(self) -> date:
        day: date = self.cleaned_data["ended_on"]
        if day < self.began_on:
            raise forms.ValidationError(_("The last day cannot be before the first day."))
        return day
