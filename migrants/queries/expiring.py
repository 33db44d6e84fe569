"""What ends soon for people who prepare to depart or work abroad: passport, visa, contract, insurance,
permit.

Warned at 90, 60 and 30 days before. Each query is of the whole country: the job that asks runs by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from migrants.enums import MigrationStatus
from migrants.models import Document, Migration, Task
from migrants.papers import DocumentKind, DocumentState
from migrants.task_rules import (
    CONTRACT_ENDS,
    INSURANCE_ENDS,
    PASSPORT_ENDS,
    STAY_PERMIT_ENDS,
    VISA_ENDS,
    TaskRule,
)

STEPS = (30, 60, 90)  # days before the end
OPEN = (MigrationStatus.PROSPECTIVE, MigrationStatus.ABROAD)
BY_KIND = {
    DocumentKind.WORK_VISA: VISA_ENDS,
    DocumentKind.SOCIAL_SECURITY: INSURANCE_ENDS,
    DocumentKind.STAY_PERMIT: STAY_PERMIT_ENDS,
}


@dataclass(frozen=True)
class Ending:
    """Something of a journey that ends on a day. `subject`: whose end it is, the same at every look."""

    rule: TaskRule
    subject: UUID
    journey: Migration
    ends_on: date

    def occurrence(self, today: date) -> str:
        """Which warning this is: the end and the step it has reached. A renewed paper is warned of anew."""
        return warning_of(self.ends_on, today)


def warning_of(ends_on: date, today: date) -> str:
    """The end and the step it has reached, for an end within 90 days: the occurrence of its task."""
    left = (ends_on - today).days
    return f"{ends_on.isoformat()}:{next(step for step in STEPS if left <= step)}"


def endings(today: date) -> Iterator[Ending]:
    """Everything that ends from today to 90 days on, of open journeys. Queries: 3, each read row by row."""
    window = (today, today + timedelta(days=max(STEPS)))
    journeys = Migration.objects.filter(status__in=OPEN).select_related("person", "village")
    passports = journeys.filter(person__passport_expires_on__range=window)
    for journey in passports.order_by("pk").iterator():
        ends_on = journey.person.passport_expires_on
        if ends_on is not None:
            yield Ending(PASSPORT_ENDS, journey.person_id, journey, ends_on)
    contracts = journeys.filter(status=MigrationStatus.ABROAD, contract_ends_on__range=window)
    for journey in contracts.order_by("pk").iterator():
        if journey.contract_ends_on is not None:
            yield Ending(CONTRACT_ENDS, journey.pk, journey, journey.contract_ends_on)
    papers = Document.objects.filter(
        kind__in=list(BY_KIND),
        state__in=[DocumentState.IN_HAND, DocumentState.CHECKED],
        expires_on__range=window,
        migration__status__in=OPEN,
    ).select_related("migration__person", "migration__village")
    for paper in papers.order_by("pk").iterator():
        if paper.expires_on is not None:
            yield Ending(BY_KIND[DocumentKind(paper.kind)], paper.pk, paper.migration, paper.expires_on)


def still_open() -> set[tuple[str, str, date | None]]:
    """Rule, subject and day of every warning nobody has answered yet: none of them is given twice.
    Queries: 1."""
    rules = [rule.code for rule in (PASSPORT_ENDS, CONTRACT_ENDS, *BY_KIND.values())]
    open_tasks = Task.objects.open().filter(rule__in=rules)
    return set(open_tasks.values_list("rule", "subject", "event_on"))
