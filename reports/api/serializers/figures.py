"""Figures, what they mean, and editions, as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from rest_framework.request import Request
from rest_framework.reverse import reverse

from reports.cells import Cell
from reports.enums import EditionStatus
from reports.indicators import CATALOGUE, Indicator
from reports.models import GeneratedFile, ReportEdition


class CellTold(TypedDict):
    """A number, with all that a page says beside it."""

    place: str
    place_name: str
    value: str
    label: str
    unit: str
    count: int | None
    over: int | None
    hidden: str | None
    provisional: bool
    state: str
    villages_reported: int
    villages_expected: int
    villages_late: int
    enough_reported: bool


class FiguresTold(TypedDict):
    """Every figure of a place in a period, by its code."""

    place: str
    period: str
    villages_reported: int
    villages_expected: int
    figures: dict[str, CellTold]


class FigureTold(TypedDict):
    """One figure: of the place, in its parts, and at each place one level down."""

    place: str
    period: str
    code: str
    cell: CellTold
    splits: dict[str, list[CellTold]]
    below: list[CellTold]


class SplitTold(TypedDict):
    code: str
    label: str


class IndicatorLine(TypedDict):
    """What a figure means."""

    code: str
    url: str
    label: str
    unit: str
    grain: str
    counts: str
    leaves_out: str
    empty_means: str
    source: str
    hides_small_cells: bool
    splits: list[SplitTold]


class IndicatorList(TypedDict):
    """The catalogue, in the order of the page."""

    indicators: list[IndicatorLine]


class FileTold(TypedDict):
    sha256: str
    bytes: int
    url: str


class EditionLine(TypedDict):
    """An edition of a report, and how far its making has come. `place`: a code, empty for the nation.
    `month`: 1 to 12, of a bulletin alone."""

    id: str
    url: str
    reference: str
    kind: str
    place: str
    year: int
    month: int | None
    number: int
    status: str
    requested_at: datetime
    finished_at: datetime | None
    data_as_of: datetime | None
    figures_digest: str
    superseded_by: str
    superseded_at: datetime | None


class EditionDetail(EditionLine):
    """One edition; `file` is null while there is none."""

    file: FileTold | None


def cell_data(cell: Cell) -> CellTold:
    """A number and its denominator; both None where there is none or it is hidden, which `hidden` says."""
    return {
        "place": cell.place.code,
        "place_name": cell.place.name,
        "value": cell.value,
        "label": str(cell.label),
        "unit": str(cell.indicator.unit),
        "count": cell.count,
        "over": None if cell.hidden else cell.over,
        "hidden": cell.hidden.value if cell.hidden else None,
        "provisional": cell.provisional,
        "state": cell.state.value,
        "villages_reported": cell.coverage.reported,
        "villages_expected": cell.coverage.expected,
        "villages_late": cell.coverage.late,
        "enough_reported": not cell.is_thin,
    }


def indicator_data(indicator: Indicator, request: Request) -> IndicatorLine:
    """A definition of the catalogue, in the caller's language."""
    return {
        "code": indicator.code,
        "url": reverse("reports-api:indicator-detail", args=[indicator.code], request=request),
        "label": str(indicator.label),
        "unit": str(indicator.unit),
        "grain": str(indicator.grain),
        "counts": str(indicator.counts),
        "leaves_out": str(indicator.leaves_out),
        "empty_means": str(indicator.empty_means),
        "source": indicator.source_label,
        "hides_small_cells": indicator.small_cells,
        "splits": [{"code": split.code, "label": str(split.label)} for split in indicator.splits],
    }


def catalogue_data(request: Request) -> list[IndicatorLine]:
    """Every definition, in the order of the page."""
    return [indicator_data(indicator, request) for indicator in CATALOGUE.values()]


def edition_data(edition: ReportEdition, request: Request) -> EditionLine:
    """An edition of `with_successor`."""
    done = edition.status == EditionStatus.DONE
    return {
        "id": str(edition.pk),
        "url": reverse("reports-api:edition-detail", args=[edition.pk], request=request),
        "reference": edition.reference,
        "kind": edition.kind,
        "place": edition.place_code,
        "year": edition.year,
        "month": edition.month,
        "number": edition.number,
        "status": edition.status,
        "requested_at": edition.requested_at,
        "finished_at": edition.finished_at if done else None,
        "data_as_of": edition.data_as_of,
        "figures_digest": edition.digest,
        "superseded_by": edition.successor_reference,
        "superseded_at": edition.successor_at,  # type: ignore[attr-defined]
    }


def file_data(edition: ReportEdition, file: GeneratedFile | None, request: Request) -> FileTold | None:
    """The file of an edition and where to fetch it; None while there is none."""
    if file is None:
        return None
    where = reverse("reports-api:edition-file", args=[edition.pk], request=request)
    return {"sha256": file.sha256, "bytes": file.size_bytes, "url": where}
