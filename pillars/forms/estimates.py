"""Outside input about estimates."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField
from pillars.enums import EstimateSource
from pillars.models.estimates import MOST_ABROAD

_NUMBER = _("Write a whole number from 0 to 20.000.")


class EstimateForm(EntryForm):
    """How many villagers are abroad, reckoned by whom, when and how."""

    estimated_on = DayField(label=_("Day of the estimate"), not_future=True)
    number = forms.IntegerField(
        label=_("How many villagers are abroad, about?"),
        min_value=0,
        max_value=MOST_ABROAD,
        error_messages={"invalid": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w4"}),
        help_text=_("By whatever path, known to you by name or not."),
    )
    source = forms.ChoiceField(
        label=_("Who reckoned it?"), choices=EstimateSource.choices, widget=forms.RadioSelect
    )
    how = LineField(
        label=_("How was it reckoned?"),
        required=False,
        max_length=200,
        help_text=_("Example: asked in each RT during the meeting of October"),
    )
