import re
from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from accounts.keys import new_key
from migrants.references import ALPHABET, case_number, visit_number

DAY = date(2026, 11, 23)
KEY = UUID("01a20241-61ab-7466-80e3-42b006d9fd39")


def test_number_names_kind_and_month():
    assert case_number(DAY, KEY) == "KS-2611-PMRBR"
    assert visit_number(date(2027, 1, 1), KEY) == "LY-2701-PMRBR"


def test_alphabet_has_nothing_to_mistake():
    assert len(ALPHABET) == len(set(ALPHABET)) == 31
    assert set(ALPHABET).isdisjoint("0O1IL")


@given(key=st.uuids())
def test_every_key_has_one_speakable_number(key):
    assert re.fullmatch(r"KS-2611-[2-9A-HJKMNP-Z]{5}", case_number(DAY, key))
    assert case_number(DAY, key) == case_number(DAY, UUID(str(key)))


def test_keys_of_one_moment_have_different_numbers():
    keys = [new_key() for _ in range(1_000)]
    assert len({case_number(DAY, key) for key in keys}) >= 998
