"""Outside input of pillar 4."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from cooperatives.enums import BodyKind, MemberKind
from cooperatives.models import FinanceBody, Member
from migrants.enums import Sex


class BodyForm(EntryForm):
    """A village finance body."""

    kind = forms.ChoiceField(label=_("Kind"), choices=BodyKind.choices, widget=forms.RadioSelect)
    name = LineField(label=_("Name of the body"))
    founded_on = DayField(label=_("Founded on"), not_future=True)
    legal_number = LineField(
        label=_("Legal entity number (AHU)"),
        required=False,
        max_length=60,
        help_text=_("Empty while not yet approved"),
    )
    cooperative_number = LineField(label=_("National cooperative number"), required=False, max_length=30)
    affiliated_to = LineField(
        label=_("Belongs to"), required=False, help_text=_("Example: Koperasi Desa Merah Putih")
    )
    note = NoteField(label=_("Note"), required=False)


class MemberForm(EntryForm):
    """A line of the member register; the number is given by the system."""

    name = LineField(label=_("Name"))
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Who"), choices=MemberKind.choices, widget=forms.RadioSelect)
    joined_on = DayField(label=_("Joined on"), not_future=True)

    def __init__(self, *args: Any, body: FinanceBody, **kwargs: Any) -> None:
        self.body = body
        super().__init__(*args, **kwargs)

    def clean_joined_on(self) -> date:
        day: date = self.cleaned_data["joined_on"]
        if day < self.body.founded_on:
            raise forms.ValidationError(_("A member cannot join before the body was founded."))
        return day


class LeaveForm(EntryForm):
    """When and why a member left."""

    left_on = DayField(label=_("Left on"), not_future=True)
    reason = LineField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.member = member
        super().__init__(*args, **kwargs)

    def clean_left_on(self) -> date:
        day: date = self.cleaned_data["left_on"]
        if day < self.member.joined_on:
            raise forms.ValidationError(_("A member cannot leave before joining."))
        return day
