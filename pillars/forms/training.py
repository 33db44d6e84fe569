"""Outside input about training."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from accounts.rules import NotPermitted
from migrants.enums import Sex
from migrants.forms.who import WhoForm
from pillars.forms.choosing import RowChoice, RowTicks
from pillars.models import Training, TrainingParticipant
from pillars.models.training import MOST_HOURS
from pillars.queries.training import groups_to_train, members_not_there, members_to_train
from pillars.training_rules import check_can_take_part
from villages.access import Seat


class TrainingForm(EntryForm):
    """A training: what, by whom, when, for how long."""

    title = LineField(label=_("Title of the training"))
    organiser = LineField(label=_("Organiser"))
    first_on = DayField(label=_("First day"))
    last_on = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty for a single day."))
    hours = forms.IntegerField(
        label=_("Hours altogether"),
        min_value=1,
        max_value=MOST_HOURS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4"}),
        error_messages={
            "invalid": _("Write the hours as a whole number, for example 16."),
            "min_value": _("Write at least 1 hour."),
            "max_value": _("This number is too large. Check it again."),
        },
    )
    place = LineField(label=_("Place"), required=False)
    group = RowChoice(
        label=_("For which group?"),
        required=False,
        empty_label=_("For anybody in the village"),
        error_messages={"invalid_choice": _("Choose a group from the list.")},
    )
    note = NoteField(label=_("Note"), required=False)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["group"]
        field.queryset = groups_to_train(seat)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and not last and "last_on" not in self.errors:
            cleaned["last_on"] = first
        elif first and last and last < first:
            self.add_error("last_on", gettext("The last day cannot be before the first day."))
        return cleaned


class AttendanceForm(EntryForm):
    """Which members of the group took part: one tap each."""

    members = RowTicks(
        label=_("Who took part?"),
        error_messages={
            "required": _("Tick at least one member."),
            "invalid_choice": _("Tick members from the list."),
        },
    )

    def __init__(self, *args: Any, training: Training, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["members"]
        field.queryset = members_to_train(training)  # who is there already may be sent again
        field.choices = [(str(one.pk), one.name) for one in members_not_there(training)]
        self.everybody = [key for key, _name in field.choices]


class ParticipantForm(WhoForm):
    """One participant: a person who is registered, or a name and a sex."""

    free_name = "name"

    name = LineField(label=_("Name of somebody not registered"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex.choices, required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, training: Training, **kwargs: Any) -> None:
        self.training = training
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        person, name = cleaned.get("person"), cleaned.get("name") or ""
        if self.errors:
            return cleaned
        if person is None and not name:
            self.add_error("name", gettext("Choose a person, or write the name."))
        elif person is None and not cleaned.get("sex"):
            self.add_error("sex", gettext("Choose the sex."))
        elif not self._was_sent_before():
            try:
                check_can_take_part(self.training, person=person, name=name)
            except NotPermitted as refused:
                self.add_error("name", str(refused))
        return cleaned

    def _was_sent_before(self) -> bool:
        """A second tap on the same form is no second participant."""
        return self.training.participants.filter(pk=self.entry_key).exists()


class CertificateForm(EntryForm):
    """A box and a number for each participant."""

    def __init__(self, *args: Any, participants: list[TrainingParticipant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.participants = participants
        for row in participants:
            self.fields[f"has-{row.pk}"] = forms.BooleanField(
                label=row.name, required=False, initial=row.has_certificate
            )
            self.fields[f"number-{row.pk}"] = LineField(
                label=_("Number"), max_length=60, required=False, initial=row.certificate_number
            )
            self.fields[f"number-{row.pk}"].widget.attrs["aria-label"] = gettext(
                "Certificate number of %(name)s"
            ) % {"name": row.name}

    def lines(self) -> list[tuple[Any, Any]]:
        """The box and the number of each participant, as the page shows them."""
        return [(self[f"has-{row.pk}"], self[f"number-{row.pk}"]) for row in self.participants]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in self.participants:
            if cleaned.get(f"number-{row.pk}"):  # who wrote a number means that there is a certificate
                cleaned[f"has-{row.pk}"] = True
        return cleaned

    @property
    def given(self) -> dict[UUID, tuple[bool, str]]:
        """Who has a certificate, and its number or ""."""
        return {
            row.pk: (self.cleaned_data[f"has-{row.pk}"], self.cleaned_data[f"number-{row.pk}"])
            for row in self.participants
        }
