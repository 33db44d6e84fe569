"""Loans: list, grant, one loan with its instalments, payments, early settlement, write-off."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.paging import keyset_page
from accounts.roles import Permission
from cooperatives.access import access_books, access_loan
from cooperatives.actions.loans import grant_loan, pay_loan, settle_loan, write_off_loan
from cooperatives.actions.reading import note_books_read
from cooperatives.forms.loans import LoanForm, LoanPaymentForm, SettlementForm, WriteOffForm
from cooperatives.queries.loans import (
    lateness_of,
    loan_line,
    loans_of,
    payments_of,
    schedule_of,
    standing_of,
)
from periods.percent import percent_text
from villages.doors import page
from villages.forms import refusals_on


@page("GET", may=Permission.SEE_BOOKS)
def loan_list(request, seat, key):
    body = access_books(seat, key)
    note_books_read(by=seat, body=body)
    rows = keyset_page(loans_of(body), order=("-granted_on", "-id"), cursor=request.GET.get("after", ""))
    context = {
        "body": body,
        "rows": rows.drawn(loan_line),
        "lateness": lateness_of(body, timezone.localdate()),
        "may_keep": seat.may(Permission.KEEP_BOOKS),
    }
    return render(request, "cooperatives/loan_list.html", context)


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def loan_new(request, seat, key):
    body = access_books(seat, key)
    from_paper = request.GET.get("from") == "paper"
    initial = {"member": request.GET.get("member", "")}
    form = bind(request, LoanForm, body=body, from_paper=from_paper, initial=initial)
    if request.method == "POST" and form.is_valid():
        if form.is_confirmed:
            with refusals_on(form):
                facts = {name: form.cleaned_data[name] for name in ("member", "day", "purpose")}
                facts |= {"terms": form.terms, "from_paper": from_paper}
                granted = grant_loan(by=seat, body=body, key=form.entry_key, **facts)
                return redirect("cooperatives:loan-detail", granted.row.pk)
        elif "change" not in request.POST:
            return form_page(request, "cooperatives/loan_check.html", form, body=body)
    return form_page(request, "cooperatives/loan_new.html", form, body=body)


@page("GET", may=Permission.SEE_BOOKS)
def loan_detail(request, seat, key):
    loan = access_loan(seat, key)
    note_books_read(by=seat, body=loan.body, member=loan.member)
    context = {
        "loan": loan,
        "body": loan.body,
        "now": standing_of(loan, timezone.localdate()),
        "schedule": schedule_of(loan),
        "payments": payments_of(loan),
        "rate": percent_text(loan.monthly_rate),
        "taken_back": hasattr(loan.entry, "reversed_by"),
        "may_keep": seat.may(Permission.KEEP_BOOKS),
    }
    return render(request, "cooperatives/loan_detail.html", context)


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def loan_pay(request, seat, key):
    return _step(request, seat, key, LoanPaymentForm, pay_loan, "cooperatives/loan_pay.html")


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def loan_settle(request, seat, key):
    return _step(request, seat, key, SettlementForm, settle_loan, "cooperatives/loan_settle.html")


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def loan_write_off(request, seat, key):
    return _step(request, seat, key, WriteOffForm, write_off_loan, "cooperatives/loan_write_off.html")


def _step(request, seat, key, form_class, action, template):
    """A form about a running loan, its check page, and then the action."""
    loan = access_loan(seat, key)
    form = bind(request, form_class, loan=loan)
    context = {"loan": loan, "body": loan.body, "now": standing_of(loan, timezone.localdate())}
    if request.method == "POST" and form.is_valid():
        if form.is_confirmed:
            with refusals_on(form):
                action(by=seat, loan=loan, key=form.entry_key, **form.facts)
                return redirect("cooperatives:loan-detail", loan.pk)
        elif "change" not in request.POST:
            return form_page(request, "cooperatives/loan_step_check.html", form, **context)
    return form_page(request, template, form, **context)
