"""The papers of a members' meeting: one button makes them, a page waits for them, a file hands them over."""

from io import BytesIO

from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.views.decorators.vary import vary_on_headers

from accounts.roles import Permission
from cooperatives.access import access_books
from cooperatives.actions.reading import note_books_read
from cooperatives.views.years import year_asked
from reports.access import access_pack
from reports.actions.editions import record_pack_download, request_pack
from reports.packs import pdf_of
from villages.doors import page


@page("POST", may=Permission.CLOSE_BOOKS)
def pack_new(request, seat, key):
    body = access_books(seat, key)
    pack = request_pack(by=seat, body=body, year=year_asked(request))
    return redirect("reports:pack-detail", pack.pk)


@vary_on_headers("HX-Request")
@page("GET", may=Permission.SEE_BOOKS)
def pack_detail(request, seat, key):
    pack = access_pack(seat, key)
    name = "_pack_panel" if request.htmx else "pack_detail"
    return render(request, f"reports/{name}.html", {"pack": pack, "body": pack.body})


@page("GET", may=Permission.SEE_BOOKS)
def pack_download(request, seat, key):
    pack = access_pack(seat, key)
    body = pdf_of(pack)
    if body is None:
        raise Http404
    if request.method == "GET":
        note_books_read(by=seat, body=pack.body)
        record_pack_download(by=seat, pack=pack)
    name = f"RAT-{pack.year}.pdf"
    answer = FileResponse(BytesIO(body), as_attachment=True, filename=name, content_type="application/pdf")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Encoding"] = "identity"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
