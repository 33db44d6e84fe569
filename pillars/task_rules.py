"""Rules of the pillars that make tasks by themselves (`migrants.task_rules`)."""

from django.utils.translation import gettext_lazy as _

from migrants.task_rules import TaskRule

BUSINESS_PERMIT_ENDS = TaskRule(
    "business_permit_ends",
    _("A paper of a business expires soon: help to renew it"),
    _("A licence or certificate of a running business expires within 90, 60 or 30 days."),
    "pillars:business-detail",
)

RULES = (BUSINESS_PERMIT_ENDS,)
