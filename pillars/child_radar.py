"""The children-left-behind radar: which children need a visit, and why. Pure rules, thresholds as data.

A file pillars/data/child_radar_*.toml holds one version of the thresholds; whoever may write there changes
them without code. A malformed file stops the start. Source: issue 5, pillar 3; domain.md 4.2.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from migrants.task_rules import TaskRule
from pillars.enums import SchoolStanding

DATA = Path(__file__).parent / "data"
PAGE = "pillars:child-detail"
MOST = {"within_days": 365, "sessions": 20, "weeks": 52, "act_within_days": 60}


def _rule(code: str, title: Any, says: Any) -> TaskRule:
    return TaskRule(f"child_{code}", title, says, page=PAGE, needs=Permission.SEE_CHILDREN)


CARER_CHANGED = _rule(
    "carer_changed",
    _("Visit a child whose carer has changed"),
    _("Somebody else cares for the child since a short while."),
)
ABSENT = _rule(
    "absent",
    _("Visit a child who stays away from the learning centre"),
    _("The child missed several sessions in a row."),
)
NO_CONTACT = _rule(
    "no_contact",
    _("Visit a child who has not heard from the parent"),
    _("The parent is away and has not been in contact for weeks."),
)
SCHOOL_AT_RISK = _rule(
    "school_at_risk",
    _("Visit a child at risk of dropping out of school"),
    _("The child is at risk of dropping out of school."),
)
DROPPED_OUT = _rule(
    "dropped_out",
    _("Visit a child who has dropped out of school"),
    _("The child has dropped out of school."),
)
TASK_RULES = (CARER_CHANGED, ABSENT, NO_CONTACT, SCHOOL_AT_RISK, DROPPED_OUT)
# What each rule needs to know besides how soon somebody should go.
NEEDS = {"carer_changed": "within_days", "absent": "sessions", "no_contact": "weeks"}


class RadarMalformed(ValueError):
    """A file of thresholds cannot be used; the text says where and why."""


@dataclass(frozen=True)
class Threshold:
    """When one rule speaks up. `most`: days, sessions or weeks, as the rule counts; 0 where it counts
    nothing."""

    on: bool
    most: int
    act_within_days: int


@dataclass(frozen=True)
class Thresholds:
    """One version of the file, valid from a day on."""

    version: int
    valid_from: date
    of: Mapping[str, Threshold]


@dataclass(frozen=True)
class ChildFacts:
    """What the radar knows of one child. `changed_on`: when another carer took over, None when none did.
    `missed`: sessions missed in a row up to the last one, `missed_since` the first of them. `heard_on`: the
    last contact, or the day the child came on the list. `away`: the parent is abroad, or not known back.
    """

    child: UUID
    village: str
    changed_on: date | None
    missed: int
    missed_since: date | None
    heard_on: date
    away: bool
    school: str
    school_since: date | None


@dataclass(frozen=True)
class Hit:
    """One rule speaks of one child. `occurrence`: which time of several, so that no task comes twice."""

    rule: TaskRule
    child: UUID
    village: str
    event_on: date
    occurrence: str
    act_within_days: int


def hits(facts: ChildFacts, thresholds: Thresholds, today: date) -> Iterator[Hit]:
    """Every rule that speaks of the child today, in the order of `TASK_RULES`."""
    for rule in TASK_RULES:
        threshold = thresholds.of[rule.code.removeprefix("child_")]
        event_on = _CHECKS[rule.code](facts, threshold.most, today) if threshold.on else None
        if event_on is not None:
            occurrence, days = event_on.isoformat(), threshold.act_within_days
            yield Hit(rule, facts.child, facts.village, event_on, occurrence, days)


def _carer_changed(facts: ChildFacts, days: int, today: date) -> date | None:
    recent = facts.changed_on is not None and facts.changed_on >= today - timedelta(days=days)
    return facts.changed_on if recent else None


def _absent(facts: ChildFacts, sessions: int, _today: date) -> date | None:
    return facts.missed_since if facts.missed >= sessions else None


def _no_contact(facts: ChildFacts, weeks: int, today: date) -> date | None:
    late = facts.away and facts.heard_on <= today - timedelta(weeks=weeks)
    return facts.heard_on if late else None


def _at_risk(facts: ChildFacts, _most: int, _today: date) -> date | None:
    return facts.school_since if facts.school == SchoolStanding.AT_RISK else None


def _dropped_out(facts: ChildFacts, _most: int, _today: date) -> date | None:
    return facts.school_since if facts.school == SchoolStanding.DROPPED_OUT else None


_CHECKS = {
    CARER_CHANGED.code: _carer_changed,
    ABSENT.code: _absent,
    NO_CONTACT.code: _no_contact,
    SCHOOL_AT_RISK.code: _at_risk,
    DROPPED_OUT.code: _dropped_out,
}


def read_thresholds(path: Path) -> Thresholds:
    """The thresholds of a file. Raises `RadarMalformed`."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        version, since = given.pop("version"), given.pop("valid_from")
        of = {code: _threshold(path, code, rows) for code, rows in given.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RadarMalformed(f"{path.name}: {error}") from error
    if type(version) is not int or version < 1 or type(since) is not date:
        raise RadarMalformed(f"{path.name}: version is a whole number, valid_from a date.")
    if {f"child_{code}" for code in of} != set(_CHECKS):
        raise RadarMalformed(f"{path.name}: it needs each rule once, and no other.")
    return Thresholds(version, since, of)


def _threshold(path: Path, code: str, rows: Mapping[str, Any]) -> Threshold:
    names = ["act_within_days", *([NEEDS[code]] if code in NEEDS else [])]
    if set(rows) != {"on", *names} or type(rows["on"]) is not bool:
        raise RadarMalformed(f"{path.name}, {code}: it needs on and {', '.join(names)}, nothing else.")
    for name in names:
        if type(rows[name]) is not int or not 1 <= rows[name] <= MOST[name]:
            raise RadarMalformed(f"{path.name}, {code}: {name} is a whole number from 1 to {MOST[name]}.")
    return Threshold(rows["on"], rows.get(NEEDS.get(code, ""), 0), rows["act_within_days"])


@cache
def every_version() -> dict[int, Thresholds]:
    """All versions by number. Raises `RadarMalformed`; two files of one version are malformed too."""
    found: dict[int, Thresholds] = {}
    for path in sorted(DATA.glob("child_radar_*.toml")):
        thresholds = read_thresholds(path)
        if thresholds.version in found:
            raise RadarMalformed(f"{path.name}: version {thresholds.version} exists already.")
        found[thresholds.version] = thresholds
    return found


def thresholds_on(day: date) -> Thresholds:
    """The newest version valid on that day; the oldest before the first."""
    versions = sorted(every_version().values(), key=lambda one: one.valid_from)
    return next((one for one in reversed(versions) if one.valid_from <= day), versions[0])
