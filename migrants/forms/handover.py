"""Who takes over an officer's open work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm
from accounts.models import User


class HandOverForm(EntryForm):
    """`officers`: those who serve in the village today, without the one who leaves."""

    receiver = forms.ChoiceField(
        label=_("Who takes over?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose who takes over."),
            "invalid_choice": _("Choose who takes over."),
        },
    )

    def __init__(self, *args: Any, officers: list[User], **kwargs: Any) -> None:
        self.officers = {str(officer.pk): officer for officer in officers}
        if len(officers) == 1:
            kwargs["initial"] = {"receiver": str(officers[0].pk)} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["receiver"].choices = [(key, user.full_name) for key, user in self.officers.items()]

    @property
    def chosen(self) -> User:
        """The officer chosen."""
        return self.officers[self.cleaned_data["receiver"]]
