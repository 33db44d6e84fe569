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
    """`mappings`: by fingerprint of the heading. `contexts`: by sheet index. `skipped_sheets`: by index, left
    out because a person said so. A heading without mapping here is read as proposed."""

    kind: RegisterKind
    mappings: Mapping[str, ColumnMap] = field(default_factory=dict)
    contexts: Mapping[int, PlaceWords] = field(default_factory=dict)
    skipped_sheets: frozenset[int] = frozenset()

    def to_json(self) -> dict[str, Any]:
        raise NotImplementedError

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Plan:
        raise NotImplementedError
