"""Outside input about consent, and about records that villages share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField
from migrants.enums import ConsentManner, ConsentPurpose, RequestDecision
from migrants.forms.people import NumberField
from migrants.models import Person
from migrants.nik import read_nik
from migrants.queries.people import person_with_nik
from villages.access import Seat

REASON_LENGTH = 300
TERMS = ("manner", "witness", "given_on", "expires_on")


class TermsForm(EntryForm):
    """How and until when a consent is given."""

    manner = forms.ChoiceField(
        label=_("How was it given?"),
        choices=ConsentManner.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was given.")},
    )
    witness = LineField(
        label=_("Witness"), required=False, help_text=_("Needed for a spoken consent. Not an officer.")
    )
    given_on = DayField(
        label=_("Given on"), not_future=True, error_messages={"required": _("Enter the day.")}
    )
    expires_on = DayField(
        label=_("Valid until"), required=False, help_text=_("Leave it empty if it has no end.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("given_on", "expires_on"):
            self.fields[name].widget.attrs["class"] = "w8"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        spoken = cleaned.get("manner") == ConsentManner.SPOKEN
        if spoken and not cleaned.get("witness") and "witness" not in self.errors:
            self.add_error("witness", gettext("Enter who was the witness."))
        given, expires = cleaned.get("given_on"), cleaned.get("expires_on")
        if given and expires and expires < given:
            self.add_error("expires_on", gettext("The end cannot be before the day it was given."))
        return cleaned

    @property
    def terms(self) -> dict[str, Any]:
        """How, before whom, from when and until when."""
        return {name: self.cleaned_data[name] for name in TERMS}


class ConsentForm(TermsForm):
    """A consent for one purpose, to one receiver."""

    field_order = ("purpose", "receiver", *TERMS)
    purpose = forms.ChoiceField(
        label=_("For what?"),
        choices=[choice for choice in ConsentPurpose.choices if choice[0] != ConsentPurpose.SHARE_RECORD],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose for what.")},
    )
    receiver = LineField(
        label=_("To whom?"),
        help_text=_("One body or office; one consent for each."),
        error_messages={"required": _("Enter who receives the data.")},
    )


class WithdrawConsentForm(EntryForm):
    """A person takes a consent back; no reason is needed."""

    reason = LineField(label=_("Reason"), required=False, max_length=REASON_LENGTH)


class AskForm(EntryForm):
    """Whose record is asked for, and why. The own village's people are pointed at; others never."""

    nik = NumberField(read=lambda text: read_nik(text, timezone.localdate()), label=_("NIK"))
    reason = LineField(
        label=_("Why does your village need the record?"),
        max_length=REASON_LENGTH,
        help_text=_("The village that knows the person reads this."),
        error_messages={"required": _("Write why it is needed.")},
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        self.seat = seat
        self.known: Person | None = None
        super().__init__(*args, **kwargs)
        self.fields["nik"].required = True
        self.fields["nik"].error_messages["required"] = _("Enter all 16 digits of the NIK.")
        self.fields["nik"].widget.attrs["inputmode"] = "numeric"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        nik = cleaned.get("nik")
        self.known = person_with_nik(self.seat, nik.number) if nik else None
        if self.known is not None:
            self.add_error(
                "nik", gettext("This NIK is registered in your village already. Open the existing record.")
            )
        elif nik is None and "nik" not in self.errors:
            self.add_error("nik", gettext("Enter all 16 digits of the NIK."))
        return cleaned


class AnswerForm(TermsForm):
    """Share under a consent, or decline with a reason."""

    field_order = ("decision", *TERMS, "reason")
    decision = forms.ChoiceField(
        label=_("What does your village answer?"),
        choices=RequestDecision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the answer.")},
    )
    reason = LineField(
        label=_("Reason for not sharing"),
        required=False,
        max_length=REASON_LENGTH,
        help_text=_("Only your village and the log keep it. The other village sees nothing."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("decision") == RequestDecision.DECLINED:
            for name in TERMS:
                self.errors.pop(name, None)
            if not cleaned.get("reason") and "reason" not in self.errors:
                self.add_error("reason", gettext("Write the reason in a few words."))
        return cleaned

    @property
    def answer(self) -> dict[str, Any]:
        """What the action takes."""
        decision = self.cleaned_data["decision"]
        if decision == RequestDecision.DECLINED:
            return {"decision": decision, "reason": self.cleaned_data["reason"]}
        return {"decision": decision, "consent": self.terms}
