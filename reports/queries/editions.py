"""Reads about report editions: what stands of a year, and the file that was published."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from reports.access import visible_editions
from reports.enums import EditionKind
from reports.models import EditionWithdrawal, GeneratedFile, ReportEdition
from villages.access import Seat
from villages.queries import CohortLine, cohort_lines

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SoFar:
    """What a person should know before asking for a report."""

    wanted: ReportEdition
    in_the_making: ReportEdition | None
    latest: ReportEdition | None  # published
    line: CohortLine | None  # what was published for the year, in the report of the nation

    @property
    def reference(self) -> str:
        """The number the report will have."""
        if self.in_the_making:
            return self.in_the_making.reference
        self.wanted.number = self.latest.number + 1 if self.latest else 1
        return self.wanted.reference


def so_far(seat: Seat, wanted: ReportEdition) -> SoFar:
    """What stands of the report of that kind, place and period. Queries: 4; 2 but for the nation's year."""
    series = visible_editions(seat).of_series(wanted)
    national = wanted.kind == EditionKind.YEARLY
    lines = cohort_lines(until_year=wanted.year) if national else []
    return SoFar(
        wanted=wanted,
        in_the_making=series.in_the_making().first(),
        latest=series.published().order_by("-number").first(),
        line=next((line for line in lines if line.year == wanted.year), None),
    )


def published_file(edition: ReportEdition, kind: str = "pdf") -> GeneratedFile | None:
    """The edition's PDF or XLSX as it is on record; None before it is published. It may be missing on the
    disk."""
    return next((file for file in edition.files.all() if file.kind == kind), None)


def withdrawal_of(edition: ReportEdition) -> EditionWithdrawal | None:
    """How the edition was taken back; None while it counts. Queries: 1."""
    return EditionWithdrawal.objects.filter(edition=edition).first()


def file_body(file: GeneratedFile | None) -> bytes | None:
    """The very bytes that were published; None when they are missing or are no longer the same."""
    if file is None:
        return None
    path = Path(settings.MEDIA_ROOT) / file.path
    try:
        body = path.read_bytes()
    except OSError as missing:
        log.error("The published file %s cannot be read: %s", file.path, missing)  # noqa: TRY400
        return None
    if sha256(body).hexdigest() != file.sha256:
        log.error("The published file %s is not what was published.", file.path)
        return None
    return body
