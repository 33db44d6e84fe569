"""Rules of the monthly return that make tasks by themselves (`migrants.task_rules`)."""

from django.utils.translation import gettext_lazy as _

from migrants.task_rules import TaskRule

RETURN_DUE = TaskRule(
    "return_due",
    _("Write and submit the monthly return"),
    _("A month is over, and the last day for its return comes near."),
    "reports:return-detail",
)

RETURN_LATE = TaskRule(
    "return_late",
    _("The monthly return is late: submit it now"),
    _("The last day for the return of a month has passed, and it was not submitted."),
    "reports:return-detail",
)

RETURN_BACK = TaskRule(
    "return_back",
    _("The district sent the monthly return back: correct it"),
    _("The district coordinator sent a return back with a note."),
    "reports:return-detail",
)

RULES = (RETURN_DUE, RETURN_LATE, RETURN_BACK)
