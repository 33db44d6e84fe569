"""Who leads and oversees a body, dated; and which account, if any, opens its books for them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from cooperatives.enums import BoardOffice
from cooperatives.models.bodies import FinanceBody
from villages.models.officers import days

BOARD_YEARS = 5  # the longest term of a board (UU 25/1992 art. 29; domain.md 4.3 [L])


class BoardTermQuerySet(models.QuerySet["BoardTerm"]):
    def serving_on(self, day: date) -> BoardTermQuerySet:
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class BoardTerm(models.Model):
    """One person in one office of one body, both days included.

    `user` None: has no account here. With one, the account's treasurer or board role opens this body's books
    from the first to the last day, and no other body's. Ending early moves `ends_on`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(FinanceBody, on_delete=models.PROTECT, related_name="board")
    office = models.CharField(_("Office"), max_length=10, choices=BoardOffice)
    name = models.CharField(_("Name"), max_length=120)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = BoardTermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="cooperatives_term_ends_after_start"
            ),
            # One chair, one secretary, one treasurer at a time; supervisors are several.
            ExclusionConstraint(
                name="cooperatives_term_one_an_office",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("office", RangeOperators.EQUAL),
                    (days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(office=BoardOffice.SUPERVISOR),
            ),
        ]
