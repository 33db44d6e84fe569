"""What is read out to a guardian before a child is written down: versioned files, pillars/data/."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class GuardianText:
    """One version of the text, in force from a day on."""

    version: str
    valid_from: date
    text_id: str
    text_en: str

    def words(self) -> str:
        """The text in the language of the page."""
        return self.text_id if (get_language() or "id").startswith("id") else self.text_en


@cache
def guardian_texts() -> tuple[GuardianText, ...]:
    """Every version, the oldest first."""
    found = []
    for path in DATA.glob("guardian_consent_*.toml"):
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(GuardianText(given["version"], given["valid_from"], given["id"], given["en"]))
    return tuple(sorted(found, key=lambda text: text.valid_from))


def guardian_text_on(day: date) -> GuardianText:
    """The version in force on that day; the first one for a day before all."""
    texts = guardian_texts()
    return next((text for text in reversed(texts) if text.valid_from <= day), texts[0])
