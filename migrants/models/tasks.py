"""A task is something to be done by a day: made by a rule, or written by an officer."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from accounts.roles import Role
from migrants.enums import TaskStatus
from migrants.models.cases import Case, CaseHandler
from migrants.models.journeys import Migration
from migrants.models.people import Person
from migrants.models.sealed import SealedText
from migrants.task_rules import RULES, TaskRule, kept_from
from villages.access import Seat
from villages.models import Placed, PlacedQuerySet


class TaskQuerySet(PlacedQuerySet):
    def visible_to(self, seat: Seat | None) -> TaskQuerySet:
        """Rows of the place; those of a restricted case only for its handlers and the district
        coordinator, those of a rule that needs a permission only for whoever has it.
        """
        rows = super().visible_to(seat)
        if hidden := kept_from(seat):
            rows = rows.exclude(rule__in=hidden)
        if seat is None or seat.role == Role.DISTRICT_COORDINATOR:
            return rows
        handled = CaseHandler.objects.filter(case=OuterRef("case"), user=seat.user)
        return rows.filter(Q(case__isnull=True) | Q(case__restricted=False) | Exists(handled))

    def open(self) -> TaskQuerySet:
        return self.filter(status=TaskStatus.OPEN)

    def due_by(self, day: date) -> TaskQuerySet:
        """Open tasks to be done on that day or before."""
        return self.open().filter(due_on__lte=day)


class Task(Placed):
    """About a person, a journey and a case, each or none.

    Derived: `rule` names the rule (`task_rules.RULES`), `subject` what it looked at (a key), `occurrence`
    which time of several (a day, a threshold); the three are unique for ever, so nobody gets the same task
    twice, even after it is done. `event_on`: the day the rule speaks of, such as an expiry. Hand-made: `text`
    says what to do. `about`, `about_key`: name and key of a thing of an app above, such as a business.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    migration = models.ForeignKey(
        Migration, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    rule = models.CharField(max_length=40, blank=True, editable=False)
    subject = models.CharField(max_length=64, blank=True, editable=False)
    occurrence = models.CharField(max_length=40, blank=True, editable=False)
    event_on = models.DateField(null=True, blank=True, editable=False)
    about = models.CharField(max_length=120, blank=True, editable=False)
    about_key = models.UUIDField(null=True, blank=True, editable=False)
    text_sealed = models.BinaryField(null=True, blank=True)
    due_on = models.DateField(_("To be done by"))
    status = models.CharField(_("Status"), max_length=8, choices=TaskStatus, default=TaskStatus.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why_sealed = models.BinaryField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    text = SealedText("text_sealed", "task.text")
    why = SealedText("why_sealed", "task.why")
    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject", "occurrence"],
                condition=~Q(rule=""),
                name="migrants_task_once_a_rule",
            ),
            models.CheckConstraint(
                condition=Q(rule="", subject="", text_sealed__isnull=False, made_by__isnull=False)
                | (~Q(rule="") & ~Q(subject="") & Q(text_sealed__isnull=True)),
                name="migrants_task_rule_or_words",
            ),
            models.CheckConstraint(
                condition=Q(status="open", ended_at__isnull=True, ended_by__isnull=True)
                | (~Q(status="open") & Q(ended_at__isnull=False)),
                name="migrants_task_ended_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status="dropped") | Q(why_sealed__isnull=False),
                name="migrants_task_dropped_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["village", "due_on", "id"], name="migrants_task_open", condition=Q(status="open")
            ),
            models.Index(
                fields=["district", "due_on", "id"],
                name="migrants_task_open_district",
                condition=Q(status="open"),
            ),
            models.Index(
                fields=["village", "-ended_at", "-id"],
                name="migrants_task_ended",
                condition=~Q(status="open"),
            ),
            models.Index(fields=["case"], name="migrants_task_case"),
            models.Index(fields=["person"], name="migrants_task_person"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status == TaskStatus.OPEN

    @property
    def made_by_rule(self) -> TaskRule | None:
        """The rule that made it; None for a task an officer wrote, or a rule that exists no more."""
        return RULES.get(self.rule)

    @property
    def title(self) -> str:
        """What to do."""
        if self.rule:
            return str(RULES[self.rule].title) if self.rule in RULES else self.rule
        return str(self.text)

    @property
    def who(self) -> str:
        """The name of whom or what it is about; "" when nothing is named."""
        if self.person:
            return self.person.full_name
        return self.case.subject if self.case else self.about

    @property
    def about_href(self) -> str:
        """The page of the thing the task is about; "" when it is about none."""
        rule = self.made_by_rule
        return reverse(rule.page, args=[self.about_key]) if rule and rule.page and self.about_key else ""
