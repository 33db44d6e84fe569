"""Outside input about tokens for programs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import LineField
from villages.access import Seat
from villages.forms.places import WithinForm
from villages.scopes import scopes_for

LIVES = [("30", _("30 days")), ("90", _("90 days")), ("180", _("180 days"))]


class TokenForm(WithinForm):
    """A key for a program: what it may do, where, and for how long."""

    name = LineField(
        label=_("What is it for?"),
        max_length=60,
        help_text=_("Example: spreadsheet of the placement section"),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may the program do?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose only what it needs."),
        error_messages={"required": _("Choose what the token may do.")},
    )
    days = forms.ChoiceField(
        label=_("How long does it hold?"),
        choices=LIVES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long it holds.")},
    )

    field_order = ("name", "scopes", "place", "days")

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, seat=seat, **kwargs)
        self.fields["scopes"].choices = scopes_for(seat)

    def clean_days(self) -> int:
        return int(self.cleaned_data["days"])
