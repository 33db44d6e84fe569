"""Hide counts of 1 to 4, and as much more as is needed so that no total gives them away.

The table is additive: the count of a place is the sum of the counts of its parts. Every count of 1 to 4 is
shown as "<5". Whoever sees the rest still knows each sum, so a lone small part is its total minus its
sisters, and several may be forced (four parts of at least 1 in a sum of "<5" are all 1). So a reader's
arithmetic is repeated here, and while it works out a small count, one more count around it is withheld: shown
as a dash, not even as "<5". The smallest of its sisters goes first, then the sum.

Pure calculation, on the whole tree of one figure and period, never on the part somebody asked for: a count is
hidden on every page or on none, so pages cannot be compared against each other. Source: quality.md C49.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

SMALLEST_SHOWN = 5


class Hidden(StrEnum):
    """How a count is hidden."""

    SMALL = "small"  # "<5": 1 to 4
    WITHHELD = "withheld"  # a dash: 1 or more, so that a small one cannot be worked out


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a reader can know of a count."""

    least: int
    most: int


def hidden_cells(counts: Mapping[str, int], parents: Mapping[str, str]) -> dict[str, Hidden]:
    """The keys of `counts` that are hidden, and how. `parents` names the key each key is summed into.

    A key missing from `counts` is zero, and zero is shown. Keys without a parent are the tops of their trees.
    """
    hidden = {key: Hidden.SMALL for key, count in counts.items() if 0 < count < SMALLEST_SHOWN}
    while True:
        known = what_a_reader_knows(counts, parents, hidden)
        given_away = next(
            (
                key
                for key in sorted(hidden)
                if counts[key] < SMALLEST_SHOWN and known[key].least == known[key].most
            ),
            None,
        )
        if given_away is None:
            return hidden
        hidden[_next_to_withhold(given_away, counts, parents, hidden)] = Hidden.WITHHELD


def what_a_reader_knows(
    counts: Mapping[str, int], parents: Mapping[str, str], hidden: Mapping[str, Hidden]
) -> dict[str, Bounds]:
    """The bounds that follow for every count from what is shown and from every sum."""
    beyond = 10 * sum(counts.values()) + 10
    first = {None: None, Hidden.SMALL: Bounds(1, SMALLEST_SHOWN - 1), Hidden.WITHHELD: Bounds(1, beyond)}
    known = {key: first[hidden.get(key)] or Bounds(count, count) for key, count in counts.items() if count}
    parts = _parts(known, parents)
    while True:
        tighter = dict(known)
        for parent, children in parts.items():
            for child in children:
                others = [tighter[other] for other in children if other != child]
                tighter[child] = Bounds(
                    max(tighter[child].least, tighter[parent].least - sum(other.most for other in others)),
                    min(tighter[child].most, tighter[parent].most - sum(other.least for other in others)),
                )
            tighter[parent] = Bounds(
                max(tighter[parent].least, sum(tighter[child].least for child in children)),
                min(tighter[parent].most, sum(tighter[child].most for child in children)),
            )
        if tighter == known:
            return known
        known = tighter


def _parts(keys: Mapping[str, Bounds], parents: Mapping[str, str]) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    for child in sorted(keys):
        parent = parents.get(child)
        if parent in keys:
            parts.setdefault(str(parent), []).append(child)
    return parts


def _next_to_withhold(
    key: str, counts: Mapping[str, int], parents: Mapping[str, str], hidden: Mapping[str, Hidden]
) -> str:
    """The count around `key` to withhold: the smallest one still shown, else one shown as "<5"."""
    for blurred in (None, Hidden.SMALL):
        for ring in _rings(key, counts, parents):
            candidates = [other for other in ring if hidden.get(other) == blurred]
            if candidates:
                return min(candidates, key=lambda other: (counts[other], other))
    return key


def _rings(key: str, counts: Mapping[str, int], parents: Mapping[str, str]) -> Iterator[list[str]]:
    """The counts around a key, nearest first: its sisters, their parts, the sum; then those of the sum; at
    last its own parts."""
    around = key
    while (parent := parents.get(around)) is not None:
        sisters = [other for other in _children(parent, counts, parents) if other != around]
        yield sisters
        yield [part for sister in sisters for part in _children(sister, counts, parents)]
        yield [parent]
        around = parent
    yield _children(key, counts, parents)


def _children(parent: str, counts: Mapping[str, int], parents: Mapping[str, str]) -> list[str]:
    return [key for key, count in counts.items() if count and parents.get(key) == parent]


def closed_places(
    parts: Mapping[str, Mapping[str, int]], parents: Mapping[str, str], hidden: Container[str]
) -> set[str]:
    """The places that show no part of a figure broken down by some split.

    `parts`: place -> value of the split -> count; `hidden`: places whose whole is hidden. A place with a part
    of 1 to 4 shows none of its parts, zeros neither. So that no sum of places gives its parts away, at least
    two of its sisters show none, or their sum does not either; and a place that shows none has a part that
    shows none.
    """
    closed = {
        place
        for place, values in parts.items()
        if place in hidden or any(0 < count < SMALLEST_SHOWN for count in values.values())
    }
    while (given_away := _next_to_close(parts, parents, closed)) is not None:
        closed.add(given_away)
    return closed


def _next_to_close(
    parts: Mapping[str, Mapping[str, int]], parents: Mapping[str, str], closed: set[str]
) -> str | None:
    totals = {place: sum(values.values()) for place, values in parts.items()}
    for parent in sorted(parts):
        children = [place for place in parts if parents.get(place) == parent]
        shown = sorted(
            (child for child in children if child not in closed), key=lambda one: (totals[one], one)
        )
        alone = len(children) - len(shown) == 1 and parent not in closed
        if alone or (children and parent in closed and len(shown) == len(children)):
            return shown[0] if shown else parent
    return None
