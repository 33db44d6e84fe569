"""Which books of a finance body, and of which period, a file holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cooperatives.models import FinanceBody
from periods.month import Month, Year
from reports.forms.periods import read_period
from reports.indicators import Period


class BooksFileForm(forms.Form):
    """Which month or year of a body's books; those before the books opened and after today are not there."""

    period = forms.ChoiceField(
        label=_("Period"),
        error_messages={
            "required": _("Choose a month or a year."),
            "invalid_choice": _("Choose a month or a year."),
        },
    )

    def __init__(self, *args: Any, body: FinanceBody, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = book_periods(body)

    @staticmethod
    def newest() -> str:
        """The period shown when none is asked for: this year."""
        return Year.current(timezone.localdate()).slug

    def clean_period(self) -> Period:
        return read_period(self.cleaned_data["period"])


def book_periods(body: FinanceBody) -> list[tuple[str | Any, list[tuple[str, str]]]]:
    """The years and months from the opening of the books until today, newest first; `body` has books."""
    today, opened = timezone.localdate(), body.books_opened_on
    assert opened is not None
    years = [Year(year) for year in range(today.year, opened.year - 1, -1)]
    first, last = Month.current(opened), Month.current(today)
    months = [month for year in years for month in reversed(list(year.months())) if first <= month <= last]
    return [
        (_("Year"), [(year.slug, year.label) for year in years]),
        (_("Month"), [(month.slug, month.label) for month in months]),
    ]
