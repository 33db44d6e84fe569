"""Outside input about children: initials or a pseudonym, never the full name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from migrants.enums import Carer, CaseType, ConsentManner, Sex
from migrants.models import Migration, Person
from pillars.enums import (
    AbsentParent,
    ContactWay,
    Guardian,
    LeavingReason,
    SchoolLevel,
    SchoolStanding,
)
from pillars.models import Child, Facilitator
from pillars.models.children import LONGEST_PSEUDONYM

CHOOSE = ("", _("Choose"))
SEALED = _("Kept sealed, read by the village's officers alone. Do not write full names or a NIK.")
OLDEST = 18
CHILD_FACTS = ("pseudonym", "birth_year", "sex", "level", "absent_parent", "migration", "note")
CARE = ("carer_kind", "person", "carer_name")
CONSENT = ("guardian", "guardian_name", "manner", "witness", "given_on", "photos")
MANNERS = [(one.value, one.label) for one in (ConsentManner.WRITTEN, ConsentManner.SPOKEN)]


class ByKeyField(forms.ChoiceField):
    """A choice among rows; clean gives the row, None for the empty choice."""

    def __init__(self, *, empty: Any, **kwargs: Any) -> None:
        self.empty = empty
        self.rows: dict[str, Any] = {}
        super().__init__(required=False, **kwargs)

    def offer(self, rows: Iterable[Any], label: Any) -> None:
        """These rows may be chosen, each by what `label` makes of it."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [("", self.empty), *[(key, label(row)) for key, row in self.rows.items()]]

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value) or "")


