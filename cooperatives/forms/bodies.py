"""Outside input of pillar 4."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from cooperatives.enums import BodyKind, MemberKind
from cooperatives.models import FinanceBody, Member
from cooperatives.queries.ledger import balances_of
from cooperatives.rules import check_day_is_open, check_owes_nothing
from migrants.enums import Sex
from migrants.forms.who import WhoForm
from periods.rupiah import rupiah_text
from villages.forms import CheckedForm


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


class LeaveForm(CheckedForm):
    """When and why a member left; shown once more with what is paid back."""

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

    def ask_rules(self) -> None:
        check_owes_nothing(self.member)
        if self.amount_rupiah:
            check_day_is_open(self.member.body, self.cleaned_data["left_on"])

    @cached_property
    def amount_rupiah(self) -> int:
        """All that is paid back; 0 when the books hold nothing of the member."""
        return sum(balances_of(self.member).values())

    @property
    def sentence(self) -> str:
        """What will be recorded."""
        words = {"name": self.member.name, "amount": rupiah_text(self.amount_rupiah)}
        if not self.amount_rupiah:
            return gettext("%(name)s leaves. The books hold nothing to pay back.") % words
        return gettext("%(name)s leaves and gets all savings back in cash: %(amount)s.") % words


class PersonLinkForm(WhoForm):
    """Which person of our records a member is."""
