"""Keys of a local copy, made once and kept in its state folder."""

import base64
import json
import secrets

from desmigratif.local.places import Places, write_new


def local_values(places: Places) -> dict[str, str]:
    """Return the environment a local copy needs besides its engines; makes missing keys."""
    secret = places.state / "secret-key"
    if not secret.exists():
        write_new(secret, secrets.token_urlsafe(64))
    fields = places.state / "field-keys.json"
    if not fields.exists():
        write_new(fields, new_field_keys())
    return {
        "DESMIGRATIF_SECRET_KEY": secret.read_text(encoding="utf-8").strip(),
        "DESMIGRATIF_FIELD_KEYS_FILE": str(fields),
        "DESMIGRATIF_STATIC_ROOT": str(places.static),
        "DESMIGRATIF_MEDIA_ROOT": str(places.media),
    }


def new_field_keys() -> str:
    """Return a fresh key file for identity numbers: one sealing key and the look-up key, 32 bytes each."""
    return json.dumps({"current": "k1", "keys": {"k1": _key()}, "lookup": _key()}, indent=2)


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")
