"""Prove where a report comes from: Ed25519 signatures over its figures and over its file.

The private key lies in the file that `settings.REPORT_KEY_FILE` names (PKCS 8 in PEM), outside the database;
the public one is published beside every edition, so that anybody can check a copy without this site. What is
signed of an edition is its `statement`, of a file its bytes.
"""

from __future__ import annotations

import base64
import os
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class ReportKeyMissing(ImproperlyConfigured):
    """The key file is absent, unreadable or malformed. The message says which, and never shows a key."""


def statement(*, reference: str, data_as_of: str, digest: str) -> bytes:
    """What the signature of an edition covers: number, data cut-off and content digest, a line each."""
    return f"{reference}\n{data_as_of}\n{digest}\n".encode()


def sign(body: bytes) -> str:
    """The signature in base64: 88 characters. Raises `ReportKeyMissing`."""
    return base64.b64encode(_key().sign(body)).decode()


def is_signed(body: bytes, signature: str, public: str) -> bool:
    """Whether the signature was made over these bytes with the private half of the public key."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public)).verify(base64.b64decode(signature), body)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key() -> str:
    """The public key in use: 32 bytes in base64. Raises `ReportKeyMissing`."""
    raw = _key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def as_pem(public: str) -> str:
    """A public key as openssl reads it."""
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def key_name(public: str) -> str:
    """A short name of a public key: the beginning of its SHA-256."""
    return sha256(base64.b64decode(public)).hexdigest()[:16]


def _key() -> Ed25519PrivateKey:
    path = settings.REPORT_KEY_FILE
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        raise ReportKeyMissing(f"The report key file {path} does not exist. Restore or create it.") from None
    return _load(path, found.st_mtime_ns, found.st_ino)


@lru_cache(maxsize=4)
def _load(path: str, _changed_ns: int, _inode: int) -> Ed25519PrivateKey:
    """The key of that file; read anew when it was rewritten, which the last two arguments tell."""
    try:
        key = load_pem_private_key(Path(path).read_bytes(), password=None)
    except OSError:
        raise ReportKeyMissing(f"The report key file {path} cannot be read by this process.") from None
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise ReportKeyMissing(f"The report key file {path} holds no Ed25519 key in PEM.")
    return key
