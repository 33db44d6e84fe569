"""Which events of the trail to show."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, LineField
from audit.events import event_names


def event_choices() -> list[tuple[str, str | Any]]:
    """Every event of the log by its own name, after the choice of all."""
    return [("", _("All events")), *((name, name) for name in sorted(event_names()))]


class TrailForm(forms.Form):
    """Narrows the log: from which day to which, which event, whose. The names are those of `events_for`."""

    first_day = DayField(required=False, label=_("From"), help_text="")
    last_day = DayField(required=False, label=_("To"), help_text="")
    name = forms.ChoiceField(required=False, label=_("Event"), choices=event_choices)
    actor_name = LineField(required=False, max_length=60, label=_("Who"))
