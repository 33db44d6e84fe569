"""Pillar 1: outreach sessions, who was there, what was photographed, which visits followed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from migrants.enums import Sex
from migrants.models import Person, ServiceVisit
from pillars.enums import OutreachTopic
from pillars.models.logged import Withdrawable, withdrawn_together
from pillars.models.photos import Photo, kept_or_removed, path_is_ours


class OutreachSession(Withdrawable):
    """Sosialisasi: a public information session (pillar 1).

    `women` and `men` are who was present. `by_list`: the two follow from the attendance list, which may still
    be empty; else they were counted in the hall.
    """

    held_on = models.DateField(_("Date"))
    place = models.CharField(_("Place"), max_length=120)
    topic = models.CharField(_("Topic"), max_length=16, choices=OutreachTopic)
    women = models.PositiveIntegerField(_("Women present"), default=0)
    men = models.PositiveIntegerField(_("Men present"), default=0)
    by_list = models.BooleanField(default=False)
    speakers = models.CharField(_("Speakers"), max_length=200, blank=True)
    partner = models.CharField(_("Partner"), max_length=120, blank=True)
    spend_rupiah = models.BigIntegerField(_("Money spent"), null=True, blank=True)
    note = models.TextField(_("Note"), blank=True, max_length=4000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(women__lte=5000, men__lte=5000), name="pillars_outreach_heads_believable"
            ),
            models.CheckConstraint(
                condition=Q(spend_rupiah__isnull=True) | Q(spend_rupiah__gte=0),
                name="pillars_outreach_spend_not_negative",
            ),
            withdrawn_together("pillars_outreach_withdrawn"),
        ]
        indexes = [
            models.Index(fields=["village", "-held_on", "-id"], name="pillars_outreach_village"),
            models.Index(fields=["district", "-held_on"], name="pillars_outreach_district"),
            models.Index(fields=["held_on"], name="pillars_outreach_day"),
        ]

    @property
    def present(self) -> int:
        """Everybody who was there."""
        return self.women + self.men

    @property
    def awaits_list(self) -> bool:
        """Whether nobody has been ticked or counted yet."""
        return self.by_list and not self.present


class SessionOfficer(models.Model):
    """An officer who held a session: the session counts for their duty record."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(OutreachSession, on_delete=models.PROTECT, related_name="officers")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "officer"], name="pillars_session_officer_once"),
        ]


class OutreachAttendee(models.Model):
    """Somebody who was there: registered in the village (`person`), or somebody else by name and sex.

    Nobody is ticked twice, but two records of one person may have been, before they were merged: the list
    mends that when it is saved again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(OutreachSession, on_delete=models.PROTECT, related_name="attendees")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("Name"), max_length=120, blank=True)
    sex = models.CharField(_("Sex"), max_length=6, choices=Sex)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | (Q(person__isnull=True) & ~Q(name="")),
                name="pillars_attendee_person_or_name",
            ),
        ]
        indexes = [models.Index(fields=["person"], name="pillars_attendee_person")]

    @property
    def called(self) -> str:
        """The name of the person, or the name written down."""
        return self.person.full_name if self.person else self.name


class SessionVisit(models.Model):
    """A visit that followed from a session: somebody heard of the service there and came."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(OutreachSession, on_delete=models.PROTECT, related_name="visits")
    visit = models.OneToOneField(ServiceVisit, on_delete=models.PROTECT, related_name="+")


class OutreachPhoto(Photo):
    """A photo of a session, sealed under MEDIA_ROOT; one taken back has no file any more."""

    FOLDER = "outreach-photos"

    session = models.ForeignKey(OutreachSession, on_delete=models.PROTECT, related_name="photos")
    caption = models.CharField(_("What does it show?"), max_length=120, blank=True)

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            kept_or_removed("pillars_photo_kept_or_removed"),
            path_is_ours("pillars_photo_path_is_ours", "outreach-photos"),
        ]

    @property
    def download_name(self) -> str:
        """A harmless name for whoever takes it along."""
        return self.named(f"sosialisasi-{self.session.held_on:%Y-%m-%d}")
