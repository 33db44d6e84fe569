"""Outside input about mentoring, marketing partners and contributions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField, RupiahField
from pillars.enums import MarketKind, PartnerKind, SalesChannel
from pillars.forms.for_whom import ForWhomForm
from pillars.models.support import MOST_VALUE

CHOOSE = ("", _("Choose"))


class MentoringForm(ForWhomForm):
    """A mentoring visit: whom, when, by whom, about what, and what comes next."""

    visited_on = DayField(label=_("Day of the visit"), not_future=True)
    mentor = LineField(label=_("Who came?"), help_text=_("Name and office"))
    topic = LineField(label=_("What about?"), max_length=160)
    agreed = NoteField(label=_("What was agreed?"), required=False)
    next_on = DayField(
        label=_("Next meeting"), required=False, help_text=_("It becomes a task of this village.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, following = cleaned.get("visited_on"), cleaned.get("next_on")
        if day and following and following <= day:
            self.add_error("next_on", gettext("The next meeting has to be after this one."))
        return cleaned


class MarketForm(ForWhomForm):
    """Somebody who sells for a group or business."""

    name = LineField(label=_("Name of the partner"))
    kind = forms.ChoiceField(label=_("What kind of partner?"), choices=[CHOOSE, *MarketKind.choices])
    channel = forms.ChoiceField(label=_("Where is it sold?"), choices=[CHOOSE, *SalesChannel.choices])
    since = DayField(label=_("Since"), not_future=True)
    note = NoteField(label=_("Note"), required=False)


class ContributionForm(EntryForm):
    """What a partner gave to the village."""

    partner_kind = forms.ChoiceField(label=_("Who gave it?"), choices=[CHOOSE, *PartnerKind.choices])
    partner = LineField(label=_("Name of the partner"))
    what = LineField(label=_("What was given?"), max_length=200)
    given_on = DayField(label=_("Given on"), not_future=True)
    value = RupiahField(label=_("Value in rupiah"), required=False)
    in_kind = LineField(
        label=_("In kind"),
        required=False,
        max_length=200,
        help_text=_("When it was no money. Example: two trainers for three days"),
    )
    note = NoteField(label=_("Note"), required=False)

    def clean_value(self) -> int | None:
        value: int | None = self.cleaned_data["value"]
        if value is not None and not 1 <= value <= MOST_VALUE:
            raise forms.ValidationError(gettext("This value cannot be right. Check it again."))
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("value") is None and not cleaned.get("in_kind") and "value" not in self.errors:
            self.add_error("value", gettext("Write the value, or what was given in kind."))
        return cleaned
