"""Thirty passwords, and what an acquaintance would try."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from accounts.models import User
from accounts.passwords import (
    LEFT_AT_LEAST,
    GuessableValidator,
    LengthValidator,
    normalised,
    own_words,
    what_is_left,
)

RINA = SimpleNamespace(pk=None, full_name="Rina Wulandari", username="petugas.randu", phone="+6281234567890")

GOOD = [
    "sawah-hijau-di-kaki-gunung",
    "kambing makan rumput kering",
    "Tujuh perahu pulang sebelum hujan!",
    "lampu merah kopi tubruk sepeda",
    "kuda lumping jagung bakar",
    "ꦱꦮꦃꦲꦶꦗꦺꦴꦢꦶꦒꦸꦤꦸꦁ",
    "рыба летит над рисовым полем",
    "       gerimis payung biru       ",
    "🐟🐘🦋🐓🐢🦎🐒🦜🐊🐆🐎🐄🐇🦆🦉",
    "x7#Kq2!vLp9@wZt",
    "kerbau" + "é" * 2 + "topi anyaman bambu",
    "a" * 3 + "jalan berkelok menuju pasar" + "z" * 90,
]
BAD = [
    ("sawah-hijau", "password_too_short"),
    ("x7#Kq2!vLp9@wZ", "password_too_short"),
    ("kambing " * 17, "password_too_long"),
    ("123456789012345", "password_too_common"),
    ("1q2w3e4r5t6y7u8i9o0p", "password_too_common"),
    ("passwordpassword", "password_too_common"),
    ("correct horse battery staple", "password_too_common"),
    ("IloveYouForever", "password_too_common"),
    ("P4ssw0rd P4ssw0rd!", "password_guessable"),
    ("rahasiarahasia123", "password_guessable"),
    ("bismillahbismillah", "password_too_common"),
    ("qwertyuiopasdfghjkl", "password_too_common"),
    ("aaaaaaaaaaaaaaaaaa", "password_too_common"),
    ("abcabcabcabcabcabc", "password_guessable"),
    ("abababababababab12", "password_guessable"),
    ("Rina Wulandari 1990", "password_guessable"),
    ("wulandari.rina.wulandari", "password_guessable"),
    ("petugas.randu.2026", "password_guessable"),
    ("Desmigratif2026!!", "password_guessable"),
    ("desa migran produktif", "password_guessable"),
    ("3325146708900001", "password_guessable"),
    ("332514670890rina", "password_guessable"),
    ("081234567890081234567890", "password_guessable"),
    ("0812345678903325146708900001", "password_guessable"),
    ("17081945 17081945", "password_guessable"),
    ("Indonesia Merdeka 1945", "password_guessable"),
    ("sayangku cintaku 99", "password_guessable"),
]


@pytest.mark.parametrize("password", GOOD)
def test_long_password_of_any_script_is_accepted(db, password):
    validate_password(password, RINA)


@pytest.mark.parametrize(("password", "code"), BAD)
def test_short_or_guessable_password_is_refused(db, password, code):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, RINA)
    assert code in {error.code for error in refused.value.error_list}


def test_length_counts_characters_as_the_person_sees_them():
    LengthValidator().validate("e\u0301" * 15)
    with pytest.raises(ValidationError):
        LengthValidator().validate("e\u0301" * 14)


@pytest.mark.parametrize(
    "password",
    ["randu pecalungan 2026", "Pecalungan Pecalungan", "Jawa Tengah Randu 1945", "desa.randu.jawa.tengah"],
)
def test_name_of_the_own_place_is_refused(cast, password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, cast.user("rina"))
    assert "password_place_name" in {error.code for error in refused.value.error_list}


@pytest.mark.parametrize("name", ["kades", "hendro", "former"])
def test_name_of_the_place_counts_for_postings_and_past_terms_too(cast, name):
    with pytest.raises(ValidationError) as refused:
        validate_password("Batang, Jawa Tengah 99", cast.user(name))
    assert "password_place_name" in {error.code for error in refused.value.error_list}


def test_name_of_another_place_is_not_ours_to_refuse(cast):
    validate_password("kebumen purworejo cilacap", cast.user("rina"))


KNOWN = st.sampled_from(
    [
        "rina",
        "Wulandari",
        "RINA",
        "petugas",
        "desmigratif",
        "rahasia",
        "password",
        "bismillah",
        "indonesia",
        "1234567",
        "654321",
        "qwerty",
        "2026",
        "1945",
        "081234567890",
        "17081945",
        "3325146708900001",
    ]
)


@given(st.lists(KNOWN, min_size=2, max_size=8), st.sampled_from(["", " ", "-", ".", "_"]))
def test_nothing_is_left_of_a_password_made_of_known_words(words, between):
    assert what_is_left(between.join(words), own_words(RINA)) < LEFT_AT_LEAST


@given(st.text(min_size=1, max_size=5), st.integers(min_value=4, max_value=20))
def test_nothing_is_left_of_a_short_piece_repeated(piece, times):
    assume(len(normalised(piece)) < LEFT_AT_LEAST)  # one sign may stand for three: a quarter is 1, /, 4
    assert what_is_left(piece * times) < LEFT_AT_LEAST


@given(st.text(max_size=140))
def test_weighing_never_fails_and_never_grows(text):
    import unicodedata

    assert 0 <= what_is_left(text) <= len(unicodedata.normalize("NFKC", text).casefold())


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_refusal_is_a_short_sentence(db, language):
    with translation.override(language):
        for password, _code in BAD:
            with pytest.raises(ValidationError) as refused:
                validate_password(password, RINA)
            for sentence in refused.value.messages:
                assert len(sentence.split()) <= 20, sentence


def test_a_person_not_saved_yet_has_no_place(db):
    validate_password("kambing makan rumput kering", User(full_name="Baru", username="baru"))
    GuessableValidator().validate("kambing makan rumput kering", None)
