"""Accounts of people who serve: list, make, hand over a one-time link, disable, end a post."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.links import qr_square
from accounts.models import User
from accounts.paging import keyset_page
from accounts.reauthentication import asks_password
from accounts.roles import Permission
from villages.access import Seat, access_posting, access_staff, visible_staff
from villages.actions.staff import (
    disable_staff,
    enable_staff,
    end_posting,
    make_staff,
    make_staff_link,
    post_staff,
)
from villages.doors import page
from villages.forms import refusals_on
from villages.forms.staff import DisableForm, PostForm, PostingEndForm, StaffFilter, StaffForm
from villages.rules import check_can_manage_account, may_manage_account
from villages.staff import account_state, post_that_counts, posts_of, search_staff, with_posts


@page("GET", may=Permission.MANAGE_ACCOUNTS)
def staff_list(request, seat):
    form = StaffFilter(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    people = with_posts(search_staff(visible_staff(seat), text) if text else visible_staff(seat))
    rows = keyset_page(people, order=("lower_name", "id"), cursor=request.GET.get("after", ""))
    today = timezone.localdate()
    context = {
        "form": form,
        "rows": rows,
        "people": [(user, post_that_counts(user, on=today), account_state(user)) for user in rows],
        "asked": text,
    }
    return render(request, "villages/staff_list.html", context, status=200 if form.is_valid() else 422)


@page("GET", "POST", may=Permission.MANAGE_ACCOUNTS)
@asks_password
def staff_new(request, seat):
    initial = {"place": request.GET.get("village", ""), "role": request.GET.get("role", "")}
    form = bind(request, StaffForm, seat=seat, initial=initial)
    if request.method == "POST" and form.is_valid():
        if form.is_confirmed:
            with refusals_on(form):
                entered = {name: form.facts[name] for name in ("username", "full_name", "phone")}
                user, _post = make_staff(by=seat, key=form.entry_key, post=form.post, **entered)
                return _show_link(request, seat, user, made=True)
        elif "change" not in request.POST:
            return form_page(request, "villages/staff_check.html", form)
    return form_page(request, "villages/staff_new.html", form)


@page("GET", may=Permission.MANAGE_ACCOUNTS)
def staff_detail(request, seat, key):
    user = access_staff(seat, key)
    today = timezone.localdate()
    context = {
        "person": user,
        "posts": [(post, post.is_on(today), post.is_over(today)) for post in posts_of(user)],
        "state": account_state(user),
        "may_manage": may_manage_account(seat, user),
    }
    return render(request, "villages/staff_detail.html", context)


@page("GET", "POST", may=Permission.MANAGE_ACCOUNTS)
@asks_password
def staff_link(request, seat, key):
    user = access_staff(seat, key)
    check_can_manage_account(seat, user)
    if request.method == "POST":
        return _show_link(request, seat, user, made=False)
    return render(request, "villages/staff_link.html", {"person": user})


@page("GET", "POST", may=Permission.MANAGE_ACCOUNTS)
@asks_password
def staff_post(request, seat, key):
    user = access_staff(seat, key)
    check_can_manage_account(seat, user)
    form = bind(request, PostForm, seat=seat, person=user)
    if request.method == "POST" and form.is_valid():
        if form.is_confirmed:
            with refusals_on(form):
                post_staff(by=seat, key=form.entry_key, user=user, post=form.post)
                return redirect("villages:staff-detail", user.pk)
        elif "change" not in request.POST:
            return form_page(request, "villages/staff_post_check.html", form, person=user)
    return form_page(request, "villages/staff_post.html", form, person=user)


@page("GET", "POST", may=Permission.MANAGE_ACCOUNTS)
def posting_end(request, seat, key):
    posting = access_posting(seat, key)
    check_can_manage_account(seat, posting.user)
    form = bind(request, PostingEndForm, posting=posting)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            end_posting(by=seat, posting=posting, last_day=form.cleaned_data["last_day"])
            return redirect("villages:staff-detail", posting.user_id)
    return form_page(request, "villages/posting_end.html", form, posting=posting, person=posting.user)


@page("GET", "POST", may=Permission.MANAGE_ACCOUNTS)
def staff_disable(request, seat, key):
    user = access_staff(seat, key)
    check_can_manage_account(seat, user)
    form = bind(request, DisableForm)
    if request.method == "POST" and form.is_valid():
        disable_staff(by=seat, user=user, reason=form.cleaned_data["reason"])
        return redirect("villages:staff-detail", user.pk)
    return form_page(request, "villages/staff_disable.html", form, person=user)


@page("POST", may=Permission.MANAGE_ACCOUNTS)
def staff_enable(_request, seat, key):
    user = access_staff(seat, key)
    enable_staff(by=seat, user=user)
    return redirect("villages:staff-detail", user.pk)


def _show_link(request: HttpRequest, seat: Seat, user: User, *, made: bool) -> HttpResponse:
    """The link as text and as a square, on this answer only: it is kept nowhere."""
    link, token = make_staff_link(by=seat, user=user)
    address = settings.SITE_URL + reverse("accounts:welcome", args=[token])
    context = {"person": user, "link": link, "address": address, "square": qr_square(address), "made": made}
    return render(request, "villages/staff_link_once.html", context)
