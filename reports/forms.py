"""What the address of a figure asks for: where, when, broken down how. Which year to make a report of.
What is written into a monthly return."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from audit.events import event_names
from cooperatives.models import FinanceBody
from migrants.forms.differing import Difference
from periods.month import Month, PeriodRefused, Year
from reports.cells import Figure
from reports.enums import NATIONAL_LINES, EditionKind, WordsLine
from reports.indicators import CATALOGUE, GROUPS, Indicator, Period
from reports.models import ReportEdition, YearWords
from reports.models.words import Words
from reports.queries.returns import Filter
from reports.return_forms import Duty, ReturnForm, Section
from reports.rules import FIRST_YEAR, report_years
from reports.saved_pages import AddressRefused, savable_address
from villages.access import Seat
from villages.enums import CallOutcome, SilenceReason
from villages.models import District, MonthlyReturn
from villages.queries import districts_designated

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


def event_choices() -> list[tuple[str, str | Any]]:
    """Every event of the log by its own name, after the choice of all."""
    return [("", _("All events")), *((name, name) for name in sorted(event_names()))]


FIRST_FIGURE = "visits"  # looked at more closely when nobody asks for another


class FiguresForm(PlaceAndPeriodForm):
    """Besides: which figure is looked at more closely, and by which dimension it is broken down."""

    figure = forms.ChoiceField(required=False, label=_("Figure"))
    split = forms.ChoiceField(required=False, label=_("Broken down"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        figure, split = self.fields["figure"], self.fields["split"]
        assert isinstance(figure, forms.ChoiceField)
        assert isinstance(split, forms.ChoiceField)
        figure.choices = [(heading, [(i.code, i.label) for i in entries]) for heading, entries in GROUPS]
        asked = CATALOGUE.get(self.data.get("figure", ""), CATALOGUE[FIRST_FIGURE])
        split.choices = [("", _("Whole")), *((split.code, split.label) for split in asked.splits)]

    def clean_figure(self) -> str:
        return self.cleaned_data["figure"] or FIRST_FIGURE

    @property
    def part(self) -> Figure | None:
        """The figure broken down; None when nobody asks for that."""
        code = self.cleaned_data["split"]
        return Figure.named(f"{self.cleaned_data['figure']}:{code}") if code else None


class DefinitionsForm(forms.Form):
    """Words that the definitions to be shown must hold."""

    q = LineField(required=False, max_length=80, label=_("Search"))


class PivotForm(PlaceAndPeriodForm):
    """Besides: which figure, and what stands in the rows and the columns."""

    figure = forms.ChoiceField(required=False, label=_("Figure"))
    rows = forms.CharField(required=False, max_length=20, label=_("Rows"), widget=forms.Select)
    columns = forms.CharField(required=False, max_length=20, label=_("Columns"), widget=forms.Select)

    def __init__(self, *args: Any, figures: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["figure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = figures

    def offer(self, axes: Mapping[str, Any]) -> None:
        """Let the reader choose among the dimensions the figure has."""
        for name in ("rows", "columns"):
            widget = self.fields[name].widget
            assert isinstance(widget, forms.Select)
            widget.choices = [*axes.items(), *([("", _("None"))] if name == "columns" else [])]


class SaveViewForm(EntryForm):
    """Under which name a page is found again."""

    name = LineField(label=_("Name of the view"), max_length=60)
    address = forms.CharField(max_length=2000, widget=forms.HiddenInput)

    def clean_address(self) -> str:
        try:
            return savable_address(self.cleaned_data["address"])
        except AddressRefused as refused:
            raise forms.ValidationError(str(refused), code="address") from refused


class RowsForm(PlaceAndPeriodForm):
    """Besides: which value of which split of the indicator."""

    split = forms.CharField(required=False, max_length=41, widget=forms.HiddenInput)
    value = LineField(required=False, max_length=81, widget=forms.HiddenInput)

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator

    def clean_split(self) -> str:
        split: str = self.cleaned_data["split"]
        try:
            return self.indicator.split(split).code if split else ""
        except KeyError as unknown:
            raise forms.ValidationError(_("This figure is not broken down so."), code="split") from unknown

    @property
    def figure(self) -> Figure:
        """The figure asked for, broken down or whole."""
        split = self.cleaned_data["split"]
        return Figure(self.indicator, self.indicator.split(split) if split else None)


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


class TrailForm(forms.Form):
    """Narrows the log: from which day to which, which event, whose. The names are those of `events_for`."""

    first_day = DayField(required=False, label=_("From"), help_text="")
    last_day = DayField(required=False, label=_("To"), help_text="")
    name = forms.ChoiceField(required=False, label=_("Event"), choices=event_choices)
    actor_name = LineField(required=False, max_length=60, label=_("Who"))


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
    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=District.objects.none(),
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


class YearForm(forms.Form):
    """The year whose words are listed; last year when nothing is asked."""

    year = forms.TypedChoiceField(
        label=_("Year"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=lambda: [(year, str(year)) for year in reversed(report_years())],
        widget=forms.Select(attrs={"class": "w8"}),
    )

    @property
    def asked(self) -> int:
        """The year that was chosen, or last year."""
        chosen: int | None = self.cleaned_data.get("year") if self.is_valid() else None
        return chosen or timezone.localdate().year - 1


class WordsForm(EntryForm):
    """Causes and next steps of a year, line by line. `version` is the row's when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, national: bool, **kwargs: Any) -> None:
        self.codes = [line for line in WordsLine if national or line not in NATIONAL_LINES]
        super().__init__(*args, **kwargs)
        for code in self.codes:
            for part, label in (("cause", _("Constraint and cause")), ("step", _("Follow-up"))):
                self.fields[f"{part}_{code}"] = NoteField(label=label, required=False, max_length=600, rows=2)

    @staticmethod
    def initial_of(row: YearWords) -> dict[str, Any]:
        """The words as they would be printed now, as the form's first entries."""
        said = {f"{part}_{code}": text for code, w in row.printed.items() for part, text in w.items()}
        return {"version": row.version, **said}

    @property
    def words(self) -> Words:
        """What the action takes; lines without a word are left out."""
        found = {
            code.value: {part: self.cleaned_data[f"{part}_{code}"] for part in ("cause", "step")}
            for code in self.codes
        }
        return {code: words for code, words in found.items() if any(words.values())}

    @property
    def lines(self) -> Iterator[tuple[WordsLine, forms.BoundField, forms.BoundField]]:
        """Each line with its two fields."""
        return ((code, self[f"cause_{code}"], self[f"step_{code}"]) for code in self.codes)

    def differences(self, now: YearWords) -> list[Difference]:
        """What was typed here otherwise than the row says now."""
        found = []
        for code, *fields in self.lines:
            for bound in fields:
                stored = now.printed.get(code.value, {}).get(bound.name.partition("_")[0], "")
                typed = self.cleaned_data[bound.name]
                if stored != typed:
                    found.append(Difference(f"{code.label}: {bound.label}", stored or "–", typed or "–"))
        return found


