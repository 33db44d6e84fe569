"""Every indicator says what it means and counts what its worked example says."""

import pytest

from reports.access import PUBLISHED, nation
from reports.figures import figure_table
from reports.forms.periods import read_period
from reports.indicators import CATALOGUE
from tests.reports.examples import build

EVERY = pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=lambda indicator: indicator.code)


@EVERY
def test_indicator_says_everything(indicator):
    for words in (
        indicator.label,
        indicator.unit,
        indicator.grain,
        indicator.date_field,
        indicator.counts,
        indicator.leaves_out,
        indicator.empty_means,
        indicator.example.sentence,
    ):
        assert str(words).strip() != ""
    assert indicator.columns != ()
    assert indicator.order[-1] in {"pk", "-pk"}


@EVERY
@pytest.mark.django_db
def test_worked_example_counts_what_it_says(indicator):
    build(indicator)
    table = figure_table([indicator.code], [nation()], read_period(indicator.example.period), seat=PUBLISHED)
    cell = table.cell(indicator.code)
    expected = None if indicator.small_cells else indicator.example.counts
    over = None if indicator.small_cells else indicator.example.over
    assert (cell.count, cell.over) == (expected, over)


def test_codes_are_the_keys():
    assert {code: indicator.code for code, indicator in CATALOGUE.items()} == {
        code: code for code in CATALOGUE
    }


def test_money_is_written_as_money(english):
    assert {code for code, one in CATALOGUE.items() if one.is_money} == {
        code for code, one in CATALOGUE.items() if "rupiah" in str(one.unit)
    }
