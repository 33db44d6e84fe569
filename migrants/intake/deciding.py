"""What a person may say about a doubtful row, and what has to be answered for it to come in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from migrants.enums import RowDecision
from migrants.intake.checking import PLACE_DOUBTS
from migrants.intake.contents import RowContent
from migrants.registers.facts import PersonFacts
from migrants.registers.reasons import Reason

D = RowDecision
_SEX = frozenset({Reason.SEX_MISSING, Reason.SEX_UNKNOWN})
_NIK_SETTLES = _SEX | {Reason.SEX_DIFFERS, Reason.BIRTH_DATE_DIFFERS}
_NIK_IN_DOUBT = frozenset({Reason.NIK_ENDS_IN_ZERO, Reason.NIK_OTHER_NAME, Reason.NIK_PROVINCE_UNKNOWN})
_SAME_NUMBER = frozenset({Reason.PERSON_DIFFERS, Reason.NIK_TAKEN})


@dataclass(frozen=True)
class Doubt:
    """A kind of doubtful row: its reasons, and whether it matches a record of ours."""

    reasons: frozenset[str]
    is_matched: bool

    @property
    def asks_village(self) -> bool:
        """Whether the rows cannot come in before somebody says where they belong."""
        return bool(self.reasons & PLACE_DOUBTS)

    @property
    def asks_sex(self) -> bool:
        """Whether the rows may need an answer to the sex."""
        return bool(self.reasons & _SEX)

    @property
    def choices(self) -> list[RowDecision]:
        """The answers that make sense, the likeliest first; leaving out is always possible."""
        if self.is_matched and self.reasons & _SAME_NUMBER:
            other = [D.NO_NIK] if Reason.NIK_TAKEN in self.reasons else []
            return [D.UPDATE, *other, D.SKIP]
        if Reason.SECOND_JOURNEY in self.reasons:
            return [D.UPDATE, D.SKIP]
        if self.is_matched:
            return [D.UPDATE, D.IMPORT, D.SKIP]
        found = [D.IMPORT]
        if self.reasons & _NIK_SETTLES and Reason.NIK_MISSING not in self.reasons:
            found.append(D.BY_NIK)
        if self.reasons & _NIK_IN_DOUBT:
            found.append(D.NO_NIK)
        return [*found, D.SKIP]


def may_decide(reasons: Collection[str], *, is_matched: bool, decision: str) -> bool:
    """Whether the decision is one of those a row with these reasons may get."""
    return decision in Doubt(frozenset(reasons), is_matched).choices


def is_answered(content: RowContent, *, decision: str, village: str, sex: str) -> bool:
    """Whether a row so decided has all it needs to come in: a village, and for a new person the sex."""
    facts = content.facts
    if decision in (D.SKIP, D.UPDATE) or not isinstance(facts, PersonFacts):
        return True
    known = (facts.sex_by_nik or facts.sex) if decision == D.BY_NIK else facts.sex
    return bool(village and (known or sex))


def as_decided(facts: PersonFacts, *, decision: str, village: str, sex: str) -> PersonFacts:
    """The facts as they come in. The answer to the sex fills what the row leaves open."""
    facts.village = village
    if decision == D.BY_NIK:
        facts.sex = facts.sex_by_nik or facts.sex
        facts.birth_date = facts.birth_date_by_nik or facts.birth_date
    if decision == D.NO_NIK:
        facts.nik = ""
    facts.sex = facts.sex or sex
    return facts
