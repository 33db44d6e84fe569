"""Count one period in one snapshot of the database: the frozen content of an edition.

The content is a plain JSON document that holds everything the PDF prints, in the words it prints. Lists
carry every order that matters, because PostgreSQL keeps the keys of an object in an order of its own. Its
`figures` are what the digest is taken of; all of them come from `figure_table` or from a set of records
that an entry of the catalogue names. No person is in it: figures, places and texts about the programme
only. All kinds of editions have the same shape; what a kind has not is an empty list or None.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone, translation

from periods.clock import WIB
from reports.freezing.keys import key_of
from reports.indicators import UNKNOWN
from reports.models import ReportEdition
from reports.yearly import lines, quality, summary
from reports.yearly.counting import COHORT, Counted
from reports.yearly.wording import words_of

Content = dict[str, Any]

SCHEMA = 4
LANGUAGE = "id"  # the report is an official Indonesian document


@contextmanager
def snapshot() -> Iterator[datetime]:
    """Every read inside sees the database as it was at one moment, which is yielded; nothing can be written.

    Not to be used inside a transaction.
    """
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = '60s'")
        yield timezone.now()


def build_content(edition: ReportEdition, *, moment: datetime) -> Content:
    """The content of an edition, counted now: the figures of its place up to the last day of its period, or
    today within it.

    `moment` is printed as the time the data were taken. What changed since the edition before is added by
    `changes.changes_since`. Queries: about 35, whatever the number of villages.
    """
    with translation.override(LANGUAGE):
        counted = Counted.of(edition, today=day_of(moment))
        figures = _figures(counted)
        return {
            "schema": SCHEMA,
            "language": LANGUAGE,
            "kind": edition.kind,
            "place": {"code": counted.place.code, "name": counted.place.name},
            "year": edition.year,
            "period": edition.period.label,
            "period_before": edition.period.previous().label,
            "edition": edition.number,
            "reference": edition.reference,
            "ministry": settings.MINISTRY_NAME,
            "programme": settings.PROGRAMME_NAME,
            "first_day": counted.span.first.isoformat(),
            "last_day": counted.span.last.isoformat(),
            "data_as_of": moment.isoformat(timespec="seconds"),
            "figures": figures,
            "words": words_of(edition),
            "definitions": quality.definitions(),
            "notes": quality.notes(counted, figures),
            "codes": {},
            "changes": None,
            "proof": None,
        }


def day_of(moment: datetime) -> date:
    """The day of the report's data: that of western Indonesia."""
    return moment.astimezone(ZoneInfo(WIB)).date()


def digest_of(content: Content) -> str:
    """SHA-256 of the figures as canonical JSON (sorted keys, no blanks, UTF-8): 64 hexadecimal digits."""
    text = json.dumps(content["figures"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def _figures(counted: Counted) -> dict[str, Any]:
    table, place = counted.table, counted.place
    figures = {
        "cohorts": lines.cohorts(counted),
        "unknown_year": lines.unknown_year(counted),
        "cumulative": lines.cumulative(counted),
        "reach": lines.reach(counted),
        "designated": table.cell("villages_designated", place).count,
        "active": table.cell("villages_active", place).count,
        "stages": lines.stages(counted),
        "officers": lines.officers(counted),
        "coverage": quality.coverage(table, place),
        "returns": quality.returns(counted),
        "certainty": quality.certainty(counted),
        "months": quality.months(counted),
        "provinces": lines.provinces(counted),
        "districts": lines.districts(counted),
        "subdistricts": lines.subdistricts(counted),
        "sections": lines.sections(counted),
        "trend": lines.trend(counted),
        "villages": lines.villages(counted),
        "cells": {
            "unknown_year": key_of(counted.rollout.cell(COHORT, place, UNKNOWN)),
            "designated": key_of(table.cell("villages_designated", place)),
            "active": key_of(table.cell("villages_active", place)),
        },
    }
    return {**figures, "summary": summary.lines(counted, figures)}
