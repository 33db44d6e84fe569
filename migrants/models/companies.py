"""Placement companies (P3MI) as the operator's list gives them. Licences run one year, so dates matter."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import CompanyStatus


class PlacementCompany(models.Model):
    """One company. `name_key` is the name without PT and punctuation; `licence` its SIP3MI number, "" when
    the list has none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("Company"), max_length=160)
    name_key = models.CharField(max_length=160)
    licence = models.CharField(_("SIP3MI number"), max_length=80, blank=True)
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    address = models.CharField(_("Address"), max_length=300, blank=True)
    status = models.CharField(_("Status"), max_length=9, choices=CompanyStatus, default=CompanyStatus.ACTIVE)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name_key"], name="migrants_company_one_a_name"),
            models.UniqueConstraint(
                fields=["licence"],
                condition=~models.Q(licence=""),
                name="migrants_company_one_a_licence",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="migrants_company_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_valid_today(self) -> bool:
        return self.is_valid_on(timezone.localdate())

    def is_valid_on(self, day: date) -> bool:
        """Whether the licence holds on that day; one without a date does not."""
        return (
            self.status == CompanyStatus.ACTIVE and self.valid_until is not None and day <= self.valid_until
        )
