"""Figures, their definitions and the reports, as the pages have them: what is hidden there is hidden here."""

from django.http import Http404
from rest_framework.response import Response

from accounts.roles import Permission
from reports.access import access_edition, access_indicator, places_below, visible_editions
from reports.actions.editions import record_download
from reports.api.serializers.figures import (
    EditionDetail,
    EditionLine,
    FiguresTold,
    FigureTold,
    IndicatorLine,
    IndicatorList,
    catalogue_data,
    cell_data,
    edition_data,
    file_data,
    indicator_data,
)
from reports.figures import figure_table
from reports.indicators import CATALOGUE
from reports.queries.editions import file_body, published_file
from reports.views.editions import file_answer
from reports.views.figures import asked_place
from villages.api.entering import call, page_of
from villages.api.ways import TEXT, document, one, rows, told
from villages.enums import Group

WHERE_AND_WHEN = {"place": TEXT, "period": TEXT, "day": TEXT}


@call(Group.FIGURES, GET=told(FiguresTold, Permission.SEE_FIGURES, 404, **WHERE_AND_WHEN))
def figures(request, seat):
    """Every figure of a place: your own, or the one of the code `place`; `period` is 2026-11 or 2026. `day`,
    2026-11-22: as it stood at the end of that day."""
    place, period, day = _asked(request, seat)
    table = figure_table(CATALOGUE, [place], period, seat=seat, day=day)
    coverage = table.coverage(place)
    return Response(
        {
            "place": place.code,
            "period": period.slug,
            "villages_reported": coverage.reported,
            "villages_expected": coverage.expected,
            "figures": {code: cell_data(table.cell(code)) for code in CATALOGUE},
        }
    )


@call(Group.FIGURES, GET=told(FigureTold, Permission.SEE_FIGURES, **WHERE_AND_WHEN))
def figure(request, seat, code):
    """One figure: of the place, in its parts, and at each place one level down."""
    indicator = access_indicator(code)
    place, period, day = _asked(request, seat)
    names = [f"{code}:{split.code}" for split in indicator.splits]
    whole = figure_table([code, *names], [place], period, seat=seat, day=day)
    below = places_below(seat, place)
    parts = (
        figure_table([code], [place, *below], period, seat=seat, day=day).column(code)[1:] if below else []
    )
    return Response(
        {
            "place": place.code,
            "period": period.slug,
            "code": code,
            "cell": cell_data(whole.cell(code)),
            "splits": {name.partition(":")[2]: _cells(whole.split_cells(name)) for name in names},
            "below": _cells(parts),
        }
    )


def _asked(request, seat):
    form, place = asked_place(request, seat)
    if form.errors:
        raise Http404
    return place, form.cleaned_data["period"], form.cleaned_data["day"]


def _cells(cells):
    return [cell_data(cell) for cell in cells]


@call(Group.FIGURES, GET=told(IndicatorList, Permission.SEE_FIGURES))
def indicator_list(request, _seat):
    """The catalogue: what every figure counts, what it leaves out, and what an empty one means."""
    return Response({"indicators": catalogue_data(request)})


@call(Group.FIGURES, GET=one(IndicatorLine, Permission.SEE_FIGURES))
def indicator_detail(request, _seat, code):
    """One definition of the catalogue."""
    return Response(indicator_data(access_indicator(code), request))


@call(Group.FIGURES, GET=rows("editions", EditionLine, Permission.READ_REPORTS))
def edition_list(request, seat):
    """Editions of reports that lie in the own place, the last one asked for first."""
    page = page_of(request, visible_editions(seat).with_successor(), ("-requested_at", "-id"))
    return Response({"editions": [edition_data(row, request) for row in page.rows], "after": page.after})


@call(Group.FIGURES, GET=one(EditionDetail, Permission.READ_REPORTS))
def edition_detail(request, seat, key):
    """One edition, with the digest of its figures and of its file."""
    edition = access_edition(seat, key)
    file = file_data(edition, published_file(edition), request)
    return Response({**edition_data(edition, request), "file": file})


@call(Group.FIGURES, GET=document("application/pdf", Permission.READ_REPORTS))
def edition_file(request, seat, key):
    """The file of an edition, byte for byte as it was published."""
    edition = access_edition(seat, key)
    body = file_body(published_file(edition))
    if body is None:
        raise Http404
    if request.method == "GET":
        record_download(by=seat, edition=edition)
    return file_answer(edition, body)
