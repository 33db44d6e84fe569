"""Pillar 2: mentoring, who sells for the village, and what partners gave."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pillars.enums import MarketKind, PartnerKind, SalesChannel
from pillars.models.for_whom import ForWhom
from pillars.models.logged import Logged
from villages.models import PlacedQuerySet

MOST_VALUE = 1_000_000_000_000  # rupiah; more is a slip of the finger


class MentoringVisit(ForWhom):
    """Somebody came to a group or business to help. `next_on`: the day on which they meet again."""

    visited_on = models.DateField(_("Day of the visit"))
    mentor = models.CharField(_("Who came?"), max_length=120)
    topic = models.CharField(_("What about?"), max_length=160)
    agreed = models.TextField(_("What was agreed?"), blank=True, max_length=4000)
    next_on = models.DateField(_("Next meeting"), null=True, blank=True)

    objects = PlacedQuerySet.as_manager()

    class Meta(ForWhom.Meta):
        constraints = [
            *ForWhom.Meta.constraints,
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("visited_on")),
                name="pillars_mentoring_next_is_later",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-visited_on", "-id"], name="pillars_mentoring_village"),
            models.Index(fields=["district", "-visited_on"], name="pillars_mentoring_district"),
            models.Index(fields=["visited_on"], name="pillars_mentoring_day"),
        ]


class MarketingPartner(ForWhom):
    """Who sells for a group or business, since when. `until` None: still does."""

    name = models.CharField(_("Name of the partner"), max_length=120)
    kind = models.CharField(_("What kind of partner?"), max_length=11, choices=MarketKind)
    channel = models.CharField(_("Where is it sold?"), max_length=7, choices=SalesChannel)
    since = models.DateField(_("Since"))
    until = models.DateField(_("Until"), null=True, blank=True)
    note = models.TextField(_("Note"), blank=True, max_length=4000)

    objects = PlacedQuerySet.as_manager()

    class Meta(ForWhom.Meta):
        constraints = [
            *ForWhom.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="pillars_market_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-since", "-id"], name="pillars_market_village"),
            models.Index(fields=["district", "-since"], name="pillars_market_district"),
        ]

    def __str__(self) -> str:
        return self.name


class Contribution(Logged):
    """What a stakeholder of the programme gave to the village: money, or something in kind, or both."""

    partner_kind = models.CharField(_("Who gave it?"), max_length=11, choices=PartnerKind)
    partner = models.CharField(_("Name of the partner"), max_length=120)
    what = models.CharField(_("What was given?"), max_length=200)
    given_on = models.DateField(_("Given on"))
    value = models.BigIntegerField(_("Value in rupiah"), null=True, blank=True)
    in_kind = models.CharField(_("In kind"), max_length=200, blank=True)
    note = models.TextField(_("Note"), blank=True, max_length=4000)

    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(in_kind=""), name="pillars_contribution_of_something"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=MOST_VALUE),
                name="pillars_contribution_value_believable",
            ),
        ]
        indexes = [
            models.Index(fields=["village", "-given_on", "-id"], name="pillars_contribution_village"),
            models.Index(fields=["district", "-given_on"], name="pillars_contribution_place"),
            models.Index(fields=["given_on"], name="pillars_contribution_day"),
        ]
