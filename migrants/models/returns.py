"""How somebody came home and what follows: reason, needs, plan, services, the minutes of the hand-over."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from uuid_utils.compat import uuid7

from migrants.models.journeys import Migration
from migrants.models.sealed import SealedText
from villages.models import Placed, PlacedQuerySet

# What the form of a return sets.
FACTS = ("reason", "needs", "plan", "skills", "services", "handed_over_on", "received_by")


class ReturnReason(models.TextChoices):
    """Why somebody came home (domain.md 2.9)."""

    CONTRACT_END = "contract_end", pgettext_lazy("return", "End of the contract")
    LEAVE = "leave", pgettext_lazy("return", "Leave")
    SICK = "sick", pgettext_lazy("return", "Illness")
    DEPORTED = "deported", pgettext_lazy("return", "Deported")
    TERMINATED = "terminated", pgettext_lazy("return", "Dismissed")
    FAMILY = "family", pgettext_lazy("return", "Family")
    DEATH = "death", pgettext_lazy("return", "Died abroad")


class ReturnNeed(models.TextChoices):
    """What a returnee needs (domain.md 2.9)."""

    HEALTH = "health", pgettext_lazy("need", "Health")
    LEGAL = "legal", pgettext_lazy("need", "Legal help")
    DEBT = "debt", pgettext_lazy("need", "Debt")
    BUSINESS = "business", pgettext_lazy("need", "A business")
    JOB = "job", pgettext_lazy("need", "Work")


class ReturnPlan(models.TextChoices):
    """What somebody wants to do now."""

    STAY = "stay", pgettext_lazy("plan", "Stay")
    LEAVE_AGAIN = "leave_again", pgettext_lazy("plan", "Leave again")
    UNDECIDED = "undecided", pgettext_lazy("plan", "Not decided")


class ReturnRecord(Placed):
    """One for a journey that ended. `needs`: codes of ReturnNeed. What people tell lies sealed. The
    hand-over to the family has a day and who received, both or neither."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    migration = models.OneToOneField(Migration, on_delete=models.PROTECT, related_name="return_record")
    reason = models.CharField(_("Reason of the return"), max_length=12, choices=ReturnReason)
    needs = models.JSONField(default=list)
    plan = models.CharField(_("Plan"), max_length=11, choices=ReturnPlan)
    skills = models.CharField(_("Skills brought home"), max_length=200, blank=True)
    services_sealed = models.BinaryField(null=True, blank=True)
    handed_over_on = models.DateField(_("Handed over on"), null=True, blank=True)
    received_by = models.CharField(_("Received by"), max_length=120, blank=True)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    services = SealedText("services_sealed", "return.services")
    objects = PlacedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_over_on__isnull=True, received_by="")
                | (Q(handed_over_on__isnull=False) & ~Q(received_by="")),
                name="migrants_return_handed_over_to_somebody",
            ),
        ]

    @property
    def need_labels(self) -> list[str]:
        """The needs in the language of the page, in the order of the list."""
        return [str(need.label) for need in ReturnNeed if need in self.needs]
