"""Invented estimates of how many villagers are abroad: a good deal more than the village knows by name."""

from __future__ import annotations

from migrants.enums import MigrationStatus
from pillars.enums import EstimateSource
from pillars.models import AbroadEstimate
from reports.practice.people import Resident
from reports.practice.scenes import Scene

_RECKONED = (
    (400, EstimateSource.VILLAGE_OFFICE, ""),
    (60, EstimateSource.NEIGHBOURHOODS, "Ditanyakan di rapat RT"),
)


def add_estimates(scene: Scene, residents: list[Resident]) -> None:
    """An estimate of over a year ago and one of two months ago."""
    known = sum(
        journey.status == MigrationStatus.ABROAD for resident in residents for journey in resident.journeys
    )
    for days, source, how in _RECKONED:
        day = scene.ago(days)
        at, by = scene.logged(day)
        scene.book.add(
            AbroadEstimate(
                pk=scene.chance.key(at),
                village=scene.village,
                logged_by=by,
                logged_at=at,
                estimated_on=day,
                number=known + scene.chance.number(5, 20),
                source=source,
                how=how,
            )
        )
