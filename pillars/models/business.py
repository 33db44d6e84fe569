"""Pillar 2: a business of a group or of a household, its history, its papers, its turnover."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.models import Person
from periods.month import Month
from pillars.enums import BusinessStatus, PermitKind, SalesChannel, Sector, WhyStopped
from pillars.models.groups import BusinessGroup
from pillars.models.logged import Logged
from villages.models import PlacedQuerySet

MOST_RUPIAH = 100_000_000_000  # of a village business in a month; more is a slip of the finger


class Business(Logged):
    """A business unit. It belongs to a group, or to the household of `owner`, never to both.

    The status is the current one, `steps` its history; a closed business stays closed. `export_ready_on`: the
    day since which it could sell abroad, None for not yet (the minister's third question, domain.md 6.1).
    """

    group = models.ForeignKey(
        BusinessGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="businesses"
    )
    owner = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="businesses"
    )
    name = models.CharField(_("Name of the business"), max_length=120)
    sector = models.CharField(_("Sector"), max_length=12, choices=Sector)
    product = models.CharField(_("Product or service"), max_length=120)
    started_on = models.DateField(_("Started on"))
    status = models.CharField(_("Status"), max_length=6, choices=BusinessStatus, default=BusinessStatus.ALIVE)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    export_ready_on = models.DateField(_("Ready for export since"), null=True, blank=True)
    note = models.TextField(_("Note"), blank=True, max_length=4000)
    version = models.PositiveIntegerField(default=1)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=True, owner__isnull=False)
                | Q(group__isnull=False, owner__isnull=True),
                name="pillars_business_of_a_group_or_household",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_on__gte=F("started_on"))
                | (~Q(status="closed") & Q(closed_on__isnull=True)),
                name="pillars_business_closed_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(export_ready_on__isnull=True) | Q(export_ready_on__gte=F("started_on")),
                name="pillars_business_ready_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-started_on", "-id"], name="pillars_business_village"),
            models.Index(fields=["district", "-started_on"], name="pillars_business_district"),
            models.Index(fields=["group"], name="pillars_business_group"),
            models.Index(fields=["owner"], name="pillars_business_owner"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def belongs_to(self) -> str:
        """The name of the group, or of the person whose household runs it."""
        return self.group.name if self.group else str(self.owner and self.owner.full_name)


class BusinessStep(models.Model):
    """One change of a business's status: on which day, why, by whom. Never changed, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="steps")
    from_status = models.CharField(max_length=6, blank=True)
    to_status = models.CharField(max_length=6, choices=BusinessStatus)
    happened_on = models.DateField()
    why = models.CharField(max_length=9, choices=WhyStopped, blank=True)
    words = models.CharField(max_length=200, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["logged_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_status="alive", why="") | (~Q(to_status="alive") & ~Q(why="")),
                name="pillars_step_that_stops_says_why",
            ),
        ]


class BusinessPermit(models.Model):
    """A paper of a business. `expires_on` None: it does not expire."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="permits")
    kind = models.CharField(_("Kind"), max_length=9, choices=PermitKind)
    number = models.CharField(_("Number"), max_length=40)
    issued_on = models.DateField(_("Issued on"))
    expires_on = models.DateField(_("Expires on"), null=True, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["kind", "-issued_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "kind", "number"], name="pillars_permit_once_a_business"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                name="pillars_permit_expires_after_issue",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_on"], name="pillars_permit_expires", condition=Q(expires_on__isnull=False)
            )
        ]


class Turnover(models.Model):
    """What a business said of one month. None is "do not know", which is never counted as zero."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    business = models.ForeignKey(Business, on_delete=models.PROTECT, related_name="turnovers")
    first_day = models.DateField()
    turnover = models.BigIntegerField(_("Turnover"), null=True, blank=True)
    costs = models.BigIntegerField(_("Costs"), null=True, blank=True)
    women = models.PositiveSmallIntegerField(_("Women at work"), null=True, blank=True)
    men = models.PositiveSmallIntegerField(_("Men at work"), null=True, blank=True)
    channel = models.CharField(_("Where it was sold"), max_length=7, choices=SalesChannel, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-first_day"]
        constraints = [
            models.UniqueConstraint(fields=["business", "first_day"], name="pillars_turnover_once_a_month"),
            models.CheckConstraint(condition=Q(first_day__day=1), name="pillars_turnover_is_of_a_month"),
            models.CheckConstraint(
                condition=(Q(turnover__isnull=True) | Q(turnover__range=(0, MOST_RUPIAH)))
                & (Q(costs__isnull=True) | Q(costs__range=(0, MOST_RUPIAH))),
                name="pillars_turnover_believable",
            ),
        ]

    @property
    def month(self) -> Month:
        return Month(self.first_day.year, self.first_day.month)

    @property
    def surplus(self) -> int | None:
        """What was left of the month; None while turnover or costs are not known."""
        if self.turnover is None or self.costs is None:
            return None
        return self.turnover - self.costs
