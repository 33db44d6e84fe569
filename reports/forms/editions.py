"""Which report is asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm
from periods.month import Month
from reports.enums import EditionKind
from reports.models import ReportEdition
from reports.rules import report_years
from villages.access import Seat
from villages.queries import districts_designated


class EditionForm(EntryForm):
    """Which report is made, of which place and period; last year and last month are proposed.

    A district makes its own report alone, so it is asked for the year only.
    """

    kind = forms.ChoiceField(
        label=_("Which report"),
        choices=EditionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a report."), "invalid_choice": _("Choose a report.")},
    )
    year = forms.TypedChoiceField(
        label=_("Year of the report"),
        coerce=int,
        choices=lambda: [(year, str(year)) for year in reversed(report_years())],
        widget=forms.Select(attrs={"class": "w8"}),
        error_messages={
            "required": _("Choose a year."),
            "invalid_choice": _("Choose a year from the list."),
        },
    )
    month = forms.TypedChoiceField(
        label=_("Month"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=lambda: [("", _("Only for the bulletin")), *sorted(MONTHS.items())],
        widget=forms.Select(attrs={"class": "w16"}),
        error_messages={"invalid_choice": _("Choose a month from the list.")},
    )
    district: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("District"),
        queryset=None,
        required=False,
        empty_label=_("Only for the report of a district"),
        error_messages={"invalid_choice": _("Choose a district from the list.")},
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seat = seat
        last_month = Month.current(timezone.localdate()).previous()
        self.initial.setdefault("kind", EditionKind.YEARLY)
        self.initial.setdefault("year", timezone.localdate().year - 1)
        self.initial.setdefault("month", last_month.month)
        if seat.district is not None:
            for name in ("kind", "month", "district"):
                del self.fields[name]
            return
        field = self.fields["district"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = districts_designated().order_by(Lower("name"), "code")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.seat.district is not None:
            return said
        if said.get("kind") == EditionKind.BULLETIN and not said.get("month"):
            self.add_error("month", _("Choose the month of the bulletin."))
        if said.get("kind") == EditionKind.DISTRICT and not said.get("district"):
            self.add_error("district", _("Choose the district of the report."))
        if not self.errors and self.wanted.period.first_day > timezone.localdate():
            self.add_error("month", _("Choose a month that has begun."))
        return said

    @property
    def wanted(self) -> ReportEdition:
        """What was chosen, as a row that is not saved; what a kind has not is left out."""
        said = self.cleaned_data
        kind = EditionKind(said.get("kind") or EditionKind.DISTRICT)
        return ReportEdition(
            kind=kind,
            year=said["year"],
            month=said.get("month") if kind == EditionKind.BULLETIN else None,
            district=(self.seat.district or said.get("district")) if kind == EditionKind.DISTRICT else None,
        )
