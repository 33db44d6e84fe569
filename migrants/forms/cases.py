"""Outside input about cases and referrals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField, RupiahField
from migrants.case_states import CaseStep
from migrants.enums import (
    Body,
    CaseType,
    CloseReason,
    ReferralStatus,
)
from migrants.forms.case_facts import CASE_WORDS, CHOOSE
from migrants.models import Case, Referral, ServiceVisit


class DayInCase(EntryForm):
    """Something that happened to a case on a day: not before it was reported, not in the future."""

    on = DayField(label=_("On which day?"), not_future=True, error_messages={"required": _("Enter the day.")})

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case = case
        kwargs["initial"] = {"on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs["class"] = "w8"

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day < self.case.reported_on:
            raise forms.ValidationError(gettext("The day cannot be before the case was reported."))
        return day


class NoteForm(DayInCase):
    """A note on the timeline."""

    text = NoteField(
        label=_("What was done or learned?"),
        max_length=8000,
        help_text=CASE_WORDS,
        error_messages={"required": _("Write the note.")},
    )
    field_order = ("text", "on")


class StepForm(DayInCase):
    """A plain step of the table. The choices are those the seat may make now."""

    to = forms.ChoiceField(
        label=_("What is the next step?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the next step.")},
    )
    text = NoteField(label=_("In a few words"), required=False, help_text=CASE_WORDS)
    field_order = ("to", "text", "on")

    def __init__(self, *args: Any, steps: list[CaseStep], **kwargs: Any) -> None:
        self.steps = steps
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(step.to.value, step.label) for step in steps]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wordy = {step.to.value for step in self.steps if step.needs_words}
        if cleaned.get("to") in wordy and not cleaned.get("text") and "text" not in self.errors:
            self.add_error("text", gettext("Write in a few words why."))
        return cleaned


class CloseForm(DayInCase):
    """Why and with what result a case is closed."""

    reason = forms.ChoiceField(
        label=_("Why is it closed?"),
        choices=CloseReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    result = NoteField(
        label=_("What is the result?"),
        help_text=CASE_WORDS,
        error_messages={"required": _("Write the result in a few words.")},
    )
    recovered_rupiah = RupiahField(label=_("Amount recovered"), required=False)
    field_order = ("reason", "result", "recovered_rupiah", "on")


class ReopenForm(DayInCase):
    """Why a case is opened again."""

    reason = NoteField(
        label=_("Why is it opened again?"),
        help_text=CASE_WORDS,
        error_messages={"required": _("Write in a few words why.")},
    )
    field_order = ("reason", "on")


class ReferForm(DayInCase):
    """To whom a case is handed, and what is asked."""

    body = forms.ChoiceField(
        label=_("To which body?"),
        choices=[CHOOSE, *Body.choices],
        error_messages={"required": _("Choose the body.")},
    )
    office = LineField(
        label=_("Which office?"), required=False, help_text=_("Example: BP3MI Jawa Tengah, Semarang")
    )
    letter_number = LineField(label=_("Letter number"), required=False, max_length=60)
    request = NoteField(
        label=_("What do you ask for?"),
        help_text=CASE_WORDS,
        error_messages={"required": _("Write what you ask the body for.")},
    )
    field_order = ("body", "office", "request", "letter_number", "on")


class AnswerForm(EntryForm):
    """What became of a referral."""

    decision = forms.ChoiceField(
        label=_("What is the answer?"),
        choices=[
            (ReferralStatus.RECEIVED, _("Received: it is being handled")),
            (ReferralStatus.ANSWERED, _("Answered")),
            (ReferralStatus.REJECTED, _("Rejected")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the answer.")},
    )
    answer = NoteField(
        label=_("In words for the village"),
        required=False,
        help_text=_("The village reads this and tells the family."),
    )
    on = DayField(label=_("On which day?"), not_future=True, error_messages={"required": _("Enter the day.")})

    visit = forms.ChoiceField(
        label=_("Which visit brought the answer?"),
        required=False,
        error_messages={"invalid_choice": _("Choose a visit from the list.")},
    )

    def __init__(self, *args: Any, referral: Referral, visits: Iterable[ServiceVisit], **kwargs: Any) -> None:
        self.referral = referral
        self.visits = {str(visit.pk): visit for visit in visits}
        kwargs["initial"] = {"on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["visit"].choices = [
            ("", gettext("No visit")),
            *[(key, _visit_words(visit)) for key, visit in self.visits.items()],
        ]
        self.fields["on"].widget.attrs["class"] = "w8"
        if referral.status != ReferralStatus.SENT:
            self.fields["decision"].choices = list(self.fields["decision"].choices)[1:]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decision, day = cleaned.get("decision"), cleaned.get("on")
        wordy = decision in (ReferralStatus.ANSWERED, ReferralStatus.REJECTED)
        if wordy and not cleaned.get("answer") and "answer" not in self.errors:
            self.add_error("answer", gettext("Write the answer, or why it is rejected."))
        if day and day < (self.referral.received_on or self.referral.sent_on):
            self.add_error("on", gettext("The answer cannot be dated before the referral."))
        return cleaned

    @property
    def chosen_visit(self) -> ServiceVisit | None:
        """The visit that brought the answer; None for none."""
        return self.visits.get(self.cleaned_data.get("visit", ""))


def _visit_words(visit: ServiceVisit) -> str:
    return f"{visit.visited_on:%d-%m-%Y}, {visit.get_topic_display()} ({visit.number})"


class HandlerForm(forms.Form):
    """Which officer of the village is let into a restricted case."""

    user = forms.ChoiceField(label=_("Give access to"), error_messages={"required": _("Choose an officer.")})

    def __init__(self, *args: Any, officers: list[Any], **kwargs: Any) -> None:
        self.officers = {str(officer.pk): officer for officer in officers}
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["user"].choices = [(key, officer.full_name) for key, officer in self.officers.items()]

    @property
    def chosen(self) -> Any:
        """The officer chosen."""
        return self.officers[self.cleaned_data["user"]]


class CaseFilter(forms.Form):
    """What a list of cases is narrowed to. Nonsense narrows nothing."""

    state = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("Open cases")), ("mine", _("My turn")), ("closed", _("Closed")), ("all", _("All"))],
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All kinds")), *CaseType.choices]

    @property
    def chosen(self) -> dict[str, Any]:
        """The keyword arguments of `cases_in_list`."""
        state, kind = str(self.data.get("state", "")), str(self.data.get("kind", ""))
        return {
            "kind": kind if kind in CaseType.values else "",
            "state": state if state in ("closed", "all") else "open",
            "mine": state == "mine",
        }
