"""Outside input of the information board."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from migrants.vocabulary import destination_choices, job_choices
from pillars.enums import NoticeKind

NONE = ("", _("Not stated"))


class NoticeForm(EntryForm):
    """What a notice says, who says so, and how long it hangs."""

    kind = forms.ChoiceField(label=_("Kind"), choices=NoticeKind.choices, widget=forms.RadioSelect)
    title = LineField(label=_("Heading"))
    words = NoteField(
        label=_("Words"),
        max_length=1500,
        help_text=_("Hangs where everybody reads it: no names of residents, no NIK."),
    )
    destination = forms.ChoiceField(
        label=_("Destination"), required=False, help_text=_("A job order names both.")
    )
    job = forms.ChoiceField(label=_("Job"), required=False)
    source = LineField(
        label=_("Source"),
        max_length=200,
        help_text=_("Who says so: an office with its letter, a company, what residents reported."),
    )
    valid_from = DayField(label=_("Valid from"))
    valid_until = DayField(
        label=_("Valid until"),
        required=False,
        help_text=_("Example: 17-08-2026. Only a warning may stand without a last day."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["destination"].choices = [NONE, *destination_choices()]
        self.fields["job"].choices = [NONE, *job_choices()]
        for name in ("valid_from", "valid_until"):
            self.fields[name].widget.attrs["class"] = "w8"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, first, last = (cleaned.get(name) for name in ("kind", "valid_from", "valid_until"))
        for name in ("destination", "job"):
            if kind == NoticeKind.JOB and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, gettext("A job order names destination and job."))
        if first and last and last < first:
            self.add_error("valid_until", gettext("The last day cannot be before the first day."))
        if kind and kind != NoticeKind.WARNING and not last and "valid_until" not in self.errors:
            self.add_error("valid_until", gettext("Write until which day the offer is valid."))
        return cleaned


class NoticeListForm(EntryForm):
    """A list of job orders and training offers, and what it is called."""

    name = LineField(
        label=_("Name of the list"), help_text=_("Each notice shows it. Example: BP3MI list, November 2026")
    )
    file = forms.FileField(
        label=_("The file"),
        help_text=_("XLSX, XLS, ODS or CSV, at most 2 MB and 1.000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        max_length=200,
        error_messages={
            "required": _("Choose the file."),
            "invalid": _("Choose the file once more."),
            "missing": _("Choose the file once more."),
            "empty": _("The file is empty. Choose another one."),
            "max_length": _("The name of the file is too long. Give it a shorter one."),
        },
    )


class WithdrawForm(EntryForm):
    """Why it hangs no more."""

    why = LineField(label=_("Why is the notice withdrawn?"), max_length=200)
