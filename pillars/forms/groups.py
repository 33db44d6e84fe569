"""Outside input about business groups."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from migrants.enums import Sex
from pillars.enums import MemberKind, Sector
from pillars.models import BusinessGroup


class GroupForm(EntryForm):
    """A business group."""

    name = LineField(label=_("Name of the group"))
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", "—"), *Sector.choices])
    formed_on = DayField(label=_("Formed on"), not_future=True)
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
