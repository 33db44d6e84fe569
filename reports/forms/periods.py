"""Which place and which period: read from the address, offered in menus."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField
from periods.month import Month, PeriodRefused, Year
from reports.indicators import Period
from reports.rules import FIRST_YEAR

MONTHS_BACK = 12


def read_period(text: str) -> Period:
    """A month written "2026-11" or a year written "2026". Raises `PeriodRefused`."""
    return Month.from_text(text) if "-" in text else Year.from_text(text)


class PeriodField(forms.CharField):
    """A month or a year from the address; the month of today when nothing is given."""

    def clean(self, value: Any) -> Period:
        text = super().clean(value)
        if not text:
            return Month.current(timezone.localdate())
        try:
            period = read_period(text)
        except PeriodRefused as refused:
            raise forms.ValidationError(_("Choose a month or a year."), code="period") from refused
        if period.first_day.year < FIRST_YEAR:
            raise forms.ValidationError(_("The programme began in 2016."), code="period")
        return period


def period_choices() -> list[tuple[str | Any, list[tuple[str, str]]]]:
    """This month and the twelve before it, then the years of the programme, newest first."""
    today = timezone.localdate()
    months = [Month.current(today)]
    while len(months) <= MONTHS_BACK:
        months.append(months[-1].previous())
    years = [Year(year) for year in range(today.year, FIRST_YEAR - 1, -1)]
    return [
        (_("Month"), [(month.slug, month.label) for month in months]),
        (_("Year"), [(year.slug, year.label) for year in years]),
    ]


class PlaceAndPeriodForm(forms.Form):
    """Which place and which period a page of figures is about. `place` "" means the reader's own. `day`: as
    it stood at the end of a past day; its month when no period is given."""

    place = forms.CharField(required=False, max_length=13, widget=forms.HiddenInput)
    period = PeriodField(
        required=False,
        max_length=7,
        label=_("Period"),
        widget=forms.Select(choices=period_choices),  # type: ignore[arg-type]
    )
    day = DayField(
        required=False,
        not_future=True,
        label=_("As of"),
        help_text="",
        widget=forms.TextInput(attrs={"placeholder": _("today")}),
    )

    def clean(self) -> dict[str, Any]:
        day = self.cleaned_data.get("day")
        if day and not self.data.get("period"):
            self.cleaned_data["period"] = Month.current(day)
        if day == timezone.localdate():
            self.cleaned_data["day"] = None
        return self.cleaned_data
