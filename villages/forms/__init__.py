"""Outside input about villages, designations, officers and published figures."""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.entry import DayField, EntryForm, LineField, NoteField, RupiahField, tidy
from accounts.models import User
from villages.access import Seat
from villages.enums import Certainty, EndReason, Funding, OpenWork, Stage
from villages.models import CohortTarget, Designation, OfficerAssignment, Village
from villages.models.officers import STIPEND_RUPIAH, TERM_YEARS
from villages.queries import OUTSIDE, UNKNOWN, cohort_target, programme_districts
from villages.rules import (
    NotPossible,
    check_can_designate,
    check_can_end_assignment,
    check_can_end_designation,
    check_person_is_free,
    check_stage,
    check_term,
    free_slot,
    needs_reason,
    years_later,
)

FEWEST_LETTERS = 3
FIRST_COHORT = 2016


@contextmanager
def refusals_on(form: forms.Form) -> Iterator[None]:
    """What a rule refuses stands on the form, beside its field when the form has it, and is not raised."""
    try:
        yield
    except NotPossible as refused:
        field = refused.field if refused.field in form.fields else None
        form.add_error(field, refused.sentence)


class _FormWithRules(DeclarativeFieldsMetaclass, ABCMeta):
    """A kind of form that cannot be made before it says what its rules are."""


class CheckedForm(EntryForm, metaclass=_FormWithRules):
    """An entry form with a check page. Before that page the rules are asked here; what was confirmed goes to
    the action, which knows a second delivery by its key and asks the rules itself."""

    @property
    def is_confirmed(self) -> bool:
        return "confirmed" in self.data

    @abstractmethod
    def ask_rules(self) -> None:
        """Call the rules of this form; NotPossible becomes an error on it."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self.is_confirmed:
            with refusals_on(self):
                self.ask_rules()
        return cleaned


class CountField(forms.IntegerField):
    """A whole number as people type it, dots between thousands allowed; empty is not known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=100_000,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w8"}),
            error_messages={
                "invalid": _("Write a whole number, for example 12."),
                "min_value": _("The number cannot be below zero."),
                "max_value": _("This number is too large. Check it again."),
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> int | None:
        text = tidy(str(value or ""))
        parts = text.split(".")
        if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]):
            text = "".join(parts)
        number: int | None = super().to_python(text or None)
        return number


class YearField(forms.IntegerField):
    """A year of four digits."""

    def __init__(self, **kwargs: Any) -> None:
        sentence = _("Write the year with four digits, for example 2019.")
        super().__init__(
            min_value=FIRST_COHORT,
            max_value=2100,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4", "autocomplete": "off"}),
            error_messages={"invalid": sentence, "min_value": sentence, "max_value": sentence},
            **kwargs,
        )


class VillageFilter(forms.Form):
    """What the list of villages shows; everything empty shows the programme."""

    q = LineField(label=_("Name or code"), required=False, max_length=100)
    district = forms.ChoiceField(label=_("District"), required=False)
    cohort = forms.ChoiceField(label=_("Cohort"), required=False)
    stage = forms.ChoiceField(label=_("Stage"), required=False)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [str(year) for year in range(FIRST_COHORT, timezone.localdate().year + 1)]
        unknown = (UNKNOWN, pgettext_lazy("cohort year", "Unknown"))
        self.choose("cohort", [*zip(years, years, strict=True), unknown])
        self.choose("stage", [*Stage.choices, (OUTSIDE, _("Not in the programme"))], _("In the programme"))
        if districts := programme_districts(seat):
            self.choose("district", districts)
        else:
            del self.fields["district"]

    def choose(self, name: str, choices: list[tuple[Any, Any]], every: Any = "") -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", every or _("All")), *choices]
        field.error_messages["invalid_choice"] = _("Choose one of the list.")

    def clean_q(self) -> str:
        text: str = self.cleaned_data["q"]
        if text and len(text) < FEWEST_LETTERS:
            raise forms.ValidationError(_("Enter at least three letters or digits."))
        return text


