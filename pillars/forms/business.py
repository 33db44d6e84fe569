"""Outside input about businesses: start one, change it, pause or close it, its papers, its months."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField, RupiahField
from migrants.forms.differing import Difference, differences, stored_in
from migrants.forms.who import WhoForm
from migrants.models import Person
from pillars.actions.business import FACTS
from pillars.business_states import moves_from
from pillars.enums import PermitKind, SalesChannel, Sector, WhyStopped
from pillars.forms.heads import heads
from pillars.models import Business, BusinessGroup, Turnover
from pillars.models.business import MOST_RUPIAH

NIB_DIGITS = 13  # OSS [GK] (domain.md 4.1)
CHOOSE = ("", _("Choose"))


class BusinessFacts(forms.Form):
    """What is said of a business, when it starts and later."""

    name = LineField(label=_("Name of the business"))
    sector = forms.ChoiceField(label=_("Sector"), choices=[CHOOSE, *Sector.choices])
    product = LineField(label=_("Product or service"), help_text=_("Example: cassava crisps, two flavours"))
    started_on = DayField(label=_("Started on"), not_future=True)
    export_ready_on = DayField(
        label=_("Ready for export since"),
        required=False,
        not_future=True,
        help_text=_("Leave empty while it is not ready."),
    )
    note = NoteField(label=_("Note"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        started, ready = cleaned.get("started_on"), cleaned.get("export_ready_on")
        if started and ready and ready < started:
            self.add_error("export_ready_on", gettext("It cannot be ready before the business started."))
        return cleaned

    @property
    def told(self) -> dict[str, Any]:
        """What stands in the form, by name."""
        return {name: self.cleaned_data[name] for name in FACTS if name in self.cleaned_data}


class BusinessForm(BusinessFacts, WhoForm):
    """A new business: of a group of the village, or of the household of somebody registered."""

    group = forms.ChoiceField(label=_("Which group?"), required=False)

    field_order = ("group", "q", "name", "sector", "product", "started_on", "export_ready_on", "note")

    def __init__(self, *args: Any, groups: Iterable[BusinessGroup], **kwargs: Any) -> None:
        self.groups = {str(group.pk): group for group in groups}
        super().__init__(*args, **kwargs)
        of_household = ("", gettext("No group: a household runs it"))
        self.fields["group"].choices = [of_household, *[(key, g.name) for key, g in self.groups.items()]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        group, person = cleaned.get("group"), cleaned.get("person")
        if group and person:
            self.add_error("group", gettext("Choose either a group or a person, not both."))
        elif not group and not person and not {"group", "q"} & set(self.errors):
            self.add_error("q", gettext("Choose the group, or search for the person who runs it."))
        return cleaned

    @property
    def chosen_group(self) -> BusinessGroup | None:
        return self.groups.get(self.cleaned_data.get("group", ""))

    @property
    def owner(self) -> Person | None:
        return self.cleaned_data.get("person")


class BusinessEditForm(BusinessFacts, EntryForm):
    """Changed facts of a business. `version` is the record's when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(business: Business) -> dict[str, Any]:
        """The business as the form's first entries."""
        return {"version": business.version, **{name: getattr(business, name) for name in FACTS}}

    def differences(self, now: Business) -> list[Difference]:
        """What was typed here otherwise than the business says now."""
        return differences(self, stored_in(now, self.told), self.told)


class BusinessMoveForm(EntryForm):
    """What has become of a business, on a day."""

    to = forms.ChoiceField(
        label=_("What has happened?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what has happened.")},
    )
    on = DayField(label=_("On which day?"), not_future=True, error_messages={"required": _("Enter the day.")})
    why = forms.ChoiceField(label=_("Why?"), required=False, choices=[CHOOSE, *WhyStopped.choices])
    words = LineField(label=_("In a few words"), required=False, max_length=200)

    def __init__(self, *args: Any, business: Business, **kwargs: Any) -> None:
        self.business = business
        self.moves = {move.to.value: move for move in moves_from(business.status)}
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(to, move.label) for to, move in self.moves.items()]
        self.initial.setdefault("on", timezone.localdate())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        move = self.moves.get(cleaned.get("to", ""))
        if move and move.stops and not cleaned.get("why") and "why" not in self.errors:
            self.add_error("why", gettext("Choose why it stops."))
        elif move and not move.stops:
            cleaned["why"] = ""
        if (on := cleaned.get("on")) and on < self.business.started_on:
            self.add_error("on", gettext("This cannot be before the business started."))
        return cleaned


class PermitForm(EntryForm):
    """A paper of a business."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[CHOOSE, *PermitKind.choices])
    number = LineField(label=_("Number"), max_length=40)
    issued_on = DayField(label=_("Issued on"), not_future=True)
    expires_on = DayField(
        label=_("Expires on"), required=False, help_text=_("Leave empty when it does not expire.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        number = "".join(cleaned.get("number", "").split())
        if cleaned.get("kind") == PermitKind.NIB and number:
            if not (number.isascii() and number.isdigit() and len(number) == NIB_DIGITS):
                self.add_error("number", gettext("A NIB has 13 digits."))
            cleaned["number"] = number
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        if issued and expires and expires < issued:
            self.add_error("expires_on", gettext("It cannot expire before it was issued."))
        return cleaned


class TurnoverForm(EntryForm):
    """One month of a business. An empty entry is "do not know", never zero."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    turnover = RupiahField(label=_("Turnover"), required=False)
    costs = RupiahField(label=_("Costs"), required=False)
    women = heads(_("Women at work"), most=1000, required=False)
    men = heads(_("Men at work"), most=1000, required=False)
    channel = forms.ChoiceField(
        label=_("Where it was sold"),
        required=False,
        choices=[("", _("Not known")), *SalesChannel.choices],
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("turnover", "costs"):
            amount = cleaned.get(name)
            if amount is not None and amount < 0:
                self.add_error(name, gettext("The amount cannot be below zero."))
            elif amount is not None and amount > MOST_RUPIAH:
                self.add_error(name, gettext("This amount is too large for a month. Check it again."))
        return cleaned

    @staticmethod
    def initial_of(told: Turnover | None) -> dict[str, Any]:
        """The month as the form's first entries; an unwritten one has version 0."""
        if told is None:
            return {"version": 0}
        return {"version": told.version, **{name: getattr(told, name) for name in MONTH_FACTS}}

    @property
    def told(self) -> dict[str, Any]:
        """What stands in the form, by name; None for what is not known."""
        return {name: self.cleaned_data.get(name) for name in MONTH_FACTS}

    def differences(self, now: Turnover) -> list[Difference]:
        """What was typed here otherwise than the month says now."""
        return differences(self, stored_in(now, self.told), self.told)


MONTH_FACTS = ("turnover", "costs", "women", "men", "channel")


class BusinessFilter(forms.Form):
    """Which businesses a list shows; what cannot be read is left out."""

    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("open", _("Not closed")), ("", _("All")), ("closed", _("Closed"))],
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", _("All sectors")), *Sector.choices]
    )

    def __init__(self, data: Any) -> None:
        super().__init__({"status": "open", **data.dict()}, use_required_attribute=False)
        self.full_clean()

    @property
    def chosen(self) -> dict[str, str]:
        """What is asked for; "" for all."""
        return {name: self.cleaned_data.get(name, "") for name in ("status", "sector")}
