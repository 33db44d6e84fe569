"""The annual members' meeting (RAT) of a book year, and how it had the surplus shared out."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from cooperatives.models.bodies import FinanceBody, Member
from cooperatives.models.ledger import JournalEntry


class AnnualMeeting(models.Model):
    """One meeting about one book year. `percentages`: what the surplus is parted into, in hundredths of a
    percent by `SurplusPart`; empty while the meeting has fixed none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(FinanceBody, on_delete=models.PROTECT, related_name="meetings")
    year = models.PositiveSmallIntegerField(_("Book year"))
    held_on = models.DateField(_("Held on"))
    place = models.CharField(_("Place"), max_length=120, blank=True)
    entitled = models.PositiveIntegerField(_("Members entitled to vote"))
    attended = models.PositiveIntegerField(_("Members who came"))
    agenda = models.TextField(_("Agenda"), max_length=4000)
    decisions = models.TextField(_("Decisions"), max_length=4000)
    approved = models.BooleanField(_("The accounts were approved"))
    percentages = models.JSONField(default=dict, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year"], name="cooperatives_meeting_once_a_year"),
            models.CheckConstraint(
                condition=Q(attended__lte=F("entitled"), entitled__gt=0),
                name="cooperatives_meeting_attended_by_members",
            ),
            models.CheckConstraint(
                condition=Q(held_on__year__gt=F("year")), name="cooperatives_meeting_after_its_year"
            ),
        ]

    @property
    def had_quorum(self) -> bool:
        """More than half of the members came: what most statutes want [D]; a body's own may say otherwise."""
        return self.attended * 2 > self.entitled

    @property
    def was_in_time(self) -> bool:
        """Whether the accounts were approved within six months after the year's end (domain.md 4.3 [L])."""
        return self.approved and self.held_on <= last_day_for(self.year)


def last_day_for(year: int) -> date:
    """Until when the accounts of a book year are to be approved (domain.md 4.3 [L])."""
    return date(year + 1, 6, 30)


class SurplusSharingQuerySet(models.QuerySet["SurplusSharing"]):
    def standing(self) -> SurplusSharingQuerySet:
        """Sharings whose entry was not taken back."""
        return self.filter(entry__reversed_by__isnull=True)


class SurplusSharing(models.Model):
    """A year's surplus shared out by the meeting's percentages. `parts`: whole rupiah by purpose, which make
    up `surplus_rupiah`. Its key is that of its entry."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(FinanceBody, on_delete=models.PROTECT, related_name="sharings")
    meeting = models.ForeignKey(AnnualMeeting, on_delete=models.PROTECT, related_name="sharings")
    year = models.PositiveSmallIntegerField()
    surplus_rupiah = models.BigIntegerField()
    percentages = models.JSONField()
    parts = models.JSONField()
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="sharing")
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SurplusSharingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(surplus_rupiah__gt=0), name="cooperatives_sharing_shares_something"
            )
        ]


class SurplusShare(models.Model):
    """One member's part of a sharing, and what it was reckoned from: capital at the year's end, and what she
    paid for the body's services in the year."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sharing = models.ForeignKey(
        SurplusSharing, on_delete=models.PROTECT, related_name="shares", db_index=False
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="shares")
    capital_rupiah = models.BigIntegerField()
    use_rupiah = models.BigIntegerField()
    rupiah = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sharing", "member"], name="cooperatives_share_once_a_member"),
            models.CheckConstraint(
                condition=Q(capital_rupiah__gte=0, use_rupiah__gte=0, rupiah__gte=0),
                name="cooperatives_share_not_negative",
            ),
        ]
