"""The accounts of a body: trial balance, one account with its running total, a further account."""

from django.http import Http404
from django.shortcuts import redirect, render

from accounts.entry import bind, form_page
from accounts.roles import Permission
from cooperatives.access import access_books
from cooperatives.actions.books import add_account
from cooperatives.actions.reading import note_books_read
from cooperatives.forms.accounts import AccountForm
from cooperatives.forms.months import UntilForm
from cooperatives.queries.accounts import account_page, trial_balance
from cooperatives.queries.ledger import account_with_code
from villages.doors import page
from villages.forms import refusals_on


@page("GET", may=Permission.SEE_BOOKS)
def balance_detail(request, seat, key):
    body = access_books(seat, key)
    form = UntilForm(request.GET or None)
    until = form.cleaned_data["until"] if form.is_bound and form.is_valid() else None
    context = {
        "body": body,
        "form": form,
        "trial": trial_balance(body, until=until),
        "accounting": request.GET.get("view") == "accounting",
        "may_keep": seat.may(Permission.KEEP_BOOKS),
    }
    return render(request, "cooperatives/balance_detail.html", context, status=422 if form.errors else 200)


@page("GET", may=Permission.SEE_BOOKS)
def account_detail(request, seat, key, code):
    body = access_books(seat, key)
    account = account_with_code(body, code)
    if account is None:
        raise Http404
    if account.of_members:
        note_books_read(by=seat, body=body)
    context = {
        "body": body,
        "account": account,
        "rows": account_page(account, request.GET.get("after", "")),
        "accounting": request.GET.get("view") == "accounting",
    }
    return render(request, "cooperatives/account_detail.html", context)


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def account_new(request, seat, key):
    body = access_books(seat, key)
    form = bind(request, AccountForm)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            account = add_account(by=seat, body=body, **form.facts)
            return redirect("cooperatives:account-detail", body.pk, account.code)
    return form_page(request, "cooperatives/account_new.html", form, body=body)
