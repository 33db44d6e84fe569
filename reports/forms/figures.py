"""What is asked of figures: which, where, when, by what, and which view to keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm, LineField
from reports.cells import Figure
from reports.forms.periods import PlaceAndPeriodForm
from reports.indicators import CATALOGUE, GROUPS, Indicator
from reports.saved_pages import AddressRefused, savable_address

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
