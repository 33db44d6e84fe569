"""Outside input of a list of members: the file, then what its columns hold, and what would come of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm
from cooperatives.enums import MemberKind
from cooperatives.list_rules import check_list
from cooperatives.member_lists import ACCOUNTS, LIMITS, MOST_TEXT, READ, ListReader, ListSheet, read_list
from cooperatives.models import FinanceBody
from cooperatives.queries.member_lists import ListPlan, plan_of
from migrants.intake.wording import COLUMNS
from migrants.registers.kinds import Column, RegisterKind
from migrants.registers.surveying import NEEDED, letter_of
from villages.forms import refusals_on
from villages.tables import TableRefused

MEGABYTE = 1024 * 1024
SHOWN_FAULTS, SHOWN_ROWS = 50, 50


class ListFileForm(EntryForm):
    """The file with the list."""

    file = forms.FileField(
        label=_("The file"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
        max_length=200,
        help_text=_("XLSX, XLS, ODS or CSV, at most 2,000 members"),
        error_messages={
            "required": _("Choose the file."),
            "invalid": _("Choose the file once more."),
            "missing": _("Choose the file once more."),
            "empty": _("The file is empty. Choose the file that holds the register."),
            "max_length": _("The name of the file is too long. Give it a shorter one."),
        },
    )

    def clean_file(self) -> ListSheet:
        file = self.cleaned_data["file"]
        if file.size > LIMITS.packed:
            raise forms.ValidationError(
                gettext("The file is larger than %(size)s MB. Split it and bring in the parts one by one.")
                % {"size": LIMITS.packed // MEGABYTE},
                code="size",
            )
        try:
            return read_list(file.read(), file.name)
        except TableRefused as refused:
            raise forms.ValidationError(refused.sentence, code=refused.code) from refused


class MemberListForm(EntryForm):
    """What each column holds. The page carries the sheet, so no file is kept; every delivery reads it anew.

    `plan`: what would come of it, of a form whose columns are said."""

    sheet = forms.CharField(widget=forms.HiddenInput, max_length=MOST_TEXT, strip=False)

    def __init__(self, *args: Any, body: FinanceBody, **kwargs: Any) -> None:
        self.body = body
        self.plan: ListPlan | None = None
        super().__init__(*args, **kwargs)
        for at, parts in enumerate(self.carried.labels if self.carried else ()):
            if parts:
                self.fields[_column_name(at)] = _column_field(self.carried, at)

    @classmethod
    def of_file(cls, sheet: ListSheet, *, key: UUID, body: FinanceBody) -> MemberListForm:
        """The form of a file that was just read, with the columns as proposed."""
        proposed = {
            _column_name(at): sheet.proposed.get(at, Column.IGNORED).value for at in range(len(sheet.labels))
        }
        return cls({"key": str(key), "sheet": sheet.to_text(), **proposed}, body=body)

    @property
    def is_confirmed(self) -> bool:
        return "confirmed" in self.data

    @cached_property
    def carried(self) -> ListSheet | None:
        """The sheet the page carries; None when it carries none."""
        try:
            return ListSheet.from_text(str(self.data.get("sheet", ""))[:MOST_TEXT])
        except ValueError:
            return None

    @property
    def column_fields(self) -> list[Any]:
        """The questions what each column holds."""
        return [self[name] for name in self.fields if name.startswith("column-")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.carried is None:
            raise forms.ValidationError(gettext("Choose the file once more."))
        columns = self._columns(cleaned)
        if self.errors:
            return cleaned
        self.reader = ListReader(self.carried, columns, timezone.localdate())
        self.reader.read()
        self.plan = plan_of(self.body, self.reader)
        if self.plan.faults:
            words = ngettext(
                "%(n)s cell of the list needs a correction. Nothing was written.",
                "%(n)s cells of the list need a correction. Nothing was written.",
                len(self.plan.faults),
            )
            self.add_error(None, words % {"n": len(self.plan.faults)})
        elif not self.reader.rows:
            self.add_error(None, gettext("No member was found below the heading. Check the file."))
        elif not self.is_confirmed:
            with refusals_on(self):
                check_list(self.body, self.plan)
        return cleaned

    def _columns(self, cleaned: Mapping[str, Any]) -> dict[Column, int]:
        """The place of each column that is read; wrong answers become errors."""
        said = {
            int(name.removeprefix("column-")): Column(value)
            for name, value in cleaned.items()
            if name.startswith("column-") and value != Column.IGNORED
        }
        twice = [column for column, times in Counter(said.values()).items() if times > 1]
        for column in twice:
            words = gettext("Two columns are said to hold “%(column)s”. Change one of them.")
            self.add_error(None, words % {"column": COLUMNS[column]})
        for column in NEEDED[RegisterKind.MEMBERS]:
            if column not in said.values():
                words = gettext("Say which column holds: %(column)s.")
                self.add_error(None, words % {"column": COLUMNS[column]})
        return {column: at for at, column in said.items()}

    @property
    def totals(self) -> list[tuple[str, int]]:
        """Sums of the list in rupiah, by what was saved."""
        if self.plan is None:
            return []
        return [
            (str(COLUMNS[column]), self.plan.totals[code])
            for column, code in ACCOUNTS.items()
            if code in self.plan.totals
        ]

    @property
    def faults(self) -> list[str]:
        """The first sentences about cells that need a correction."""
        return [fault.sentence for fault in self.plan.faults[:SHOWN_FAULTS]] if self.plan else []

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The first rows as they would come in, for the page."""
        if self.plan is None:
            return []
        return [
            {
                "member": f"{row.number}. {row.name}",
                "joined_on": row.joined_on,
                "kind": (row.kind or MemberKind.OTHER).label,
                "known": row.number in self.plan.known,
                "amounts": [
                    (str(COLUMNS[column]), row.amounts.get(code, 0))
                    for column, code in ACCOUNTS.items()
                    if code in self.plan.totals
                ],
            }
            for row in self.reader.rows[:SHOWN_ROWS]
        ]


def _column_name(at: int) -> str:
    return f"column-{at}"


def _column_field(sheet: ListSheet | None, at: int) -> forms.ChoiceField:
    assert sheet is not None
    return forms.ChoiceField(
        label=sheet.heading.label(at) or gettext("Column %(letter)s") % {"letter": letter_of(at)},
        choices=[(column.value, COLUMNS[column]) for column in (Column.IGNORED, *READ)],
        help_text=" · ".join(sheet.samples(at)),
        error_messages={"invalid_choice": _("Choose what this column holds.")},
    )
