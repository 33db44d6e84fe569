"""What the worker does for the books at night."""

from __future__ import annotations

from celery import shared_task

from cooperatives.actions import checking


@shared_task
def check_ledger() -> None:
    """All books are reckoned from their postings, and the auditor's page says what was found."""
    checking.check_ledger()
