"""The stipends of a month, from countersigned duty reports alone: the list, and the same list as a file."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.paging import keyset_page
from accounts.roles import Permission
from periods.month import Month, PeriodRefused
from pillars.queries.duty_reports import stipend_lines, stipend_rows, stipend_total
from reports.exports import About, check_and_record_export
from reports.queries.stipends import HEADER, values_of
from reports.views.files import csv_answer, xlsx_answer
from villages.doors import page

ORDER = ("village_id", "pk")


@page("GET", may=Permission.MANAGE_OFFICERS)
def stipend_list(request, seat):
    month = asked_month(request)
    rows = stipend_rows(seat, month)
    shown = keyset_page(rows, order=ORDER, cursor=request.GET.get("after", ""))
    context = {
        "month": month,
        "before": month.previous(),
        "after": month.next(),
        "shown": shown,
        "lines": stipend_lines(shown.rows),
        "total": stipend_total(rows),
    }
    return render(request, "reports/stipend_list.html", context)


@page("GET", may=Permission.MANAGE_OFFICERS)
def stipends_csv(request, seat):
    return csv_answer(request, *asked_file(request, seat, "csv"))


@page("GET", may=Permission.MANAGE_OFFICERS)
def stipends_xlsx(request, seat):
    name, header, values, about = asked_file(request, seat, "xlsx")
    return xlsx_answer(name, _("Stipend list"), header, values, about)


def asked_month(request):
    """The month of the address; the one that ended last when it names none."""
    if not (text := request.GET.get("month", "")):
        return Month.current(timezone.localdate()).previous()
    try:
        return Month.from_text(text)
    except PeriodRefused:
        raise Http404 from None


def asked_file(request, seat, kind):
    """Name, header and rows of the file, and what it holds; the export is on record."""
    month, place = asked_month(request), seat.district_id or ""
    rows = stipend_rows(seat, month).order_by(*ORDER)
    check_and_record_export(by=seat, rows=rows, what=f"stipends {month.slug}", place=place, kind=kind)
    values = [values_of(line) for line in stipend_lines(rows)]
    filters = [(_("Place"), seat.district or _("Indonesia")), (_("Month"), month.label)]
    meanings = [(_("One row"), _("A countersigned duty report of the month. Sums are whole rupiah."))]
    about = About(_("Stipend list"), seat, filters, meanings)
    return f"stipends-{place or 'indonesia'}-{month.slug}", HEADER, values, about
