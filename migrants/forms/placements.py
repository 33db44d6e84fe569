"""Outside input about what a journey is made of: its facts, a milestone, an extension."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, LineField, RupiahField
from migrants.enums import Scheme
from migrants.forms.differing import Difference, differences
from migrants.forms.journeys import CHOOSE, UNKNOWN
from migrants.forms.warned import Doubt, WarnedForm
from migrants.milestones import Doings, impossible, unusual
from migrants.models import Migration
from migrants.models.journeys import FACTS
from migrants.queries.placements import company_named, is_extension_of
from migrants.vocabulary import NOT_KNOWN, currency_choices, destination_choices, job_choices


class AmountField(RupiahField):
    """A sum in whole units of some currency."""

    is_money = False


class FactsForm(WarnedForm):
    """The facts of a journey. `version` is the journey's when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    scheme = forms.ChoiceField(
        label=_("By which scheme?"),
        choices=Scheme.choices,
        error_messages={"required": _("Choose the scheme.")},
    )
    destination = forms.ChoiceField(
        label=_("To which country?"),
        error_messages={"required": _("Choose the country, or “not known yet”.")},
    )
    job = forms.ChoiceField(
        label=_("To do which work?"),
        error_messages={"required": _("Choose the work, or “not known yet”.")},
    )
    agency = LineField(
        label=_("Placement company (P3MI)"),
        required=False,
        help_text=_("As on its letter. It is compared with the list of licensed companies."),
    )
    employer = LineField(label=_("Employer"), required=False)
    contract_starts_on = DayField(label=_("Contract begins on"), required=False)
    contract_ends_on = DayField(label=_("Contract ends on"), required=False)
    wage_amount = AmountField(
        label=_("Wage a month"), required=False, help_text=_("Whole units, as in the work agreement.")
    )
    wage_currency = forms.ChoiceField(label=_("Currency"), required=False)

    def __init__(self, *args: Any, journey: Migration, **kwargs: Any) -> None:
        self.journey = journey
        super().__init__(*args, **kwargs)
        self.fields["destination"].choices = [UNKNOWN, *destination_choices()]
        self.fields["job"].choices = [UNKNOWN, *job_choices()]
        self.fields["wage_currency"].choices = [CHOOSE, *currency_choices()]
        for name in ("contract_starts_on", "contract_ends_on", "wage_amount"):
            self.fields[name].widget.attrs["class"] = "w8"

    @staticmethod
    def initial_of(journey: Migration) -> dict[str, Any]:
        """The journey as the form's first entries."""
        stored = {name: getattr(journey, name) for name in FACTS}
        known = {name: stored[name] or NOT_KNOWN for name in ("destination", "job")}
        return {**stored, **known, "version": journey.version}

    @property
    def entered(self) -> dict[str, Any]:
        """What the action stores as it stands."""
        facts = {name: self.cleaned_data.get(name) for name in FACTS}
        for name in ("destination", "job"):
            facts[name] = "" if facts[name] == NOT_KNOWN else facts[name]
        return facts

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("contract_starts_on"), cleaned.get("contract_ends_on")
        if starts and ends and ends < starts:
            self.add_error("contract_ends_on", gettext("The contract cannot end before it begins."))
        paid, currency = cleaned.get("wage_amount"), cleaned.get("wage_currency")
        if paid is not None and not currency and "wage_currency" not in self.errors:
            self.add_error("wage_currency", gettext("Choose the currency of the wage."))
        if currency and paid is None and "wage_amount" not in self.errors:
            self.add_error("wage_amount", gettext("Enter the wage, or choose no currency."))
        return cleaned

    def find_doubts(self) -> Iterable[Doubt]:
        cleaned = self.cleaned_data
        name, ends = cleaned["agency"], cleaned.get("contract_ends_on")
        if name and name != self.journey.agency:
            company = company_named(name)
            if company is None:
                yield Doubt("unlisted", gettext("This company is not in the list of licensed companies."))
            elif not company.is_valid_today:
                yield Doubt("unlicensed", gettext("The licence of this company is not valid today."))
        if ends and self.journey.departed_on and ends < self.journey.departed_on:
            yield Doubt("ended", gettext("The contract ends before the departure."))

    def differences(self, now: Migration) -> list[Difference]:
        """What was typed here otherwise than the journey says now, in the order of the form."""
        return differences(self, FactsForm.initial_of(now), self.cleaned_data, FACTS)


class MilestoneForm(WarnedForm):
    """The day of one milestone; empty takes it out. `was` is its day when the form was opened."""

    happened_on = DayField(
        label=_("On which day?"),
        required=False,
        not_future=True,
        help_text=_("Example: 17-08-2026. Leave it empty if it has not happened."),
    )
    note = LineField(label=_("Note"), required=False, max_length=200)
    was = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, known: Doings, **kwargs: Any) -> None:
        self.kind, self.known = kind, known
        super().__init__(*args, **kwargs)
        now = known.days.get(kind)
        self.initial.update(happened_on=now, was=now.isoformat() if now else "")
        self.fields["happened_on"].widget.attrs["class"] = "w8"

    def clean_was(self) -> date | None:
        try:
            return date.fromisoformat(self.cleaned_data["was"])
        except ValueError:
            return None

    def clean_happened_on(self) -> date | None:
        day: date | None = self.cleaned_data["happened_on"]
        refusal = impossible(self.kind, day, self.known) if day else ""
        if refusal:
            raise forms.ValidationError(refusal, code="impossible")
        return day

    def find_doubts(self) -> Iterable[Doubt]:
        day = self.cleaned_data["happened_on"]
        for code, sentence in unusual(self.kind, day, self.known) if day else ():
            yield Doubt(code, sentence)


class ExtensionForm(WarnedForm):
    """Until when a contract was extended, and when that was agreed."""

    ends_on = DayField(
        label=_("Until which day does the contract run now?"),
        error_messages={"required": _("Enter the new last day of the contract.")},
    )
    agreed_on = DayField(
        label=_("When was it agreed?"),
        not_future=True,
        error_messages={"required": _("Enter the day.")},
    )
    note = LineField(
        label=_("Note"),
        required=False,
        max_length=200,
        help_text=_("Example: reported to the consulate in Hong Kong."),
    )

    def __init__(self, *args: Any, journey: Migration, **kwargs: Any) -> None:
        self.journey = journey
        super().__init__(*args, **kwargs)
        for name in ("ends_on", "agreed_on"):
            self.fields[name].widget.attrs["class"] = "w8"

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        if is_extension_of(self.journey, self.cleaned_data.get("key")):
            return day  # the second delivery of this form: the action answers with the first
        before, starts = self.journey.contract_ends_on, self.journey.contract_starts_on
        if (before and day <= before) or (starts and day < starts):
            raise forms.ValidationError(gettext("Enter a day after the present end of the contract."))
        return day

    def find_doubts(self) -> Iterable[Doubt]:
        days, departed = self.cleaned_data, self.journey.departed_on
        if departed and days["agreed_on"] < departed:
            yield Doubt("early", gettext("It was agreed before the departure."))
        if (days["ends_on"] - days["agreed_on"]).days > 5 * 366:
            yield Doubt("long", gettext("The contract runs more than five years from that day."))
