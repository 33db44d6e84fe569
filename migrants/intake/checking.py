"""The dry run: every row read, compared with our records, and given one outcome. Nothing is written here.

The job and the command line both read through `checked_batches`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from migrants.intake.comparing import company_differences, field_words, findings_of
from migrants.intake.contents import RowContent
from migrants.intake.places import Scope, ScopePlaces
from migrants.queries.matching import companies_like, matches_of
from migrants.registers.facts import CompanyFacts, PersonFacts
from migrants.registers.kinds import RegisterKind
from migrants.registers.plans import Plan
from migrants.registers.reading import AssessedRow, RegisterReading
from migrants.registers.reasons import Finding, Outcome, Reason
from villages.tables import DISTRICT, VILLAGE, Limits

PLACE_DOUBTS = frozenset(
    {Reason.PLACE_MISSING, Reason.PLACE_UNKNOWN, Reason.PLACE_AMBIGUOUS, Reason.PLACE_SPELLING}
)
LONGEST_ABOUT = 120


@dataclass(slots=True)
class CheckedRow:
    """A row as the dry run leaves it. `about`: the place as written, where it is in doubt; `village`: where
    the row goes, "" when that is not clear."""

    number: int
    sheet: int
    row: int
    outcome: Outcome
    content: RowContent
    village: str = ""
    about: str = ""
    match: UUID | None = None
    company: UUID | None = None

    @property
    def reasons(self) -> list[str]:
        """Each code once, in the order found."""
        return list(dict.fromkeys(found.reason.value for found in self.content.findings))


def limits_of(scope: Scope) -> Limits:
    """A village's file is small; one of a district or of the country may be large (quality.md C37)."""
    return VILLAGE if scope.village else DISTRICT


def checked_batches(
    path: Path,
    *,
    plan: Plan,
    scope: Scope,
    today: date,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[list[CheckedRow]]:
    """The rows of the file in batches, each compared with our records. Raises `TableRefused`.

    Queries: at most 4 a batch, and up to 6 for each spelling of a place.
    """
    reading = RegisterReading(
        path,
        plan=plan,
        places=ScopePlaces(scope),
        today=today,
        limits=limits_of(scope),
        progress=progress,
    )
    number = 0
    for batch in reading.batches():
        rows = [_checked(number + at, row) for at, row in enumerate(batch, 1)]
        number += len(batch)
        if plan.kind == RegisterKind.COMPANIES:
            _compare_companies(rows)
        else:
            _compare_people(rows)
        yield rows


def _checked(number: int, row: AssessedRow) -> CheckedRow:
    facts = row.facts
    about = next((found.value for found in row.findings if found.reason in PLACE_DOUBTS), "")
    return CheckedRow(
        number=number,
        sheet=row.sheet,
        row=row.row,
        outcome=row.outcome,
        content=RowContent(findings=row.findings, facts=facts),
        village=facts.village if isinstance(facts, PersonFacts) else "",
        about=about[:LONGEST_ABOUT],
    )


def _compare_people(rows: list[CheckedRow]) -> None:
    known = {row.number: row for row in rows if isinstance(row.content.facts, PersonFacts)}
    asked = ((n, row.content.facts, row.village) for n, row in known.items())
    for number, match in matches_of(asked).items():  # type: ignore[arg-type]
        row = known[number]
        facts = row.content.facts
        assert isinstance(facts, PersonFacts)
        found, differences = findings_of(facts, match)
        row.match = match.person.pk
        row.content.differences = tuple(differences)
        _judge(row, found)


def _compare_companies(rows: list[CheckedRow]) -> None:
    known = {row.number: row for row in rows if isinstance(row.content.facts, CompanyFacts)}
    asked = [(n, row.content.facts) for n, row in known.items()]
    for number, company in companies_like(asked).items():  # type: ignore[arg-type]
        row = known[number]
        facts = row.content.facts
        assert isinstance(facts, CompanyFacts)
        row.company = company.pk
        differences = company_differences(facts, company)
        row.content.differences = tuple(differences)
        reason = Reason.PERSON_DIFFERS if differences else Reason.ALREADY_THERE
        _judge(row, [Finding(reason, detail=", ".join(field_words(item) for item in differences))])


def _judge(row: CheckedRow, found: list[Finding]) -> None:
    """A row that says nothing new is left out, whatever else is doubtful in it; others are looked at."""
    if found[0].reason == Reason.ALREADY_THERE:
        row.outcome, row.content.findings = Outcome.SKIPPED, tuple(found)
    else:
        row.outcome = Outcome.REVIEW
        row.content.findings = (*row.content.findings, *found)
