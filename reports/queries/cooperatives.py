"""The fourth pillar on the first pages: bodies, members, savings, loans that are late, meetings held."""

from __future__ import annotations

from datetime import date

from periods.month import Month, Year
from reports.cells import Cell
from reports.figures import figure_table
from reports.places import Place
from villages.access import Seat

TODAY = ("finance_bodies", "finance_members", "member_savings", "loans_outstanding", "loans_late")
THIS_YEAR = "annual_meetings"


def cooperative_tiles(seat: Seat, place: Place, today: date) -> list[Cell]:
    """What the bodies of the place are and hold today, and the meetings they held this year. One query a
    figure."""
    now = figure_table(TODAY, [place], Month.current(today), seat=seat, today=today, coverage=False)
    year = figure_table([THIS_YEAR], [place], Year.current(today), seat=seat, today=today, coverage=False)
    return [*(now.cell(figure) for figure in TODAY), year.cell(THIS_YEAR)]
