"""What must be right before the site may start: the key that reports are signed with."""

import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

from reports.proof import ReportKeyMissing, public_key


@register(Tags.security)
def check_report_key(**_options: Any) -> list[CheckMessage]:
    """Name a key file that is absent, unreadable, malformed or readable by everybody."""
    try:
        public_key()
    except ReportKeyMissing as missing:
        hint = "DESMIGRATIF_REPORT_KEY_FILE names it; docs/operations.md says how to make one."
        return [Error(str(missing), hint=hint, id="reports.E001")]
    path = Path(settings.REPORT_KEY_FILE)
    if path.stat().st_mode & stat.S_IROTH:
        return [
            Warning(f"Everybody can read the key file {path}.", hint=f"chmod 600 {path}", id="reports.W001")
        ]
    return []
