"""Outside input of the monthly plan."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField
from pillars.enums import ActivityKind, Pillar

_CLOCK = re.compile(r"([0-9]{1,2})(?:[.:]([0-9]{2}))?", re.ASCII)


class ClockField(LineField):
    """A time of day as people write it: 9, 09.00 or 13:30."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Example: 09.00"))
        super().__init__(max_length=8, required=False, **kwargs)
        self.widget.attrs.update({"class": "w4", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H.%M}" if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        match = _CLOCK.fullmatch(text)
        try:
            if match is not None:
                return time(int(match[1]), int(match[2] or 0))
        except ValueError:
            pass
        raise forms.ValidationError(_("Write the time like 09.00."))


class ActivityForm(EntryForm):
    """One line of the plan."""

    what = LineField(label=_("What is planned?"))
    kind = forms.ChoiceField(label=_("Kind"), choices=ActivityKind.choices, widget=forms.RadioSelect)
    pillar = forms.ChoiceField(label=_("Pillar"), choices=Pillar.choices, widget=forms.RadioSelect)
    planned_on = DayField(label=_("Date"))
    starts_at = ClockField(label=_("Time"))
    place = LineField(label=_("Place"), required=False)
    leads = LineField(label=_("Who leads it"), required=False)


class HeldForm(EntryForm):
    """On which day it was held."""

    held_on = DayField(label=_("Day it was held"), not_future=True)


class DropForm(EntryForm):
    """Why it will not be held."""

    why = LineField(label=_("Why is it dropped?"), max_length=200)
