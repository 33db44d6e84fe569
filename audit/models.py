"""The log of who did what: written once, never changed."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Func
from django.utils.translation import gettext as _


class Event(models.Model):
    """One thing that happened.

    There are no foreign keys: the log outlives accounts, villages and people, must not stop their removal,
    and has to say what was true then, not what the related row says now. So actor, place and subject are
    copied as text, and every number that identifies a person is masked before it comes here.

    The database lets nobody change it: a trigger refuses UPDATE, DELETE and TRUNCATE, and the table's owner
    has taken these rights from itself. `id` comes from the database's sequence and `at` from its clock;
    numbers may have gaps where a transaction was rolled back.
    """

    at = models.DateTimeField(
        db_default=Func(function="clock_timestamp", output_field=models.DateTimeField()), editable=False
    )
    name = models.CharField(max_length=60)
    actor_id = models.CharField(max_length=40, blank=True)  # empty: the system itself
    actor_name = models.CharField(max_length=120, blank=True)
    actor_role = models.CharField(max_length=40, blank=True)
    # The token of the program that acted in the actor's name; empty: the person did, in a browser.
    token_id = models.CharField(max_length=40, blank=True, db_default="")
    token_name = models.CharField(max_length=60, blank=True, db_default="")
    village_code = models.CharField(max_length=13, blank=True)
    district_code = models.CharField(max_length=5, blank=True)
    province_code = models.CharField(max_length=2, blank=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    subject_label = models.CharField(max_length=200, blank=True)
    changes = models.JSONField(default=dict, blank=True)  # field -> [before, after]
    reason = models.CharField(max_length=500, blank=True)
    request_id = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            BrinIndex(fields=["at"], autosummarize=True, name="audit_event_at"),
            models.Index(fields=["name", "-id"], name="audit_event_by_name"),
            models.Index(fields=["actor_id", "-id"], name="audit_event_by_actor"),
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_event_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(name__regex=r"^[a-z_]+\.[a-z_]+$"),
                name="audit_event_name_is_noun_dot_verb",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.name}"

    @property
    def who(self) -> str:
        """Who acted, as a page names them; the system has no name of its own."""
        return self.actor_name or _("The system")
