"""Who serves at which office, dated: village heads, district, province and ministry staff, auditors."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from accounts.roles import ROLES, Level, Role
from villages.models.areas import District, Province, Village
from villages.models.officers import days


class PostingQuerySet(models.QuerySet["Posting"]):
    def serving_on(self, day: date) -> PostingQuerySet:
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def _roles_at(level: Level) -> list[str]:
    return [role.value for role, card in ROLES.items() if card.level == level and role != Role.OFFICER]


class Posting(models.Model):
    """A role at a place. `ends_on` None means open-ended. Officers have OfficerAssignment instead."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(
        _("Role"),
        max_length=24,
        choices=[(role.value, card.label) for role, card in ROLES.items() if role != Role.OFFICER],
    )
    village = models.ForeignKey(Village, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(Province, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("Position"), max_length=120, blank=True)
    starts_on = models.DateField(_("Starts on"))
    ends_on = models.DateField(_("Last day"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="villages_posting_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(
                    role__in=_roles_at(Level.VILLAGE),
                    village__isnull=False,
                    district__isnull=True,
                    province__isnull=True,
                )
                | Q(
                    role__in=_roles_at(Level.DISTRICT),
                    village__isnull=True,
                    district__isnull=False,
                    province__isnull=True,
                )
                | Q(
                    role__in=_roles_at(Level.PROVINCE),
                    village__isnull=True,
                    district__isnull=True,
                    province__isnull=False,
                )
                | Q(
                    role__in=_roles_at(Level.NATION) + _roles_at(Level.NOWHERE),
                    village__isnull=True,
                    district__isnull=True,
                    province__isnull=True,
                ),
                name="villages_posting_place_fits_the_role",
            ),
            ExclusionConstraint(
                name="villages_posting_one_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        days("starts_on", Coalesce("ends_on", Value(date(9999, 1, 1)))),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
