"""Outside input about equipment aid."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField, RupiahField
from accounts.rules import NotPermitted
from pillars.aid_rules import check_can_replace, what_is_wrong
from pillars.enums import Condition, FundsSource
from pillars.forms.choosing import RowChoice
from pillars.forms.for_whom import ForWhomForm
from pillars.forms.heads import heads
from pillars.models import EquipmentGrant, EquipmentItem
from pillars.models.aid import FIRST_YEAR, MOST_PIECES, MOST_PRICE
from pillars.queries.aid import items_to_replace

CHOOSE = ("", _("Choose"))
_NUMBERS = {
    "invalid": _("Write a whole number, for example 12."),
    "max_value": _("This number is too large. Check it again."),
}


def _number(label: Any, *, least: int, most: int, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4"}),
        error_messages=_NUMBERS | kwargs.pop("sentences", {}),
        **kwargs,
    )


class GrantForm(ForWhomForm):
    """Equipment handed over to a group or business; its items follow on the next page."""

    source = forms.ChoiceField(label=_("Source of funds"), choices=[CHOOSE, *FundsSource.choices])
    year = _number(
        _("Budget year"),
        least=FIRST_YEAR,
        most=2100,
        sentences={"min_value": _("The programme began in 2016. Check the year.")},
    )
    giver = LineField(label=_("Given by"), help_text=_("Example: Manpower Office of Batang"))
    handed_on = DayField(label=_("Handed over on"), not_future=True)
    bast_number = LineField(label=_("Number of the minutes (BAST)"), required=False, max_length=80)
    note = NoteField(label=_("Note"), required=False)

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(gettext("The year cannot be after this one."))
        return year


class ItemForm(EntryForm):
    """One line of a grant; `replaces` when it came for an item that did not work."""

    name = LineField(label=_("What was given?"), help_text=_("Example: overlock sewing machine"))
    quantity = _number(
        _("How many pieces?"),
        least=1,
        most=MOST_PIECES,
        sentences={"min_value": _("Write at least 1.")},
    )
    unit_price = RupiahField(
        label=_("Price of one piece"), help_text=_("In rupiah. Write 0 when it cost nothing.")
    )
    serial_number = LineField(label=_("Serial number"), required=False, max_length=80)
    handed_on = DayField(label=_("Handed over on"), not_future=True)
    replaces = RowChoice(
        label=_("Does it replace something?"),
        required=False,
        empty_label=_("No, it is something new"),
        error_messages={"invalid_choice": _("Choose an item from the list.")},
    )

    def __init__(self, *args: Any, grant: EquipmentGrant, **kwargs: Any) -> None:
        self.grant = grant
        super().__init__(*args, **kwargs)
        replaces: Any = self.fields["replaces"]
        replaces.queryset = items_to_replace(grant)

    def clean_unit_price(self) -> int:
        price: int = self.cleaned_data["unit_price"]
        if not 0 <= price <= MOST_PRICE:
            raise forms.ValidationError(gettext("This price cannot be right. Check it again."))
        return price

    def clean_handed_on(self) -> Any:
        day = self.cleaned_data["handed_on"]
        if day < self.grant.handed_on:
            raise forms.ValidationError(gettext("The item cannot come before the handover of the grant."))
        return day

    def clean_replaces(self) -> EquipmentItem | None:
        item: EquipmentItem | None = self.cleaned_data["replaces"]
        if item is not None:
            try:
                check_can_replace(self.grant, item)
            except NotPermitted as refused:
                raise forms.ValidationError(str(refused)) from refused
        return item


class CheckForm(EntryForm):
    """What was seen of an item: one tap when it is a single piece, else so many pieces each."""

    checked_on = DayField(label=_("Day of the check"), not_future=True)
    reason = LineField(
        label=_("Why is it not in use?"),
        required=False,
        max_length=300,
        help_text=_("Example: no electricity of 1300 watts, nobody can mend it"),
    )

    def __init__(self, *args: Any, item: EquipmentItem, **kwargs: Any) -> None:
        self.item = item
        super().__init__(*args, **kwargs)
        if item.quantity == 1:
            self.fields["condition"] = forms.ChoiceField(
                label=_("How was it found?"),
                choices=Condition.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose how it was found.")},
            )
            self.order_fields(["checked_on", "condition", "reason"])
        else:
            for condition in Condition:
                self.fields[condition.value] = heads(condition.label, most=MOST_PIECES, required=False)
            self.order_fields(["checked_on", *Condition.values, "reason"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        sentence = what_is_wrong(
            self.item, checked_on=cleaned["checked_on"], parts=self.parts, reason=cleaned["reason"]
        )
        if sentence:
            self.add_error(self._field_of(cleaned), sentence)
        return cleaned

    def _field_of(self, cleaned: dict[str, Any]) -> str:
        if cleaned["checked_on"] < self.item.handed_on:
            return "checked_on"
        if sum(self.parts.values()) != self.item.quantity:
            return str(Condition.IN_USE)
        return "reason"

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes: the day, the pieces by condition, the reason."""
        entered = self.cleaned_data
        return {"checked_on": entered["checked_on"], "parts": self.parts, "reason": entered["reason"]}

    @property
    def parts(self) -> dict[str, int]:
        """Pieces by condition, as the action takes them."""
        if self.item.quantity == 1:
            return {self.cleaned_data["condition"]: 1}
        return {condition: self.cleaned_data.get(condition) or 0 for condition in Condition.values}
