"""What frozen records said in the columns of their list when they were counted, and what they say today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reports.freezing.records import Record, Records, is_kept
from reports.indicators import Column, Indicator
from reports.indicators.reading import value_at
from villages.models import Village

# Of a column that reads what only the figure's own question adds, of a record it counts no more.
ABSENT = object()


@dataclass(frozen=True)
class FrozenValue:
    """What a column said when the record was counted. `changed`: it says something else today, `today`.

    A name is never kept, and nothing was in editions made before values were: those are of today.
    """

    column: Column
    value: Any
    today: Any = None
    changed: bool = False


def tells(records: Records, columns: Iterable[Column], indicator: Indicator) -> bool:
    """Whether the edition kept what these columns said; of those made before it was kept nothing is known."""
    kept = records.said.keys()
    return all(kept >= set(column.read.paths) for column in columns if is_kept(column, indicator))


@dataclass(frozen=True)
class Then:
    """What the records of one page said. `moved`: the villages of those that lie in another one today."""

    indicator: Indicator
    columns: tuple[Column, ...]
    records: Records
    moved: Mapping[str, Village]

    @cached_property
    def told(self) -> bool:
        """See `tells`."""
        return tells(self.records, self.columns, self.indicator)

    def values_of(self, record: Record, row: Any) -> tuple[FrozenValue, ...]:
        """Every column of a record that the reader may see, `row` as it is today; none where a column can be
        said neither of then nor of today."""
        said = self.records.told_by(record) if self.told else {}
        values = tuple(self._value(column, record, said, row) for column in self.columns)
        return () if any(value.value is ABSENT for value in values) else values

    def _value(self, column: Column, record: Record, said: Mapping[str, Any], row: Any) -> FrozenValue:
        today = _of_today(column, row)
        if column.named or not self.told:
            return FrozenValue(column, today)
        if is_kept(column, self.indicator):
            then = column.read.of(*(said[path] for path in column.read.paths))
        else:
            then = self._place(column, record, today)
        changed = today is not ABSENT and today != then
        return FrozenValue(column, then, today if changed else None, changed)

    def _place(self, column: Column, record: Record, today: Any) -> Any:
        """What a column of places said, which are kept as a code and named as they are today."""
        village = self.moved.get(record.place)
        if village is None:
            return today
        prefix = self.indicator.place_path
        lay = _Lay(village)
        return column.read.of(*(value_at(lay, path.removeprefix(prefix)) for path in column.read.paths))


@dataclass(frozen=True)
class _Lay:
    """A village as a record carries it."""

    village: Village

    def __getattr__(self, name: str) -> Any:
        return self.village.pk if name == "village_id" else getattr(self.village, name)


def _of_today(column: Column, row: Any) -> Any:
    try:
        return column.read(row)
    except AttributeError:
        return ABSENT