# --- monthly returns ---------------------------------------------------------------------------------------


class ReturnWordsForm(EntryForm):
    """Obstacles and plans of each section of a return. `version` is the return's when the form was opened."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, form_of_month: ReturnForm, **kwargs: Any) -> None:
        self.form_of_month = form_of_month
        super().__init__(*args, **kwargs)
        for section in form_of_month.sections:
            for part, label in (("obstacles", _("Obstacles")), ("plans", _("Plans"))):
                self.fields[f"{part}_{section.code}"] = NoteField(
                    label=label, required=False, max_length=1000, rows=2
                )

    @staticmethod
    def initial_of(row: MonthlyReturn) -> dict[str, Any]:
        """The words of the return as the form's first entries."""
        said = {
            f"{part}_{code}": text
            for code, words in row.words.items()
            for part, text in words.items()
            if text
        }
        return {"version": row.version, **said}

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """What the action takes; sections without a word are left out."""
        found = {
            section.code: {
                part: self.cleaned_data[f"{part}_{section.code}"] for part in ("obstacles", "plans")
            }
            for section in self.form_of_month.sections
        }
        return {code: words for code, words in found.items() if any(words.values())}

    @property
    def parts(self) -> Iterator[tuple[Duty, list[tuple[Section, forms.BoundField, forms.BoundField]]]]:
        """Each duty with the two fields of each of its sections."""
        for duty in self.form_of_month.duties:
            named = [(part, f"obstacles_{part.code}", f"plans_{part.code}") for part in duty.sections]
            yield duty, [(part, self[obstacles], self[plans]) for part, obstacles, plans in named]

    def differences(self, now: MonthlyReturn) -> list[Difference]:
        """What was typed here otherwise than the return says now."""
        found = []
        for duty, parts in self.parts:
            for section, *fields in parts:
                for bound in fields:
                    stored = now.words.get(section.code, {}).get(bound.name.partition("_")[0], "")
                    typed = self.cleaned_data[bound.name]
                    if stored != typed:
                        label = f"{duty.name}, {section.pillar.label}: {bound.label}"
                        found.append(Difference(label, stored or "–", typed or "–"))
        return found


class StepForm(EntryForm):
    """A step of one press: only the key of its line in the history."""


class SendBackForm(EntryForm):
    """Why a return goes back to the officers."""

    note = NoteField(label=_("What has to be corrected?"), max_length=1000)


class CheckReturnForm(EntryForm):
    """What the village head adds to a return."""

    note = NoteField(label=_("Note"), required=False, max_length=1000)


class CallForm(EntryForm):
    """Somebody called a village that does not report."""

    called_on = DayField(label=_("Called on"), not_future=True)
    outcome = forms.ChoiceField(label=_("Outcome"), choices=CallOutcome.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Why does the village not report?"),
        choices=SilenceReason.choices,
        initial=SilenceReason.UNKNOWN,
    )
    note = LineField(label=_("Note"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        spoken = cleaned.get("outcome") in (CallOutcome.REACHED, CallOutcome.VISITED)
        if not spoken and cleaned.get("outcome") and cleaned.get("reason") != SilenceReason.UNKNOWN:
            self.add_error("reason", gettext("Nobody was reached: choose “Not known”."))
        return cleaned


class ReturnFilterForm(forms.Form):
    """Which month, and which returns of it. The month that ended last when none is given."""

    month = forms.ChoiceField(label=_("Month"), required=False)
    state = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            ("", _("All villages")),
            (Filter.WAITING, _("Waiting for your answer")),
            (Filter.MISSING, _("Not submitted")),
            (Filter.BACK, _("Sent back")),
            (Filter.ACCEPTED, _("Accepted")),
            (Filter.NEVER, _("Never submitted any")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [Month.current(timezone.localdate())]
        while len(months) <= MONTHS_BACK:
            months.append(months[-1].previous())
        self.last_month = months[1]
        self.fields["month"].choices = [(one.slug, one.label) for one in months]

    def clean_month(self) -> Month:
        asked = self.cleaned_data["month"]
        return Month.from_text(asked) if asked else self.last_month
