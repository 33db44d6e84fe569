"""Outside input about what a case is: opening it, changing its facts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField, PhoneField
from migrants.enums import CaseType, Channel, Reporter, Severity
from migrants.forms.differing import Difference, differences, stored_in
from migrants.forms.who import WhoForm
from migrants.models import Case, Person
from migrants.models.cases import CHANGEABLE, FACTS
from migrants.vocabulary import destination_choices

CHOOSE = ("", _("Choose"))
CASE_WORDS = _("Do not write a NIK here. What you write is kept sealed.")


class CaseFacts(EntryForm):
    """What kind of problem, how urgent, who reported it, when and in which way."""

    type = forms.ChoiceField(
        label=_("What kind of problem?"),
        choices=[CHOOSE, *CaseType.choices],
        help_text=_(
            "Suspected trafficking, sexual violence and neglect of a child are seen only by you, whom you"
            " name, and the district coordinator."
        ),
        error_messages={"required": _("Choose the kind of problem.")},
    )
    reporter = forms.ChoiceField(
        label=_("Who reports it?"),
        choices=Reporter.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who reports it.")},
    )
    severity = forms.ChoiceField(
        label=_("How urgent is it?"),
        choices=[("", _("As usual for this kind of problem")), *Severity.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    subject_name = LineField(label=_("Name of somebody not registered"), required=False)
    channel = forms.ChoiceField(
        label=_("In which way was it reported?"),
        choices=Channel.choices,
        error_messages={"required": _("Choose the way.")},
    )
    reported_on = DayField(
        label=_("Reported on"),
        not_future=True,
        future_sentence=_("The day of the report cannot be after today."),
        error_messages={"required": _("Enter the day of the report.")},
    )
    reporter_name = LineField(label=_("Name of the reporter"), required=False)
    reporter_phone = PhoneField(label=_("Phone of the reporter"), required=False)
    incident_on = DayField(
        label=_("Happened on"),
        required=False,
        not_future=True,
        future_sentence=_("The event cannot be after today."),
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    employer = LineField(label=_("Employer"), required=False)
    agency = LineField(label=_("Placement company (P3MI)"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Not known")), *destination_choices()]
        for name in ("reported_on", "incident_on"):
            self.fields[name].widget.attrs["class"] = "w8"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        happened, reported = cleaned.get("incident_on"), cleaned.get("reported_on")
        if happened and reported and happened > reported:
            self.add_error("incident_on", gettext("It cannot have happened after it was reported."))
        if cleaned.get("reporter") == Reporter.ANONYMOUS and cleaned.get("reporter_name"):
            self.add_error("reporter_name", gettext("Leave this empty: the reporter wants no name."))
        return cleaned


class CaseForm(CaseFacts, WhoForm):
    """A problem brought to the village. One page; five entries are required and two of them proposed."""

    free_name = "subject_name"

    narrative = NoteField(
        label=_("What happened?"),
        max_length=8000,
        rows=6,
        help_text=CASE_WORDS,
        error_messages={"required": _("Write in a few sentences what happened.")},
    )
    field_order = ("type", "reporter", "severity", "narrative")

    @property
    def entries(self) -> dict[str, Any]:
        """The keyword arguments of `open_case`."""
        person: Person | None = self.cleaned_data.get("person")
        return {
            "type": self.cleaned_data["type"],
            "narrative": self.cleaned_data["narrative"],
            "severity": self.cleaned_data["severity"],
            "person": person,
            "facts": {name: value for name, value in self.cleaned_data.items() if name in FACTS},
        }


class CaseEditForm(CaseFacts):
    """Changed facts of an open case. `version` is the case's when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["severity"].choices = Severity.choices
        self.fields["severity"].required = True
        if case.person_id:
            del self.fields["subject_name"]

    @staticmethod
    def initial_of(case: Case) -> dict[str, Any]:
        """The case as the form's first entries."""
        return {"version": case.version, **{name: getattr(case, name) for name in CHANGEABLE}}

    @property
    def changed_facts(self) -> dict[str, Any]:
        """What stands in the form, by name; the action sees what differs."""
        return {name: value for name, value in self.cleaned_data.items() if name in CHANGEABLE}

    def differences(self, now: Case) -> list[Difference]:
        """What was typed here otherwise than the case says now."""
        return differences(self, stored_in(now, self.changed_facts), self.changed_facts)
