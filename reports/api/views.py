"""Figures: the cells of the page, with what it hides hidden."""

from rest_framework.response import Response

from accounts.roles import Permission
from migrants.api.entering import call
from reports.cells import Cell
from reports.figures import figure_table
from reports.indicators import CATALOGUE
from reports.views.figures import asked_place


@call(GET=Permission.SEE_FIGURES)
def figures(request, seat):
    form, place = asked_place(request, seat)
    period = form.cleaned_data["period"]
    table = figure_table(CATALOGUE, [place], period, seat=seat)
    cells = {code: cell_data(table.cell(code)) for code in CATALOGUE}
    return Response({"place": place.code, "period": period.slug, "figures": cells})


def cell_data(cell: Cell) -> dict[str, object]:
    """A number and its denominator; both None where there is none or it is hidden, which `hidden` says."""
    return {
        "label": str(cell.label),
        "unit": str(cell.indicator.unit),
        "count": cell.count,
        "over": None if cell.hidden else cell.over,
        "hidden": cell.hidden.value if cell.hidden else None,
        "provisional": cell.provisional,
    }
