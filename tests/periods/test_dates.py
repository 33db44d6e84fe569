from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from periods.dates import DateRefused, age_on, parse_date

pytestmark = pytest.mark.usefixtures("english")

TODAY = date(2026, 11, 23)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2046, 12, 31))
MONTH_NAMES = "januari februari maret april mei juni juli agustus september oktober november desember"
MONTHS = MONTH_NAMES.split()


def refusal(text: str) -> str:
    with pytest.raises(DateRefused) as refused:
        parse_date(text, today=TODAY)
    return refused.value.sentence


@pytest.mark.parametrize(
    "text",
    [
        "17/8/2026",
        "17-08-2026",
        "17-08-26",
        "17.8.2026",
        "17. 8. 2026",
        "17 / 8 / 2026",
        "17 8 2026",
        "17 Agu 2026",
        "17 Agt 2026",
        "17 Agt. 2026",
        "17-Agu-26",
        "17 Agustus 2026",
        "17 AGUSTUS 2026",
        "17 August 2026",
        "17 Aug, 2026",
        "2026-08-17",
        "2026/8/17",
        "  17\u00a0Agustus\u202f2026\n",
        "17–08–2026",
        "\u200e17/08/2026\u200b",
    ],
)
def test_date_written_in_any_usual_way(text):
    assert parse_date(text, today=TODAY) == date(2026, 8, 17)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("17 Mei 1990", date(1990, 5, 17)),
        ("1 Nopember 1985", date(1985, 11, 1)),
        ("2 Peb 2001", date(2001, 2, 2)),
        ("2 Pebruari 2001", date(2001, 2, 2)),
        ("3 Mrt 2001", date(2001, 3, 3)),
        ("3 Okt 2001", date(2001, 10, 3)),
        ("3 October 2001", date(2001, 10, 3)),
        ("31 Des 1999", date(1999, 12, 31)),
        ("29/02/2024", date(2024, 2, 29)),
        ("01/02/03", date(2003, 2, 1)),
        ("1/1/1900", date(1900, 1, 1)),
        ("31/12/2046", date(2046, 12, 31)),
    ],
)
def test_date_with_other_spellings(text, day):
    assert parse_date(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("short", "year"), [("00", 2000), ("26", 2026), ("36", 2036), ("37", 1937), ("99", 1999)]
)
def test_two_digit_year_is_at_most_ten_years_ahead(short, year):
    assert parse_date(f"1/2/{short}", today=TODAY) == date(year, 2, 1)


@pytest.mark.parametrize("text", ["03/13/2026", "3-13-2026", "2026-13-03", "1/0/2026", "12/99/26"])
def test_month_above_twelve_is_never_swapped(text):
    month = text.replace("/", "-").split("-")[1]
    assert refusal(text) == f"Month {month} does not exist. Write the day first, then the month."


@pytest.mark.parametrize(
    ("text", "said"), [("31/02/2026", "31-02-2026"), ("29/2/2023", "29-02-2023"), ("0/1/2026", "00-01-2026")]
)
def test_day_outside_the_calendar_is_refused(text, said):
    assert refusal(text) == f"{said} is not in the calendar. Check the day and the month."


@pytest.mark.parametrize("text", ["17/8/1899", "17/8/2047", "17 Agustus 9999", "0001-01-01"])
def test_year_out_of_range_is_refused(text):
    assert refusal(text) == "Check the year: enter a year from 1900 to 2046."


def test_unknown_month_name_is_named():
    assert refusal("17 Foo 2026") == "“Foo” is not a month. Write for example Agustus or 8."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "kemarin",
        "17082026",
        "17/8",
        "8/2026",
        "17/8/202",
        "17/8/20266",
        "-17/8/2026",
        "17//8/2026",
        "١٧/٨/٢٠٢٦",
        "１７/８/２０２６",
        "17/⑧/2026",
        "17 Àgustus 2026",
        "17/8/2026\x00",
        "2026-08-17T00:00:00",
        "17/8/2026" + " " * 40,
        "1" * 50_000,
    ],
)
def test_anything_else_is_refused_with_an_example(text):
    assert refusal(text) == "Enter the date as day, month, year, for example 17/8/2026."


@given(
    day=DAYS,
    shape=st.sampled_from(
        ["{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{d}.{m}.{y}", "{y}-{m:02}-{d:02}", "{d} {name} {y}"]
    ),
)
def test_every_day_reads_back(day, shape):
    text = shape.format(d=day.day, m=day.month, y=day.year, name=MONTHS[day.month - 1])
    assert parse_date(text, today=TODAY) == day


@given(day=st.dates(min_value=TODAY - timedelta(days=365 * 80), max_value=TODAY + timedelta(days=365 * 5)))
def test_two_digit_years_read_back_within_a_lifetime(day):
    assert parse_date(f"{day:%d-%m-%y}", today=TODAY) == day


@given(first=st.integers(1, 31), second=st.integers(1, 99), year=st.integers(1900, 2046))
def test_numbers_are_day_then_month_or_refused(first, second, year):
    try:
        expected = date(year, second, first)
    except ValueError:
        refusal(f"{first}/{second}/{year}")
    else:
        assert parse_date(f"{first}/{second}/{year}", today=TODAY) == expected


@given(
    text=st.text(max_size=60)
    | st.from_regex(r"[0-9]{1,4}[/. -]{1,3}[0-9A-Za-z]{1,9}[/. -]{1,3}[0-9]{1,5}", fullmatch=True)
)
def test_any_text_is_a_date_in_range_or_a_short_sentence(text):
    try:
        day = parse_date(text, today=TODAY)
    except DateRefused as refused:
        assert 3 <= len(refused.sentence.split()) <= 20
    else:
        assert date(1900, 1, 1) <= day <= date(2046, 12, 31)


def test_refusal_is_said_in_the_language_of_the_page():
    with translation.override("id"):
        assert refusal("03/13/2026") == "Bulan 13 tidak ada. Tulis hari dahulu, lalu bulan."


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 11, 23), date(2026, 11, 22), 17),
        (date(2008, 11, 23), date(2026, 11, 23), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 11, 23), date(2026, 11, 22), -1),
    ],
)
def test_age_on_counts_completed_years(born, day, age):
    assert age_on(born, day) == age
