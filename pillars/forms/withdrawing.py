"""Why a record does not count."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm, LineField
from pillars.enums import Mistake


class WithdrawForm(EntryForm):
    """Why a record does not count."""

    why = forms.ChoiceField(
        label=_("Why do you withdraw this record?"),
        choices=Mistake.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    words = LineField(label=_("In other words"), required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wordless = not cleaned.get("words") and "words" not in self.errors
        if cleaned.get("why") == Mistake.OTHER and wordless:
            self.add_error("words", gettext("Write the reason in a few words."))
        return cleaned

    @property
    def reason(self) -> str:
        """The reason as the record keeps it."""
        label = str(Mistake(self.cleaned_data["why"]).label)
        words = self.cleaned_data["words"]
        return f"{label}: {words}" if words else label
