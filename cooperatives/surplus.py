"""The year's surplus (SHU) parted to the rupiah: pure arithmetic, without the database.

Everything is parted by the largest remainder: each gets the whole rupiah of its exact part, and the rupiah
left over go one by one to the largest fractions. So the parts equal the whole, always; of equal fractions
the one whose key sorts first gets the rupiah, so the order in which members come does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from cooperatives.enums import SurplusPart
from periods.percent import WHOLE


class _Sortable(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


Key = TypeVar("Key", bound=_Sortable)


@dataclass(frozen=True)
class Share(Generic[Key]):
    """One part and why it is that: floor(`pot_rupiah` x `weight` / `weights`), and `rounding_rupiah` more."""

    key: Key
    pot_rupiah: int
    weight: int
    weights: int
    rounding_rupiah: int

    @property
    def floor_rupiah(self) -> int:
        return self.pot_rupiah * self.weight // self.weights

    @property
    def is_whole(self) -> bool:
        """Whether the part is a whole number of rupiah by itself."""
        return self.pot_rupiah * self.weight % self.weights == 0

    @property
    def rupiah(self) -> int:
        return self.floor_rupiah + self.rounding_rupiah


def part(pot_rupiah: int, weights: Mapping[Key, int]) -> dict[Key, Share[Key]]:
    """The pot parted by weight, to the rupiah; nobody's part when no weight is above zero.

    Raises `ValueError` for a negative pot or weight.
    """
    if pot_rupiah < 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("Only what is there can be parted.")
    whole = sum(weights.values())
    if not whole:
        return {}
    over = pot_rupiah - sum(pot_rupiah * weight // whole for weight in weights.values())
    by_fraction = sorted(sorted(weights), key=lambda key: -(pot_rupiah * weights[key] % whole))
    lucky = set(by_fraction[:over])
    return {key: Share(key, pot_rupiah, weights[key], whole, int(key in lucky)) for key in sorted(weights)}


@dataclass(frozen=True)
class Stake(Generic[Key]):
    """What a member brought: principal and mandatory savings at the year's end, and what she paid the body
    for its services in the year. Whole rupiah."""

    key: Key
    capital_rupiah: int
    use_rupiah: int


@dataclass(frozen=True)
class Parted(Generic[Key]):
    """A surplus parted. `parts`: by purpose; `by_capital` and `by_use`: the members' two pots, by member."""

    surplus_rupiah: int
    parts: dict[SurplusPart, int]
    by_capital: dict[Key, Share[Key]]
    by_use: dict[Key, Share[Key]]

    def of_member(self, key: Key) -> int:
        """The member's whole share in rupiah."""
        shares = (self.by_capital.get(key), self.by_use.get(key))
        return sum(share.rupiah for share in shares if share)


def distribute(
    surplus_rupiah: int, percentages: Mapping[SurplusPart, int], stakes: Iterable[Stake[Key]]
) -> Parted[Key]:
    """The surplus by the percentages of the members' meeting (hundredths, together 100 %), and the members'
    pots by capital and by use.

    A members' pot nobody has a claim on (no member used the services) goes to the reserve. Raises
    `ValueError` for a surplus of zero or less and for percentages that do not make 100.
    """
    if surplus_rupiah <= 0:
        raise ValueError("There is no surplus to part.")
    if sum(percentages.values()) != WHOLE:
        raise ValueError("The percentages do not make 100.")
    parts = {purpose: share.rupiah for purpose, share in part(surplus_rupiah, percentages).items()}
    stakes = list(stakes)
    by_capital = part(parts.get(SurplusPart.CAPITAL, 0), {s.key: s.capital_rupiah for s in stakes})
    by_use = part(parts.get(SurplusPart.USE, 0), {s.key: s.use_rupiah for s in stakes})
    for pot, shares in ((SurplusPart.CAPITAL, by_capital), (SurplusPart.USE, by_use)):
        if not shares and parts.get(pot):
            parts[SurplusPart.RESERVE] = parts.get(SurplusPart.RESERVE, 0) + parts.pop(pot)
    return Parted(surplus_rupiah, {key: parts[key] for key in sorted(parts)}, by_capital, by_use)
