"""A reader who does sums: what follows for a number nobody shows from all the numbers that are shown."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

MOST_STEPS = 20_000  # of the search for another world; more means that the reader would have given up


@dataclass(frozen=True)
class Sum:
    """What is shown of a sum: it lies between two numbers, both included. `most` None: no end."""

    of: frozenset[Hashable]
    least: int
    most: int | None


@dataclass
class Reader:
    """Knows sums of things that are 0 or more. `known(of)` is the number when only one is possible."""

    sums: list[Sum]

    def known(self, of: Iterable[Hashable], truth: dict[Hashable, int]) -> int | None:
        """The sum of these, if no other world shows the same; else None. `truth`: a world that does."""
        asked = frozenset(of)
        here = sum(truth[thing] for thing in asked)
        for other in (Sum(asked, here + 1, None), Sum(asked, 0, here - 1)):
            if (other.most is None or other.most >= 0) and self._possible([*self.sums, other], truth):
                return None
        return here

    def _possible(self, sums: list[Sum], truth: dict[Hashable, int]) -> bool:
        ends = 2 * sum(truth.values()) + 10
        steps = [0]

        def search(bounds: dict[Hashable, tuple[int, int]]) -> bool:
            steps[0] += 1
            if steps[0] > MOST_STEPS:
                raise AssertionError("The search for another world has no end.")
            if not _narrow(bounds, sums):
                return False
            open_ones = [thing for thing, (least, most) in bounds.items() if least < most]
            if not open_ones:
                return True
            thing = min(open_ones, key=lambda one: bounds[one][1] - bounds[one][0])
            least, most = bounds[thing]
            for value in sorted(range(least, most + 1), key=lambda value: abs(value - truth[thing])):
                if search(bounds | {thing: (value, value)}):
                    return True
            return False

        return search(dict.fromkeys(truth, (0, ends)))


def _narrow(bounds: dict[Hashable, tuple[int, int]], sums: list[Sum]) -> bool:
    """Draw every bound as tight as the sums allow; False when nothing fits."""
    changed = True
    while changed:
        changed = False
        for told in sums:
            leasts = sum(bounds[thing][0] for thing in told.of)
            mosts = sum(bounds[thing][1] for thing in told.of)
            for thing in told.of:
                least, most = bounds[thing]
                lower = max(least, told.least - (mosts - most))
                upper = most if told.most is None else min(most, told.most - (leasts - least))
                if lower > upper:
                    return False
                if (lower, upper) != (least, most):
                    bounds[thing] = (lower, upper)
                    leasts, mosts, changed = leasts + lower - least, mosts + upper - most, True
            if not told.of and (told.least > 0):
                return False
    return True
