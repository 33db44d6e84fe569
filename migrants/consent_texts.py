"""What is read out before somebody consents: a list that may change, so it is data with versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import get_language

from migrants.vocabulary import rows_of


@dataclass(frozen=True)
class ConsentText:
    """One version of the text, in force from a day on."""

    version: str
    valid_from: date
    text_id: str
    text_en: str

    def words(self) -> str:
        """The text in the language of the page."""
        return self.text_id if (get_language() or "id").startswith("id") else self.text_en


@cache
def consent_texts() -> tuple[ConsentText, ...]:
    """Every version, the oldest first."""
    rows = (
        ConsentText(row["version"], date.fromisoformat(row["valid_from"]), row["text_id"], row["text_en"])
        for row in rows_of("consent_texts.csv")
    )
    return tuple(sorted(rows, key=lambda text: text.valid_from))


def consent_text_on(day: date) -> ConsentText:
    """The version in force on that day; the first one for a day before all."""
    texts = consent_texts()
    return next((text for text in reversed(texts) if text.valid_from <= day), texts[0])
