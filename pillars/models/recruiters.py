"""Pillar 1: recruiters seen in the village, by company and field officer."""

from __future__ import annotations

from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from pillars.models.logged import Withdrawable, withdrawn_together


def _sounding(field: str) -> Func:
    """How a name sounds, as the search for people hears it; the database keeps it (migrants 0012)."""
    return Func(field, function="migrants_sounding")


class RecruiterSighting(Withdrawable):
    """Somebody who looked for workers in the village. A company that is not named is not known to exist.

    `company_key` is the name without PT and punctuation; whether the company is licensed is asked of the
    imported list when it is shown, for the day on which it was seen.
    """

    seen_on = models.DateField(_("Seen on"))
    where = models.CharField(_("Where"), max_length=120)
    company = models.CharField(_("Company"), max_length=120, blank=True)
    company_key = models.CharField(max_length=120, blank=True, editable=False)
    licence = models.CharField(_("Licence number shown"), max_length=80, blank=True)
    field_officer = models.CharField(_("Name of the field officer"), max_length=120, blank=True)
    task_letter = models.CharField(_("Number of the task letter"), max_length=80, blank=True)
    task_letter_on = models.DateField(_("Date of the task letter"), null=True, blank=True)
    officer_sounds = models.GeneratedField(
        expression=_sounding("field_officer"), output_field=models.TextField(), db_persist=True
    )
    company_sounds = models.GeneratedField(
        expression=_sounding("company_key"), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(company="") | ~Q(field_officer=""), name="pillars_recruiter_is_named"
            ),
            models.CheckConstraint(
                condition=Q(task_letter_on__isnull=True) | ~Q(task_letter=""),
                name="pillars_recruiter_letter_has_a_number",
            ),
            withdrawn_together("pillars_recruiter_withdrawn"),
        ]
        indexes = [
            models.Index(fields=["village", "-seen_on", "-id"], name="pillars_recruiter_village"),
            models.Index(fields=["district", "-seen_on", "-id"], name="pillars_recruiter_district"),
            models.Index(fields=["district", "officer_sounds"], name="pillars_recruiter_officer"),
            models.Index(fields=["district", "company_sounds"], name="pillars_recruiter_company"),
        ]

    @property
    def called(self) -> str:
        """The company, or the field officer where none was named."""
        return self.company or self.field_officer
