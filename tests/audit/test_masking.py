import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.masking import mask_number, mask_text_numbers

NIK = "9901012501900001"
MASKED = "990101........01"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        (NIK, MASKED),
        ("99010125019000011", "990101.........11"),
        ("C1234567", "C1....67"),
        ("+6281000000123", "+6..........23"),
        ("123456", "12..56"),
        ("12345", "....."),
        ("", ""),
    ],
)
def test_outer_characters_stay(number, masked):
    assert mask_number(number) == masked


@pytest.mark.parametrize(
    "written",
    [
        NIK,
        "990101 250190 0001",
        "990101.250190.0001",
        "990101250190 0001",
        "990101 2501900001",
        "9901 0125 0190 0001",
        "9901-0125-0190-0001",
        "99.01.01.25.01.90.0001",
    ],
)
def test_number_in_a_sentence_is_masked_however_it_is_written(written):
    assert mask_text_numbers(f"NIK {written}, lihat kartu") == f"NIK {MASKED}, lihat kartu"
    assert mask_text_numbers(f"({written})") == f"({MASKED})"


def test_longer_runs_are_masked_too():
    assert mask_text_numbers("x" + NIK + "7") == "x990101.........17"


@pytest.mark.parametrize(
    "text",
    [
        "17-08-2026 14.05 WIB",
        "17-08-2026 18-08-2026",
        "Rp1.500.000.000",
        "KS-2611-PMRBR",
        "01a20241-61ab-7466-80e3-42b006d9fd39",
        "+62 810-0000-0123",
        "33.25.14.2004",
        "",
    ],
)
def test_other_numbers_stay_readable(text):
    assert mask_text_numbers(text) == text


@given(
    before=st.text(max_size=20), after=st.text(max_size=20), nik=st.from_regex(r"[0-9]{16}", fullmatch=True)
)
def test_no_run_of_sixteen_digits_is_left(before, after, nik):
    assert re.search(r"[0-9]{16}", mask_text_numbers(before + nik + after)) is None
