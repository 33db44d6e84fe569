"""What an officer leaves behind when an assignment ends."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from migrants.models import Case, Referral, ServiceVisit
from villages.models import OfficerAssignment
from villages.open_work import OpenWorkLine


def open_work_lines(assignment: OfficerAssignment) -> list[OpenWorkLine]:
    """Open cases this officer handles in the village, their referrals that wait, and follow-ups the officer
    promised. Restricted cases count; nothing but the numbers is shown. Three queries."""
    village, user = assignment.village_id, assignment.user_id
    cases = Case.objects.open().filter(village=village, handlers__user=user)
    referrals = Referral.objects.waiting().filter(case__in=cases)
    follow_ups = ServiceVisit.objects.to_follow_up().filter(village=village, logged_by=user)
    return [
        OpenWorkLine(_("Open cases handled by this officer"), cases.count()),
        OpenWorkLine(_("Referrals of these cases without an answer"), referrals.count()),
        OpenWorkLine(_("Promised follow-ups"), follow_ups.count()),
    ]
