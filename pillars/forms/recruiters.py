"""Outside input about recruiters seen."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField


class RecruiterForm(EntryForm):
    """Who looked for workers, where, for which company, with which letter."""

    seen_on = DayField(label=_("Seen on"), not_future=True)
    where = LineField(label=_("Where"), help_text=_("Hamlet, house or market; also a group on social media."))
    company = LineField(
        label=_("Company"),
        required=False,
        help_text=_("As the recruiter names it. Leave empty when none was named."),
    )
    licence = LineField(label=_("Licence number shown"), required=False, max_length=80)
    field_officer = LineField(label=_("Name of the field officer"), required=False)
    task_letter = LineField(label=_("Number of the task letter"), required=False, max_length=80)
    task_letter_on = DayField(label=_("Date of the task letter"), required=False, not_future=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("company") or cleaned.get("field_officer")) and not self.errors:
            self.add_error("company", gettext("Write the company or the name of the field officer."))
        if (
            cleaned.get("task_letter_on")
            and not cleaned.get("task_letter")
            and "task_letter" not in self.errors
        ):
            self.add_error("task_letter", gettext("Write the number of the task letter too."))
        return cleaned
