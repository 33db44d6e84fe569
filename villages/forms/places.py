"""A place within one's own, as the forms about programs ask for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm, LineField
from villages.access import Seat, narrowed


class WithinForm(EntryForm):
    """`place`: the code of an area within the seat's place; left empty it is the whole of it."""

    place = LineField(
        label=_("Only for a place within yours"),
        required=False,
        max_length=13,
        help_text=_("Its code, for example 33.25.14.2004. Left empty: your whole place."),
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        self.seat = seat
        super().__init__(*args, **kwargs)

    def clean_place(self) -> str:
        code: str = self.cleaned_data["place"] or self.seat.place_code
        if narrowed(self.seat, code) is None:
            raise forms.ValidationError(_("This place lies outside yours."), code="place")
        return code
