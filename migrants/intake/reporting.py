"""What the dry run found, as JSON for machines: each row's sheet, number, outcome and reasons, and totals.

No cell of the file and nothing personal is in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from migrants.registers.reasons import Outcome


def report_of(
    *,
    file_name: str,
    kind: str,
    place: str,
    dry_run: bool,
    rows: Iterable[tuple[str, int, str, Sequence[str]]],
) -> dict[str, Any]:
    """The report. `rows`: name of the sheet, row in it as the spreadsheet shows it, outcome, reason codes.

    The four outcomes add up to `read`.
    """
    listed = [
        {"sheet": sheet, "row": row, "outcome": outcome, "reasons": list(reasons)}
        for sheet, row, outcome, reasons in rows
    ]
    counts = Counter(line["outcome"] for line in listed)
    totals = {outcome.value: counts[outcome.value] for outcome in Outcome}
    return {
        "file": file_name,
        "kind": kind,
        "place": place,
        "dry_run": dry_run,
        "totals": {"read": len(listed), **totals},
        "rows": listed,
    }
