"""Outside input about webhooks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField
from villages.access import Seat, narrowed
from villages.webhook_rules import events_for
from villages.webhook_sending import LONGEST_ADDRESS


class WebhookForm(EntryForm):
    """Which program hears of which events, and where."""

    address = LineField(
        label=_("Address of the program"),
        max_length=LONGEST_ADDRESS,
        help_text=_("Begins with https. The internet must reach it."),
    )
    wanted = forms.MultipleChoiceField(
        label=_("Of what does it hear?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose of what the program hears.")},
    )
    place = LineField(
        label=_("Only for a place within yours"),
        required=False,
        max_length=13,
        help_text=_("Its code, for example 33.25.14.2004. Left empty: your whole place."),
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        self.seat = seat
        super().__init__(*args, **kwargs)
        self.fields["wanted"].choices = [(event.value, event.label) for event in events_for(seat)]

    def clean_place(self) -> str:
        code: str = self.cleaned_data["place"] or self.seat.place_code
        if narrowed(self.seat, code) is None:
            raise forms.ValidationError(_("This place lies outside yours."), code="place")
        return code


class ReplayForm(forms.Form):
    """From which day on messages are sent again."""

    since = DayField(
        label=_("Send again what happened since"),
        not_future=True,
        error_messages={"required": _("Enter the day.")},
    )
