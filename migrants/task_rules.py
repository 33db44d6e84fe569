"""Which rules make tasks by themselves, and in whose words (issue 3, section 3).

A derived task names its rule, so that an officer can see why it stands there. A rule is code, its task a row:
`actions.tasks.raise_task` makes it at most once for a subject and an occurrence.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class TaskRule:
    """`title`: what to do, as a list shows it. `says`: when the rule makes the task."""

    code: str
    title: str | Promise
    says: str | Promise


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

RULES: dict[str, TaskRule] = {
    rule.code: rule
    for rule in (
        ANSWER_CAME,
        CORRECTION_ASKED,
    )
}
