"""Outside input about files people bring in: the file, what its columns mean, what a doubtful row is."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm
from audit.masking import mask_text_numbers
from migrants.enums import ImportKind, RowDecision, Sex
from migrants.intake.checking import limits_of
from migrants.intake.places import Scope
from migrants.intake.seeing import Seen, SeenSheet
from migrants.intake.wording import COLUMNS, column_choices, decision_label
from migrants.models import RegisterImport
from migrants.queries.imports import RowKind
from migrants.registers.kinds import Column, RegisterKind
from migrants.registers.places import PlaceWords
from migrants.registers.plans import Plan
from migrants.registers.surveying import NEEDED

MEGABYTE = 1024 * 1024
FILE_KINDS = ".xlsx,.xls,.ods,.csv"
SEVERAL_ALLOWED = frozenset({Column.IGNORED, Column.NUMBER})


class UploadForm(EntryForm):
    """The file, and what it holds where the seat may bring in more than one kind."""

    kind = forms.ChoiceField(
        label=_("What does the file hold?"),
        choices=ImportKind.choices,
        widget=forms.RadioSelect,
        initial=ImportKind.PERSONS,
        error_messages={"required": _("Choose what the file holds.")},
    )
    file = forms.FileField(
        label=_("The file"),
        widget=forms.FileInput(attrs={"accept": FILE_KINDS}),
        max_length=200,
        error_messages={
            "required": _("Choose the file."),
            "invalid": _("Choose the file once more."),
            "missing": _("Choose the file once more."),
            "empty": _("The file is empty. Choose the file that holds the register."),
            "max_length": _("The name of the file is too long. Give it a shorter one."),
        },
    )

    def __init__(self, *args: Any, kinds: tuple[ImportKind, ...], scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limits = limits_of(scope)
        self.kinds = kinds
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]
        self.fields["kind"].choice_hints = {
            ImportKind.PERSONS: _("The list of your village or district, as you keep it"),
            ImportKind.EXTRACT: _("The list that the national system gives out"),
        }
        megabytes = self.limits.packed // MEGABYTE
        self.fields["file"].help_text = gettext(
            "XLSX, XLS, ODS or CSV, at most %(size)s MB and %(rows)s rows."
        ) % {"size": megabytes, "rows": f"{self.limits.rows:,}".replace(",", ".")}
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
            self.initial["kind"] = kinds[0].value

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.limits.packed:
            raise forms.ValidationError(
                gettext("The file is larger than %(size)s MB. Split it and bring in the parts one by one.")
                % {"size": self.limits.packed // MEGABYTE},
                code="size",
            )
        return file


class ColumnsForm(forms.Form):
    """What each column of each different heading holds, and which sheets and place words count."""

    def __init__(self, *args: Any, register: RegisterImport, seen: Seen, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.register, self.seen = register, seen
        self.given = Plan.from_json(register.plan)
        choices = column_choices(register.kind)
        self.headings: list[tuple[SeenSheet, list[str]]] = seen.headings
        for at, (sheet, _names) in enumerate(self.headings):
            known = self.given.mappings.get(sheet.fingerprint, {})
            for column in sheet.columns:
                self.fields[_column_name(at, column.index)] = forms.ChoiceField(
                    label=column.label or gettext("Column %(letter)s") % {"letter": column.letter},
                    choices=choices,
                    initial=known.get(column.index, column.proposed),
                    help_text=mask_text_numbers(" · ".join(column.samples)),
                    error_messages={"invalid_choice": _("Choose what this column holds.")},
                )
        data = [sheet for sheet in seen.sheets if sheet.use == "data"]
        if len(data) > 1:
            for sheet in data:
                self.fields[f"sheet-{sheet.index}"] = forms.BooleanField(
                    label=sheet.name,
                    required=False,
                    initial=sheet.index not in self.given.skipped_sheets,
                )
        for sheet in data:
            if sheet.context:
                self.fields[f"place-{sheet.index}"] = forms.BooleanField(
                    label=self._place_label(sheet, alone=len(data) == 1),
                    required=False,
                    initial=any(self.given.contexts.get(sheet.index, ())),
                )

    @property
    def parts(self) -> list[tuple[SeenSheet, list[str], list[Any]]]:
        """Each heading with the names of its sheets and its fields."""
        return [
            (sheet, names, [self[_column_name(at, column.index)] for column in sheet.columns])
            for at, (sheet, names) in enumerate(self.headings)
        ]

    @property
    def sheet_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("sheet-")]

    @property
    def place_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("place-")]

    @property
    def all_known(self) -> bool:
        """Whether every column was recognised, so that there is little to look at."""
        return all(column.certain for sheet, _names in self.headings for column in sheet.columns)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        held: set[Column] = set()
        for at, (sheet, _names) in enumerate(self.headings):
            chosen = {
                column.index: Column(cleaned[name])
                for column in sheet.columns
                if (name := _column_name(at, column.index)) in cleaned
            }
            held |= set(chosen.values())
            self._check_twice(at, chosen)
        if Column.NAME_AND_ADDRESS in held:
            held.add(Column.FULL_NAME)
        missing = [column for column in NEEDED[RegisterKind(self.register.kind)] if column not in held]
        for column in missing:
            self.add_error(
                None,
                gettext("Say which column holds: %(column)s.") % {"column": COLUMNS[column]},
            )
        if self.sheet_fields and not any(cleaned.get(field.name) for field in self.sheet_fields):
            self.add_error(self.sheet_fields[0].name, gettext("Choose at least one sheet."))
        return cleaned

    def _check_twice(self, at: int, chosen: dict[int, Column]) -> None:
        counted = Counter(chosen.values())
        for index, column in chosen.items():
            if counted[column] > 1 and column not in SEVERAL_ALLOWED:
                counted[column] = 0  # one sentence a column
                self.add_error(
                    _column_name(at, index),
                    gettext("Two columns are said to hold “%(column)s”. Change one of them.")
                    % {"column": COLUMNS[column]},
                )

    @property
    def plan(self) -> Plan:
        """How to read the file, as answered."""
        cleaned = self.cleaned_data
        return Plan(
            kind=RegisterKind(self.register.kind),
            mappings={
                sheet.fingerprint: {
                    column.index: Column(cleaned[_column_name(at, column.index)]) for column in sheet.columns
                }
                for at, (sheet, _names) in enumerate(self.headings)
            },
            contexts={sheet.index: self._context(sheet) for sheet in self.seen.sheets if sheet.use == "data"},
            skipped_sheets=frozenset(
                int(field.name.removeprefix("sheet-"))
                for field in self.sheet_fields
                if not cleaned.get(field.name)
            ),
        )

    def _context(self, sheet: SeenSheet) -> PlaceWords:
        name = f"place-{sheet.index}"
        if name not in self.fields or not self.cleaned_data.get(name):
            return PlaceWords()
        return PlaceWords(**sheet.words)

    def _place_label(self, sheet: SeenSheet, *, alone: bool) -> str:
        words = ", ".join(sheet.context)
        return words if alone else f"{sheet.name}: {words}"


def _column_name(heading: int, index: int) -> str:
    return f"column-{heading}-{index}"


ALL, TICKED = "all", "ticked"
ASKS_SEX = (RowDecision.IMPORT, RowDecision.NO_NIK)


class DecideForm(forms.Form):
    """One answer for all rows of a kind, or for those that were ticked."""

    decision = forms.ChoiceField(
        label=_("What should happen to them?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what should happen to these rows.")},
    )
    village = forms.ChoiceField(label=_("To which village do they belong?"), required=False)
    sex = forms.ChoiceField(
        label=_("Sex of those whose row does not tell it"),
        choices=Sex.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    which = forms.ChoiceField(
        label=_("For which rows?"),
        widget=forms.RadioSelect,
        initial=ALL,
        error_messages={"required": _("Choose for which rows.")},
    )

    def __init__(
        self, *args: Any, kind: RowKind, scope: Scope, rows: list[str], villages: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.rows, self.scope = rows, scope
        doubt = kind.doubt
        self.fields["decision"].choices = [
            (choice.value, decision_label(choice, doubt, self.scope)) for choice in doubt.choices
        ]
        if kind.count == 1:
            self.fields["which"].widget = forms.HiddenInput()
        self.fields["which"].choices = [
            (ALL, gettext("All %(n)s rows of this kind") % {"n": f"{kind.count:,}".replace(",", ".")}),
            (TICKED, gettext("Only the rows ticked below")),
        ]
        if not doubt.asks_sex:
            del self.fields["sex"]
        if not doubt.asks_village or scope.village:
            del self.fields["village"]
        else:
            self.fields["village"].choices = [("", _("Choose")), *_village_choices(villages)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("which") == TICKED and not self.rows:
            self.add_error("which", gettext("Tick the rows first, or choose all of them."))
        comes_in = cleaned.get("decision") not in (None, "", RowDecision.SKIP)
        if comes_in and "village" in self.fields and not cleaned.get("village"):
            self.add_error("village", gettext("Choose the village these rows belong to."))
        if "sex" in self.fields and cleaned.get("decision") in ASKS_SEX and not cleaned.get("sex"):
            self.add_error("sex", gettext("Choose the sex, or another answer above."))
        return cleaned

    @property
    def goes_to(self) -> str:
        """Where rows of a doubtful place go: the officer's own village, or the one chosen."""
        if self.scope.village:
            return self.scope.village.code
        return str(self.cleaned_data.get("village") or "")

    @property
    def told_sex(self) -> str:
        return str(self.cleaned_data.get("sex") or "")

    @property
    def only_ticked(self) -> bool:
        return bool(self.cleaned_data["which"] == TICKED)


def _village_choices(villages: Any) -> list[tuple[str, str]]:
    return [(row.code, f"{row}, {row.subdistrict.name}") for row in villages]
