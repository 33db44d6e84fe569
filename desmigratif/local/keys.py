"""Keys of a local copy, made once and kept in its state folder."""

import base64
import json
import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from desmigratif.local.places import Places, write_new


def local_values(places: Places) -> dict[str, str]:
    """Return the environment a local copy needs besides its engines; makes missing keys."""
    secret = places.state / "secret-key"
    if not secret.exists():
        write_new(secret, secrets.token_urlsafe(64))
    fields = places.state / "field-keys.json"
    if not fields.exists():
        write_new(fields, new_field_keys())
    reports = places.state / "report-key.pem"
    if not reports.exists():
        write_new(reports, new_report_key())
    return {
        "DESMIGRATIF_SECRET_KEY": secret.read_text(encoding="utf-8").strip(),
        "DESMIGRATIF_FIELD_KEYS_FILE": str(fields),
        "DESMIGRATIF_REPORT_KEY_FILE": str(reports),
        "DESMIGRATIF_STATIC_ROOT": str(places.static),
        "DESMIGRATIF_MEDIA_ROOT": str(places.media),
    }


def new_field_keys() -> str:
    """Return a fresh key file for identity numbers: one sealing key and the look-up key, 32 bytes each."""
    return json.dumps({"current": "k1", "keys": {"k1": _key()}, "lookup": _key()}, indent=2)


def new_report_key() -> str:
    """Return a fresh private key for signing reports: Ed25519, PKCS 8 in PEM."""
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii")


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")
