"""What an officer has open, asked of the apps above when an assignment is about to end.

This app knows no visits or cases. An app above registers a counter in its AppConfig.ready():

    open_work.count_with(open_cases_of)

and gives back lines for one assignment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from villages.models import OfficerAssignment


@dataclass(frozen=True)
class OpenWorkLine:
    """One kind of open work: how many, and where the seat that ends the assignment can see them (""
    nowhere)."""

    label: str | Promise
    count: int
    url: str = ""


Counter = Callable[[OfficerAssignment], Iterable[OpenWorkLine]]

_counters: list[Counter] = []


def count_with(counter: Counter) -> None:
    """From now on the counter is asked too; registering it twice has no effect."""
    if counter not in _counters:
        _counters.append(counter)


def open_work_of(assignment: OfficerAssignment) -> list[OpenWorkLine]:
    """Every line with a count above zero, in the order in which the apps registered."""
    return [line for counter in _counters for line in counter(assignment) if line.count]
