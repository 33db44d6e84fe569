"""Outside input about papers: one paper of a journey, why its number is shown, what a district asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField
from migrants.enums import RevealReason
from migrants.forms.differing import Difference, differences, stored_in
from migrants.forms.reasons import ReasonFields
from migrants.forms.warned import Doubt, WarnedForm
from migrants.models import Document, Requirement
from migrants.models.documents import OLDEST_MINIMUM
from migrants.nik import NumberRefused, Passport, read_passport
from migrants.papers import BASE_AGE, EMPTY, STORED_STATES, DocumentKind, DocumentState
from migrants.queries.documents import Paper
from migrants.vocabulary import destination_choices, job_choices

ALL = ("-", _("All"))
SHOWN = ("state", "issued_on", "expires_on")


class DocumentForm(WarnedForm):
    """What is known of one paper. `version` is the paper's when the form was opened, 0 for a new one."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label=_("How far is this paper?"),
        choices=[(state.value, state.label) for state in STORED_STATES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how far this paper is.")},
    )
    number = LineField(label=_("Number"), required=False, max_length=60)
    issued_on = DayField(
        label=_("Issued on"),
        required=False,
        not_future=True,
        future_sentence=_("The day of issue cannot be after today."),
    )
    expires_on = DayField(label=_("Expires on"), required=False)

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        self.paper, self.row = paper, paper.document
        self.passport: Passport | None = None
        super().__init__(*args, **kwargs)
        self.initial.update(self.initial_of(self.row))
        if self.row and self.row.number_sealed:
            keep = gettext("Now %(number)s. Leave it empty to keep it.")
            self.fields["number"].help_text = keep % {"number": self.row.number_masked}
        self.fields["state"].choice_hints = {
            DocumentState.CHECKED: gettext("You saw the original. Your name is kept with it."),
            DocumentState.IN_HAND: gettext("It is there, nobody has checked it yet."),
        }
        for name in ("issued_on", "expires_on"):
            self.fields[name].widget.attrs["class"] = "w8"
        self.fields["number"].widget.attrs.update(autocomplete="off", spellcheck="false")

    @staticmethod
    def initial_of(row: Document | None) -> dict[str, Any]:
        """The paper as the form's first entries; its number is never shown."""
        return {"version": row.version, **stored_in(row, SHOWN)} if row else {"version": 0}

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        if number and self.paper.kind == DocumentKind.PASSPORT:
            try:
                self.passport = read_passport(number)
            except NumberRefused as refused:
                raise forms.ValidationError(refused.sentence, code="number") from refused
            return self.passport.number
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        if issued and expires and expires < issued:
            self.add_error("expires_on", gettext("A paper cannot expire before it was issued."))
        absent = cleaned.get("state") in EMPTY
        if absent and (issued or expires or cleaned.get("number")):
            self.add_error(
                "state", gettext("Choose “in hand” or “checked”, or leave number and dates empty.")
            )
        undated = self.passport is not None and not expires and not absent
        if undated and "expires_on" not in self.errors:
            self.add_error("expires_on", gettext("Enter the date on which the passport expires."))
        return cleaned

    def find_doubts(self) -> Iterable[Doubt]:
        expires = self.cleaned_data.get("expires_on")
        if expires and expires < timezone.localdate():
            yield Doubt("expired", gettext("This paper has expired already."))
        if self.passport is not None:
            yield from (Doubt("passport", sentence) for sentence in self.passport.warnings)

    @property
    def entered(self) -> dict[str, Any]:
        """The keyword arguments of the action; an empty number keeps what is known."""
        return {
            **{name: self.cleaned_data.get(name) for name in (*SHOWN, "version")},
            "number": self.cleaned_data["number"] or None,
        }

    def differences(self, now: Document) -> list[Difference]:
        """What was typed here otherwise than the paper says now, in the order of the form; numbers aside."""
        return differences(self, stored_in(now, SHOWN), self.cleaned_data, SHOWN)


class NumberReasonForm(ReasonFields):
    """Why the full number of a paper is shown."""

    asks = _("Why do you need it?")
    reasons = RevealReason

    words = LineField(label=_("In other words"), required=False, help_text=_("The reason goes into the log."))


class RequirementForm(EntryForm):
    """A minimum age or one more paper that the district asks for."""

    what = forms.ChoiceField(
        label=_("What does the district ask for?"),
        choices=[("age", _("A minimum age")), ("paper", _("One more paper"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an age or a paper.")},
    )
    minimum_age = forms.IntegerField(
        label=_("Minimum age"),
        required=False,
        min_value=BASE_AGE,
        max_value=OLDEST_MINIMUM,
        error_messages={
            "invalid": _("Enter the age in whole years."),
            "min_value": _("The law asks for 18 years: enter 18 or more."),
            "max_value": _("Enter an age of at most 60."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4"}),
    )
    paper = LineField(
        label=_("Name of the paper"), required=False, help_text=_("Example: Copy of the birth certificate")
    )
    destination = forms.ChoiceField(label=_("For which country?"))
    job = forms.ChoiceField(label=_("For which work?"))
    source = LineField(
        label=_("By which rule?"),
        max_length=200,
        help_text=_("Example: Letter of the head of Disnaker 560/12/2026"),
        error_messages={"required": _("Name the decree or letter that asks for it.")},
    )
    valid_from = DayField(label=_("Valid from"), error_messages={"required": _("Enter the first day.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["destination"].choices = [ALL, *destination_choices()]
        self.fields["job"].choices = [ALL, *job_choices()]
        self.fields["valid_from"].widget.attrs["class"] = "w8"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        what = cleaned.get("what")
        if what == "age" and cleaned.get("minimum_age") is None and "minimum_age" not in self.errors:
            self.add_error("minimum_age", gettext("Enter the age in whole years."))
        if what == "paper" and not cleaned.get("paper") and "paper" not in self.errors:
            self.add_error("paper", gettext("Enter the name of the paper."))
        return cleaned

    @property
    def entered(self) -> dict[str, Any]:
        """The keyword arguments of the action."""
        cleaned = self.cleaned_data
        is_age = cleaned["what"] == "age"
        return {
            "minimum_age": cleaned["minimum_age"] if is_age else None,
            "paper": "" if is_age else cleaned["paper"],
            **{name: "" if cleaned[name] == ALL[0] else cleaned[name] for name in ("destination", "job")},
            **{name: cleaned[name] for name in ("source", "valid_from")},
        }


class RequirementEndForm(EntryForm):
    """The last day of a requirement."""

    last_day = DayField(label=_("Last day"), error_messages={"required": _("Enter the last day.")})

    def __init__(self, *args: Any, requirement: Requirement, **kwargs: Any) -> None:
        self.requirement = requirement
        super().__init__(*args, **kwargs)
        self.fields["last_day"].widget.attrs["class"] = "w8"

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day < self.requirement.valid_from:
            raise forms.ValidationError(gettext("The last day cannot be before the first."), code="early")
        return day
