"""Small readers of environment variables that refuse nonsense and say how to fix it."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """Return the variable; `NAME_FILE` may name a file that holds it (container secrets)."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        path = Path(file)
        if not path.is_file():
            raise ImproperlyConfigured(
                f"{name}_FILE names {file}, which does not exist. Create it or unset {name}_FILE."
            )
        return path.read_text(encoding="utf-8").strip()
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set. Set it in the environment; .env.example explains it.")
    return default


def flag(name: str, default: bool) -> bool:
    raw = text(name, "true" if default else "false").lower()
    if raw in _TRUE:
        return True
    if raw in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {raw!r}.")


def number(name: str, default: int, *, least: int = 0) -> int:
    raw = text(name, str(default))
    if not raw.lstrip("-").isdigit() or int(raw) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {least}, not {raw!r}.")
    return int(raw)


def address(name: str) -> str:
    """Where something listens: `host:port`, or the path of a socket file; "" for nowhere."""
    raw = text(name, "")
    host, _colon, port = raw.rpartition(":")
    if raw and not raw.startswith("/") and not (host and port.isdigit() and 0 < int(port) < 65536):
        raise ImproperlyConfigured(f"{name} must be host:port or the path of a socket file, not {raw!r}.")
    return raw


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str) -> dict[str, object]:
    """Read postgresql://user:password@host:port/name?host=/socket/folder."""
    parts = urlsplit(text(name))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must begin with postgresql://. There is no SQLite mode.")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": parts.port or query.pop("port", ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            # Connections last, so a question asked again is planned once: a third of a dashboard's time.
            "server_side_binding": True,
            "prepare_threshold": 5,
            "options": " ".join(
                (
                    f"-c statement_timeout={number('DESMIGRATIF_STATEMENT_TIMEOUT_MS', 5000)}",
                    "-c idle_in_transaction_session_timeout=15000",
                    "-c lock_timeout=3000",
                    "-c timezone=UTC",
                )
            ),
            **query,
        },
    }
