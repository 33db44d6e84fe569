"""Outside input about a household: who cares for the children."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm, LineField
from migrants.enums import Carer
from migrants.forms.differing import Difference, differences
from migrants.forms.people import CHOOSE
from migrants.models import Household, Person

MOST_CHILDREN = 20


class CareForm(EntryForm):
    """`version` is the household's when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000)
    children = forms.IntegerField(
        label=_("Children under 18 at home"),
        help_text=_("Only how many; names are not written down. 0 when there are none."),
        min_value=0,
        max_value=MOST_CHILDREN,
        error_messages={
            "required": _("Enter how many children there are, 0 for none."),
            "invalid": _("Enter a whole number from 0 to 20."),
            "min_value": _("Enter a whole number from 0 to 20."),
            "max_value": _("Enter a whole number from 0 to 20."),
        },
    )
    carer_kind = forms.ChoiceField(
        label=_("Who cares for the children"), choices=[CHOOSE, *Carer.choices], required=False
    )
    carer = forms.ChoiceField(label=_("Somebody on this card"), required=False)
    carer_name = LineField(
        label=_("Name of the carer"), required=False, help_text=_("Only if the carer is not on this card.")
    )

    def __init__(self, *args: Any, members: Sequence[Person], **kwargs: Any) -> None:
        self.members = {str(person.pk): person for person in members}
        super().__init__(*args, **kwargs)
        names = [(key, person.full_name) for key, person in self.members.items()]
        self.fields["carer"].choices = [("", _("Nobody of them")), *names]
        self.fields["children"].widget.attrs.update({"class": "w4", "inputmode": "numeric"})

    @staticmethod
    def initial_of(household: Household) -> dict[str, Any]:
        """The household as the form's first entries."""
        return {
            "version": household.version,
            "children": household.children,
            "carer_kind": household.carer_kind,
            "carer": str(household.carer_id or ""),
            "carer_name": household.carer_name,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("children") and not cleaned.get("carer_kind") and "carer_kind" not in self.errors:
            self.add_error("carer_kind", gettext("Choose who cares for the children."))
        if cleaned.get("carer") and cleaned.get("carer_name"):
            self.add_error("carer_name", gettext("Leave this empty: somebody on the card was chosen."))
        return cleaned

    @property
    def care(self) -> dict[str, Any]:
        """What the action writes."""
        cleaned = self.cleaned_data
        return {
            "children": cleaned["children"],
            "carer_kind": cleaned["carer_kind"],
            "carer": self.members.get(cleaned["carer"]),
            "carer_name": cleaned["carer_name"],
        }

    def differences(self, now: Household) -> list[Difference]:
        """What was typed here otherwise than the household says now."""
        names = ("children", "carer_kind", "carer", "carer_name")
        return differences(self, self.initial_of(now), self.cleaned_data, names)
