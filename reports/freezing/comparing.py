"""Which records came, went or changed between two editions, figure by figure, and which definitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from reports.freezing.collecting import Frozen
from reports.freezing.keys import Printed
from reports.freezing.records import Record, Records
from reports.indicators import CATALOGUE
from reports.models import FrozenFigure, FrozenSet, ReportEdition
from reports.places import Place


@dataclass(frozen=True)
class RecordsChanged:
    """How the records of one figure differ: how many came, went, and say something else than before."""

    label: str
    period: str
    before: int | None
    after: int | None
    before_code: str
    after_code: str
    added: int
    removed: int
    changed: int


def records_changed(
    before: ReportEdition, frozen: Frozen, place: Place, codes: Mapping[str, str]
) -> list[dict[str, Any]]:
    """One line for each whole figure of the report's place whose records are not the same ones in the same
    versions; nothing of figures that hide small numbers, which a difference would tell. Queries: 2."""
    old = {
        (one.figure, one.period): Records.unpacked(bytes(one.records))
        for one in FrozenSet.objects.filter(edition=before, part="")
    }
    kept = {
        (row.figure, row.period): row
        for row in FrozenFigure.objects.filter(edition=before, place=place.code, value="")
    }
    new = {(one.figure, one.period): one.records for one in frozen.sets if not one.part}
    lines = [
        _compared(figure, old[name], new[name], kept.get(name), codes.get(str(figure.key), ""))
        for figure in frozen.figures
        if figure.key.place == place.code and not figure.key.split and not figure.key.way
        for name in [(figure.key.indicator, figure.key.period)]
        if name in old and name in new and not CATALOGUE[name[0]].small_cells
    ]
    return [asdict(line) for line in lines if line.added or line.removed or line.changed]


def definitions_changed(before: ReportEdition, frozen: Frozen) -> list[str]:
    """The labels of figures that are defined otherwise than in the edition before. Queries: 1."""
    kept = FrozenSet.objects.filter(edition=before, part="")
    old = dict(kept.values_list("figure", "definition_digest"))
    changed = {
        one.figure: one.definition["label"]
        for one in frozen.sets
        if old.get(one.figure, one.definition_digest) != one.definition_digest
    }
    return list(changed.values())


def _compared(
    figure: Printed, old: Records, new: Records, kept: FrozenFigure | None, code: str
) -> RecordsChanged:
    before, after = _versions(old.of(figure.key)), _versions(new.of(figure.key))
    common = before.keys() & after.keys()
    comparable = old.columns == new.columns
    return RecordsChanged(
        label=str(CATALOGUE[figure.key.indicator].label),
        period=figure.key.period,
        before=kept.count if kept else None,
        after=figure.count,
        before_code=kept.code if kept and kept.count else "",
        after_code=code if figure.count else "",
        added=len(after.keys() - common),
        removed=len(before.keys() - common),
        changed=sum(1 for key in common if comparable and before[key] != after[key]),
    )


def _versions(rows: list[Record]) -> dict[str, str]:
    return {row.key: row.version for row in rows}
