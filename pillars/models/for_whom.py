"""What is done for a business group or for one business."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from pillars.models.business import Business
from pillars.models.groups import BusinessGroup
from pillars.models.logged import Logged


class ForWhom(Logged):
    """A record about a group or about a business, never about both."""

    group = models.ForeignKey(
        BusinessGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    business = models.ForeignKey(
        Business, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=True, business__isnull=False)
                | Q(group__isnull=False, business__isnull=True),
                name="pillars_%(class)s_for_one",
            ),
        ]

    @property
    def whom(self) -> BusinessGroup | Business:
        """The group or the business. Needs both related rows."""
        found = self.group or self.business
        assert found is not None
        return found

    @property
    def whom_href(self) -> str:
        """The page of the group or business."""
        if self.group_id:
            return reverse("pillars:group-detail", args=[self.group_id])
        return reverse("pillars:business-detail", args=[self.business_id])
