"""The journal of a finance body: double entry in whole rupiah, written once (triggers in the migrations).

What the database itself refuses, whoever asks: an entry whose lines do not sum to zero, a change or removal
of an entry or a line, a number of its own choosing, a day before the books opened or in a closed month, an
account or member of another body, a second reversal, a reversal that is not the mirror of its original.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from cooperatives.enums import AccountKind, TransactionKind
from cooperatives.models.bodies import FinanceBody, Member


class LedgerAccount(models.Model):
    """One account of a body's chart. `of_members`: each line names a member, and each member has a balance
    of her own that never falls below zero. Kind, code and body never change; the names may."""

    body = models.ForeignKey(FinanceBody, on_delete=models.PROTECT, related_name="accounts", db_index=False)
    code = models.CharField(_("Code"), max_length=8)
    name_id = models.CharField(_("Name in Indonesian"), max_length=80)
    name_en = models.CharField(_("Name in English"), max_length=80)
    kind = models.CharField(_("Kind"), max_length=6, choices=AccountKind)
    of_members = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["body", "code"], name="cooperatives_account_code_once"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[1-5][0-9]{2,7}$"), name="cooperatives_account_code_is_digits"
            ),
            models.CheckConstraint(
                condition=Q(of_members=False) | Q(kind__in=["asset", "debt", "equity"]),
                name="cooperatives_account_of_members_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_id if (get_language() or "id").startswith("id") else self.name_en

    @property
    def sign(self) -> int:
        """Times a sum of lines: the balance as people read it."""
        return AccountKind(self.kind).sign


class BookYear(models.Model):
    """The last number given in a body's year. Whoever posts holds this row until the transaction ends; only
    the trigger of the journal writes here."""

    body = models.ForeignKey(FinanceBody, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "year"], name="cooperatives_book_year_once")]


class Collection(models.Model):
    """One evening's sheet: many members' payments, counted together and entered at once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(FinanceBody, on_delete=models.PROTECT, related_name="collections")
    day = models.DateField(_("Day"))
    group = models.CharField(_("Name of the group"), max_length=120, blank=True)
    total = models.PositiveBigIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(total__gt=0), name="cooperatives_collection_holds_money")
        ]


class JournalEntry(models.Model):
    """One thing that happened to the money. `amount`: what it moves, in rupiah. `year`, `number` and
    `made_at` come from the database."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(FinanceBody, on_delete=models.PROTECT, related_name="entries", db_index=False)
    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveIntegerField(editable=False)
    day = models.DateField(_("Day"))
    kind = models.CharField(_("Kind"), max_length=24)
    text = models.CharField(_("Note"), max_length=200, blank=True)
    amount = models.PositiveBigIntegerField()
    lines_count = models.PositiveSmallIntegerField()
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by"
    )
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    collection = models.ForeignKey(
        Collection, null=True, blank=True, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    made_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="cooperatives_entry_number_once"),
            models.CheckConstraint(
                condition=Q(year=ExtractYear(F("day"))), name="cooperatives_entry_in_its_year"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="cooperatives_entry_moves_money"),
            models.CheckConstraint(condition=Q(lines_count__gte=2), name="cooperatives_entry_has_two_sides"),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, reason="") | (Q(reverses__isnull=False) & ~Q(reason="")),
                name="cooperatives_entry_reverses_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["body", "day"], name="cooperatives_entry_day"),
            models.Index(
                fields=["collection"],
                condition=Q(collection__isnull=False),
                name="cooperatives_entry_collection",
            ),
        ]

    @property
    def kind_label(self) -> str:
        """What kind of transaction it was, in the reader's language."""
        return str(TransactionKind(self.kind).label)

    @property
    def reference(self) -> str:
        """How the entry and its receipt are called: 0017/2026."""
        return f"{self.number:04d}/{self.year}"


class JournalLine(models.Model):
    """One side of an entry: a positive amount is debit, a negative one credit, in whole rupiah."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="lines", db_index=False)
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="lines", db_index=False)
    member = models.ForeignKey(
        Member, null=True, blank=True, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="cooperatives_line_moves_money"),
        ]
        indexes = [
            models.Index(fields=["account", "member"], include=["amount"], name="cooperatives_line_account"),
            models.Index(fields=["entry"], include=["amount"], name="cooperatives_line_entry"),
            models.Index(
                fields=["member"], condition=Q(member__isnull=False), name="cooperatives_line_member"
            ),
        ]

    @property
    def debit(self) -> int:
        """The amount when it is a debit; else 0."""
        return max(self.amount, 0)

    @property
    def credit(self) -> int:
        """The amount when it is a credit; else 0."""
        return max(-self.amount, 0)

    @property
    def size(self) -> int:
        """The amount without its side."""
        return abs(self.amount)
