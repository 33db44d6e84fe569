"""Identity numbers lie sealed in the database; the keys lie outside it.

A sealed value is AES-256-GCM: one version byte, the key's id, a fresh 12-byte nonce, the ciphertext. The
context ("person.nik:<uuid>") is authenticated with it, so a value copied into another row or column does not
open. Exact look-up uses a keyed digest with a key of its own: a plain hash of a NIK is guessed in a second
(quality.md F5).

The key file, named by `settings.FIELD_KEYS_FILE`, is JSON:

    {"current": "k1", "keys": {"k1": "<32 bytes, base64>"}, "lookup": "<32 bytes, base64>"}

To rotate, add a key, name it as current, reseal, and drop the old key after the last backup that needs it.
The file is read again when it changes; the look-up key stays for the life of the database.
"""

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = 1
KEY_BYTES = 32
NONCE_BYTES = 12
DIGEST_BYTES = 16


class KeysMissing(ImproperlyConfigured):
    """The key file is absent, unreadable or malformed. The message says which, and never shows a key."""


class SealBroken(ValueError):
    """The sealed value was changed, belongs to another record, or its key is gone."""


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """The keys of one file. Has no repr, so that no key reaches a log."""

    current: str
    ciphers: dict[str, AESGCM]
    lookup: bytes


def seal(text: str, *, context: str) -> bytes:
    """The text sealed under the current key; opens only with the same `context`. Raises `KeysMissing`."""
    return seal_bytes(text.encode(), context=context)


def seal_bytes(body: bytes, *, context: str) -> bytes:
    """A file sealed like a text. Raises `KeysMissing`."""
    keys = _keys()
    key_id = keys.current.encode("ascii")
    header = bytes((VERSION, len(key_id))) + key_id
    nonce = os.urandom(NONCE_BYTES)
    return header + nonce + keys.ciphers[keys.current].encrypt(nonce, body, _bound(header, context))


def unseal(blob: bytes | memoryview, *, context: str) -> str:
    """The text that was sealed with this `context`, under the current or an older key.

    Raises `SealBroken`, `KeysMissing`.
    """
    try:
        return unseal_bytes(blob, context=context).decode()
    except UnicodeDecodeError:
        raise SealBroken("A sealed value is no text.") from None


def unseal_bytes(blob: bytes | memoryview, *, context: str) -> bytes:
    """The file that was sealed with this `context`. Raises `SealBroken`, `KeysMissing`."""
    blob = bytes(blob)
    key_id = sealed_with(blob)
    cipher = _keys().ciphers.get(key_id)
    if cipher is None:
        raise SealBroken(f"The key {key_id} of a sealed value is not in the key file.")
    body = 2 + len(key_id)
    nonce, ciphertext = blob[body : body + NONCE_BYTES], blob[body + NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, ciphertext, _bound(blob[:body], context))
    except (InvalidTag, ValueError):
        raise SealBroken("A sealed value was changed or belongs to another record.") from None


def reseal(blob: bytes | memoryview, *, context: str) -> bytes:
    """The same value under the current key; the same bytes when it already is. Raises as `unseal` does."""
    blob = bytes(blob)
    text = unseal(blob, context=context)
    return blob if sealed_with(blob) == _keys().current else seal(text, context=context)


def sealed_with(blob: bytes | memoryview) -> str:
    """The id of the key that sealed the value. Raises `SealBroken` for bytes that are no sealed value."""
    blob = bytes(blob)
    if len(blob) < 2 or blob[0] != VERSION or not blob[2 : 2 + blob[1]].isalnum():
        raise SealBroken("This is not a sealed value.")
    return blob[2 : 2 + blob[1]].decode("ascii")


def lookup_digest(text: str, *, purpose: str) -> bytes:
    """Sixteen bytes that are equal for equal text and `purpose` ("person.nik"), and say nothing without the
    key.

    The caller tidies the text first (`read_nik(...).number`). Raises `KeysMissing`.
    """
    message = purpose.encode() + b"\0" + text.encode()
    return hmac.digest(_keys().lookup, message, hashlib.sha256)[:DIGEST_BYTES]


@contextmanager
def keys_held() -> Iterator[None]:
    """Inside, the key file is read once, not looked at for every value: for jobs on thousands of rows.

    Raises `KeysMissing`.
    """
    held = _HELD.set(_keys())
    try:
        yield
    finally:
        _HELD.reset(held)


def check_keys() -> None:
    """Return when the key file can be used. Raises `KeysMissing`."""
    _keys()


def _bound(header: bytes, context: str) -> bytes:
    return header + b"\0" + context.encode()


_HELD: ContextVar[Keys | None] = ContextVar("held keys of the field key file", default=None)


def _keys() -> Keys:
    held = _HELD.get()
    if held is not None:
        return held
    path = settings.FIELD_KEYS_FILE
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        raise KeysMissing(f"The key file {path} does not exist. Restore it, or create the first.") from None
    return _load(path, found.st_mtime_ns, found.st_ino)


@lru_cache(maxsize=4)
def _load(path: str, _changed_ns: int, _inode: int) -> Keys:
    """The keys of that file; read anew when it was rewritten, which the last two arguments tell."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise KeysMissing(f"The key file {path} cannot be read. Let the server's user read it.") from None
    try:
        given: dict[str, Any] = json.loads(text)
        ciphers = {key_id: AESGCM(_key(word)) for key_id, word in given["keys"].items()}
        keys = Keys(given["current"], ciphers, _key(given["lookup"]))
        fits = keys.current in ciphers and all(map(_is_key_id, ciphers))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        fits = False
    if not fits:
        raise KeysMissing(
            f"The key file {path} is malformed. It needs current, keys and lookup: each 32 bytes in base64."
        )
    return keys


def _is_key_id(key_id: str) -> bool:
    return key_id.isascii() and key_id.isalnum() and len(key_id) <= 32


def _key(word: str) -> bytes:
    """The 32 bytes. Raises `ValueError` (base64's own error is one)."""
    key = base64.b64decode(word, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("A key has 32 bytes.")
    return key
