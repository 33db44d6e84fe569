"""Outside input about business groups."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from migrants.enums import Sex
from migrants.forms.who import WhoForm
from pillars.enums import MemberKind, Office, Sector
from pillars.models import BusinessGroup


class GroupForm(EntryForm):
    """A business group."""

    name = LineField(label=_("Name of the group"))
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", "—"), *Sector.choices])
    formed_on = DayField(label=_("Formed on"), not_future=True)
    decree_number = LineField(label=_("Decree number"), required=False, max_length=80)
    note = NoteField(label=_("Note"), required=False)


class GroupMemberForm(WhoForm):
    """A member of a business group: somebody registered, or a name and the sex."""

    free_name = "name"

    name = LineField(label=_("Name of somebody who is not registered"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=Sex.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Who"), choices=MemberKind.choices, widget=forms.RadioSelect)
    office = forms.ChoiceField(
        label=_("Office"), required=False, choices=[("", _("Member without an office")), *Office.choices]
    )
    joined_on = DayField(label=_("Joined on"), not_future=True)

    def __init__(self, *args: Any, group: BusinessGroup, **kwargs: Any) -> None:
        self.group = group
        super().__init__(*args, **kwargs)

    def clean_joined_on(self) -> date:
        day: date = self.cleaned_data["joined_on"]
        if day < self.group.formed_on:
            raise forms.ValidationError(_("A member cannot join before the group was formed."))
        return day

    def clean_office(self) -> str:
        office: str = self.cleaned_data["office"]
        if office and self.group.members.filter(office=office, left_on__isnull=True).exists():
            raise forms.ValidationError(_("Somebody holds this office already. End that membership first."))
        return office

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person = cleaned.get("person")
        if person:
            cleaned["name"], cleaned["sex"] = person.full_name, person.sex
        elif not {"q", "name"} & set(self.errors):
            if not cleaned.get("name"):
                self.add_error("q", _("Search for the person, or write the name further down."))
            elif not cleaned.get("sex") and "sex" not in self.errors:
                self.add_error("sex", _("Choose the sex."))
        return cleaned
