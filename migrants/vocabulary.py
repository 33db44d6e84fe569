"""Destinations and jobs: lists a decree can change, so they are data (migrants/data/), read once.

Indonesian names stand in the files; other languages take country names from CLDR (Babel) and the English job
titles that Indonesian statistics use.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from django.utils.translation import get_language

DATA = Path(__file__).parent / "data"
NOT_KNOWN = "-"  # what a form sends for "not known"; stored as ""


@dataclass(frozen=True)
class Destination:
    """A destination by ISO 3166 alpha-3 code; Hong Kong and Taiwan are destinations of their own."""

    code: str
    alpha2: str
    name_id: str

    def label(self) -> str:
        """Its name in the language of the page."""
        language = (get_language() or "id")[:2]
        if language == "id":
            return self.name_id
        return str(Locale.parse(language).territories.get(self.alpha2) or self.name_id)


@dataclass(frozen=True)
class Job:
    """A kind of work abroad. `employer` and `sector` as in the official statistics; "" where none fits."""

    code: str
    name_id: str
    name_en: str
    employer: str
    sector: str

    def label(self) -> str:
        """Its name in the language of the page."""
        return self.name_id if (get_language() or "id").startswith("id") else self.name_en


def rows_of(name: str) -> list[dict[str, str]]:
    """The lines of one of our lists in migrants/data/, as written."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def destinations() -> dict[str, Destination]:
    """Every destination by code, in the order of the file: the most frequent first."""
    return {
        row["iso3"]: Destination(row["iso3"], row["iso2"], row["nama"]) for row in rows_of("destinations.csv")
    }


@cache
def jobs() -> dict[str, Job]:
    """Every job by code, in the order of the file."""
    return {
        row["kode"]: Job(row["kode"], row["nama"], row["name_en"], row["pemberi_kerja"], row["sektor"])
        for row in rows_of("jobs.csv")
    }


def jobs_of_sector(sector: str) -> list[str]:
    """The codes of the jobs that official statistics put in a sector, "formal" or "informal"."""
    return [job.code for job in jobs().values() if job.sector == sector]


def destination_label(code: str) -> str:
    """The name of a destination; "" for none, the code itself when the list no longer has it."""
    found = destinations().get(code)
    return found.label() if found else code


def job_label(code: str) -> str:
    """The name of a job; "" for none, the code itself when the list no longer has it."""
    found = jobs().get(code)
    return found.label() if found else code


def destination_choices() -> list[tuple[str, str]]:
    """For a select: the ten most frequent first, then all others by name."""
    every = [(code, destination.label()) for code, destination in destinations().items()]
    return every[:10] + sorted(every[10:], key=lambda choice: choice[1])


@cache
def currencies() -> tuple[str, ...]:
    """ISO 4217 codes of the currencies wages are paid in, in the order of the file."""
    return tuple(row["kode"] for row in rows_of("currencies.csv"))


def currency_label(code: str) -> str:
    """The code and its name in the language of the page: "HKD, Dolar Hong Kong"; "" for none."""
    if not code:
        return ""
    name = Locale.parse((get_language() or "id")[:2]).currencies.get(code)
    return f"{code}, {name}" if name else code


def currency_choices() -> list[tuple[str, str]]:
    """For a select, in the order of the file."""
    return [(code, currency_label(code)) for code in currencies()]


def job_choices() -> list[tuple[str, str]]:
    """For a select, in the order of the file."""
    return [(code, job.label()) for code, job in jobs().items()]
