"""Outside input about journeys: begin one, move it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, LineField
from migrants.enums import MigrationStatus, Procedural, Scheme
from migrants.forms.warned import Doubt, WarnedForm
from migrants.journey_states import JourneyStep, step_between, steps_from
from migrants.milestones import impossible_departure, impossible_return, unusual_departure
from migrants.models import Migration, Person
from migrants.papers import BASE_AGE
from migrants.queries.documents import age_asked, least_age, requirements_for
from migrants.queries.placements import doings_of
from migrants.vocabulary import NOT_KNOWN, destination_choices, job_choices
from periods.dates import age_on

CHOOSE = ("", _("Choose"))
UNKNOWN = (NOT_KNOWN, _("Not known yet"))
# What a journey is made of; the names are those of `actions.journeys.begin_journey`.
FACTS = (
    "scheme",
    "destination",
    "job",
    "agency",
    "employer",
    "registered_on",
    "departed_on",
    "returned_on",
    "procedural",
    "procedural_basis",
)


class JourneyFields(WarnedForm):
    """What is asked about a journey, wherever it is asked. `status` says how far it has come; "" is none."""

    scheme = forms.ChoiceField(
        label=_("By which scheme?"),
        choices=[CHOOSE, *Scheme.choices],
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
    agency = LineField(label=_("Placement company (P3MI)"), required=False)
    employer = LineField(label=_("Employer"), required=False)
    registered_on = DayField(
        label=_("Registered on"),
        not_future=True,
        future_sentence=_("The day of registration cannot be after today."),
        error_messages={"required": _("Enter the day of registration.")},
    )
    departed_on = DayField(
        label=_("Departed on"),
        required=False,
        not_future=True,
        future_sentence=_("The departure cannot be after today."),
    )
    returned_on = DayField(
        label=_("Returned on"),
        required=False,
        not_future=True,
        future_sentence=_("The return cannot be after today."),
    )
    procedural = forms.ChoiceField(
        label=_("By which path?"),
        choices=Procedural.choices,
        widget=forms.RadioSelect,
        initial=Procedural.UNKNOWN,
        error_messages={"required": _("Choose the path.")},
    )
    procedural_basis = LineField(
        label=_("What do you know it from?"),
        required=False,
        max_length=300,
        help_text=_("Example: has a work visa and e-PMI; saw the placement agreement."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["destination"].choices = [CHOOSE, UNKNOWN, *destination_choices()]
        self.fields["job"].choices = [CHOOSE, UNKNOWN, *job_choices()]
        for name in ("registered_on", "departed_on", "returned_on"):
            self.fields[name].widget.attrs["class"] = "w8"

    @property
    def status(self) -> str:
        """How far the journey has come; "" when there is none."""
        return str(self.cleaned_data.get("status", ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.status:
            for name in FACTS:  # nobody travels: nothing of this is asked
                self.errors.pop(name, None)
            return cleaned
        judged = cleaned.get("procedural", "") not in ("", Procedural.UNKNOWN)
        if judged and not cleaned.get("procedural_basis") and "procedural_basis" not in self.errors:
            self.add_error("procedural_basis", gettext("Write what you know it from."))
        self._check_dates(cleaned)
        return cleaned

    def _check_dates(self, cleaned: dict[str, Any]) -> None:
        departed, returned = cleaned.get("departed_on"), cleaned.get("returned_on")
        if self.status == MigrationStatus.ABROAD and not departed and "departed_on" not in self.errors:
            self.add_error("departed_on", gettext("Enter the day of departure, as well as you know it."))
        if self.status == MigrationStatus.RETURNED and not returned and "returned_on" not in self.errors:
            self.add_error("returned_on", gettext("Enter the day of return, as well as you know it."))
        if departed and self.status == MigrationStatus.PROSPECTIVE:
            self.add_error("departed_on", gettext("Leave this empty: this person has not departed yet."))
        if returned and self.status in (MigrationStatus.PROSPECTIVE, MigrationStatus.ABROAD):
            self.add_error("returned_on", gettext("Leave this empty: this person has not returned yet."))
        elif departed and returned and returned < departed:
            self.add_error("returned_on", gettext("The return cannot be before the departure."))

    def find_too_young(self, birth_date: date | None, district: str) -> Iterable[Doubt]:
        """The doubt about somebody too young for this journey: at its departure, or today while there is
        none. One query, where a birth date is known."""
        if not self.status or birth_date is None:
            return
        day = self.cleaned_data.get("departed_on") or timezone.localdate()
        facts = self.journey or {}
        least = age_asked(district=district, destination=facts["destination"], job=facts["job"], day=day)
        yield from too_young(birth_date, day, least)

    @property
    def journey(self) -> dict[str, Any] | None:
        """What `begin_journey` takes, or None when there is no journey."""
        if not self.status:
            return None
        facts = {name: self.cleaned_data.get(name) for name in FACTS}
        for name in ("destination", "job"):
            facts[name] = "" if facts[name] == NOT_KNOWN else facts[name]
        return {**facts, "status": self.status}


def too_young(birth_date: date | None, day: date, least: int) -> Iterable[Doubt]:
    """The doubt about somebody under the law's age, or else under the one the district asks for. An unknown
    birth date says nothing."""
    if birth_date is None:
        return
    age, said = age_on(birth_date, day), {"day": date_format(day, "j F Y"), "age": least}
    if age < BASE_AGE:
        yield Doubt("minor", gettext("Under 18 on %(day)s. The law asks for 18 years.") % said)
    elif age < least:
        sentence = gettext("Under %(age)s on %(day)s. The district asks for %(age)s years for this journey.")
        yield Doubt("too_young", sentence % said)


class JourneyForm(JourneyFields):
    """A further journey of a known person."""

    status_choice = forms.ChoiceField(
        label=_("How far has this journey come?"),
        choices=[
            (MigrationStatus.PROSPECTIVE, _("Prepares to depart")),
            (MigrationStatus.ABROAD, _("Works abroad now")),
            (MigrationStatus.RETURNED, _("Has returned")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far the journey has come.")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    @property
    def status(self) -> str:
        return str(self.cleaned_data.get("status_choice", ""))

    def find_doubts(self) -> Iterable[Doubt]:
        yield from self.find_too_young(self.person.birth_date, self.person.district_id)


class MoveForm(WarnedForm):
    """One step of a journey, on a day."""

    to = forms.ChoiceField(
        label=_("What has happened?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what has happened.")},
    )
    happened_on = DayField(
        label=_("On which day?"),
        not_future=True,
        error_messages={"required": _("Enter the day.")},
    )
    reason = LineField(label=_("Reason"), required=False, max_length=300)
    frm = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args: Any, journey: Migration, **kwargs: Any) -> None:
        self.journey = journey
        self.known = doings_of(journey)
        super().__init__(*args, **kwargs)
        self.initial.setdefault("frm", journey.status)
        self.fields["to"].choices = [(step.to.value, step.label) for step in steps_from(journey.status)]
        self.fields["happened_on"].widget.attrs["class"] = "w8"

    @property
    def is_stale(self) -> bool:
        """Whether somebody moved the journey after this form was opened."""
        return self.is_bound and self.data.get("frm", self.journey.status) != self.journey.status

    @property
    def step(self) -> JourneyStep | None:
        to = self.cleaned_data.get("to")
        return step_between(self.journey.status, to) if to else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        step, day = self.step, cleaned.get("happened_on")
        if step is None or day is None:
            return cleaned
        if step.needs_reason and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", gettext("Write the reason in a few words."))
        if refusal := self._refusal(step, day):
            self.add_error("happened_on", refusal)
        return cleaned

    def _refusal(self, step: JourneyStep, day: date) -> str:
        if step.sets == "departed_on":
            return impossible_departure(day, self.known)
        return impossible_return(day, self.known) if step.sets == "returned_on" else ""

    def find_doubts(self) -> Iterable[Doubt]:
        step, day = self.step, self.cleaned_data["happened_on"]
        if step is None or step.sets != "departed_on":
            return
        least = least_age(requirements_for(self.journey, day))
        yield from too_young(self.journey.person.birth_date, day, least)
        for code, sentence in unusual_departure(day, self.known):
            yield Doubt(code, sentence)
