"""What people tell in confidence lies sealed in the database and reads as plain text on the row."""

from __future__ import annotations

from typing import Any

from accounts.sealing import seal, unseal


class SealedText(property):
    """A text kept sealed in the binary field `column`, bound to the row's key and `context`; "" when empty.

    It is a property, so that `Case(narrative="...")` works like any field. It cannot be searched or filtered.
    """

    def __init__(self, column: str, context: str) -> None:
        super().__init__(self._read, self._write)
        self.column, self.context = column, context

    def sealed_for(self, key: Any, text: str) -> bytes | None:
        """What lies in `column` of the row with this key when it says `text`."""
        return seal(text, context=f"{self.context}:{key}") if text else None

    def _read(self, row: Any) -> str:
        blob = getattr(row, self.column)
        return unseal(bytes(blob), context=f"{self.context}:{row.pk}") if blob else ""

    def _write(self, row: Any, text: str) -> None:
        setattr(row, self.column, self.sealed_for(row.pk, text))

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        return self if row is None else self._read(row)
