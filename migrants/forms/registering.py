"""Outside input of a registration: a resident, and the first journey."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.masking import mask_number
from migrants.enums import Category, MigrationStatus
from migrants.forms.differing import as_shown
from migrants.forms.journeys import FACTS as JOURNEY_FACTS
from migrants.forms.journeys import JourneyFields
from migrants.forms.people import PersonFields
from migrants.forms.warned import Doubt
from migrants.vocabulary import NOT_KNOWN

WITHOUT_JOURNEY = (Category.FAMILY, Category.RESIDENT)


class RegisterForm(JourneyFields, PersonFields):
    """A resident, and the first journey of one who will, does or did work abroad. At most twelve entries are
    required; three of them are proposed."""

    asks_back = False  # the check page shows the doubts
    empty_nik = _("Enter the NIK first, then sex and birth date can be proposed.")
    field_order = (
        "standing",
        "full_name",
        "nik",
        "sex",
        "birth_date",
        "phone",
        "hamlet",
        "neighbourhood",
        "scheme",
        "destination",
        "job",
        "agency",
        "departed_on",
        "returned_on",
        "procedural",
        "procedural_basis",
        "registered_on",
        "next_of_kin_name",
        "next_of_kin_relation",
        "next_of_kin_phone",
    )

    standing = forms.ChoiceField(
        label=_("Who is it?"),
        choices=[
            (MigrationStatus.PROSPECTIVE, _("Prospective worker (CPMI)")),
            (MigrationStatus.ABROAD, _("Works abroad now (PMI)")),
            (MigrationStatus.RETURNED, _("Has returned (PMI Purna)")),
            (Category.FAMILY, Category.FAMILY.label),
            (Category.RESIDENT, Category.RESIDENT.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who it is.")},
    )

    @property
    def status(self) -> str:
        standing = str(self.cleaned_data.get("standing", ""))
        return "" if standing in WITHOUT_JOURNEY else standing

    @property
    def category(self) -> str:
        """The standing before a journey sets it."""
        standing = str(self.cleaned_data["standing"])
        return standing if standing in WITHOUT_JOURNEY else Category.PROSPECTIVE

    def answers(self) -> list[tuple[Any, str]]:
        """Question and answer of everything that will be saved, in the order of the form; numbers masked."""
        masked = {name: mask_number(number) for name, number in self.numbers.items() if number}
        found = []
        for bound in self.visible_fields():
            if bound.name in JOURNEY_FACTS and not self.status:
                continue
            value = masked.get(bound.name) or self.cleaned_data.get(bound.name)
            if value not in (None, "", NOT_KNOWN):
                found.append((bound.label, as_shown(bound.field, value)))
        return found

    def find_doubts(self) -> Iterable[Doubt]:
        yield from super().find_doubts()
        yield from self.find_too_young(self.cleaned_data.get("birth_date"), self.seat.district_id or "")
