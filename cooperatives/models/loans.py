"""Loans to members: what was agreed, its instalments, and what was paid. Nothing here is rewritten."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from cooperatives.enums import InterestMethod, LoanPaymentKind
from cooperatives.models.bodies import FinanceBody, Member
from cooperatives.models.ledger import JournalEntry


class LoanQuerySet(models.QuerySet["Loan"]):
    def standing(self, *, on: date | None = None) -> LoanQuerySet:
        """Loans whose entry was not taken back; `on`: granted by that day, and not taken back by then."""
        rows = self if on is None else self.filter(entry__day__lte=on)
        return rows.filter(_not_taken_back("entry__", on))

    def with_paid(self, *, on: date | None = None) -> LoanQuerySet:
        """Each with `paid_principal` and `paid_interest`: whole rupiah, payments taken back left out. `on`:
        by the end of that day."""
        return self.annotate(
            paid_principal=_paid("principal_rupiah", on), paid_interest=_paid("interest_rupiah", on)
        )

    def running(self, *, on: date | None = None) -> LoanQuerySet:
        """Loans of which principal is still owed; `on`: was owed at the end of that day."""
        paid = _paid("principal_rupiah", on)
        return self.standing(on=on).alias(paid_so_far=paid).filter(paid_so_far__lt=F("principal_rupiah"))


class Loan(models.Model):
    """One loan of one member, as agreed on the day it was granted. `monthly_rate`: hundredths of a percent a
    month. Its key is that of the entry which paid it out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(FinanceBody, on_delete=models.PROTECT, related_name="loans")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="loans")
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="loan")
    granted_on = models.DateField(_("Granted on"))
    principal_rupiah = models.BigIntegerField(_("Amount"))
    months = models.PositiveSmallIntegerField(_("Months"))
    monthly_rate = models.PositiveSmallIntegerField(_("Charge a month"))
    method = models.CharField(_("Way of reckoning"), max_length=9, choices=InterestMethod)
    purpose = models.CharField(_("What for"), max_length=200, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = LoanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(principal_rupiah__gt=0, months__gte=1, months__lte=60),
                name="cooperatives_loan_lends_something",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member.name}, {self.granted_on:%d-%m-%Y}"


class Instalment(models.Model):
    """One instalment as agreed; what was paid of it follows from the payments, the oldest first."""

    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="instalments", db_index=False)
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    principal_rupiah = models.BigIntegerField()
    interest_rupiah = models.BigIntegerField()
    left_rupiah = models.BigIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["loan", "number"], name="cooperatives_instalment_once"),
            models.CheckConstraint(
                condition=Q(principal_rupiah__gte=0, interest_rupiah__gte=0, left_rupiah__gte=0),
                name="cooperatives_instalment_not_negative",
            ),
        ]

    @property
    def total_rupiah(self) -> int:
        return self.principal_rupiah + self.interest_rupiah


class LoanPayment(models.Model):
    """What an entry paid of a loan, or wrote off. `decision`: of the members' meeting, for a write-off."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    loan = models.ForeignKey(Loan, on_delete=models.PROTECT, related_name="payments")
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="loan_payment")
    kind = models.CharField(max_length=10, choices=LoanPaymentKind)
    paid_on = models.DateField(_("Day"))
    principal_rupiah = models.BigIntegerField()
    interest_rupiah = models.BigIntegerField()
    decision = models.CharField(_("Decision of the meeting"), max_length=200, blank=True)

    class Meta:
        ordering = ["paid_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(principal_rupiah__gte=0, interest_rupiah__gte=0)
                & (Q(principal_rupiah__gt=0) | Q(interest_rupiah__gt=0)),
                name="cooperatives_payment_pays_something",
            ),
            models.CheckConstraint(
                condition=~Q(kind="write_off") | (~Q(decision="") & Q(interest_rupiah=0)),
                name="cooperatives_write_off_was_decided",
            ),
        ]

    @property
    def total_rupiah(self) -> int:
        return self.principal_rupiah + self.interest_rupiah


def _not_taken_back(entry: str, on: date | None) -> Q:
    """Entries nobody reversed, or nobody by the end of that day."""
    standing = Q(**{f"{entry}reversed_by__isnull": True})
    return standing if on is None else standing | Q(**{f"{entry}reversed_by__day__gt": on})


def _paid(column: str, on: date | None) -> Coalesce:
    payments = LoanPayment.objects.filter(_not_taken_back("entry__", on), loan=OuterRef("pk"))
    if on is not None:
        payments = payments.filter(entry__day__lte=on)
    total = payments.order_by().values("loan").annotate(total=Sum(column)).values("total")
    return Coalesce(Subquery(total, output_field=models.BigIntegerField()), 0)
