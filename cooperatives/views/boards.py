"""Who leads a body, and its papers."""

from django.shortcuts import redirect

from accounts.entry import bind, form_page
from accounts.roles import Permission
from cooperatives.access import access_body, access_term
from cooperatives.actions.boards import appoint_board, change_papers, end_board_term
from cooperatives.forms.boards import BoardTermForm, PapersForm, first_term, papers_of
from pillars.forms.ending import EndForm
from villages.doors import page
from villages.forms import refusals_on


@page("GET", "POST", may=Permission.APPOINT_BOARD)
def board_new(request, seat, key):
    body = access_body(seat, key)
    form = bind(request, BoardTermForm, body=body, initial=first_term())
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            appoint_board(by=seat, body=body, key=form.entry_key, **form.facts)
            return redirect("cooperatives:body-detail", body.pk)
    return form_page(request, "cooperatives/board_new.html", form, body=body)


@page("GET", "POST", may=Permission.APPOINT_BOARD)
def board_end(request, seat, key):
    term = access_term(seat, key)
    form = bind(request, EndForm, began_on=term.starts_on)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            end_board_term(by=seat, term=term, last_day=form.cleaned_data["ended_on"])
            return redirect("cooperatives:body-detail", term.body_id)
    return form_page(request, "cooperatives/board_end.html", form, term=term, body=term.body)


@page("GET", "POST", may=Permission.CLOSE_BOOKS)
def body_papers(request, seat, key):
    body = access_body(seat, key)
    form = bind(request, PapersForm, initial=papers_of(body))
    if request.method == "POST" and form.is_valid():
        change_papers(by=seat, body=body, **form.facts)
        return redirect("cooperatives:body-detail", body.pk)
    return form_page(request, "cooperatives/body_papers.html", form, body=body)
