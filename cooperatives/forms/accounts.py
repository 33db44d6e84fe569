"""Outside input of the chart of accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm, LineField
from cooperatives.enums import AccountKind


class AccountForm(EntryForm):
    """An account the body needs besides those it began with."""

    kind = forms.ChoiceField(
        label=_("What kind of account?"),
        choices=AccountKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind.")},
    )
    code = forms.RegexField(
        r"^[1-5][0-9]{2,7}\Z",
        label=_("Code"),
        max_length=8,
        help_text=_("Three digits or more. 1 has, 2 owes, 3 own capital, 4 income, 5 cost. Example: 516"),
        error_messages={
            "required": _("Enter a code, for example 516."),
            "invalid": _("Write three to eight digits; the first is 1 to 5."),
        },
    )
    name_id = LineField(label=_("Name in Indonesian"), max_length=80)
    name_en = LineField(label=_("Name in English"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"class": "w8", "inputmode": "numeric"}

    def clean_kind(self) -> AccountKind:
        return AccountKind(self.cleaned_data["kind"])