class DesignationForm(CheckedForm):
    """A village enters the programme."""

    stage = forms.ChoiceField(
        label=_("Stage"),
        choices=[(stage.value, stage.label) for stage in (Stage.PROPOSED, Stage.VERIFIED, Stage.DESIGNATED)],
        widget=forms.RadioSelect,
    )
    cohort_year = YearField(
        label=_("Cohort year"),
        required=False,
        help_text=_("Year of designation. Leave it empty when no source gives it."),
    )
    designated_on = DayField(label=_("Designated on"), required=False, not_future=True)
    decree_number = LineField(label=_("Decree number"), required=False, max_length=80)
    designated_by = LineField(label=_("Designated by"), required=False)
    certainty = forms.ChoiceField(
        label=_("Certainty"),
        choices=[choice for choice in Certainty.choices if choice[0] != Certainty.PRACTICE],
        widget=forms.RadioSelect,
    )
    source = LineField(
        label=_("Source"), required=False, max_length=300, help_text=_("Letter, book or web address.")
    )
    note = NoteField(label=_("Note"), required=False, max_length=2000)

    def __init__(self, *args: Any, village: Village, **kwargs: Any) -> None:
        self.village = village
        super().__init__(*args, **kwargs)

    def ask_rules(self) -> None:
        facts = self.facts
        check_can_designate(
            self.village,
            evidence=facts["decree_number"] or facts["source"],
            **{name: facts[name] for name in ("stage", "cohort_year", "designated_on")},
        )


class StageForm(CheckedForm):
    """A village reaches another stage, forward or back."""

    stage = forms.ChoiceField(label=_("New stage"), widget=forms.RadioSelect)
    reached_on = DayField(label=_("Reached on"), required=False, not_future=True)
    evidence = LineField(
        label=_("Evidence"),
        required=False,
        max_length=300,
        help_text=_("Letter, minutes or decree with number and date. Needed for a step forward."),
    )
    note = NoteField(
        label=_("Reason or note"),
        required=False,
        max_length=2000,
        help_text=_("Needed for a step back, and when the village becomes inactive."),
    )

    def __init__(self, *args: Any, designation: Designation, latest: date | None, **kwargs: Any) -> None:
        self.designation, self.latest = designation, latest
        super().__init__(*args, **kwargs)
        stages = self.fields["stage"]
        assert isinstance(stages, forms.ChoiceField)
        # A second delivery names the stage the first one reached.
        left_out = "" if self.is_confirmed else designation.stage
        stages.choices = [choice for choice in Stage.choices if choice[0] != left_out]
        stages.choice_hints = {
            stage: _("Step back: write the reason.")
            for stage, _label in stages.choices
            if stage != Stage.INACTIVE
            and designation.stage != Stage.INACTIVE
            and needs_reason(designation.stage, stage)
        }

    def ask_rules(self) -> None:
        check_stage(self.designation, latest=self.latest, **self.facts)


class DesignationEndForm(CheckedForm):
    """A village leaves the programme."""

    ended_on = DayField(label=_("Last day"), not_future=True)
    reason = LineField(label=_("Reason"), max_length=200)

    def __init__(self, *args: Any, designation: Designation, **kwargs: Any) -> None:
        self.designation = designation
        super().__init__(*args, **kwargs)

    def ask_rules(self) -> None:
        check_can_end_designation(self.designation, **self.facts)


class PeopleFilter(forms.Form):
    """Whom to look for when a place is to be filled."""

    q = LineField(label=_("Name of the person"), required=False, max_length=100)


