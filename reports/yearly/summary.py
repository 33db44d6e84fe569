"""The summary in the shape of a government performance report: target, realisation, achieved, the period
before, and what the data themselves say of the gap (domain.md 6.2, LAKIP)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.freezing.keys import key_of
from reports.yearly.counting import Counted
from reports.yearly.lines import percent
from reports.yearly.quality import coverage, said

Line = dict[str, Any]


def lines(counted: Counted, figures: dict[str, Any]) -> list[Line]:
    """The lines of the summary: `target`, `realisation`, `percent`, `before`, and `gap`, a sentence or None.

    `target` None: no source gives one; `before` None: nothing is known of the period before.
    """
    rollout = _rollout(figures) if not counted.place.code and figures["cumulative"] else []
    return [*rollout, _officers(counted, figures), _reporting(counted, figures), _returns(counted, figures)]


def _line(
    code: str,
    label: str,
    *,
    target: int | None,
    realisation: int | None,
    before: int | None,
    gap: Line | None,
    cells: dict[str, str | None] | None = None,
) -> Line:
    return {
        "code": code,
        "label": label,
        "target": target,
        "realisation": realisation,
        "percent": percent(realisation, target),
        "before": before,
        "gap": gap,
        "cells": cells or {},
    }


def _rollout(figures: dict[str, Any]) -> list[Line]:
    total = figures["cumulative"]
    lacking = -(total["difference"] or 0)
    formed = _line(
        "villages",
        _("Villages formed, cumulative, as published"),
        target=total["target"],
        realisation=total["published"],
        before=total["before"],
        gap=None,
    )
    named = ngettext(
        "%(n)s published village is not in this register by name.",
        "%(n)s published villages are not in this register by name.",
        lacking,
    )
    registered = _line(
        "registered",
        _("Villages of these cohorts in this register"),
        target=total["published"],
        realisation=total["recorded"],
        before=None,
        gap={"text": named, "n": lacking} if lacking > 0 else None,
        cells={"realisation": total["cells"]["recorded"]},
    )
    return [formed, registered]


def _officers(counted: Counted, figures: dict[str, Any]) -> Line:
    officers, short = figures["officers"], figures["officers"]["short"] or 0
    text = ngettext(
        "%(n)s village has fewer than two officers.", "%(n)s villages have fewer than two officers.", short
    )
    return _line(
        "officers",
        _("Officers in post, two a village"),
        target=officers["needed"],
        realisation=officers["in_post"],
        before=(before := counted.before.cell("officers_in_post", counted.place)).count,
        gap=said(text, officers, n="short") if short else None,
        cells={
            "target": officers["cells"]["needed"],
            "realisation": officers["cells"]["in_post"],
            "before": key_of(before),
        },
    )


def _reporting(counted: Counted, figures: dict[str, Any]) -> Line:
    wrote, before = figures["coverage"], coverage(counted.before, counted.place)
    text = ngettext("%(n)s village wrote nothing.", "%(n)s villages wrote nothing.", wrote["silent"])
    return _line(
        "reporting",
        _("Villages that wrote something down"),
        target=wrote["expected"],
        realisation=wrote["reported"],
        before=before["reported"],
        gap=said(text, wrote, n="silent") if wrote["silent"] else None,
        cells={
            "target": wrote["cells"]["expected"],
            "realisation": wrote["cells"]["reported"],
            "before": before["cells"]["reported"],
        },
    )


def _returns(counted: Counted, figures: dict[str, Any]) -> Line:
    returns = figures["returns"]
    text = _("%(late)s came late, %(never)s did not come.")
    return _line(
        "returns",
        _("Monthly returns on time"),
        target=returns["due"],
        realisation=returns["on_time"],
        before=(before := counted.before.cell("returns_on_time", counted.place)).count,
        gap=said(text, returns, late="late", never="never") if returns["late"] or returns["never"] else None,
        cells={
            "target": returns["cells"]["due"],
            "realisation": returns["cells"]["on_time"],
            "before": key_of(before),
        },
    )
