"""The columns of the stipend list as a file."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pillars.queries.duty_reports import StipendLine

HEADER = (
    _("District"),
    _("Village code"),
    _("Village"),
    _("Officer"),
    _("Place"),
    _("Decree number"),
    _("Paid by"),
    _("Stipend (Rp)"),
    _("Month of the term"),
    _("Months of the term"),
    _("Countersigned on"),
)


def values_of(line: StipendLine) -> list[Any]:
    """One stipend in the order of the header."""
    report = line.report
    assignment, signed = report.assignment, report.countersigned_at
    return [
        report.district.name,
        report.village_id,
        str(report.village),
        report.officer.full_name,
        assignment.slot,
        assignment.decree_number,
        assignment.get_funding_display(),
        report.stipend_rupiah,
        line.paid,
        line.term,
        timezone.localdate(signed) if signed else None,
    ]
