from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import checks
from hypothesis import given
from hypothesis import strategies as st

from periods.checks import calendar_notes, check_calendar
from periods.workdays import (
    add_working_days,
    holidays,
    is_working_day,
    working_days_between,
    years_known,
    years_to_load,
    years_without_holidays,
)

DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 31))


def test_decrees_are_complete():
    counts = {year: sum(day.year == year for day in holidays()) for year in years_known()}
    # 2025: 17 public, 10 collective and one added by decree; 2026: 17 and 8; 2027: 18 and 8.
    assert counts == {2025: 28, 2026: 25, 2027: 26}


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),  # Monday
        (date(2026, 11, 22), False),  # Sunday
        (date(2026, 8, 17), False),  # independence
        (date(2026, 12, 24), False),  # collective
        (date(2025, 8, 18), False),  # added within the year
        (date(2026, 3, 25), True),  # the first day after Idulfitri
        (date(2027, 3, 15), False),  # collective, after a weekend of Idulfitri
        (date(2027, 3, 16), True),
    ],
)
def test_offices_work_on_working_days(day, works):
    assert is_working_day(day) is works


def test_idulfitri_of_2026_is_a_long_pause():
    assert working_days_between(date(2026, 3, 17), date(2026, 3, 25)) == 1
    assert add_working_days(date(2026, 3, 17), 1) == date(2026, 3, 25)
    assert add_working_days(date(2026, 3, 25), -1) == date(2026, 3, 17)


@given(first=DAYS, count=st.integers(min_value=0, max_value=60))
def test_counting_undoes_adding(first, count):
    last = add_working_days(first, count)
    assert working_days_between(first, last) == count
    assert count == 0 or is_working_day(last)


@given(first=DAYS, back=st.integers(min_value=0, max_value=400))
def test_nothing_counts_backwards(first, back):
    assert working_days_between(first, first - timedelta(days=back)) == 0


def test_year_without_a_decree_is_named_and_not_taken_for_free_of_holidays():
    assert years_without_holidays(date(2027, 12, 1), date(2028, 1, 5)) == (2028,)
    assert years_without_holidays(date(2025, 1, 1), date(2027, 12, 31)) == ()


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2026, 11, 23), ()),
        (date(2027, 9, 30), ()),
        (date(2027, 10, 1), (2028,)),
        (date(2028, 1, 1), (2028,)),
        (date(2028, 10, 1), (2028, 2029)),
    ],
)
def test_operator_is_told_in_time_which_calendar_is_missing(today, years):
    assert years_to_load(today) == years


def test_check_and_monitor_name_the_year_that_is_missing(clock):
    assert calendar_notes() == []
    clock.move_to(datetime(2027, 10, 1, 1, tzinfo=UTC))
    (note,) = calendar_notes()
    assert note.startswith(
        "The public holidays of 2028 are not loaded: working days leave out weekends only."
    )
    (found,) = check_calendar()
    assert (found.id, found.level, found.msg) == ("periods.I001", checks.INFO, note)
