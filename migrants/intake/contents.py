"""What a row holds, as JSON under seal: what was found in it, what was read from it, what differs from us."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from accounts.sealing import seal, unseal
from migrants.models import RegisterRow
from migrants.models.imports import row_context
from migrants.registers.facts import CompanyFacts, Facts, JourneyFacts, PersonFacts
from migrants.registers.reasons import Finding, Reason

_PERSON = tuple(item.name for item in fields(PersonFacts))
_JOURNEY = tuple(item.name for item in fields(JourneyFacts))
_COMPANY = tuple(item.name for item in fields(CompanyFacts))
_EMPTY = (None, "", ())


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that the file tells otherwise than our record. `name`: the field of Person or company, "card",
    or one of JOURNEY_BEGINS and JOURNEY_MOVES, whose `there` is the status in the file."""

    name: str
    here: str
    there: str


JOURNEY_BEGINS = "journey"
JOURNEY_MOVES = "journey_status"


@dataclass(slots=True)
class RowContent:
    """`before`: what an update replaced, for undoing it; `version`: of the person after the update."""

    findings: tuple[Finding, ...] = ()
    facts: Facts | None = None
    differences: tuple[Difference, ...] = ()
    before: dict[str, Any] = field(default_factory=dict)
    version: int = 0


def sealed_content(content: RowContent, *, register: Any, number: int) -> bytes:
    """The content under seal, to lie in the row of that number."""
    return seal(_text_of(content), context=row_context(register, number))


def content_of(row: RegisterRow) -> RowContent:
    """What the row holds; nothing once it was swept."""
    if row.content_sealed is None:
        return RowContent()
    given = json.loads(unseal(bytes(row.content_sealed), context=row.seal_context))
    return RowContent(
        findings=tuple(Finding(Reason(item[0]), *item[1:]) for item in given.get("f", ())),
        facts=_facts_of(given),
        differences=tuple(Difference(*item) for item in given.get("d", ())),
        before=given.get("b", {}),
        version=given.get("v", 0),
    )


def _text_of(content: RowContent) -> str:
    given: dict[str, Any] = {}
    if content.findings:
        given["f"] = [(found.reason, found.column, found.value, found.detail) for found in content.findings]
    if isinstance(content.facts, PersonFacts):
        given["p"] = _flat(content.facts, _PERSON)
        if content.facts.journey is not None:
            given["j"] = _flat(content.facts.journey, _JOURNEY)
    elif content.facts is not None:
        given["c"] = _flat(content.facts, _COMPANY)
    if content.differences:
        given["d"] = [(item.name, item.here, item.there) for item in content.differences]
    if content.before:
        given["b"] = content.before
    if content.version:
        given["v"] = content.version
    return json.dumps(given, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)


def _flat(facts: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """What was said, without the empty fields; dates are written by `json`'s default."""
    found = {name: getattr(facts, name) for name in names if name != "journey"}
    return {name: value for name, value in found.items() if value not in _EMPTY}


_PERSON_EMPTY = {
    "village": "",
    "full_name": "",
    "sex": "",
    "birth_date": None,
    "nik": "",
    "category": "",
    "journey": None,
}
_COMPANY_EMPTY = {"name": "", "name_key": "", "licence": "", "valid_until": None}
_DATES = frozenset(
    {
        "birth_date",
        "birth_date_by_nik",
        "passport_expires_on",
        "registered_on",
        "departed_on",
        "contract_ends_on",
        "returned_on",
        "valid_until",
    }
)


def _facts_of(given: dict[str, Any]) -> Facts | None:
    if "c" in given:
        return CompanyFacts(**{**_COMPANY_EMPTY, **_dated(given["c"])})
    if "p" not in given:
        return None
    person = {**_PERSON_EMPTY, **_dated(given["p"])}
    if "other_phones" in person:
        person["other_phones"] = tuple(person["other_phones"])
    if "j" in given:
        person["journey"] = JourneyFacts(**_dated(given["j"]))
    return PersonFacts(**person)


def _dated(flat: dict[str, Any]) -> dict[str, Any]:
    return {name: date.fromisoformat(value) if name in _DATES else value for name, value in flat.items()}
