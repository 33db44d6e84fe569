"""Outside input on two records of one person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm, LineField
from migrants.models import Person

REASON_LENGTH = 300


class MergeForm(EntryForm):
    """Which of the two records stays, and why they are one person."""

    kept = forms.ChoiceField(
        label=_("Which record stays?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the record that stays.")},
    )
    reason = LineField(
        label=_("How do you know that it is one person?"),
        max_length=REASON_LENGTH,
        help_text=_("Example: the village compared both with the KTP."),
        error_messages={"required": _("Write how you know it.")},
    )

    def __init__(self, *args: Any, left: Person, right: Person, **kwargs: Any) -> None:
        self.people = {"left": left, "right": right}
        super().__init__(*args, **kwargs)
        self.fields["kept"].choices = [
            ("left", _("The left one: %(name)s") % {"name": left.full_name}),
            ("right", _("The right one: %(name)s") % {"name": right.full_name}),
        ]

    @property
    def kept_and_merged(self) -> tuple[Person, Person]:
        """The record that stays, and the one that leads to it."""
        left, right = self.people["left"], self.people["right"]
        return (left, right) if self.cleaned_data["kept"] == "left" else (right, left)


class UndoMergeForm(EntryForm):
    """Why two records are taken apart again."""

    reason = LineField(
        label=_("Why are they two people after all?"),
        max_length=REASON_LENGTH,
        error_messages={"required": _("Write the reason in a few words.")},
    )
