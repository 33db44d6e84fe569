"""The books of a body: opening them, their first page, one transaction, the journal, a reversal, a
receipt."""

from django.http import Http404
from django.shortcuts import redirect, render

from accounts.entry import bind, form_page
from accounts.paging import keyset_page
from accounts.roles import Permission
from cooperatives.access import access_body, access_books, access_entry
from cooperatives.actions.books import open_books
from cooperatives.actions.ledger import reverse_entry
from cooperatives.actions.reading import note_books_read
from cooperatives.actions.transactions import record_transaction
from cooperatives.enums import TransactionKind
from cooperatives.forms.transactions import BooksOpenForm, ReverseForm, TransactionForm
from cooperatives.queries.journal import effects_of, entry_line, is_reversed, journal_of
from cooperatives.queries.opening import is_untouched
from cooperatives.queries.overview import books_today
from cooperatives.transactions import TABLE, kinds_by_topic
from villages.doors import page
from villages.forms import refusals_on


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def books_open(request, seat, key):
    body = access_body(seat, key)
    form = bind(request, BooksOpenForm, body=body)
    if request.method == "POST" and form.is_valid():
        open_books(by=seat, body=body, opened_on=form.cleaned_data["opened_on"])
        return redirect("cooperatives:books-detail", body.pk)
    return form_page(request, "cooperatives/books_open.html", form, body=body)


@page("GET", may=Permission.SEE_BOOKS)
def books_detail(request, seat, key):
    body = access_books(seat, key)
    context = {
        "body": body,
        "books": books_today(body),
        "topics": kinds_by_topic(),
        "may_keep": seat.may(Permission.KEEP_BOOKS),
        "untouched": is_untouched(body),
    }
    return render(request, "cooperatives/books_detail.html", context)


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def transaction_new(request, seat, key, kind):
    body = access_books(seat, key)
    if kind not in TABLE:
        raise Http404
    form = bind(request, TransactionForm, body=body, kind=TransactionKind(kind))
    if request.method == "POST" and form.is_valid():
        if form.is_confirmed:
            with refusals_on(form):
                posted = record_transaction(
                    by=seat, body=body, key=form.entry_key, kind=form.kind, **form.facts
                )
                return _to_entry(posted)
        elif "change" not in request.POST:
            return form_page(request, "cooperatives/transaction_check.html", form, body=body)
    return form_page(request, "cooperatives/transaction_new.html", form, body=body)


@page("GET", may=Permission.SEE_BOOKS)
def entry_list(request, seat, key):
    body = access_books(seat, key)
    rows = keyset_page(
        journal_of(body), order=("-year", "-number"), cursor=request.GET.get("after", ""), size=50
    )
    note_books_read(by=seat, body=body)
    accounting = request.GET.get("view") == "accounting"
    context = {"body": body, "rows": rows.drawn(entry_line), "accounting": accounting}
    return render(request, "cooperatives/entry_list.html", context)


@page("GET", may=Permission.SEE_BOOKS)
def entry_detail(request, seat, key):
    entry = access_entry(seat, key)
    note_books_read(by=seat, body=entry.body)
    context = {
        "entry": entry,
        "body": entry.body,
        "effects": effects_of(entry),
        "lines": entry.lines.select_related("account", "member"),
        "is_reversed": is_reversed(entry),
        "accounting": request.GET.get("view") == "accounting",
        "again": "again" in request.GET,
        "may_keep": seat.may(Permission.KEEP_BOOKS),
    }
    return render(request, "cooperatives/entry_detail.html", context)


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def entry_reverse(request, seat, key):
    entry = access_entry(seat, key)
    form = bind(request, ReverseForm, entry=entry)
    context = {"entry": entry, "body": entry.body}
    if request.method == "POST" and form.is_valid():
        if form.is_confirmed:
            with refusals_on(form):
                return _to_entry(reverse_entry(by=seat, entry=entry, key=form.entry_key, **form.facts))
        elif "change" not in request.POST:
            return form_page(request, "cooperatives/entry_reverse_check.html", form, **context)
    return form_page(request, "cooperatives/entry_reverse.html", form, **context)


@page("GET", may=Permission.SEE_BOOKS)
def entry_receipt(request, seat, key):
    entry = access_entry(seat, key)
    note_books_read(by=seat, body=entry.body)
    context = {
        "entry": entry,
        "body": entry.body,
        "lines": entry.lines.select_related("account", "member"),
        "is_reversed": is_reversed(entry),
        "roll": request.GET.get("paper") == "roll",
    }
    return render(request, "cooperatives/paper_entry.html", context)


def _to_entry(posted):
    """To the entry; it says so when an earlier delivery had saved it already."""
    address = redirect("cooperatives:entry-detail", posted.row.pk).url
    return redirect(address if posted.made else f"{address}?again=1")
