"""Many counts in one question to the database.

A page shows dozens of figures. Each is a small count, so the way to the database and back, and the framework
around it, cost more than the counting. Here the counts stand in one question, one below the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Aggregate, CharField, Count, F, QuerySet, Value
from django.db.models.expressions import Combinable

Key = TypeVar("Key")
Group = tuple[Any, str, int | None]  # place code or day, value of the split, the number; "" where not grouped
AT_ONCE = 40  # counts in one question: however long the catalogue grows, none runs into the time limit


@dataclass(frozen=True)
class Question:
    """How many records there are, or what is measured of them, in each group.

    `place`: the path to what the first half of the group is read from, as a rule the code of a place; "" for
    all together. `part`: what the second half is, None for the whole. `number` None: how many records.
    """

    rows: QuerySet[Any]
    place: str = ""
    part: Combinable | None = None
    number: Aggregate | None = None

    def asked(self, tag: int) -> Any:
        """The question with its number in front, so that its answer is found again among the others."""
        nothing = Value("", output_field=CharField())
        rows = self.rows.order_by().annotate(
            _tag=Value(str(tag), output_field=CharField()),
            _place=F(self.place) if self.place else nothing,
            _part=nothing if self.part is None else self.part,
        )
        return rows.values_list("_tag", "_place", "_part").annotate(_n=self.number or Count("*"))


def answers(questions: Mapping[Key, Question]) -> dict[Key, list[Group]]:
    """The groups of each question. One query for every forty of them, none for none."""
    keys = list(questions)
    found: dict[Key, list[Group]] = {key: [] for key in keys}
    for first in range(0, len(keys), AT_ONCE):
        some = [questions[key].asked(first + turn) for turn, key in enumerate(keys[first : first + AT_ONCE])]
        for tag, place, part, number in _together(some):
            found[keys[int(tag)]].append((place, part, None if number is None else int(number)))
    return found


def _together(asked: list[Any]) -> Iterable[tuple[str, Any, Any, Any]]:
    one, *others = asked
    rows: Iterable[tuple[str, Any, Any, Any]] = one.union(*others, all=True) if others else one
    return rows
