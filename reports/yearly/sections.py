"""Which figures of the catalogue the yearly report prints, and how they are broken down (domain.md 6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pillars.enums import Pillar


@dataclass(frozen=True)
class Section:
    """One pillar: its figures, each with the splits that are printed below it."""

    pillar: Pillar
    figures: Mapping[str, tuple[str, ...]]


# Figures of the programme itself, printed in the summary and the rollout.
ALWAYS = (
    "villages_designated",
    "villages_active",
    "officers_in_post",
    "officer_gaps",
    "returns_due",
    "returns_on_time",
)

SECTIONS = (
    Section(
        Pillar.SERVICE_CENTRE,
        {
            "visits": ("topic", "channel"),
            "registrations": ("status", "destination"),
            "departures": ("procedural",),
            "departures_non_procedural": (),
            "papers_complete": (),
            "returns_home": ("procedural",),
            "villagers_abroad": ("destination",),
            "villagers_abroad_known": (),
            "cases_reported": ("type",),
            "cases_closed": ("reason",),
            "closing_days": (),
            "open_cases": ("severity",),
            "restricted_cases": (),
            "referrals_sent": ("body",),
            "referral_days": (),
            "outreach_sessions": ("topic",),
            "outreach_women": (),
            "outreach_men": (),
            "recruiters_seen": (),
            "illicit_offers_reported": (),
            "duty_days": ("kind",),
        },
    ),
    Section(
        Pillar.PRODUCTIVE_BUSINESS,
        {
            "groups_formed": (),
            "groups_alive_12": (),
            "groups_alive_24": (),
            "business_groups": ("sector",),
            "group_members": ("sex", "kind"),
            "businesses": ("sector", "of"),
            "businesses_export_ready": (),
            "businesses_with_nib": (),
            "business_permits": ("kind",),
            "businesses_alive_6": (),
            "businesses_alive_12": (),
            "businesses_alive_24": (),
            "turnover_median": (),
            "business_jobs": (),
            "returnees_in_business": (),
            "migrant_households": (),
            "migrant_households_in_business": (),
            "trainings": (),
            "training_participants": ("sex",),
            "trained_started": (),
            "aid_value": ("source",),
            "aid_in_use": (),
            "mentoring_visits": (),
            "businesses_with_market": (),
            "contributions": ("partner",),
            "contribution_value": (),
        },
    ),
    Section(
        Pillar.COMMUNITY_PARENTING,
        {
            "learning_centres": (),
            "children_served": ("sex", "level"),
            "child_sessions": ("theme",),
            "child_attendance": (),
            "carers_trained": ("sex",),
            "children_at_risk": (),
            "children_followed_up": (),
            "dropouts_prevented": (),
        },
    ),
    Section(
        Pillar.COOPERATIVE,
        {
            "finance_bodies": ("kind",),
            "finance_bodies_legal": (),
            "finance_members": ("sex", "kind"),
            "finance_bodies_numbered": (),
            "annual_meetings": (),
            "member_savings": ("kind",),
            "loans_outstanding": (),
            "loans_late": (),
            "surplus_shared": (),
        },
    ),
)

# Printed for each area; their sum over the areas of one level is the whole.
BY_AREA = (
    "villages_active",
    "officers_in_post",
    "visits",
    "registrations",
    "departures",
    "departures_non_procedural",
    "open_cases",
)
