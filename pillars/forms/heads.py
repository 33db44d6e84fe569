"""A number of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def heads(label: Any, *, most: int, required: bool = True) -> forms.IntegerField:
    """A number of people: whole, not negative, at most `most`."""
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        required=required,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4"}),
        error_messages={
            "invalid": _("Write a whole number, for example 12."),
            "min_value": _("The number cannot be below zero."),
            "max_value": _("This number is too large. Check it again."),
        },
    )
