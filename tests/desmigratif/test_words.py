"""The filters of `desmigratif/templatetags/words.py`."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from desmigratif.templatetags import words
from tests.desmigratif.drawing import draw

DAY = date(2026, 8, 17)
EVENING_UTC = datetime(2026, 8, 16, 17, 30, tzinfo=UTC)  # already the 17th in every Indonesian zone

pytestmark = pytest.mark.usefixtures("indonesian")


@pytest.mark.parametrize(
    ("filter_name", "value", "expected"),
    [
        ("date_table", DAY, "17-08-2026"),
        ("date_table", EVENING_UTC, "17-08-2026"),
        ("date_text", DAY, "17 Agustus 2026"),
        ("date_text", EVENING_UTC, "17 Agustus 2026"),
        ("month_text", DAY, "Agustus 2026"),
        ("weekday_text", DAY, "Senin, 17 Agustus 2026"),
        ("moment", EVENING_UTC, "00.30 WIB"),
        ("moment_text", EVENING_UTC, "17 Agustus 2026, 00.30 WIB"),
        ("moment_table", EVENING_UTC, "17-08-2026 00.30 WIB"),
        ("number", 1234567, "1.234.567"),
        ("number", Decimal("1234567.5"), "1.234.567,5"),
        ("number", 0, "0"),
        ("number", 12.0, "12"),
        ("percent", 12.5, "12,5%"),
        ("percent", 58, "58%"),
        ("percent", Decimal("6.25"), "6,3%"),
        ("rupiah", 1500000, "Rp1.500.000"),
        ("rupiah", -75000, "-Rp75.000"),
        ("rupiah", 0, "Rp0"),
        ("rupiah_words", 1500000, "satu juta lima ratus ribu rupiah"),
        ("phone_show", "+6281234567890", "0812-3456-7890"),
        ("phone_show", "+628123456789", "0812-3456-789"),
        ("phone_show", "+62285123456", "0285123456"),
        ("phone_show", "+886912345678", "+886912345678"),
        ("plain", 2026, "2026"),
    ],
)
def test_filter_writes_the_indonesian_form(filter_name, value, expected):
    assert draw(f"{{{{ value|{filter_name} }}}}", value=value) == expected


@pytest.mark.parametrize(
    ("filter_name", "value", "expected"),
    [
        ("date_text", DAY, "17 August 2026"),
        ("date_table", DAY, "17-08-2026"),
        ("moment", EVENING_UTC, "00.30 WIB"),
        ("number", Decimal("1234567.5"), "1,234,567.5"),
        ("percent", 12.5, "12.5%"),
        ("rupiah", 1500000, "Rp1.500.000"),
        ("rupiah_words", 1500000, "one million five hundred thousand rupiah"),
    ],
)
def test_filter_writes_the_english_form(filter_name, value, expected):
    with translation.override("en"):
        assert draw(f"{{{{ value|{filter_name} }}}}", value=value) == expected


@pytest.mark.parametrize(
    "filter_name",
    [
        *("date_table", "date_text", "month_text", "weekday_text", "moment", "moment_text", "moment_table"),
        *("days_ago", "number", "percent", "rupiah", "rupiah_words", "phone_show", "plain"),
    ],
)
def test_filter_of_nothing_is_empty(filter_name):
    assert draw(f"{{{{ value|{filter_name} }}}}", value=None) == ""


@pytest.mark.parametrize(
    ("zone", "expected"),
    [("Asia/Jakarta", "00.30 WIB"), ("Asia/Makassar", "01.30 WITA"), ("Asia/Jayapura", "02.30 WIT")],
)
def test_moment_is_shown_in_the_zone_of_the_place(zone, expected):
    assert words.moment(EVENING_UTC, zone) == expected
    with timezone.override(zone):
        assert draw("{{ value|moment }}", value=EVENING_UTC) == expected


def test_moment_outside_indonesia_is_western_time():
    with timezone.override("UTC"):
        assert draw("{{ value|moment_text }}", value=EVENING_UTC) == "17 Agustus 2026, 00.30 WIB"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 23), "hari ini"),
        (date(2026, 11, 22), "kemarin"),
        (date(2026, 11, 18), "5 hari lalu"),
        (date(2026, 11, 24), "besok"),
        (date(2026, 11, 26), "3 hari lagi"),
    ],
)
def test_days_ago_counts_from_the_villages_today(day, expected):
    assert words.days_ago(day) == expected
