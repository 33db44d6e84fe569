"""Equipment aid: list, form, one grant with its items, one item with its checks, the handover minutes."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.keys import as_key
from accounts.paging import keyset_page
from accounts.roles import Permission
from pillars.access import access_grant, access_item
from pillars.actions.aid import add_item, log_check, log_grant, remove_item
from pillars.forms.aid import CheckForm, GrantForm, ItemForm
from pillars.queries.aid import (
    grants_with_value,
    item_lines,
    items_in_list,
    items_of,
    photos_of,
    with_checks,
)
from pillars.views.listing import list_page
from villages.doors import page


@page("GET", may=Permission.SEE_PILLARS)
def aid_list(request, seat):
    return list_page(request, seat, "pillars/aid_list.html", grants_with_value(seat), day="handed_on")


@page("GET", "POST", may=Permission.LOG_RECORDS)
def aid_new(request, seat):
    form = bind(request, GrantForm, seat=seat, initial=for_whom(request))
    if request.method == "POST" and form.is_valid():
        grant = log_grant(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:aid-detail", grant.pk)
    return form_page(request, "pillars/aid_new.html", form)


def for_whom(request):
    """The group or business that a link to a form names; the form judges them."""
    return {name: as_key(request.GET.get(name)) for name in ("group", "business")}


@page("GET", may=Permission.SEE_PILLARS)
def aid_detail(request, seat, key):
    grant = access_grant(seat, key)
    lines = items_of(grant)
    context = {
        "grant": grant,
        "lines": lines,
        "total": sum(line.item.value for line in lines),
        "may_log": seat.may(Permission.LOG_RECORDS),
    }
    return render(request, "pillars/aid_detail.html", context)


@page("GET", may=Permission.SEE_PILLARS)
def aid_minutes(request, seat, key):
    """The handover minutes (BAST) with two boxes to sign."""
    grant = access_grant(seat, key)
    items = [line.item for line in items_of(grant) if line.item.replaces is None]
    context = {"grant": grant, "items": items, "total": sum(item.value for item in items)}
    return render(request, "pillars/paper_bast.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def item_new(request, seat, key):
    """One more item; `replaces` names the one it comes for."""
    grant = access_grant(seat, key)
    start = {"handed_on": grant.handed_on, "replaces": as_key(request.GET.get("replaces"))}
    form = bind(request, ItemForm, grant=grant, initial=start)
    if request.method == "POST" and form.is_valid():
        add_item(by=seat, grant=grant, key=form.entry_key, **form.facts)
        return redirect("pillars:aid-detail", grant.pk)
    return form_page(request, "pillars/item_new.html", form, grant=grant)


@page("GET", may=Permission.SEE_PILLARS)
def item_list(request, seat):
    """What is not in use first; the rest is a link away."""
    which = request.GET.get("which", "")
    items = items_in_list(seat, which, timezone.localdate())
    rows = keyset_page(items, order=("-handed_on", "-id"), cursor=request.GET.get("after", ""))
    context = {
        "page_of_rows": rows,
        "lines": item_lines(rows),
        "which": which,
        "show_village": seat.village is None,
    }
    return render(request, "pillars/item_list.html", context)


@page("GET", may=Permission.SEE_PILLARS)
def item_detail(request, seat, key):
    item = access_item(seat, key)
    line = item_lines(with_checks(item.grant.items.filter(pk=item.pk)))[0]
    context = {
        "item": item,
        "line": line,
        "photos": photos_of(item),
        "may_log": seat.may(Permission.LOG_RECORDS) and line.replaced_by is None,
    }
    return render(request, "pillars/item_detail.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def check_new(request, seat, key):
    item = access_item(seat, key)
    form = bind(request, CheckForm, item=item, initial={"checked_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        log_check(by=seat, item=item, key=form.entry_key, **form.facts)
        return redirect("pillars:item-detail", item.pk)
    return form_page(request, "pillars/check_new.html", form, item=item)


@page("POST", may=Permission.LOG_RECORDS)
def item_remove(_request, seat, key):
    item = access_item(seat, key)
    remove_item(by=seat, item=item)
    return redirect("pillars:aid-detail", item.grant_id)
