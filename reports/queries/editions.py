"""Reads about report editions: what stands of a year, and the file that was published."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from reports.access import visible_editions
from reports.models import GeneratedFile, ReportEdition
from villages.access import Seat
from villages.queries import CohortLine, cohort_lines

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class YearSoFar:
    """What a person should know before asking for a report of the year."""

    year: int
    in_the_making: ReportEdition | None
    latest: ReportEdition | None  # published
    line: CohortLine | None  # what was published for the year

    @property
    def reference(self) -> str:
        """The number the report will have."""
        if self.in_the_making:
            return self.in_the_making.reference
        number = self.latest.number + 1 if self.latest else 1
        return ReportEdition(year=self.year, number=number).reference


def year_so_far(seat: Seat, year: int) -> YearSoFar:
    """What stands of the year. Queries: 4."""
    editions = visible_editions(seat).filter(year=year)
    lines = [line for line in cohort_lines(until_year=year) if line.year == year]
    return YearSoFar(
        year=year,
        in_the_making=editions.in_the_making().first(),
        latest=editions.published().order_by("-number").first(),
        line=lines[0] if lines else None,
    )


def published_file(edition: ReportEdition) -> GeneratedFile | None:
    """The edition's PDF as it is on record; None before it is published. It may be missing on the disk."""
    return next((file for file in edition.files.all() if file.kind == "pdf"), None)


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
