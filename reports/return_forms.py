"""The form of the monthly return, which a decree can change, so it is data (`data/monthly_return.toml`).

The duties the law gives a village (UU 18/2017 art. 42), the sections and figures under each, the last day,
and who does what: each form is valid from a day on, and the return of an old month is read with its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from accounts.roles import Role
from periods.month import Month
from pillars.enums import Pillar

DATA = Path(__file__).parent / "data" / "monthly_return.toml"


class FormMalformed(ValueError):
    """The file breaks a promise; the text says which."""


@dataclass(frozen=True)
class Line:
    """One number of a section: a figure, or one part of a broken-down one ("visits:topic=document")."""

    name: str

    @property
    def figure(self) -> str:
        return self.name.partition("=")[0]

    @property
    def value(self) -> str:
        return self.name.partition("=")[2]


@dataclass(frozen=True)
class Section:
    """The figures of one pillar under one duty; obstacles and plans are written for each."""

    code: str
    pillar: Pillar
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Duty:
    """One of the five duties."""

    code: str
    names: Mapping[str, str]
    laws: Mapping[str, str]
    sections: tuple[Section, ...]

    @property
    def name(self) -> str:
        """In the language of the page."""
        return self.names[_language()]

    @property
    def law(self) -> str:
        """The article that gives the duty, in the language of the page."""
        return self.laws[_language()]


@dataclass(frozen=True)
class Link:
    """One link of the chain: who makes a step. `needed` False: it may be left out."""

    step: str
    role: Role
    needed: bool


@dataclass(frozen=True)
class ReturnForm:
    """The form of the months from `valid_from` on."""

    valid_from: date
    due_day: int
    remind_days: int
    chain: tuple[Link, ...]
    duties: tuple[Duty, ...]

    @property
    def sections(self) -> Iterator[Section]:
        return (section for duty in self.duties for section in duty.sections)

    @property
    def lines(self) -> Iterator[Line]:
        return (line for section in self.sections for line in section.lines)

    def link(self, step: str) -> Link | None:
        """Who makes the step; None where the chain has none."""
        return next((link for link in self.chain if link.step == step), None)

    def due_on(self, month: Month) -> date:
        """The last day on which the return of the month is in time."""
        return month.next().first_day + timedelta(days=self.due_day - 1)

    def remind_on(self, month: Month) -> date:
        """The day from which the officers are reminded; never before the month is over."""
        return max(month.next().first_day, self.due_on(month) - timedelta(days=self.remind_days))


@cache
def every_form() -> tuple[ReturnForm, ...]:
    """Every form of the file, the newest first. Raises `FormMalformed`."""
    try:
        given = tomllib.loads(DATA.read_text(encoding="utf-8"))
        forms = [_form(row) for row in given["forms"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FormMalformed(f"{DATA.name}: {error}") from error
    return tuple(sorted(forms, key=lambda form: form.valid_from, reverse=True))


def form_of(month: Month) -> ReturnForm:
    """The form valid on the first day of the month; the oldest before the first."""
    forms = every_form()
    return next((form for form in forms if form.valid_from <= month.first_day), forms[-1])


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


def _form(row: Mapping[str, Any]) -> ReturnForm:
    chain = tuple(Link(link["step"], Role(link["role"]), bool(link["needed"])) for link in row["chain"])
    if not {"submit", "accept"} <= {link.step for link in chain} <= {"submit", "check", "accept"}:
        raise FormMalformed(f"{DATA.name}: the chain submits, checks where somebody does, and accepts.")
    if not 1 <= row["due_day"] <= 28:
        raise FormMalformed(f"{DATA.name}: due_day is a day of every month.")
    duties = tuple(_duty(duty) for duty in row["duties"])
    codes = [section.code for duty in duties for section in duty.sections]
    if len(set(codes)) != len(codes):
        raise FormMalformed(f"{DATA.name}: each section has a code of its own.")
    return ReturnForm(row["valid_from"], row["due_day"], row["remind_days"], chain, duties)


def _duty(row: Mapping[str, Any]) -> Duty:
    sections = tuple(
        Section(part["code"], Pillar(part["pillar"]), tuple(Line(name) for name in part["figures"]))
        for part in row["sections"]
    )
    laws = {"id": row["law_id"], "en": row["law_en"]}
    return Duty(row["code"], {"id": row["id"], "en": row["en"]}, laws, sections)
