"""Outside input about webhooks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, LineField
from villages.access import Seat
from villages.forms.places import WithinForm
from villages.webhook_rules import events_for
from villages.webhook_sending import LONGEST_ADDRESS


class WebhookForm(WithinForm):
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

    field_order = ("address", "wanted", "place")

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, seat=seat, **kwargs)
        self.fields["wanted"].choices = [(event.value, event.label) for event in events_for(seat)]


class ReplayForm(forms.Form):
    """From which day on messages are sent again."""

    since = DayField(
        label=_("Send again what happened since"),
        not_future=True,
        error_messages={"required": _("Enter the day.")},
    )
