"""A migration is one journey of one person; a person has many."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import MigrationStatus, Procedural, Scheme
from migrants.models.people import Person
from migrants.vocabulary import currency_label, destination_label, job_label
from villages.models import Placed, PlacedQuerySet

# What the form of a journey may set as it stands; status, days and path have their own ways.
FACTS = (
    "scheme",
    "destination",
    "job",
    "agency",
    "employer",
    "contract_starts_on",
    "contract_ends_on",
    "wage_amount",
    "wage_currency",
)


class MigrationQuerySet(PlacedQuerySet):
    def departed_between(self, first: object, last: object) -> MigrationQuerySet:
        return self.filter(departed_on__gte=first, departed_on__lte=last)


class Migration(Placed):
    """`destination` is ISO 3166 alpha-3 (Hong Kong and Taiwan are destinations of their own); `job` a code of
    migrants/data/jobs.csv; both "" when not known. The status is the current one, `steps` its history.
    `wage_amount` is a month's, in whole units of `wage_currency` (ISO 4217)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="migrations")
    scheme = models.CharField(_("Scheme"), max_length=12, choices=Scheme, default=Scheme.UNKNOWN)
    destination = models.CharField(_("Destination"), max_length=3, blank=True)
    job = models.CharField(_("Job"), max_length=8, blank=True)
    agency = models.CharField(_("Placement company (P3MI)"), max_length=120, blank=True)
    employer = models.CharField(_("Employer"), max_length=120, blank=True)
    status = models.CharField(
        _("Status"), max_length=12, choices=MigrationStatus, default=MigrationStatus.PROSPECTIVE
    )
    registered_on = models.DateField(_("Registered on"))
    departed_on = models.DateField(_("Departed on"), null=True, blank=True)
    returned_on = models.DateField(_("Returned on"), null=True, blank=True)
    contract_starts_on = models.DateField(_("Contract begins on"), null=True, blank=True)
    contract_ends_on = models.DateField(_("Contract ends on"), null=True, blank=True)
    wage_amount = models.PositiveBigIntegerField(_("Wage a month"), null=True, blank=True)
    wage_currency = models.CharField(_("Currency"), max_length=3, blank=True)
    procedural = models.CharField(_("Path"), max_length=14, choices=Procedural, default=Procedural.UNKNOWN)
    procedural_basis = models.CharField(_("Basis"), max_length=300, blank=True)
    procedural_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    procedural_at = models.DateTimeField(null=True, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    objects = MigrationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True)
                | Q(departed_on__isnull=True)
                | Q(returned_on__gte=F("departed_on")),
                name="migrants_migration_returns_after_departure",
            ),
            models.CheckConstraint(
                condition=Q(procedural_by__isnull=True, procedural_at__isnull=True)
                | Q(procedural_by__isnull=False, procedural_at__isnull=False),
                name="migrants_migration_assessor_and_moment",
            ),
            models.CheckConstraint(
                condition=Q(contract_starts_on__isnull=True)
                | Q(contract_ends_on__isnull=True)
                | Q(contract_ends_on__gte=F("contract_starts_on")),
                name="migrants_migration_contract_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(wage_amount__isnull=True, wage_currency="")
                | (Q(wage_amount__isnull=False) & ~Q(wage_currency="")),
                name="migrants_migration_wage_has_a_currency",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(status__in=["prospective", "abroad"]),
                name="migrants_migration_one_open_journey",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "registered_on"], name="migrants_migration_village"),
            models.Index(fields=["district", "registered_on"], name="migrants_migration_registered"),
            models.Index(
                fields=["district", "departed_on"],
                name="migrants_migration_departed",
                condition=Q(departed_on__isnull=False),
            ),
            models.Index(
                fields=["departed_on", "procedural"],
                name="migrants_migration_national",
                condition=Q(departed_on__isnull=False),
            ),
            models.Index(fields=["registered_on"], name="migrants_migration_day"),
        ]

    @property
    def destination_label(self) -> str:
        """The destination in the language of the page; "" when not known."""
        return destination_label(self.destination)

    @property
    def job_label(self) -> str:
        """The work in the language of the page; "" when not known."""
        return job_label(self.job)

    @property
    def currency_label(self) -> str:
        """The currency of the wage in the language of the page; "" when not known."""
        return currency_label(self.wage_currency)


class MigrationStep(models.Model):
    """One change of a journey's status: from, to, on which day, by whom, why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    migration = models.ForeignKey(Migration, on_delete=models.PROTECT, related_name="steps")
    from_status = models.CharField(max_length=12, blank=True)
    to_status = models.CharField(max_length=12, choices=MigrationStatus)
    happened_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["logged_at", "id"]
