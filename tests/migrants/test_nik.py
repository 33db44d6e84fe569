from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from migrants.nik import (
    KkRefused,
    Nik,
    NikRefused,
    Passport,
    PassportRefused,
    disagreements,
    read_kk,
    read_nik,
    read_passport,
)

pytestmark = pytest.mark.usefixtures("english")

TODAY = date(2026, 11, 23)
PRACTICE = "This NIK is for practice only: province 99 does not exist."


def refusal(text: str) -> str:
    with pytest.raises(NikRefused) as refused:
        read_nik(text, TODAY)
    return refused.value.sentence


@pytest.mark.parametrize(
    "text",
    [
        "9901012501900001",
        "990101 250190 0001",
        "99.01.01.25.01.90.0001",
        "9901-0125-0190-0001",
        "'9901012501900001",
        "’9901012501900001 ",
        "\u00a0990101\u202f2501900001\u200b",
    ],
)
def test_nik_written_in_any_usual_way(text):
    assert read_nik(text, TODAY) == Nik("9901012501900001", "male", date(1990, 1, 25), (PRACTICE,))


def test_woman_s_birth_day_is_forty_more():
    nik = read_nik("9901016501900002", TODAY)
    assert (nik.sex, nik.birth_date) == ("female", date(1990, 1, 25))
    assert read_nik("9901017101900002", TODAY).birth_date == date(1990, 1, 31)


@pytest.mark.parametrize(
    "text",
    ["", "123", "990101250190000", "99010125019000011", "99010125019000O1", "٩٩٠١٠١٢٥٠١٩٠٠٠٠١", "9" * 50_000],
)
def test_nik_of_another_form_is_refused(text):
    assert refusal(text) == "Enter the NIK with 16 digits."


@pytest.mark.parametrize("day", ["00", "32", "40", "72", "99"])
def test_nik_with_impossible_day_is_refused(day):
    assert refusal(f"990101{day}01900003") == f"Check digits 7 and 8 of the NIK: {day} is no birth day."


@pytest.mark.parametrize("month", ["00", "13"])
def test_nik_with_impossible_month_is_refused(month):
    assert refusal(f"99010125{month}900003") == f"Check digits 9 and 10 of the NIK: {month} is no month."


def test_nik_with_serial_zero_is_refused():
    assert refusal("9901012501900000") == "Check the last four digits of the NIK: they cannot be 0000."


@pytest.mark.parametrize(
    ("digits", "born"),
    [
        ("231126", date(2026, 11, 23)),
        ("241126", date(1926, 11, 24)),
        ("250126", date(2026, 1, 25)),
        ("250127", date(1927, 1, 25)),
        ("290228", date(1928, 2, 29)),
        ("290200", date(2000, 2, 29)),
        ("290227", None),
        ("310290", None),
    ],
)
def test_century_is_the_latest_that_fits_a_life(digits, born):
    assert read_nik(f"990101{digits}0001", TODAY).birth_date == born


def test_birth_date_outside_the_calendar_only_warns():
    assert read_nik("9901013102900001", TODAY).warnings == (
        PRACTICE,
        "The birth date in this NIK is not in the calendar. Compare it with the card.",
    )


def test_unknown_area_only_warns():
    assert read_nik("5401012501900001", TODAY).warnings == (
        "Province 54 is not known. Compare the NIK with the card.",
    )
    unknown = "The area in this NIK is not known. Compare it with the card."
    assert [read_nik(f"{area}2501900001", TODAY).warnings for area in ("990001", "997001", "990100")] == [
        (PRACTICE, unknown)
    ] * 3


BIRTH = "The birth date differs from the NIK. Compare both with the card."
SEX = "The sex differs from the NIK. Compare both with the card."


@pytest.mark.parametrize(
    ("birth_date", "sex", "said"),
    [
        (date(1990, 1, 25), "male", []),
        (date(1990, 1, 26), "male", [BIRTH]),
        (date(1990, 1, 25), "female", [SEX]),
        (date(1991, 1, 25), "female", [BIRTH, SEX]),
        (None, "", []),
    ],
)
def test_entry_that_differs_from_the_nik_is_named(birth_date, sex, said):
    assert disagreements(read_nik("9901012501900001", TODAY), birth_date, sex) == said


def test_entry_is_not_compared_with_a_birth_date_that_is_none():
    assert disagreements(read_nik("9901013102900001", TODAY), date(1990, 2, 28), "male") == []


def test_century_is_not_compared():
    assert disagreements(read_nik("9901012501250001", TODAY), date(1925, 1, 25), "male") == []


@given(
    born=st.dates(min_value=date(1927, 1, 1), max_value=TODAY),
    female=st.booleans(),
    serial=st.integers(1, 9999),
)
def test_every_nik_reads_back(born, female, serial):
    number = f"990101{born.day + 40 * female:02}{born:%m%y}{serial:04}"
    nik = read_nik(number, TODAY)
    assert (nik.number, nik.sex, nik.birth_date) == (number, "female" if female else "male", born)
    assert disagreements(nik, born, nik.sex) == []


@given(text=st.text(max_size=60) | st.text("0123456789", min_size=16, max_size=16))
def test_any_text_is_a_nik_or_a_short_sentence(text):
    try:
        nik = read_nik(text, TODAY)
    except NikRefused as refused:
        assert 3 <= len(refused.sentence.split()) <= 20
    else:
        assert len(nik.number) == 16
        assert all(3 <= len(warning.split()) <= 20 for warning in nik.warnings)


def test_numbers_do_not_reach_a_log_by_their_repr():
    assert repr(read_nik("9901012501900001", TODAY)) == "Nik(990101........01)"
    assert repr(read_passport("C1234567")) == "Passport(C1...)"


def test_family_card_number_has_sixteen_digits():
    assert read_kk("990101 230126 0001") == "9901012301260001"
    with pytest.raises(KkRefused, match="Enter the family card number with 16 digits"):
        read_kk("99010123012600")


@pytest.mark.parametrize(
    ("text", "number"), [("C1234567", "C1234567"), (" c 123-4567 ", "C1234567"), ("XE123456", "XE123456")]
)
def test_passport_of_the_usual_form(text, number):
    assert read_passport(text) == Passport(number, ())


def test_passport_of_another_form_only_warns():
    warning = "Most passport numbers are one letter and seven digits. Compare it with the passport."
    assert [read_passport(text) for text in ("ABC123456", "12345678")] == [
        Passport("ABC123456", (warning,)),
        Passport("12345678", (warning,)),
    ]


@pytest.mark.parametrize(
    "text", ["", "C12", "C1234567;", "Ç1234567", "C１２３４５６７", "A" * 21, "A" * 50_000]
)
def test_text_that_is_no_passport_number_is_refused(text):
    with pytest.raises(
        PassportRefused, match="Enter the passport number in letters and digits, for example C1234567"
    ):
        read_passport(text)


def test_refusal_is_said_in_the_language_of_the_page():
    with translation.override("id"):
        assert refusal("123") == "Isi NIK dengan 16 angka."
