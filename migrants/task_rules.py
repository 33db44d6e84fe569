"""Which rules make tasks by themselves, and in whose words (issue 3, section 3).

An app above adds its own in its AppConfig.ready(): `task_rules.add(MACHINE_STANDS_IDLE)`.

A derived task names its rule, so that an officer can see why it stands there. A rule is code, its task a row:
`actions.tasks.raise_task` makes it at most once for a subject and an occurrence.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from villages.access import Seat


@dataclass(frozen=True)
class TaskRule:
    """`title`: what to do, as a list shows it. `says`: when the rule makes the task. `page`: URL name of the
    page about the thing of an app above, opened with the task's `about_key`; "" for none. `needs`: who lacks
    this permission does not see the task; None: whoever sees tasks sees it."""

    code: str
    title: str | Promise
    says: str | Promise
    page: str = ""
    needs: Permission | None = None


ANSWER_CAME = TaskRule(
    "answer_came",
    _("Tell the family the answer"),
    _("A body has answered or rejected a referral."),
)

CORRECTION_ASKED = TaskRule(
    "correction_asked",
    _("Decide on a correction"),
    _("Somebody asks to correct a closed case; a second person has to approve."),
)

PASSPORT_ENDS = TaskRule(
    "passport_ends",
    _("Passport expires soon: help to renew it"),
    _("A passport expires within 90, 60 or 30 days, and the person prepares to depart or is abroad."),
)

VISA_ENDS = TaskRule(
    "visa_ends",
    _("Work visa expires soon: ask about its extension"),
    _("A work visa expires within 90, 60 or 30 days, and the journey is not over."),
)

CONTRACT_ENDS = TaskRule(
    "contract_ends",
    _("Contract ends soon: ask about extension or return"),
    _("The contract of somebody abroad ends within 90, 60 or 30 days."),
)

INSURANCE_ENDS = TaskRule(
    "insurance_ends",
    _("Social security ends soon: help to extend it"),
    _("Social security ends within 90, 60 or 30 days, and the journey is not over."),
)

STAY_PERMIT_ENDS = TaskRule(
    "stay_permit_ends",
    _("Permit to stay ends soon: ask about its extension"),
    _("A permit to stay and work ends within 90, 60 or 30 days, and the journey is not over."),
)

NOT_IN_EXTRACT = TaskRule(
    "not_in_extract",
    _("Not in the national system: ask how the departure went"),
    _("Somebody is abroad in the village's records, but the national system's extract does not name them."),
)

RULES: dict[str, TaskRule] = {
    rule.code: rule
    for rule in (
        ANSWER_CAME,
        CORRECTION_ASKED,
        PASSPORT_ENDS,
        VISA_ENDS,
        CONTRACT_ENDS,
        INSURANCE_ENDS,
        STAY_PERMIT_ENDS,
        NOT_IN_EXTRACT,
    )
}


def add(*rules: TaskRule) -> None:
    """From now on tasks of these rules have their words; adding one twice has no effect."""
    for rule in rules:
        RULES[rule.code] = rule


def kept_from(seat: Seat | None) -> list[str]:
    """Codes of the rules whose tasks the seat may not see."""
    return [
        rule.code
        for rule in RULES.values()
        if rule.needs is not None and (seat is None or not seat.may(rule.needs))
    ]
