"""What each indicator is for: its pillar and the goals of the programme it speaks of (domain.md 1.2, 1.3)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from pillars.enums import Pillar


class Goal(TextChoices):
    """The four goals, with their letters."""

    PROTECT = "a", _("Serve placement and protection, starting in the home village")
    EMPOWER = "b", _("Empower migrant workers and their families")
    TAKE_PART = "c", _("Make the village and all stakeholders play an active part")
    PROCEDURAL = "d", _("Fewer non-procedural workers")


A, B, C, D = Goal

# Indicator -> its pillar (None: the programme as a whole) and its goals.
PURPOSES: dict[str, tuple[Pillar | None, tuple[Goal, ...]]] = {
    code: (pillar, goals)
    for pillar, goals, codes in (
        (
            None,
            (C,),
            "villages_designated villages_active officers_in_post officer_gaps assignments_ending"
            " villages_silent returns_due returns_on_time",
        ),
        (
            Pillar.SERVICE_CENTRE,
            (A,),
            "visits registrations returns_home papers_complete villagers_abroad"
            " villagers_abroad_known open_cases idle_cases cases_reported cases_closed closing_days"
            " restricted_cases referrals_waiting referrals_sent referral_days",
        ),
        (Pillar.SERVICE_CENTRE, (C,), "villages_with_services"),
        (Pillar.PRODUCTIVE_BUSINESS, (C,), "villages_with_business"),
        (Pillar.COMMUNITY_PARENTING, (C,), "villages_with_parenting"),
        (Pillar.COOPERATIVE, (C,), "villages_with_books"),
        (Pillar.SERVICE_CENTRE, (A, C), "service_centres duty_days notices_shown"),
        (Pillar.SERVICE_CENTRE, (A, D), "departures"),
        (Pillar.SERVICE_CENTRE, (D,), "departures_non_procedural recruiters_seen illicit_offers_reported"),
        (Pillar.SERVICE_CENTRE, (C, D), "outreach_sessions outreach_women outreach_men"),
        (
            Pillar.PRODUCTIVE_BUSINESS,
            (B,),
            "business_groups group_members groups_formed groups_alive_12 groups_alive_24 businesses"
            " businesses_export_ready businesses_with_nib business_permits turnover_median"
            " businesses_alive_6 businesses_alive_12 businesses_alive_24 migrant_households"
            " migrant_households_in_business business_jobs returnees_in_business trainings"
            " training_participants trained_started aid_value aid_pieces aid_in_use aid_idle aid_broken"
            " aid_lost aid_unsuitable aid_forgotten mentoring_visits",
        ),
        (Pillar.PRODUCTIVE_BUSINESS, (B, C), "businesses_with_market contributions contribution_value"),
        (
            Pillar.COMMUNITY_PARENTING,
            (B,),
            "children_served child_sessions child_attendance children_at_risk children_followed_up"
            " dropouts_prevented",
        ),
        (Pillar.COMMUNITY_PARENTING, (B, C), "learning_centres carers_trained"),
        (
            Pillar.COOPERATIVE,
            (B,),
            "finance_members member_savings loans_outstanding loans_late surplus_shared",
        ),
        (
            Pillar.COOPERATIVE,
            (B, C),
            "finance_bodies finance_bodies_legal finance_bodies_numbered annual_meetings",
        ),
    )
    for code in codes.split()
}
