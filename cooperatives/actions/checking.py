"""Reckon all books and keep what was found."""

from __future__ import annotations

import time

from django.db import transaction

from audit.actions import record
from cooperatives import events
from cooperatives.models import FinanceBody, JournalEntry, LedgerCheck
from cooperatives.queries.checking import books_that_disagree


@transaction.atomic
def check_ledger() -> LedgerCheck:
    """Every balance was reckoned from its postings; what does not agree is named in the row returned.

    The system does it itself, at night, and nothing is mended by it. Records `books.checked`.
    """
    began = time.perf_counter()
    findings, found = books_that_disagree()
    check = LedgerCheck.objects.create(
        milliseconds=round((time.perf_counter() - began) * 1000),
        bodies=FinanceBody.objects.filter(books_opened_on__isnull=False).count(),
        entries=JournalEntry.objects.count(),
        found=found,
        findings=[finding.sentence for finding in findings],
    )
    record(events.BOOKS_CHECKED, by=None, subject=check, subject_label=str(found))
    return check
