"""Keep what an edition froze, in the transaction that freezes its content."""

from __future__ import annotations

from collections.abc import Mapping

from reports.freezing.codes import new_codes
from reports.freezing.collecting import Collected, Frozen
from reports.freezing.keys import CellKey
from reports.models import FrozenFigure, FrozenSet, ReportEdition

BATCH = 500


def codes_for(before: ReportEdition | None, frozen: Frozen) -> dict[str, str]:
    """Key of each number -> its code: the one of the edition before while nothing of it changed, else a new
    one. So a code always opens the same number and records, and chapters without a change stay as they were
    printed. Queries: 2."""
    kept = FrozenFigure.objects.filter(edition=before) if before else FrozenFigure.objects.none()
    old = {
        (str(CellKey(row.figure, row.value, row.place, row.period)), row.fingerprint): row.code
        for row in kept.only("figure", "value", "place", "period", "fingerprint", "code")
    }
    codes = {
        key: old.get((key, frozen.fingerprint(figure)))
        for figure in frozen.figures
        for key in [str(figure.key)]
    }
    fresh = iter(_new_codes(sum(1 for code in codes.values() if code is None)))
    return {key: code or next(fresh) for key, code in codes.items()}


def _new_codes(count: int) -> list[str]:
    codes = new_codes(count)
    taken = set(FrozenFigure.objects.filter(code__in=codes).values_list("code", flat=True))
    if taken:
        codes = [code for code in codes if code not in taken]
        codes += new_codes(count - len(codes), {*taken, *codes})
    return codes


def keep(edition: ReportEdition, frozen: Frozen, codes: Mapping[str, str]) -> None:
    """The edition, which is not published yet, has these figures and records and no others. Queries: 4, one
    more for each 500 rows."""
    FrozenFigure.objects.filter(edition=edition).delete()
    FrozenSet.objects.filter(edition=edition).delete()
    FrozenSet.objects.bulk_create((_set_of(edition, found) for found in frozen.sets), batch_size=BATCH)
    FrozenFigure.objects.bulk_create(
        (
            FrozenFigure(
                edition=edition,
                code=codes[str(figure.key)],
                fingerprint=frozen.fingerprint(figure),
                position=position,
                figure=figure.key.figure,
                value=figure.key.value,
                place=figure.key.place,
                period=figure.key.period,
                label=figure.label,
                count=figure.count,
                over=figure.over,
            )
            for position, figure in enumerate(frozen.figures, 1)
        ),
        batch_size=BATCH,
    )


def _set_of(edition: ReportEdition, found: Collected) -> FrozenSet:
    body, digest = found.records.packed()
    return FrozenSet(
        edition=edition,
        figure=found.figure,
        part=found.part,
        period=found.period,
        source=found.source,
        rows=len(found.records.rows),
        records=body,
        digest=digest,
        definition=found.definition,
        definition_digest=found.definition_digest,
    )
