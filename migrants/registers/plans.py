"""What was settled before reading: the kind, what each column holds, the place of sheets that name it once.

Goes through JSON, so that a job, a saved mapping and a second look at the same file agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from migrants.registers.kinds import Column, RegisterKind
from migrants.registers.places import PlaceWords

ColumnMap = Mapping[int, Column]  # 0-based column of the sheet


@dataclass(frozen=True)
class Plan:
    """`mappings`: by fingerprint of the heading. `contexts`: by sheet index; one given here replaces what
    title and sheet name say. `skipped_sheets`: by index, left out because a person said so. A heading
    without mapping here is read as proposed."""

    kind: RegisterKind
    mappings: Mapping[str, ColumnMap] = field(default_factory=dict)
    contexts: Mapping[int, PlaceWords] = field(default_factory=dict)
    skipped_sheets: frozenset[int] = frozenset()

    def to_json(self) -> dict[str, Any]:
        """As plain dictionaries and lists."""
        return {
            "kind": self.kind.value,
            "mappings": {
                print_: {str(at): column.value for at, column in columns.items()}
                for print_, columns in self.mappings.items()
            },
            "contexts": {str(at): words._asdict() for at, words in self.contexts.items()},
            "skipped_sheets": sorted(self.skipped_sheets),
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Plan:
        """The plan written by `to_json`. Raises ValueError, KeyError or TypeError for anything else."""
        return cls(
            kind=RegisterKind(given["kind"]),
            mappings={
                str(print_): {int(at): Column(column) for at, column in columns.items()}
                for print_, columns in given["mappings"].items()
            },
            contexts={int(at): PlaceWords(**words) for at, words in given["contexts"].items()},
            skipped_sheets=frozenset(map(int, given["skipped_sheets"])),
        )
