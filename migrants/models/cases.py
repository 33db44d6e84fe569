"""A case is a problem being handled; its events are the history, its referrals the hand to other bodies."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from accounts.roles import Role
from migrants.enums import (
    OPEN_STATUSES,
    Body,
    CaseEventKind,
    CaseStatus,
    CaseType,
    Channel,
    CloseReason,
    ReferralStatus,
    Reporter,
    Severity,
)
from migrants.models.people import Person
from migrants.models.sealed import SealedText
from migrants.models.visits import ServiceVisit
from migrants.references import referral_number
from migrants.vocabulary import destination_label
from villages.access import Seat
from villages.models import Placed, PlacedQuerySet

# What the form of a new case may set besides type, urgency and narrative.
FACTS = (
    "subject_name",
    "reporter",
    "reporter_name",
    "reporter_phone",
    "channel",
    "reported_on",
    "incident_on",
    "country",
    "employer",
    "agency",
)

# What may be changed while a case is open, and what may be corrected once it is closed.
CHANGEABLE = ("type", "severity", *FACTS)
CORRECTABLE = (*CHANGEABLE, "close_reason", "result", "recovered_rupiah")


class CaseQuerySet(PlacedQuerySet):
    def visible_to(self, seat: Seat | None) -> CaseQuerySet:
        """Rows of the place; restricted ones only for named handlers and the district coordinator."""
        rows = super().visible_to(seat)
        if seat is None or seat.role == Role.DISTRICT_COORDINATOR:
            return rows
        handled = CaseHandler.objects.filter(case=OuterRef("pk"), user=seat.user)
        return rows.filter(Q(restricted=False) | Exists(handled))

    def open(self) -> CaseQuerySet:
        """Cases somebody still holds. A constraint says that these are the ones without a day of closing;
        asked in this way a plan made once for all values still finds the indexes of open cases."""
        return self.filter(closed_on__isnull=True)

    def idle_since(self, day: date) -> CaseQuerySet:
        """Open cases nobody has acted on since before that day."""
        return self.open().filter(last_action_on__lt=day)


class Case(Placed):
    """`person` None: the subject is not registered (`subject_name` may say who). `restricted` follows the
    type.

    What was told (`narrative`, `result`) is sealed: health and crime are specific personal data (UU 27/2022).
    `number` is for people and may, rarely, be shared by two cases (migrants/references.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(_("Number"), max_length=16, db_index=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="cases")
    subject_name = models.CharField(_("Name of the worker"), max_length=120, blank=True)
    type = models.CharField(_("Kind of problem"), max_length=24, choices=CaseType)
    severity = models.CharField(_("Urgency"), max_length=8, choices=Severity)
    restricted = models.BooleanField(default=False, editable=False)
    reporter = models.CharField(_("Who reports"), max_length=10, choices=Reporter)
    reporter_name = models.CharField(_("Name of the reporter"), max_length=120, blank=True)
    reporter_phone = models.CharField(_("Phone of the reporter"), max_length=20, blank=True)
    channel = models.CharField(_("Way"), max_length=14, choices=Channel, default=Channel.WALK_IN)
    reported_on = models.DateField(_("Reported on"))
    incident_on = models.DateField(_("Happened on"), null=True, blank=True)
    country = models.CharField(_("Country"), max_length=3, blank=True)
    employer = models.CharField(_("Employer"), max_length=120, blank=True)
    agency = models.CharField(_("Placement company (P3MI)"), max_length=120, blank=True)
    narrative_sealed = models.BinaryField()
    status = models.CharField(_("Status"), max_length=22, choices=CaseStatus, default=CaseStatus.NEW)
    last_action_on = models.DateField()
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    close_reason = models.CharField(_("Reason"), max_length=16, choices=CloseReason, blank=True)
    result_sealed = models.BinaryField(null=True, blank=True)
    recovered_rupiah = models.BigIntegerField(_("Amount recovered"), null=True, blank=True)
    # The clock, wound by the actions (case_clocks.py): who holds the ball, since when, to act by which day,
    # and how many working days the village has used in earlier turns. Empty for a case that is over.
    holder = models.CharField(max_length=10, blank=True, editable=False)
    held_since = models.DateField(null=True, blank=True, editable=False)
    act_by = models.DateField(null=True, blank=True, editable=False)
    days_used = models.PositiveSmallIntegerField(default=0, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    narrative = SealedText("narrative_sealed", "case.narrative")
    result = SealedText("result_sealed", "case.result")
    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["closed", "cancelled"], closed_on__isnull=False)
                | (~Q(status__in=["closed", "cancelled"]) & Q(closed_on__isnull=True, close_reason="")),
                name="migrants_case_closed_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | ~Q(close_reason=""), name="migrants_case_closed_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(restricted=True)
                | ~Q(type__in=["sexual_violence", "trafficking_suspected", "child_neglect"]),
                name="migrants_case_restricted_types_are_restricted",
            ),
            models.CheckConstraint(
                condition=Q(recovered_rupiah__isnull=True) | Q(recovered_rupiah__gte=0),
                name="migrants_case_recovered_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(holder="", held_since__isnull=True, act_by__isnull=True)
                | (
                    Q(holder__in=["village", "district", "reporter", "other_body"])
                    & Q(held_since__isnull=False, act_by__isnull=False)
                ),
                name="migrants_case_holder_has_days",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["closed", "cancelled"]) | Q(holder=""),
                name="migrants_case_over_has_no_holder",
            ),
        ]
        indexes = [
            models.Index(
                fields=["village", "last_action_on", "id"],
                name="migrants_case_open_village",
                condition=Q(closed_on__isnull=True),
            ),
            models.Index(
                fields=["district", "last_action_on", "id"],
                name="migrants_case_open_district",
                condition=Q(closed_on__isnull=True),
            ),
            models.Index(
                fields=["district", "act_by", "id"],
                name="migrants_case_act_by_district",
                condition=Q(act_by__isnull=False),
            ),
            models.Index(
                fields=["province", "act_by", "id"],
                name="migrants_case_act_by_province",
                condition=Q(act_by__isnull=False),
            ),
            models.Index(fields=["village", "-reported_on", "-id"], name="migrants_case_village"),
            models.Index(fields=["district", "-reported_on", "-id"], name="migrants_case_district"),
            models.Index(fields=["person"], name="migrants_case_person"),
            models.Index(fields=["district"], name="migrants_case_restricted", condition=Q(restricted=True)),
            models.Index(
                fields=["restricted", "district"],
                name="migrants_case_open_counted",
                include=["province"],
                condition=Q(closed_on__isnull=True),
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether somebody still holds the ball."""
        return self.status in OPEN_STATUSES

    @property
    def country_label(self) -> str:
        """The country in the language of the page; "" when not known."""
        return destination_label(self.country)

    @property
    def subject(self) -> str:
        """The name of whom it is about; "" when nobody was named."""
        return self.person.full_name if self.person else self.subject_name


class CaseHandler(models.Model):
    """Who handles a case; the only village people who see a restricted one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handlers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="migrants_handler_once_a_case")]


