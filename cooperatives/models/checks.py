"""What the nightly reckoning of all books found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class LedgerCheck(models.Model):
    """One reckoning of every balance from the postings. `findings`: sentences for the auditor, at most a
    hundred of a kind; `found`: how many there are. Never changed."""

    ran_at = models.DateTimeField(auto_now_add=True)
    milliseconds = models.PositiveIntegerField()
    bodies = models.PositiveIntegerField()
    entries = models.PositiveBigIntegerField()
    found = models.PositiveIntegerField()
    findings = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(found=0, findings=[]) | (Q(found__gt=0) & ~Q(findings=[])),
                name="cooperatives_check_names_what_it_found",
            )
        ]

    @property
    def notice_kind(self) -> str:
        """How the page shows it: good, or bad."""
        return "bad" if self.found else "good"
