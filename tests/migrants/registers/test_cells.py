"""One cell, in every spelling registers have: one strategy for each quirk."""

import random
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrants.registers import words
from migrants.registers.cells import (
    DateReader,
    Trouble,
    line,
    read_birth,
    read_card,
    read_country,
    read_name,
    read_neighbourhood,
    read_nik,
    read_passport_cell,
    read_phone_cell,
    read_sex,
    read_status,
)
from migrants.registers.reasons import Reason
from tests.migrants.registers import messy

births = DateReader(messy.TODAY, birth=True)
days = DateReader(messy.TODAY, birth=False)
chances = st.integers(0, 2**32).map(random.Random)
lives = st.dates(date(1940, 1, 1), date(2015, 12, 31))


@st.composite
def niks(draw):
    born = draw(lives)
    day = born.day + draw(st.sampled_from((0, 40)))
    return f"3325{draw(st.integers(1, 99)):02d}{day:02d}{born:%m%y}{draw(st.integers(9001, 9999)):04d}"


def reason(found):
    assert isinstance(found, Trouble)
    return found.reason


# --- NIK ---------------------------------------------------------------------------------------------------


@given(niks(), chances)
def test_nik_of_any_spelling_is_its_digits(nik, chance):
    assert read_nik(messy.spelled_nik(chance, nik)) == nik


@given(niks())
def test_nik_typed_as_a_number_has_lost_its_last_digit(nik):
    typed = int(nik) // 10 * 10  # what Excel keeps of it
    assert reason(read_nik(typed)) in (Reason.NIK_ENDS_IN_ZERO, Reason.NIK_ROUNDED)
    assert reason(read_nik(float(typed))) in (Reason.NIK_ENDS_IN_ZERO, Reason.NIK_ROUNDED)


@given(niks(), st.integers(0, 15), st.sampled_from("OIlAB"))
def test_nik_with_a_letter_is_refused(nik, at, letter):
    assert reason(read_nik(nik[:at] + letter + nik[at + 1 :])) == Reason.NIK_LETTERS


@given(niks(), st.integers(1, 20).filter(lambda digits: digits != 16))
def test_nik_of_another_length_is_refused(nik, digits):
    other = (nik * 2)[:digits]
    assert reason(read_nik(other)) == Reason.NIK_LENGTH
    assert reason(read_nik(int(other))) == Reason.NIK_LENGTH


@given(st.text(max_size=60))
def test_nik_is_never_made_of_anything_else(text):
    found = read_nik(text)
    assert isinstance(found, Trouble) or found == "" or (len(found) == 16 and found.isdigit())


@pytest.mark.parametrize("cell", ["", " ", "-", "--", "'", "belum ada", "TIDAK ADA", "\u00a0"])
def test_nik_that_is_not_there_is_empty(cell):
    assert read_nik(cell) == ""


@pytest.mark.parametrize("cell", [True, 3325.5, date(1990, 1, 1), float("nan")])
def test_nik_cell_of_another_type_is_refused(cell):
    assert reason(read_nik(cell)) == Reason.NIK_LETTERS


def test_nik_of_a_province_that_was_is_accepted_and_of_none_looked_at():
    assert read_nik("5401012501709001") == "5401012501709001"
    assert read_nik("2001012501709001") == Trouble(Reason.NIK_PROVINCE_UNKNOWN, "2001012501709001")


# --- dates -------------------------------------------------------------------------------------------------


@given(lives, chances)
def test_birth_date_of_any_spelling_is_its_day(day, chance):
    assert births(messy.spelled_date(chance, day)) == day


@given(
    lives,
    chances,
    st.sampled_from(("BATANG", "Kab. Batang", "JAKARTA SELATAN", "")),
    st.sampled_from((", ", "/ ", ",", " ")),
)
def test_place_and_date_in_one_cell_are_parted(day, chance, place, sign):
    written = messy.spelled_date(chance, day)
    if not isinstance(written, str) or "00:00" in written:
        written = f"{day:%d-%m-%Y}"
    assert read_birth(f"{place}{sign}{written}" if place else written, births) == (place, day)