class AssignmentForm(CheckedForm):
    """A person becomes an officer of a village. Preset: today, three years, the free place, the usual
    stipend."""

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(
        label=_("Last day"), required=False, help_text=_("Three years after the first day when left empty.")
    )
    slot = forms.TypedChoiceField(
        label=_("Place"),
        choices=[("1", _("Place 1")), ("2", _("Place 2"))],
        coerce=int,
        widget=forms.RadioSelect,
    )
    decree_number = LineField(label=_("Decree or contract number"), required=False, max_length=80)
    stipend_rupiah = RupiahField(label=_("Stipend per month"))
    funding = forms.ChoiceField(label=_("Paid by"), choices=Funding.choices)

    def __init__(self, *args: Any, seat: Seat, village: Village, person: User, **kwargs: Any) -> None:
        self.seat, self.village, self.person = seat, village, person
        today = timezone.localdate()
        initial = {
            "starts_on": today,
            "ends_on": years_later(today, TERM_YEARS),
            "slot": None if args else self._free_place(today),
            "stipend_rupiah": f"{STIPEND_RUPIAH:,}".replace(",", "."),
            "funding": Funding.MINISTRY,
        }
        super().__init__(*args, initial=initial | (kwargs.pop("initial", None) or {}), **kwargs)

    def clean_ends_on(self) -> date | None:
        first: date | None = self.cleaned_data.get("starts_on")
        last: date | None = self.cleaned_data["ends_on"]
        return last or (years_later(first, TERM_YEARS) if first else None)

    def _free_place(self, today: date) -> int | None:
        try:
            return free_slot(self.village, starts_on=today, ends_on=years_later(today, TERM_YEARS))
        except NotPossible:
            return None

    def ask_rules(self) -> None:
        days = {name: self.cleaned_data[name] for name in ("starts_on", "ends_on")}
        check_term(self.village, **days)
        check_person_is_free(self.seat, self.person, **days)
        free_slot(self.village, **days, wanted=self.cleaned_data["slot"])


class AssignmentEndForm(CheckedForm):
    """An officer stops: when, why, and what becomes of the open work."""

    last_day = DayField(label=_("Last day"))
    reason = forms.ChoiceField(label=_("Reason"), choices=EndReason.choices, widget=forms.RadioSelect)
    open_work = forms.ChoiceField(
        label=_("What becomes of open work?"), choices=OpenWork.choices, widget=forms.RadioSelect
    )
    note = LineField(
        label=_("Note"), required=False, max_length=300, help_text=_("Needed when the reason is another one.")
    )

    def __init__(self, *args: Any, assignment: OfficerAssignment, **kwargs: Any) -> None:
        self.assignment = assignment
        super().__init__(*args, **kwargs)

    def ask_rules(self) -> None:
        check_can_end_assignment(self.assignment, **self.facts)


class CohortTargetForm(EntryForm):
    """What was published for a year. An empty entry means that no source gives the figure."""

    year = YearField(label=_("Year"))
    published = CountField(label=_("Published: new villages"))
    target_by_then = CountField(
        label=_("Target, cumulative"), help_text=_("Villages by the end of this year.")
    )
    provinces_by_then = CountField(label=_("Provinces reached, cumulative"))
    districts_by_then = CountField(label=_("Districts reached, cumulative"))
    subdistricts_by_then = CountField(label=_("Subdistricts reached, cumulative"))
    source = LineField(label=_("Source"), max_length=300, help_text=_("Who published it, where and when."))

    def __init__(self, *args: Any, target: CohortTarget | None, **kwargs: Any) -> None:
        self.target = target
        if target is not None:
            kwargs["initial"] = {name: getattr(target, name) for name in self.base_fields if name != "key"}
        super().__init__(*args, **kwargs)
        if target is not None:
            self.fields["year"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        held = None if self.target else cohort_target(cleaned.get("year"))
        # A second delivery of the same figures is no contradiction.
        if held is not None and any(getattr(held, name) != value for name, value in self.facts.items()):
            self.add_error("year", _("Figures of this year are recorded already. Open that year."))
        return cleaned
