"""Rows of placement companies (P3MI): name, licence (SIP3MI) and how long it runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from migrants.registers.cells import DateReader, Remembered, Trouble, line, read_name, read_phone_cell
from migrants.registers.facts import CompanyFacts
from migrants.registers.kinds import Column
from migrants.registers.places import PlaceWords
from migrants.registers.reasons import Finding, Outcome, Reason, outcome_of, worse
from migrants.registers.rows import AssessedRow, CellBlock, Place, Sheet
from migrants.registers.words import company_key, word_key

LONGEST_LICENCE = 80


class CompanyReader:
    """Judges the rows of one list; remembers licences and names across its sheets."""

    def __init__(self, today: date) -> None:
        self._days = Remembered(DateReader(today, birth=False))
        self._lines = Remembered(line)
        self._licences: dict[str, tuple[Place, str]] = {}
        self._names: dict[str, Place] = {}

    def assess(
        self,
        sheet: Sheet,
        numbers: Sequence[int],
        rows: Sequence[Sequence[Any]],
        contexts: Sequence[PlaceWords],  # noqa: ARG002 - one shape for all kinds
    ) -> list[AssessedRow]:
        """One assessed row for each row given, in order."""
        block = CellBlock(sheet, rows)
        assessed = []
        for position, (name, licence, until, address, status, phone) in enumerate(
            zip(
                block.read(Column.COMPANY, read_name),
                block.read(Column.LICENCE, _read_licence),
                block.known(Column.VALID_UNTIL, self._days, None),
                block.known(Column.ADDRESS, self._lines),
                block.known(Column.LICENCE_STATUS, self._lines),
                block.read(Column.PHONE, _read_office_phone),
                strict=True,
            )
        ):
            findings = block.troubles.get(position) or []
            facts = CompanyFacts(name or "", company_key(name or ""), licence, until, address, status, phone)
            self._judge(facts, numbers[position], block, position, findings)
            outcome = Outcome.IMPORTED
            for each in findings:
                outcome = worse(outcome, outcome_of(each.reason))
            kept = facts if outcome in (Outcome.IMPORTED, Outcome.REVIEW) else None
            assessed.append(AssessedRow(sheet.index, numbers[position], outcome, tuple(findings), kept))
        return assessed

    def _judge(
        self, facts: CompanyFacts, number: int, block: CellBlock, position: int, findings: list[Finding]
    ) -> None:
        def find(reason: Reason, column: Column, detail: str = "") -> None:
            findings.append(block.finding(position, reason, column, detail))

        if not facts.licence and not any(each.reason is Reason.TEXT_TOO_LONG for each in findings):
            find(Reason.LICENCE_MISSING, Column.LICENCE)
        if facts.valid_until is None and not any(
            each.column == block.sheet.label(Column.VALID_UNTIL) for each in findings
        ):
            find(Reason.VALIDITY_MISSING, Column.VALID_UNTIL)
        if any(outcome_of(each.reason) is Outcome.REFUSED for each in findings):
            return
        here = (block.sheet.index, block.sheet.name, number)
        licence = word_key(facts.licence)
        if licence:
            first, key = self._licences.setdefault(licence, (here, facts.name_key))
            if first != here:
                same = key == facts.name_key
                find(
                    Reason.SAME_ROW if same else Reason.LICENCE_OTHER_NAME,
                    Column.LICENCE,
                    block.where(first, here),
                )
                return
        first = self._names.setdefault(facts.name_key, here)
        if first != here:
            find(Reason.COMPANY_TWICE, Column.COMPANY, block.where(first, here))


def _read_licence(cell: Any) -> str | Trouble:
    text = line(cell)
    return text if len(text) <= LONGEST_LICENCE else Trouble(Reason.TEXT_TOO_LONG, "")


def _read_office_phone(cell: Any) -> str:
    """The number as E.164 where it is one; an office's number in another form is kept as written."""
    found = read_phone_cell(cell)
    return line(cell)[:40] if isinstance(found, Trouble) else found[0]
