"""The day on which something ended."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm


class EndForm(EntryForm):
    """The day on which something ended, not before `began_on`."""

    ended_on = DayField(label=_("Last day"), not_future=True)

    def __init__(self, *args: Any, began_on: date, **kwargs: Any) -> None:
        self.began_on = began_on
        super().__init__(*args, **kwargs)

    def clean_ended_on(self) -> date:
        day: date = self.cleaned_data["ended_on"]
        if day < self.began_on:
            raise forms.ValidationError(_("The last day cannot be before the first day."))
        return day
