"""Files made from an edition, and its withdrawal."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from reports.enums import WithdrawalReason
from reports.models.editions import ReportEdition


class GeneratedFile(models.Model):
    """A file made from an edition, published atomically under MEDIA_ROOT with its own SHA-256.

    `signature` is over its bytes, by the key that signed the edition. `officially_signed`: the function of
    `settings.REPORT_SIGNER` had the PDF before.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    edition = models.ForeignKey(ReportEdition, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4, choices=[("pdf", "PDF"), ("xlsx", "XLSX")])
    language = models.CharField(max_length=2, default="id")
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    signature = models.CharField(max_length=88, blank=True)
    officially_signed = models.BooleanField(default=False)
    size_bytes = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind", "language"], name="reports_file_one_a_kind"),
        ]


class EditionWithdrawal(models.Model):
    """The ministry takes a published edition back. The edition, its file and its figures stay as they were;
    the public check page says withdrawn. Written once, never changed (trigger `withdrawal_stays`)."""

    edition = models.OneToOneField(
        ReportEdition, on_delete=models.PROTECT, primary_key=True, related_name="withdrawal"
    )
    reason = models.CharField(_("Reason"), max_length=10, choices=WithdrawalReason)
    note = models.CharField(_("Note for the file"), max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="other") | ~Q(note=""), name="reports_withdrawal_other_says_what"
            ),
        ]
