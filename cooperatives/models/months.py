"""A month is closed by two people: one checks the trial balance, another counts the cash."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from cooperatives.models.bodies import FinanceBody


class TrialCheck(models.Model):
    """Somebody read the trial balance at the end of a month, when the books had so many entries up to then.

    `month` is its first day. An entry that comes later makes the check void; then it is done again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(FinanceBody, on_delete=models.PROTECT, related_name="trial_checks")
    month = models.DateField()
    entries = models.PositiveIntegerField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="cooperatives_check_of_a_month")
        ]


class ClosedMonth(models.Model):
    """Nothing enters this month or an earlier one any more. It is never reopened: what was wrong is reversed
    in an open month. `book_cash` and `counted_cash`: rupiah in the box when it was counted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(FinanceBody, on_delete=models.PROTECT, related_name="closed_months")
    month = models.DateField()
    trial = models.ForeignKey(TrialCheck, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    book_cash = models.BigIntegerField()
    counted_cash = models.PositiveBigIntegerField(_("Cash counted"))
    explanation = models.CharField(_("Why the cash differs"), max_length=200, blank=True)
    closed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "month"], name="cooperatives_month_closed_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="cooperatives_closed_is_a_month"),
            models.CheckConstraint(
                condition=~Q(checked_by=F("counted_by")), name="cooperatives_month_closed_by_two"
            ),
            models.CheckConstraint(
                condition=Q(counted_cash=F("book_cash")) | ~Q(explanation=""),
                name="cooperatives_difference_explained",
            ),
        ]

    @property
    def difference(self) -> int:
        """What the count had more (above zero) or less than the books, in rupiah."""
        return self.counted_cash - self.book_cash
