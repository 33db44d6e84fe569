"""Editions of reports: list, request with a check page, progress, download, cancelling, another try."""

from io import BytesIO

from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.vary import vary_on_headers

from accounts.entry import bind, form_page
from accounts.paging import keyset_page
from accounts.roles import Permission
from reports.access import access_edition, visible_editions
from reports.actions.editions import cancel_edition, record_download, request_edition, retry_edition
from reports.forms.editions import EditionForm
from reports.queries.editions import file_body, published_file, so_far, withdrawal_of
from reports.rendering import PANGO_ADVICE, pango_is_missing
from reports.rules import may_cancel, may_request, may_withdraw
from reports.views.files import XLSX
from reports.yearly.agreement import sentences
from villages.doors import page


@page("GET", may=Permission.READ_REPORTS)
def edition_list(request, seat):
    shown = keyset_page(
        visible_editions(seat).with_successor().prefetch_related("files"),
        order=("-requested_at", "-id"),
        cursor=request.GET.get("after", ""),
    )
    context = {"editions": shown, "may_request": seat.may(Permission.REQUEST_REPORTS)}
    return render(request, "reports/edition_list.html", context)


@page("GET", "POST", may=Permission.REQUEST_REPORTS)
def edition_request(request, seat):
    form = bind(request, EditionForm, seat=seat)
    if request.method == "POST" and form.is_valid() and "change" not in request.POST:
        wanted = form.wanted
        if "confirmed" in request.POST:
            asked = {"kind": wanted.kind, "year": wanted.year, "month": wanted.month}
            edition = request_edition(by=seat, district=wanted.district, key=form.entry_key, **asked)
            return redirect("reports:edition-detail", edition.pk)
        return form_page(request, "reports/edition_check.html", form, standing=so_far(seat, wanted))
    context = {"pango_missing": pango_is_missing(), "advice": PANGO_ADVICE}
    return form_page(request, "reports/edition_request.html", form, **context)


@vary_on_headers("HX-Request")
@page("GET")
def edition_detail(request, seat, key):
    edition = access_edition(seat, key)
    context = {
        "edition": edition,
        "pdf": published_file(edition),
        "annex": published_file(edition, "xlsx"),
        "withdrawal": withdrawal_of(edition),
        "disagreements": sentences(edition.failure_details),
        "advice": PANGO_ADVICE,
        "may_request": may_request(seat, edition),
        "may_withdraw": may_withdraw(seat),
        "may_cancel": may_cancel(seat, edition),
    }
    name = "_edition_panel" if request.htmx else "edition_detail"
    return render(request, f"reports/{name}.html", context)


@page("GET")
def edition_download(request, seat, key):
    return sent(request, seat, access_edition(seat, key), "pdf", "application/pdf")


@page("GET")
def edition_annex(request, seat, key):
    return sent(request, seat, access_edition(seat, key), "xlsx", XLSX)


def sent(request, seat, edition, kind, content_type):
    """The very file that was published; its download is on record."""
    file = published_file(edition, kind)
    body = file_body(file)
    if body is None:
        context = {"edition": edition, "file": file}
        return render(request, "reports/edition_missing.html", context, status=404)
    if request.method == "GET":
        record_download(by=seat, edition=edition)
    return file_answer(edition, body, kind, content_type)


def file_answer(edition, body, kind="pdf", content_type="application/pdf"):
    """The published bytes as a file to keep."""
    name = f"{edition.reference}.{kind}"
    answer = FileResponse(BytesIO(body), as_attachment=True, filename=name, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Encoding"] = "identity"  # not packed again, so that its length tells how far a phone is
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@page("POST")
def edition_retry(_request, seat, key):
    edition = retry_edition(by=seat, edition=access_edition(seat, key))
    return redirect("reports:edition-detail", edition.pk)


@page("POST")
def edition_cancel(_request, seat, key):
    edition = cancel_edition(by=seat, edition=access_edition(seat, key))
    return redirect("reports:edition-detail", edition.pk)
