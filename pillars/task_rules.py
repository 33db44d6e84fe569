"""Rules of the pillars that make tasks by themselves (`migrants.task_rules`)."""

from django.utils.translation import gettext_lazy as _

from migrants.task_rules import TaskRule

BUSINESS_PERMIT_ENDS = TaskRule(
    "business_permit_ends",
    _("A paper of a business expires soon: help to renew it"),
    _("A licence or certificate of a running business expires within 90, 60 or 30 days."),
    "pillars:business-detail",
)

EQUIPMENT_UNSEEN = TaskRule(
    "equipment_unseen",
    _("Look at the equipment of a group or business"),
    _("Nobody has looked at equipment that was handed over for 90 days."),
    "pillars:aid-detail",
)

EQUIPMENT_IDLE = TaskRule(
    "equipment_idle",
    _("Ask why equipment stands idle"),
    _("Equipment was idle at its last check, and 30 days have passed."),
    "pillars:item-detail",
)

MENTORING_AGAIN = TaskRule(
    "mentoring_again",
    _("Meet a group or business again"),
    _("The day of the next meeting was agreed on at a mentoring visit."),
    "pillars:mentoring-detail",
)

RULES = (BUSINESS_PERMIT_ENDS, EQUIPMENT_UNSEEN, EQUIPMENT_IDLE, MENTORING_AGAIN)
