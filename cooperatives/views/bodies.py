"""Finance bodies: list, form, one body with its member register."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.paging import keyset_page
from accounts.roles import Permission
from cooperatives.access import access_body
from cooperatives.actions.bodies import end_body, found_body, join_member
from cooperatives.forms.bodies import BodyForm, MemberForm
from cooperatives.queries.bodies import board_of, bodies_with_members, register_of
from cooperatives.queries.loans import lateness_of
from cooperatives.queries.overview import books_today
from pillars.forms.ending import EndForm
from pillars.views.listing import list_page
from villages.doors import page


@page("GET", may=Permission.SEE_BODIES)
def body_list(request, seat):
    bodies = bodies_with_members(seat)
    return list_page(request, seat, "cooperatives/body_list.html", bodies, day="founded_on")


@page("GET", "POST", may=Permission.LOG_RECORDS)
def body_new(request, seat):
    form = bind(request, BodyForm)
    if request.method == "POST" and form.is_valid():
        body = found_body(by=seat, key=form.entry_key, **form.facts)
        return redirect("cooperatives:body-detail", body.pk)
    return form_page(request, "cooperatives/body_new.html", form)


@page("GET", may=Permission.SEE_BODIES)
def body_detail(request, seat, key):
    body = access_body(seat, key)
    context = {
        "body": body,
        "board": board_of(body),
        "today": timezone.localdate(),
        "may_log": seat.may(Permission.LOG_RECORDS),
        "may_appoint": seat.may(Permission.APPOINT_BOARD),
        "may_see": seat.may(Permission.SEE_BOOKS),
        "may_keep": seat.may(Permission.KEEP_BOOKS),
        "may_close": seat.may(Permission.CLOSE_BOOKS),
    }
    if body.books_opened_on:
        context |= {"books": books_today(body), "lateness": lateness_of(body, timezone.localdate())}
    if context["may_see"]:
        context["page_of_rows"] = keyset_page(
            register_of(body), order=("number", "id"), cursor=request.GET.get("after", ""), size=50
        )
    return render(request, "cooperatives/body_detail.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def body_end(request, seat, key):
    body = access_body(seat, key)
    form = bind(request, EndForm, began_on=body.founded_on)
    if request.method == "POST" and form.is_valid():
        end_body(by=seat, body=body, ended_on=form.cleaned_data["ended_on"])
        return redirect("cooperatives:body-detail", body.pk)
    return form_page(request, "cooperatives/body_end.html", form, body=body)


@page("GET", "POST", may=Permission.KEEP_BOOKS)
def member_new(request, seat, key):
    body = access_body(seat, key)
    form = bind(request, MemberForm, body=body)
    if request.method == "POST" and form.is_valid():
        join_member(by=seat, body=body, key=form.entry_key, **form.facts)
        return redirect("cooperatives:body-detail", body.pk)
    return form_page(request, "cooperatives/member_new.html", form, body=body)
