"""Finding the village somebody means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import DistrictFactory, ProvinceFactory, SubdistrictFactory, VillageFactory
from villages.models import Village
from villages.places import (
    How,
    find_villages,
    is_one_slip,
    match_village,
    place_key,
    search_villages,
    searched_keys,
)

PLACES = {
    "33": "Jawa Tengah",
    "53": "Nusa Tenggara Timur",
    "33.25": "Kabupaten Batang",
    "33.07": "Kabupaten Wonosobo",
    "53.18": "Kabupaten Sumba Barat Daya",
    "53.71": "Kota Kupang",
    "33.25.14": "Pecalungan",
    "33.25.03": "Blado",
    "33.25.09": "Subah",
    "33.25.11": "Batang",
    "33.07.10": "Watumalang",
    "33.07.12": "Garung",
    "53.18.06": "Kodi Bangedo",
    "53.71.01": "Alak",
    "33.25.14.2004": "Randu",
    "33.25.03.2004": "Gondang",
    "33.25.09.2023": "Gondang",
    "33.25.09.2024": "Kuripan",
    "33.25.09.2025": "Kemiri Barat",
    "33.07.10.2004": "Kuripan",
    "33.07.12.2007": "Kuripan",
    "53.18.06.2003": "Walla Ndimu",
    "53.71.01.1001": "Namosain",
    "53.71.01.1002": "Kota Baru",
    "33.25.11.1001": "Lubuk I,II",
}
FACTORIES = (ProvinceFactory, DistrictFactory, SubdistrictFactory, VillageFactory)


@pytest.fixture
def places(db):
    for code, name in PLACES.items():
        kind = {"kind": "kota"} if code == "53.71" else {}
        FACTORIES[code.count(".")](code=code, name=name, **kind)
    return Village.objects.all()


@pytest.mark.parametrize(
    ("text", "how", "found"),
    [
        ("33.25.14.2004", How.CODE, ["33.25.14.2004"]),
        (" 3325142004 ", How.CODE, ["33.25.14.2004"]),
        ("33.25.14.2099", How.NOTHING, []),
        ("randu", How.NAME, ["33.25.14.2004"]),
        ("Desa RANDU", How.NAME, ["33.25.14.2004"]),
        ("DS.RANDU", How.NAME, ["33.25.14.2004"]),
        ("Kel. Namosain", How.NAME, ["53.71.01.1001"]),
        ("Kemiri-Barat", How.NAME, ["33.25.09.2025"]),
        ("Ds. Randu, Kec. Pecalungan, Kab. Batang", How.SUBDISTRICT, ["33.25.14.2004"]),
        ("KEC. PECALUNGAN DS. RANDU", How.SUBDISTRICT, ["33.25.14.2004"]),
        ("Randu, Pecalungan", How.SUBDISTRICT, ["33.25.14.2004"]),
        ("Batang / Pecalungan / Randu", How.SUBDISTRICT, ["33.25.14.2004"]),
        ("Gondang, Subah", How.SUBDISTRICT, ["33.25.09.2023"]),
        ("Gondang", How.NAME, ["33.25.03.2004", "33.25.09.2023"]),
        ("Gondang, Batang", How.DISTRICT, ["33.25.03.2004", "33.25.09.2023"]),
        ("Desa Kuripan Kab. Wonosobo", How.DISTRICT, ["33.07.10.2004", "33.07.12.2007"]),
        ("Kuripan, Watu Malang", How.SUBDISTRICT, ["33.07.10.2004"]),
        ("Desa Kuripan Kec. Kledung", How.NOTHING, []),
        ("Kel Namosain Kota Kupang", How.DISTRICT, ["53.71.01.1001"]),
        ("Kota Baru", How.NAME, ["53.71.01.1002"]),
        ("Kotabaru, Alak", How.SUBDISTRICT, ["53.71.01.1002"]),
        ("Lubuk I,II", How.NAME, ["33.25.11.1001"]),
        ("Walandimu, Kodi Bangedo", How.SPELLING, ["53.18.06.2003"]),
        ("Wala Ndimu", How.SPELLING, ["53.18.06.2003"]),
        ("Kemiri Timur", How.NOTHING, []),
        ("Desa", How.NOTHING, []),
        ("", How.NOTHING, []),
        ("，,;", How.NOTHING, []),
    ],
)
def test_text_finds_its_village(places, text, how, found):
    match = find_villages(text, places)
    assert (match.how, [village.code for village in match.villages]) == (how, found)


def test_only_one_exact_village_is_taken(places):
    assert find_villages("Randu", places).is_exact
    assert not find_villages("Gondang", places).is_exact
    assert find_villages("Gondang", places).only is None
    guess = find_villages("Walandimu", places)
    assert (guess.is_exact, guess.only.name) == (False, "Walla Ndimu")


def test_only_places_in_reach_are_found(places):
    batang = places.filter(district="33.25")
    assert find_villages("33.07.10.2004", batang).how == How.NOTHING
    assert [village.code for village in find_villages("Kuripan", batang).villages] == ["33.25.09.2024"]


def test_columns_of_a_register_are_matched(places):
    found = match_village(village="GONDANG", subdistrict="KEC. SUBAH", district="KAB. BATANG", within=places)
    assert (found.how, found.only.code) == (How.SUBDISTRICT, "33.25.09.2023")
    wrong = match_village(village="Gondang", subdistrict="Subah", district="Wonosobo", within=places)
    assert wrong.how == How.NOTHING
    assert (
        match_village(village="Kuripan", district="Kabupaten Batang", within=places).only.code
        == "33.25.09.2024"
    )


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("asomanu", "asumanu", True),
        ("tajungsari", "tanjungsari", True),
        ("walandimu", "wallandimu", True),
        ("sitilihur", "sitiluhur", True),
        ("luk", "luar", False),
        ("gondang", "gandong", False),
        ("kemiri", "kemiribarat", False),
        ("same", "same", True),
    ],
)
def test_one_slip_is_one_letter_or_doubled_letters(one, other, slip):
    assert is_one_slip(one, other) is slip
    assert is_one_slip(other, one) is slip


@given(st.text(max_size=60))
def test_key_is_small_letters_and_digits_and_stays_what_it_is(text):
    key = place_key(text)
    assert all(letter in "abcdefghijklmnopqrstuvwxyz0123456789" for letter in key)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ran", ["33.25.14.2004"]),
        ("33.25.09", ["33.25.09.2023", "33.25.09.2024", "33.25.09.2025"]),
        ("332509202", ["33.25.09.2023", "33.25.09.2024", "33.25.09.2025"]),
        ("kuripan wonosobo", ["33.07.10.2004", "33.07.12.2007"]),
        ("Gondang, Kec. Subah", ["33.25.09.2023"]),
        ("gondang subah", ["33.25.09.2023"]),
        ("Kota Kupang", ["53.71.01.1001", "53.71.01.1002"]),
        ("100%", []),
        ("zzz", []),
        ("KEC. PECALUNGAN DS. RANDU", ["33.25.14.2004"]),
        ("desa", []),
        ("?!", []),
    ],
)
def test_search_box_finds_by_part_of_name_code_or_place(places, text, found):
    rows = places.annotate(**searched_keys()).filter(search_villages(text)).order_by("code")
    assert [village.code for village in rows] == found