def test_place_with_separators_of_its_own_is_kept_whole():
    assert read_birth("BATANG, JAWA TENGAH, 12-05-1990", births) == ("BATANG, JAWA TENGAH", date(1990, 5, 12))
    assert read_birth("BATANG", births) == ("BATANG", None)


@pytest.mark.parametrize(
    "cell",
    ["31/02/1990", "00/00/0000", "00-00-1990", "0", "31 April 1990", "1990-02-30", "32/13/1990", time(0, 0)],
)
def test_day_in_no_calendar_is_impossible(cell):
    assert reason(births(cell)) == Reason.DATE_IMPOSSIBLE


@pytest.mark.parametrize("cell", ["tidak tahu", "1990", 1990, "Mei 1990", True, "12", 12, 99_999_999])
def test_words_and_bare_years_are_unreadable(cell):
    assert reason(births(cell)) == Reason.DATE_UNREADABLE


def test_month_first_is_ambiguous_and_keeps_what_it_may_mean():
    assert births("12/25/1990") == Trouble(Reason.DATE_AMBIGUOUS, date(1990, 12, 25))


@pytest.mark.parametrize("cell", ["", "-", "--", " ", "belum", "belum berangkat"])
def test_no_date_is_none(cell):
    assert days(cell) is None


def test_nobody_is_born_ahead_of_today():
    assert reason(births("01/01/2030")) == Reason.BIRTH_IN_FUTURE
    assert reason(births(date(2026, 11, 23))) == Reason.BIRTH_IN_FUTURE
    assert births(datetime(2026, 11, 22, 23, 59)) == messy.TODAY
    assert births("22-11-26") == messy.TODAY
    assert births("23-11-26") == date(1926, 11, 23)
    assert births("5 Mei 30") == date(1930, 5, 5)
    assert days("01/01/2030") == date(2030, 1, 1)


@given(st.one_of(st.text(max_size=50), st.floats(), st.integers(), st.datetimes(), st.booleans()))
def test_any_cell_is_a_day_nothing_or_trouble(cell):
    found = births(cell)
    assert found is None or isinstance(found, Trouble) or date(1900, 1, 1) <= found <= messy.TODAY


# --- words -------------------------------------------------------------------------------------------------


@given(st.sampled_from(("female", "male")), chances)
def test_sex_of_any_spelling(sex, chance):
    assert read_sex(chance.choice(messy.SEXES[sex])) == sex


def test_p_is_perempuan():
    assert [read_sex(cell) for cell in ("P", "p", "Pr", "PRIA", "W")] == ["female"] * 3 + ["male", "female"]
    assert (reason(read_sex("?")), reason(read_sex(""))) == (Reason.SEX_UNKNOWN, Reason.SEX_MISSING)


@given(st.sampled_from(sorted(messy.COUNTRIES)), chances)
def test_country_of_any_spelling(code, chance):
    assert read_country(chance.choice(messy.COUNTRIES[code])) == code


def test_regions_are_no_countries():
    assert {
        reason(read_country(cell)) for cell in ("LN", "Timteng", "TIMUR TENGAH", "Luar Negeri", "EROPA")
    } == {Reason.REGION_FOR_COUNTRY}
    assert reason(read_country("Atlantis")) == Reason.COUNTRY_UNKNOWN
    assert read_country("-") == ""


def test_every_destination_is_known_by_its_own_names():
    for row in words.vocabulary.rows_of("destinations.csv"):
        for name in (row["nama"], row["iso3"], *filter(None, row["alias"].split("|"))):
            assert read_country(name) == row["iso3"]


