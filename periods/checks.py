"""What an operator is told when the calendar runs out: by `manage.py check`, at a start, and by /readyz."""

from __future__ import annotations

from typing import Any

from django.core import checks
from django.utils import timezone

from periods.workdays import years_to_load


def calendar_notes() -> list[str]:
    """One sentence for each year whose holidays have to be loaded now."""
    return [
        f"The public holidays of {year} are not loaded: working days leave out weekends only."
        " Add the joint decree to periods/data/holidays.csv."
        for year in years_to_load(timezone.localdate())
    ]


@checks.register
def check_calendar(**_: Any) -> list[checks.CheckMessage]:
    """An information, never a reason not to start: the pages say the same beside every number it touches."""
    return [checks.Info(sentence, id="periods.I001") for sentence in calendar_notes()]
