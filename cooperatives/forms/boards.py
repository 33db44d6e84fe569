"""Outside input about who leads a body, and about its papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField
from accounts.models import User
from accounts.roles import ROLES, Role
from cooperatives.enums import BoardOffice, CooperativeLine
from cooperatives.models import BOARD_YEARS, FinanceBody
from cooperatives.rules import accounts_for_board
from villages.rules import years_later


class BoardTermForm(EntryForm):
    """Who holds an office, from when to when, and with which account."""

    office = forms.ChoiceField(label=_("Office"), choices=BoardOffice.choices, widget=forms.RadioSelect)
    name = LineField(label=_("Name"))
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Left empty: five years, the longest that the law allows."),
    )
    user = forms.ChoiceField(
        label=_("Account"),
        required=False,
        help_text=_("Opens the books of this body alone. The district coordinator makes such accounts."),
    )

    def __init__(self, *args: Any, body: FinanceBody, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts: dict[str, User] = {}
        choices: list[tuple[str, Any]] = [("", _("No account"))]
        for post in accounts_for_board(body):
            self.accounts[str(post.user_id)] = post.user
            choices.append((str(post.user_id), f"{post.user.full_name} – {ROLES[Role(post.role)].label}"))
        field = self.fields["user"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_user(self) -> User | None:
        return self.accounts.get(self.cleaned_data["user"])

    def clean_ends_on(self) -> date | None:
        day, first = self.cleaned_data["ends_on"], self.cleaned_data.get("starts_on")
        return day or (years_later(first, BOARD_YEARS) if first else None)


class PapersForm(EntryForm):
    """Deed, approval and numbers of a body; empty while there is none."""

    line = forms.ChoiceField(
        label=_("Kind of cooperative"),
        required=False,
        choices=[("", _("None of these")), *CooperativeLine.choices],
        widget=forms.RadioSelect,
    )
    deed_number = LineField(label=_("Number of the deed"), required=False, max_length=60)
    deed_on = DayField(label=_("Date of the deed"), required=False, not_future=True)
    notary = LineField(label=_("Notary"), required=False)
    legal_number = LineField(label=_("Legal entity number (AHU)"), required=False, max_length=60)
    legal_on = DayField(label=_("Approved as legal body on"), required=False, not_future=True)
    cooperative_number = LineField(label=_("National cooperative number"), required=False, max_length=30)
    affiliated_to = LineField(
        label=_("Belongs to"), required=False, help_text=_("Example: Koperasi Desa Merah Putih")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("legal_on") and not cleaned.get("legal_number"):
            self.add_error("legal_number", _("Write the number of the approval, or leave its date empty."))
        if cleaned.get("deed_on") and cleaned.get("legal_on") and cleaned["legal_on"] < cleaned["deed_on"]:
            self.add_error("legal_on", _("The approval cannot come before the deed."))
        return cleaned


def papers_of(body: FinanceBody) -> dict[str, Any]:
    """What the form of a body's papers begins with."""
    return {name: getattr(body, name) for name in PapersForm.base_fields if name != "key"}


def first_term() -> dict[str, Any]:
    """What a new form of a board term begins with."""
    return {"starts_on": timezone.localdate()}