def test_status_of_villages():
    said = ("Calon PMI", "CPMI", "PMI", "Purna PMI", "EX-TKI", "Keluarga PMI", "", "Menunggu")
    assert [read_status(cell) for cell in said] == [
        "prospective", "prospective", "abroad", "returned", "returned", "family", "", "prospective",
    ]  # fmt: skip
    assert reason(read_status("??")) == Reason.STATUS_UNKNOWN


# --- numbers and names -------------------------------------------------------------------------------------


@given(st.integers(10**7, 10**8 - 1), chances)
def test_phone_of_any_spelling_is_kept_as_e164(number, chance):
    national = f"810{number:08d}"
    assert read_phone_cell(messy.spelled_phone(chance, national)) == (f"+62{national}", ())


@given(
    st.integers(10**7, 10**8 - 1),
    st.integers(10**7, 10**8 - 1),
    st.sampled_from((" / ", "/", ", ", "\n", " atau ")),
)
def test_two_phones_in_one_cell_are_both_kept(one, other, sign):
    first, second = f"810{one:08d}", f"811{other:08d}"
    assert read_phone_cell(f"0{first}{sign}0{second}") == (f"+62{first}", (f"+62{second}",))


@pytest.mark.parametrize("cell", ["", "-", " ", "tidak ada"])
def test_no_phone_is_empty(cell):
    assert read_phone_cell(cell) == ("", ())


@given(st.text(max_size=40))
def test_name_is_kept_apart_from_blanks(text):
    found = read_name(text)
    if isinstance(found, Trouble):
        assert found.reason == Reason.NAME_MISSING
    else:
        assert found == " ".join(found.split())
        assert set(found) - {" "} <= set(text)


def test_names_stay_as_they_are():
    said = ("HJ. SITI  AMINAH ", "Muhamad\u00a0Ali", "NUR", "ABD. RAHMAN BIN UMAR", "Ma'ruf", "O'Neil-Putri")
    assert [read_name(cell) for cell in said] == [
        "HJ. SITI AMINAH", "Muhamad Ali", "NUR", "ABD. RAHMAN BIN UMAR", "Ma'ruf", "O'Neil-Putri",
    ]  # fmt: skip


@pytest.mark.parametrize("cell", ["", "-", "?", "...", 12, "123", "\u200b"])
def test_no_name_is_refused(cell):
    assert reason(read_name(cell)) == Reason.NAME_MISSING


def test_name_longer_than_the_field_is_refused():
    assert reason(read_name("A" * 121)) == Reason.TEXT_TOO_LONG


def test_names_of_one_person_are_the_same():
    assert words.is_same_name("HJ. SITI AMINAH", "Siti  Aminah")
    assert words.is_same_name("MUHAMAD BIN ALI", "MUHAMAD")
    assert not words.is_same_name("MUHAMAD BIN ALI", "MUHAMAD BIN UMAR")
    assert not words.is_same_name("SITI", "SITI AMINAH")


def test_companies_are_compared_without_their_form():
    assert (
        len({words.company_key(name) for name in ("PT. CONTOH SATU", "CONTOH SATU, PT", "Pt Contoh  Satu")})
        == 1
    )


def test_card_and_passport():
    assert read_card("3325 0112 0190 9001") == "3325011201909001"
    assert reason(read_card(3325011201909000)) == Reason.CARD_UNREADABLE
    assert (read_passport_cell(" c 1234567"), read_passport_cell("-"), read_passport_cell("proses")) == (
        "C1234567", "", "",
    )  # fmt: skip
    assert reason(read_passport_cell("A1")) == Reason.PASSPORT_UNREADABLE


def test_neighbourhood_in_one_cell():
    assert [read_neighbourhood(cell) for cell in ("02/05", "RT 2 RW 5", "RT.001/RW.012", "", "3")] == [
        "002/005", "002/005", "001/012", "", "003",
    ]  # fmt: skip


def test_line_drops_what_nobody_sees():
    assert line(" a\u200b\u00a0b\x00\nc ") == "a b c"
    assert (line(12.0), line("-"), line(date(2026, 1, 2))) == ("12", "", "02-01-2026")
