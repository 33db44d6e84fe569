"""Empty registers to download, for people who start clean."""

from __future__ import annotations

from migrants.registers.kinds import RegisterKind


def template_xlsx(kind: RegisterKind, *, place: str = "") -> bytes:
    """An XLSX with heading, drop-downs, dates as dates and the NIK as text. `place`: for the title line."""
    raise NotImplementedError
