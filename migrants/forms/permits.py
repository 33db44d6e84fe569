"""Outside input about family permits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField
from migrants.enums import Relation
from migrants.forms.journeys import CHOOSE


class PermitForm(EntryForm):
    """Who gives the permit, and when."""

    giver_name = LineField(
        label=_("Who gives the permit?"),
        help_text=_("Husband, wife, parent or guardian. They come in person."),
        error_messages={"required": _("Enter the name of whoever gives the permit.")},
    )
    giver_relation = forms.ChoiceField(
        label=_("Relation"),
        choices=[CHOOSE, *Relation.choices],
        error_messages={"required": _("Choose the relation.")},
    )
    given_on = DayField(
        label=_("On which day was it given?"),
        not_future=True,
        error_messages={"required": _("Enter the day.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_on"].widget.attrs["class"] = "w8"


class PermitWithdrawForm(EntryForm):
    """Why a permit counts no more."""

    reason = LineField(
        label=_("Why is it withdrawn?"),
        max_length=200,
        error_messages={"required": _("Write the reason in a few words.")},
    )