class ChildFactsForm(EntryForm):
    """What is written down of a child itself."""

    pseudonym = LineField(
        label=_("Initials or pseudonym"),
        max_length=LONGEST_PSEUDONYM,
        help_text=_("Never the full name. Example: D.L. or Bintang"),
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the year in four digits, for example 2015.")},
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[(Sex.FEMALE.value, _("Girl")), (Sex.MALE.value, _("Boy"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose girl or boy.")},
    )
    level = forms.ChoiceField(
        label=_("School level"),
        choices=SchoolLevel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the school level.")},
    )
    absent_parent = forms.ChoiceField(
        label=_("Which parent is away"),
        choices=AbsentParent.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which parent is away.")},
    )
    migration = ByKeyField(label=_("Journey of the parent"), empty=_("Not registered in this village"))
    note = NoteField(
        label=_("What should be known about the child?"), required=False, rows=3, help_text=SEALED
    )

    def __init__(self, *args: Any, journeys: Iterable[Migration], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["migration"].offer(journeys, _journey_words)

    def clean_pseudonym(self) -> str:
        name: str = self.cleaned_data["pseudonym"]
        if any(sign.isdigit() for sign in name) or len(name.split()) > 2:
            raise forms.ValidationError(gettext("Write initials or one short name, not the full name."))
        return name

    def clean_birth_year(self) -> int:
        year: int = self.cleaned_data["birth_year"]
        this = timezone.localdate().year
        if not this - OLDEST <= year <= this:
            raise forms.ValidationError(
                gettext("The year of birth must lie between %(first)s and %(last)s.")
                % {"first": this - OLDEST, "last": this}
            )
        return year

    @property
    def child_facts(self) -> dict[str, Any]:
        """What `register_child` and `change_child` take about the child itself."""
        return {name: self.cleaned_data[name] for name in CHILD_FACTS}

    @staticmethod
    def initial_of(child: Child) -> dict[str, Any]:
        """The child as the form's first entries."""
        facts = {name: getattr(child, name) for name in CHILD_FACTS}
        return facts | {"migration": str(child.migration_id or "")}


class CarerFields(EntryForm):
    """Who cares for the child: somebody registered, or a name."""

    carer_kind = forms.ChoiceField(
        label=_("Who cares for the child"),
        choices=[CHOOSE, *Carer.choices],
        error_messages={"required": _("Choose who cares for the child.")},
    )
    person = ByKeyField(label=_("Registered carer"), empty=_("Not registered"))
    carer_name = LineField(
        label=_("Name of the carer"), required=False, help_text=_("Only if the carer is not registered.")
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people, lambda person: person.full_name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("person") and cleaned.get("carer_name"):
            self.add_error("carer_name", gettext("Leave this empty: a registered carer was chosen."))
        return cleaned

    @property
    def care(self) -> dict[str, Any]:
        """Who cares."""
        return {name: self.cleaned_data[name] for name in CARE}


class GuardianFields(EntryForm):
    """The guardian's consent."""

    guardian = forms.ChoiceField(
        label=_("Who gives consent?"),
        choices=[CHOOSE, *Guardian.choices],
        error_messages={"required": _("Choose who gives consent.")},
    )
    guardian_name = LineField(
        label=_("Name of the guardian"), error_messages={"required": _("Enter the name of the guardian.")}
    )
    manner = forms.ChoiceField(
        label=_("How was it given?"),
        choices=MANNERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was given.")},
    )
    witness = LineField(
        label=_("Witness"), required=False, help_text=_("Needed for a spoken consent. Not an officer.")
    )
    given_on = DayField(
        label=_("Given on"), not_future=True, error_messages={"required": _("Enter the day.")}
    )
    photos = forms.BooleanField(
        label=_("The guardian also allows photos of the child"),
        required=False,
        help_text=_("Leave it unticked unless the guardian said so. Without it, take no photo."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        spoken = cleaned.get("manner") == ConsentManner.SPOKEN
        if spoken and not cleaned.get("witness") and "witness" not in self.errors:
            self.add_error("witness", gettext("Enter who was the witness."))
        return cleaned

    @property
    def consent(self) -> dict[str, Any]:
        """Who consented to what, how, and when."""
        return {name: self.cleaned_data[name] for name in CONSENT}


class ChildForm(ChildFactsForm, CarerFields, GuardianFields):
    """A child comes on the list of a centre."""

    joined_on = DayField(label=_("On the list since"), not_future=True)
    school = forms.ChoiceField(
        label=_("How does the child stand at school?"),
        choices=SchoolStanding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the child stands at school.")},
    )
    field_order = (
        *CHILD_FACTS[:-1],
        "joined_on",
        "school",
        *CARE,
        "note",
        *CONSENT,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        given = {"joined_on": today, "given_on": today, "school": SchoolStanding.ATTENDING}
        kwargs["initial"] = {**given, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    @property
    def entries(self) -> dict[str, Any]:
        """The keyword arguments of `register_child` besides centre and key."""
        return {
            "facts": {**self.child_facts, "joined_on": self.cleaned_data["joined_on"]},
            "care": self.care,
            "consent": self.consent,
            "school": self.cleaned_data["school"],
        }


class ChildEndForm(EntryForm):
    """Why and since when a child is on no list."""

    reason = forms.ChoiceField(
        label=_("Why does the child leave the list?"),
        choices=[choice for choice in LeavingReason.choices if choice[0] != LeavingReason.CONSENT_WITHDRAWN],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    left_on = DayField(label=_("Last day"), not_future=True)


class ChangedCarerForm(CarerFields):
    """Somebody else cares for the child."""

    since = DayField(label=_("Since"), not_future=True)


class SchoolForm(EntryForm):
    """How the child stands at school from a day on."""

    status = forms.ChoiceField(
        label=_("How does the child stand at school?"),
        choices=SchoolStanding.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the child stands at school.")},
    )
    since = DayField(label=_("Since"), not_future=True)
    why = NoteField(label=_("Why?"), required=False, rows=3, help_text=SEALED)


class ContactForm(EntryForm):
    """The parent who is away and the child heard of each other."""

    way = forms.ChoiceField(
        label=_("In which way?"),
        choices=ContactWay.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the way.")},
    )
    contacted_on = DayField(label=_("On which day?"), not_future=True)


class HomeVisitForm(EntryForm):
    """What was seen at the child's home, and what comes next."""

    visited_on = DayField(label=_("Date"), not_future=True)
    facilitator = ByKeyField(label=_("Who went?"), empty=_("I, the officer"))
    seen = NoteField(
        label=_("What did you see and hear?"),
        help_text=SEALED,
        error_messages={"required": _("Write in a few words what you saw.")},
    )
    next_step = NoteField(label=_("What comes next?"), required=False, rows=2, help_text=SEALED)
    concern = forms.BooleanField(
        label=_("I suspect violence or neglect"),
        required=False,
        help_text=_("The next page asks whether a restricted case shall be opened. Nothing opens by itself."),
    )

    def __init__(self, *args: Any, facilitators: Iterable[Facilitator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facilitator"].offer(facilitators, lambda one: one.name)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts.items() if name != "concern"}


class ConcernForm(EntryForm):
    """A restricted case is opened, in the officer's own words; or none, and why."""

    decision = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[
            (CaseType.CHILD_NEGLECT.value, _("Open a restricted case: neglect or violence at home")),
            (CaseType.SEXUAL_VIOLENCE.value, _("Open a restricted case: sexual violence")),
            ("none", _("Open no case")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    words = NoteField(
        label=_("What happened, or why no case?"),
        max_length=8000,
        rows=6,
        help_text=_("Nothing is copied from the child's record. What you write is kept sealed."),
        error_messages={"required": _("Write in a few sentences what happened, or why no case.")},
    )

    @property
    def opens_case(self) -> bool:
        """Whether a case is asked for."""
        return bool(self.cleaned_data["decision"] != "none")


def _journey_words(journey: Migration) -> str:
    place = journey.destination_label
    return f"{journey.person.full_name} ({place})" if place else journey.person.full_name
