from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from periods import Month, Year
from periods.month import PeriodRefused

MONTHS = st.builds(Month, st.integers(1901, 2198), st.integers(1, 12))


def test_month_knows_its_days():
    month = Month(2024, 2)
    assert (month.first_day, month.last_day) == (date(2024, 2, 1), date(2024, 2, 29))
    assert [month.contains(day) for day in (date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 1))] == [
        False,
        True,
        False,
    ]


def test_month_turns_the_year():
    assert Month(2026, 12).next() == Month(2027, 1)
    assert Month(2026, 1).previous() == Month(2025, 12)


def test_year_knows_its_days_and_months():
    year = Year(2026)
    assert (year.first_day, year.last_day) == (date(2026, 1, 1), date(2026, 12, 31))
    assert [year.contains(date(2025, 12, 31)), year.contains(date(2026, 6, 1))] == [False, True]
    assert [month.slug for month in year.months()] == [f"2026-{number:02}" for number in range(1, 13)]
    assert (year.next(), year.previous()) == (Year(2027), Year(2025))


def test_current_period_is_that_of_the_day():
    assert Month.current(date(2026, 11, 23)) == Month(2026, 11)
    assert Year.current(date(2026, 11, 23)) == Year(2026)


def test_label_is_in_the_reader_s_language():
    with translation.override("id"):
        assert [Month(2026, 8).label, Month(2026, 5).label, Year(2026).label] == [
            "Agustus 2026",
            "Mei 2026",
            "2026",
        ]
    with translation.override("en"):
        assert Month(2026, 8).label == "August 2026"


@given(month=MONTHS)
def test_month_reads_back_from_its_slug(month):
    assert Month.from_text(month.slug) == month
    assert Year.from_text(Year(month.year).slug) == Year(month.year)


@given(month=MONTHS)
def test_months_follow_without_gap(month):
    assert month.next().first_day == month.last_day + timedelta(days=1)
    assert month.next().previous() == month
    assert month < month.next()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "2026-1",
        "26-11",
        "2026-11-01",
        "1899-01",
        "٢٠٢٦-١١",
        "2026-11\n",
        "x" * 50_000,
    ],
)
def test_text_that_is_no_month_is_refused(text):
    with pytest.raises(PeriodRefused):
        Month.from_text(text)


@pytest.mark.parametrize("text", ["", "26", "20266", "1899", "2200", "2026 ", "٢٠٢٦", "2026\n", "9" * 50_000])
def test_text_that_is_no_year_is_refused(text):
    with pytest.raises(PeriodRefused):
        Year.from_text(text)
