"""A visit is a service given, not a journey and not a problem."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import Channel, Outcome, Sex, Topic
from migrants.models.people import Person
from migrants.references import visit_number
from villages.models import Placed, PlacedQuerySet


class ServiceVisitQuerySet(PlacedQuerySet):
    def counted(self) -> ServiceVisitQuerySet:
        """Visits that count: all but the withdrawn ones, which stay and are shown struck through."""
        return self.filter(withdrawn_at__isnull=True)

    def to_follow_up(self) -> ServiceVisitQuerySet:
        """Visits whose follow-up is still to be done, whether due or not."""
        return self.counted().filter(follow_up_on__isnull=False, followed_up_at__isnull=True)


class ServiceVisit(Placed):
    """`person` is None for a visitor who is not registered; then `visitor_name` and sex may be given or
    not.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    visitor_name = models.CharField(_("Name of the visitor"), max_length=120, blank=True)
    visitor_sex = models.CharField(_("Sex"), max_length=6, choices=Sex, blank=True)
    visited_on = models.DateField(_("Date of the visit"))
    topic = models.CharField(_("Service"), max_length=14, choices=Topic)
    channel = models.CharField(_("Way"), max_length=14, choices=Channel)
    outcome = models.CharField(_("Outcome"), max_length=12, choices=Outcome)
    note = models.TextField(_("Note"), blank=True, max_length=4000)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)
    follow_up_on = models.DateField(_("Follow up on"), null=True, blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=200, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)

    objects = ServiceVisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="migrants_visit_withdrawn_by_and_at",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-visited_on", "-id"], name="migrants_visit_village"),
            models.Index(fields=["district", "-visited_on", "-id"], name="migrants_visit_district"),
            # The national figures count from this index alone, without the rows.
            models.Index(
                fields=["visited_on", "province"],
                name="migrants_visit_counted",
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.Index(
                fields=["village", "follow_up_on"],
                name="migrants_visit_follow_up",
                condition=Q(
                    follow_up_on__isnull=False, followed_up_at__isnull=True, withdrawn_at__isnull=True
                ),
            ),
            models.Index(fields=["person", "-visited_on"], name="migrants_visit_person"),
            models.Index(fields=["village", "-logged_at"], name="migrants_visit_logged"),
        ]

    @property
    def number(self) -> str:
        """What the officer reads out: LY-2611-…"""
        return visit_number(self.visited_on, self.pk)

    @property
    def who(self) -> str:
        """The name of the person or visitor; "" when nobody was named."""
        return self.person.full_name if self.person else self.visitor_name
