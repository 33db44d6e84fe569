"""Which village a row means, within what the seat may fill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from migrants.registers.places import PlaceAnswer, PlaceFound, PlaceWords
from villages.area_files import dotted
from villages.models import District, Province, Village
from villages.places import PlaceMatch, match_village, place_key

MOST_CHOICES = 20
ELSEWHERE = PlaceFound(PlaceAnswer.ELSEWHERE)
NOTHING = PlaceFound(PlaceAnswer.NOTHING)


@dataclass(frozen=True)
class Scope:
    """Whose file it is: a village's, a district's, or (neither) one for the country."""

    village: Village | None = None
    district: District | None = None

    @property
    def name(self) -> str:
        return str(self.village or self.district or "")

    @property
    def province(self) -> Province | None:
        return self.district.province if self.district else None


class ScopePlaces:
    """The `PlaceLookup` of a scope. A village outside it is ELSEWHERE, whatever is known of it."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.default = scope.village.code if scope.village else ""
        villages = Village.objects.select_related("subdistrict", "district")
        self.own: QuerySet[Village] = villages.filter(_within(scope))
        self.others: QuerySet[Village] = villages.exclude(_within(scope))
        self.district_key = place_key(scope.district.name) if scope.district else ""
        self.province_key = place_key(scope.district.province.name) if scope.district else ""

    def find(self, words: PlaceWords) -> PlaceFound:
        """What the words mean. A code decides, then names. District and province, when said, must be ours."""
        if words.code:
            return self._of_code(words.code)
        if self._names_another(words):
            return ELSEWHERE
        if not words.village:
            return self._of_subdistrict(words.subdistrict)
        own = match_village(village=words.village, subdistrict=words.subdistrict, within=self.own)
        if own.is_exact and own.only:
            return PlaceFound(PlaceAnswer.FOUND, own.only.code)
        if own.villages:
            near = match_village(village=words.village, subdistrict=words.subdistrict, within=self.others)
            if near.is_exact and not own.is_exact and own.how == "spelling":
                return ELSEWHERE  # spelt right, it is a village of somebody else
            answer = PlaceAnswer.SPELLING if own.how == "spelling" else PlaceAnswer.SEVERAL
            return PlaceFound(answer, choices=_choices(own))
        other = match_village(village=words.village, subdistrict=words.subdistrict, within=self.others)
        return ELSEWHERE if other.villages and other.how != "spelling" else NOTHING

    def _of_code(self, text: str) -> PlaceFound:
        code = dotted(text)
        if code is None or code.count(".") != 3:
            return NOTHING
        if self.own.filter(code=code).exists():
            return PlaceFound(PlaceAnswer.FOUND, code)
        return ELSEWHERE

    def _names_another(self, words: PlaceWords) -> bool:
        """Whether the district or the province said is not ours."""
        district, province = place_key(words.district), place_key(words.province)
        return bool(
            (district and self.district_key and district != self.district_key)
            or (province and self.province_key and province != self.province_key)
        )

    def _of_subdistrict(self, text: str) -> PlaceFound:
        """Only a subdistrict is said: the officer's own village lies in it or not; a district cannot tell."""
        key = place_key(text)
        if self.scope.village:
            mine = place_key(self.scope.village.subdistrict.name)
            return PlaceFound(PlaceAnswer.FOUND, self.default) if key in ("", mine) else ELSEWHERE
        if not key:
            return NOTHING
        fits = [row for row in self.own if place_key(row.subdistrict.name) == key]
        return PlaceFound(PlaceAnswer.SEVERAL, choices=_labels(fits)) if fits else NOTHING


def _within(scope: Scope) -> Q:
    if scope.village:
        return Q(code=scope.village.code)
    if scope.district:
        return Q(district=scope.district)
    return Q()


def _choices(match: PlaceMatch) -> tuple[tuple[str, str], ...]:
    return _labels(match.villages)


def _labels(villages: Any) -> tuple[tuple[str, str], ...]:
    return tuple((row.code, f"{row}, {row.subdistrict.name}") for row in villages[:MOST_CHOICES])
