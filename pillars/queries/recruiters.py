"""Reads about recruiters: what the list of licensed companies says, and names that come back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from accounts.roles import Level
from migrants.models import PlacementCompany
from migrants.registers.words import word_key
from pillars.access import visible_recruiters
from pillars.enums import Listing
from pillars.models import RecruiterSighting
from villages.access import Seat

MOST_REPEATED = 50


@dataclass(frozen=True)
class SeenLine:
    """A sighting with what the list says of its company."""

    row: RecruiterSighting
    listing: Listing
    company: PlacementCompany | None

    @property
    def standing(self) -> tuple[str, str]:
        """Kind and words of its tag."""
        kind = {Listing.LICENSED: "done", Listing.EXPIRED: "late", Listing.UNLISTED: "late"}
        return kind.get(self.listing, "warn"), str(self.listing.label)


def listing_of(row: RecruiterSighting, company: PlacementCompany | None) -> Listing:
    """What the list says of the company on the day it was seen. Being listed is no proof: anybody can name a
    licensed company, so another licence number than the listed one is said first."""
    if not row.company_key:
        return Listing.UNNAMED
    if company is None:
        return Listing.UNLISTED
    if row.licence and company.licence and word_key(row.licence) != word_key(company.licence):
        return Listing.OTHER_NUMBER
    return Listing.LICENSED if company.is_valid_on(row.seen_on) else Listing.EXPIRED


def with_listing(rows: Collection[RecruiterSighting]) -> list[SeenLine]:
    """Each sighting with what the list says. Queries: 1 for any number."""
    keys = {row.company_key for row in rows if row.company_key}
    listed = {one.name_key: one for one in PlacementCompany.objects.filter(name_key__in=keys)} if keys else {}
    found = [(row, listed.get(row.company_key)) for row in rows]
    return [SeenLine(row, listing_of(row, company), company) for row, company in found]


@dataclass(frozen=True)
class Repeated:
    """A name seen in several villages. `spellings`: how it was written, the most frequent first."""

    spellings: list[str]
    is_company: bool
    villages: list[str]
    times: int
    last_on: date


def repeated_names(seat: Seat) -> list[Repeated]:
    """Companies and field officers seen in two villages of the district or more, the widest spread first.

    For the district alone: a village learns nothing of its neighbours (empty). Names are one when they sound
    alike, as in the search for people; companies without PT and punctuation. Queries: 4.
    """
    if seat.level != Level.DISTRICT:
        return []
    found = [
        *_repeated(seat, "company_sounds", "company", is_company=True),
        *_repeated(seat, "officer_sounds", "field_officer", is_company=False),
    ]
    return sorted(found, key=lambda one: (-len(one.villages), -one.times, one.spellings))[:MOST_REPEATED]


def _repeated(seat: Seat, sounds: str, name: str, *, is_company: bool) -> list[Repeated]:
    rows = visible_recruiters(seat).exclude(**{sounds: ""})
    wide = rows.values(sounds).annotate(places=Count("village", distinct=True)).filter(places__gte=2)
    alike: dict[str, list[Any]] = defaultdict(list)
    keys = list(wide.order_by("-places", sounds).values_list(sounds, flat=True)[:MOST_REPEATED])
    for row in rows.filter(**{f"{sounds}__in": keys}).select_related("village").order_by("-seen_on", "pk"):
        alike[getattr(row, sounds)].append(row)
    return [_one(of, name, is_company) for of in alike.values()]


def _one(rows: list[RecruiterSighting], name: str, is_company: bool) -> Repeated:
    spelt: dict[str, int] = defaultdict(int)
    for row in rows:
        spelt[getattr(row, name)] += 1
    spellings = sorted(spelt, key=lambda text: (-spelt[text], text))
    villages = sorted({str(row.village) for row in rows})
    return Repeated(spellings, is_company, villages, len(rows), rows[0].seen_on)


def seen_before(seat: Seat, row: RecruiterSighting) -> list[RecruiterSighting]:
    """Other sightings of the same company or field officer within the seat's place: for a village its own,
    for the district all its villages'. The latest ten. Queries: 1."""
    same = Q(pk__in=[])
    if row.company_sounds:
        same |= Q(company_sounds=row.company_sounds)
    if row.officer_sounds:
        same |= Q(officer_sounds=row.officer_sounds)
    rows = visible_recruiters(seat).filter(same, district=row.district_id).exclude(pk=row.pk)
    return list(rows.select_related("village").order_by("-seen_on", "-pk")[:10])
