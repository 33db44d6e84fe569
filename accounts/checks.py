"""What must be right before the site may start: the keys of the sealed fields."""

import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

from accounts.sealing import KeysMissing, check_keys


@register(Tags.security)
def check_field_keys(**_options: Any) -> list[CheckMessage]:
    """Name a key file that is absent, unreadable, malformed or readable by everybody."""
    try:
        check_keys()
    except KeysMissing as missing:
        return [
            Error(
                str(missing),
                hint="DESMIGRATIF_FIELD_KEYS_FILE names it; docs/operations.md says how to make one.",
                id="accounts.E001",
            )
        ]
    path = Path(settings.FIELD_KEYS_FILE)
    if path.stat().st_mode & stat.S_IROTH:
        return [
            Warning(f"Everybody can read the key file {path}.", hint=f"chmod 600 {path}", id="accounts.W001")
        ]
    return []
