"""The fourth pillar on the first pages: bodies, members, savings, loans that are late, meetings held."""

from __future__ import annotations

from datetime import date

from periods.month import Month, Year
from reports.cells import Cell, FigureTable
from reports.figures import Asked
from reports.places import Place

TODAY = ("finance_bodies", "finance_members", "member_savings", "loans_outstanding", "loans_late")
THIS_YEAR = "annual_meetings"


def cooperatives_asked(place: Place, today: date) -> tuple[Asked, Asked]:
    """What has to be counted for `cooperative_tiles`, beside the other figures of the page."""
    return (
        Asked(TODAY, [place], Month.current(today), coverage=False),
        Asked([THIS_YEAR], [place], Year.current(today), coverage=False),
    )


def cooperative_tiles(now: FigureTable, year: FigureTable) -> list[Cell]:
    """What the bodies of the place are and hold today, and the meetings they held this year."""
    return [*(now.cell(figure) for figure in TODAY), year.cell(THIS_YEAR)]
