"""How places come in: the caller knows which villages the seat may fill; we ask once a spelling."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol


class PlaceWords(NamedTuple):
    """What a row says of its place, as written; from the row's own cells, else from title and sheet name."""

    code: str = ""
    village: str = ""
    subdistrict: str = ""
    district: str = ""
    province: str = ""


class PlaceAnswer(StrEnum):
    FOUND = "found"  # exactly one village, and the seat may fill it
    SEVERAL = "several"
    SPELLING = "spelling"  # one slip away: needs a look
    ELSEWHERE = "elsewhere"  # a village, but not of this seat
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """`village`: dotted code when FOUND. `choices`: (code, label) of villages *of this seat* that fit."""

    answer: PlaceAnswer
    village: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class PlaceLookup(Protocol):
    """Asked once for each distinct `PlaceWords`, never with all fields empty (then `default` decides)."""

    default: str  # code of the village of rows that name none: the officer's own; "" for a district

    def find(self, words: PlaceWords) -> PlaceFound: ...
