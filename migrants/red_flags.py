"""The spoken questions of the red-flag check, read from versioned files (domain.md 2.5).

A file migrants/data/red_flags_*.toml holds one version: whoever may write there can change words and
questions without code. A malformed file stops the start, not the village desk. A red flag is no proof:
there is no score, and no file may say that trafficking is confirmed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from migrants.enums import Body

DATA = Path(__file__).parent / "data"
FEWEST, MOST = 10, 15
LONGEST = 200
SIGNS = frozenset(
    {
        "broker_no_license",
        "non_work_visa",
        "upfront_cash",
        "fee_demanded",
        "shelter_before_papers",
        "no_contract",
        "unclear_destination",
        "closed_country",
        "forged_docs",
        "no_family_permit",
        "social_media_offer",
        "lpk_double_face",
        "minor",
        "papers_held",
    }
)
TEXTS = ("question", "what", "why", "source", "ask_next")
VERDICTS = ("tppo", "trafficking", "perdagangan orang", "terbukti")
ANSWERS = ("yes", "no", "unknown")


class RulesMalformed(ValueError):
    """A file of questions cannot be used; the text says where and why."""


@dataclass(frozen=True)
class Flag:
    """One sign: the question as it is spoken, which answer is the sign, and what to say then."""

    code: str
    question: str
    answer: str
    what: str
    why: str
    source: str
    ask_next: str
    refer: tuple[Body, ...]

    def is_hit_by(self, answer: str) -> bool:
        """Whether this answer is the sign; "unknown" never is."""
        return answer == self.answer


@dataclass(frozen=True)
class Rules:
    """One version of the questions, valid from a day on."""

    version: int
    valid_from: date
    flags: tuple[Flag, ...]

    def hits(self, answers: Mapping[str, str]) -> list[Flag]:
        """The signs among the answers (code -> yes, no, unknown), in the order of the questions."""
        return [flag for flag in self.flags if flag.is_hit_by(answers.get(flag.code, "unknown"))]


def read_rules(path: Path) -> Rules:
    """The questions of a file. Raises `RulesMalformed`."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        version, since = given["version"], given["valid_from"]
        flags = tuple(_flag(path, row) for row in given["flags"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RulesMalformed(f"{path.name}: {error}") from error
    codes = [flag.code for flag in flags]
    if type(version) is not int or version < 1 or type(since) is not date:
        raise RulesMalformed(f"{path.name}: version is a whole number, valid_from a date.")
    if not FEWEST <= len(flags) <= MOST or len(set(codes)) != len(codes):
        raise RulesMalformed(f"{path.name}: it needs {FEWEST} to {MOST} questions, each code once.")
    return Rules(version, since, flags)


def _flag(path: Path, row: Mapping[str, Any]) -> Flag:
    code = row["code"]
    texts = {name: row[name] for name in TEXTS}
    for name, text in texts.items():
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST:
            raise RulesMalformed(f"{path.name}, {code}: {name} is a text of at most {LONGEST} characters.")
        if any(verdict in text.lower() for verdict in VERDICTS):
            raise RulesMalformed(f"{path.name}, {code}: {name} judges. A sign is no proof.")
    if code not in SIGNS or row["answer"] not in ("yes", "no") or not row["refer"]:
        raise RulesMalformed(f"{path.name}, {code}: wrong code or answer, or nobody to refer to.")
    return Flag(code=code, answer=row["answer"], refer=tuple(Body(name) for name in row["refer"]), **texts)


@cache
def every_version() -> dict[int, Rules]:
    """All versions by number. Raises `RulesMalformed`; two files of one version are malformed too."""
    found: dict[int, Rules] = {}
    for path in sorted(DATA.glob("red_flags_*.toml")):
        rules = read_rules(path)
        if rules.version in found:
            raise RulesMalformed(f"{path.name}: version {rules.version} exists already.")
        found[rules.version] = rules
    return found


def rules_on(day: date) -> Rules:
    """The newest version valid on that day; the oldest before the first."""
    versions = sorted(every_version().values(), key=lambda rules: rules.valid_from)
    return next((rules for rules in reversed(versions) if rules.valid_from <= day), versions[0])
