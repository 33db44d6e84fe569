import base64
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.checks import check_field_keys
from accounts.sealing import (
    KeysMissing,
    SealBroken,
    check_keys,
    keys_held,
    lookup_digest,
    reseal,
    seal,
    sealed_with,
    unseal,
)

NIK = "9901012501900001"
ROW = "person.nik:01a20241-61ab-7466-80e3-42b006d9fd39"
OTHER_ROW = "person.nik:01a20241-61ab-7466-80e3-42b1c333c183"
PURPOSE = "person.nik"


def key(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


K1 = {"current": "k1", "keys": {"k1": key("a")}, "lookup": key("z")}
K2 = {"current": "k2", "keys": {"k1": key("a"), "k2": key("b")}, "lookup": key("z")}
ONLY_K2 = {"current": "k2", "keys": {"k2": key("b")}, "lookup": key("z")}


@pytest.fixture
def key_file(tmp_path, settings):
    path = tmp_path / "field-keys.json"
    settings.FIELD_KEYS_FILE = str(path)
    write(path, K1)
    return path


def write(path: Path, keys: object) -> None:
    """Replace the file as an operator should: a new file, moved over the old."""
    new = path.with_suffix(".new")
    new.write_text(keys if isinstance(keys, str) else json.dumps(keys))
    new.chmod(0o600)
    new.replace(path)


def test_sealed_text_opens_with_its_context(key_file):
    blob = seal(NIK, context=ROW)
    assert NIK.encode() not in blob
    assert unseal(blob, context=ROW) == NIK
    assert unseal(memoryview(blob), context=ROW) == NIK


def test_equal_text_is_sealed_differently_each_time(key_file):
    assert len({seal(NIK, context=ROW) for _ in range(50)}) == 50


def test_value_copied_to_another_row_does_not_open(key_file):
    with pytest.raises(SealBroken, match=r"^A sealed value was changed or belongs to another record\.$"):
        unseal(seal(NIK, context=ROW), context=OTHER_ROW)


def test_every_changed_byte_is_noticed(key_file):
    blob = seal(NIK, context=ROW)
    for place in range(len(blob)):
        changed = blob[:place] + bytes([blob[place] ^ 1]) + blob[place + 1 :]
        with pytest.raises(SealBroken):
            unseal(changed, context=ROW)


def test_every_cut_value_is_noticed(key_file):
    blob = seal(NIK, context=ROW)
    for length in range(len(blob)):
        with pytest.raises(SealBroken):
            unseal(blob[:length], context=ROW)


def test_a_failure_never_shows_the_value(key_file):
    with pytest.raises(SealBroken) as broken:
        unseal(seal(NIK, context=ROW), context=OTHER_ROW)
    assert NIK not in str(broken.value)
    assert broken.value.__cause__ is None


def test_old_values_open_after_a_new_key_is_named(key_file):
    old = seal(NIK, context=ROW)
    write(key_file, K2)
    assert (sealed_with(old), unseal(old, context=ROW)) == ("k1", NIK)
    assert sealed_with(seal(NIK, context=ROW)) == "k2"


def test_resealing_moves_a_value_to_the_current_key_once(key_file):
    old = seal(NIK, context=ROW)
    write(key_file, K2)
    new = reseal(old, context=ROW)
    assert (sealed_with(new), unseal(new, context=ROW)) == ("k2", NIK)
    assert reseal(new, context=ROW) == new
    with pytest.raises(SealBroken):
        reseal(old, context=OTHER_ROW)


def test_value_under_a_removed_key_says_which_key_it_needs(key_file):
    old = seal(NIK, context=ROW)
    write(key_file, ONLY_K2)
    with pytest.raises(SealBroken, match=r"^The key k1 of a sealed value is not in the key file\.$"):
        unseal(old, context=ROW)


def test_lookup_survives_a_new_sealing_key(key_file):
    before = lookup_digest(NIK, purpose=PURPOSE)
    write(key_file, K2)
    assert lookup_digest(NIK, purpose=PURPOSE) == before
    assert len(before) == 16


def test_lookup_differs_by_text_purpose_and_key(key_file):
    digests = {lookup_digest(NIK, purpose=PURPOSE), lookup_digest(NIK, purpose="person.kk")}
    digests.add(lookup_digest(NIK[:-1] + "2", purpose=PURPOSE))
    write(key_file, K1 | {"lookup": key("y")})
    digests.add(lookup_digest(NIK, purpose=PURPOSE))
    assert len(digests) == 4


@given(text=st.text(max_size=200), context=st.text(max_size=60))
def test_any_text_opens_again(text, context, tmp_path_factory):
    from django.test import override_settings

    path = tmp_path_factory.getbasetemp() / "property-keys.json"
    if not path.exists():
        write(path, K1)
    with override_settings(FIELD_KEYS_FILE=str(path)):
        assert unseal(seal(text, context=context), context=context) == text


def test_missing_key_file_is_named(key_file):
    key_file.unlink()
    with pytest.raises(
        KeysMissing, match=rf"^The key file {key_file} does not exist\. Restore it, or create the first\.$"
    ):
        seal(NIK, context=ROW)


MALFORMED = [
    "",
    "[]",
    "nonsense",
    '{"current": "k1"}',
    "[" * 100_000,
    json.dumps(K1 | {"current": "k9"}),
    json.dumps(K1 | {"lookup": "short"}),
    json.dumps(K1 | {"lookup": 7}),
    json.dumps(K1 | {"keys": {"k1": base64.b64encode(b"a" * 16).decode()}}),
    json.dumps(K1 | {"keys": {"k1": key("a"), "kunci é": key("b")}}),
    json.dumps(K1 | {"keys": []}),
]


@pytest.mark.parametrize("text", MALFORMED, ids=range(len(MALFORMED)))
def test_malformed_key_file_says_what_it_needs(key_file, text):
    write(key_file, text)
    with pytest.raises(KeysMissing) as missing:
        check_keys()
    assert str(missing.value) == (
        f"The key file {key_file} is malformed. It needs current, keys and lookup: each 32 bytes in base64."
    )


def test_unreadable_key_file_is_named(key_file):
    key_file.unlink()
    key_file.mkdir()
    with pytest.raises(KeysMissing, match=r"cannot be read\. Let the server's user read it\.$"):
        check_keys()


def test_check_is_content_with_a_good_file(key_file):
    assert check_field_keys() == []


def test_check_names_what_is_wrong(key_file):
    os.chmod(key_file, 0o644)
    assert [message.id for message in check_field_keys()] == ["accounts.W001"]
    key_file.unlink()
    assert [message.id for message in check_field_keys()] == ["accounts.E001"]


def test_check_runs_with_the_security_checks(key_file):
    from django.core.checks import Tags, run_checks

    key_file.unlink()
    assert "accounts.E001" in [message.id for message in run_checks(tags=[Tags.security])]


def test_keys_held_for_a_job_are_read_once_and_let_go_afterwards(key_file):
    with keys_held():
        write(key_file, K2)
        assert sealed_with(seal(NIK, context=ROW)) == "k1"
    assert sealed_with(seal(NIK, context=ROW)) == "k2"