class CaseEvent(models.Model):
    """One line of the timeline. Rows are added, never changed (trigger)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=18, choices=CaseEventKind)
    from_status = models.CharField(max_length=22, blank=True)
    to_status = models.CharField(max_length=22, blank=True)
    happened_on = models.DateField()
    text_sealed = models.BinaryField(null=True, blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)

    text = SealedText("text_sealed", "event.text")

    class Meta:
        ordering = ["logged_at", "id"]
        indexes = [models.Index(fields=["case", "logged_at"], name="migrants_event_timeline")]

    @property
    def to_status_label(self) -> str:
        """The status this line led to, in the language of the page; "" for a line that moved nothing."""
        return str(CaseStatus(self.to_status).label) if self.to_status else ""


class ReferralQuerySet(PlacedQuerySet):
    def visible_to(self, seat: Seat | None) -> ReferralQuerySet:
        rows = super().visible_to(seat)
        if seat is None or seat.role == Role.DISTRICT_COORDINATOR:
            return rows
        handled = CaseHandler.objects.filter(case=OuterRef("case"), user=seat.user)
        return rows.filter(Q(case__restricted=False) | Exists(handled))

    def waiting(self) -> ReferralQuerySet:
        """Sent or received, not answered yet, of a case that is with other bodies."""
        return self.filter(
            status__in=[ReferralStatus.SENT, ReferralStatus.RECEIVED],
            case__status__in=[CaseStatus.REFERRED, CaseStatus.IN_PROGRESS_EXTERNAL],
        )


class Referral(Placed):
    """A case handed to a body. Disnaker answers inside the system; for others the village writes the
    answer.

    `answer_event`: the note of the timeline that is the answer; `answer_visit`: the visit that brought it,
    None when none did. Both None while nobody answered, and for answers of before these links.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    body = models.CharField(_("Body"), max_length=10, choices=Body)
    office = models.CharField(_("Office"), max_length=120, blank=True)
    letter_number = models.CharField(_("Letter number"), max_length=60, blank=True)
    request_sealed = models.BinaryField()
    sent_on = models.DateField(_("Sent on"))
    answer_by = models.DateField(null=True, blank=True, editable=False)
    status = models.CharField(_("Status"), max_length=10, choices=ReferralStatus, default=ReferralStatus.SENT)
    received_on = models.DateField(null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer_sealed = models.BinaryField(null=True, blank=True)
    answer_event = models.OneToOneField(
        "CaseEvent", null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    answer_visit = models.ForeignKey(
        ServiceVisit, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(auto_now_add=True)

    request = SealedText("request_sealed", "referral.request")
    answer = SealedText("answer_sealed", "referral.answer")
    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=["answered", "rejected"],
                    answered_on__isnull=False,
                    answer_sealed__isnull=False,
                )
                | Q(status__in=["sent", "received"], answered_on__isnull=True),
                name="migrants_referral_answer_has_day_and_words",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=False)
                | Q(answer_event__isnull=True, answer_visit__isnull=True),
                name="migrants_referral_waiting_has_no_answer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["district", "sent_on", "id"],
                name="migrants_referral_waiting",
                condition=Q(status__in=["sent", "received"]),
            ),
            models.Index(
                fields=["district", "answer_by", "id"],
                name="migrants_referral_answer_by",
                condition=Q(status__in=["sent", "received"]),
            ),
            models.Index(fields=["case"], name="migrants_referral_case"),
        ]

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered yet."""
        return self.status in (ReferralStatus.SENT, ReferralStatus.RECEIVED)

    @property
    def number(self) -> str:
        """What stands on the printed slip: RJ-2611-…"""
        return referral_number(self.sent_on, self.pk)

    def is_late_on(self, day: date) -> bool:
        """Whether it waits for an answer that should have come before that day."""
        return self.is_waiting and self.answer_by is not None and self.answer_by < day
