"""Collections: the sheet, what was saved of it, all its receipts."""

from django.shortcuts import redirect, render

from accounts.entry import bind, form_page
from accounts.roles import Permission
from cooperatives.access import access_books, access_collection
from cooperatives.actions.collections import post_collection
from cooperatives.actions.reading import note_books_read
from cooperatives.forms.collections import CollectionForm
from cooperatives.queries.journal import entries_of_collection, entry_line
from villages.doors import page
from villages.forms import refusals_on


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def collection_new(request, seat, key):
    body = access_books(seat, key)
    form = bind(request, CollectionForm, body=body, first=first_asked(request))
    if request.method == "POST" and form.is_valid():
        if form.is_confirmed:
            with refusals_on(form):
                facts = {name: form.cleaned_data[name] for name in ("day", "group", "bag")}
                posted = post_collection(
                    by=seat, body=body, key=form.entry_key, payments=form.payments, **facts
                )
                address = redirect("cooperatives:collection-detail", posted.row.pk).url
                return redirect(address if posted.made else f"{address}?again=1")
        elif "change" not in request.POST:
            return form_page(request, "cooperatives/collection_check.html", form, body=body)
    return form_page(request, "cooperatives/collection_new.html", form, body=body)


@page("GET", may=Permission.SEE_BOOKS)
def collection_detail(request, seat, key):
    sheet = access_collection(seat, key)
    note_books_read(by=seat, body=sheet.body)
    context = {
        "sheet": sheet,
        "body": sheet.body,
        "rows": [entry_line(entry) for entry in entries_of_collection(sheet)],
        "again": "again" in request.GET,
    }
    return render(request, "cooperatives/collection_detail.html", context)


@page("GET", may=Permission.SEE_BOOKS)
def collection_receipts(request, seat, key):
    sheet = access_collection(seat, key)
    note_books_read(by=seat, body=sheet.body)
    context = {"sheet": sheet, "body": sheet.body, "entries": entries_of_collection(sheet)}
    return render(request, "cooperatives/paper_collection.html", context)


def first_asked(request):
    """The member number a sheet begins with; 1 when the address says none."""
    text = request.GET.get("from", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
