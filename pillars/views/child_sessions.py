"""Sessions with children: list, the roll to tap, one session; the sheets for the wall and the file."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.paging import keyset_page
from accounts.roles import Permission
from periods.month import Month, PeriodRefused
from pillars.actions.child_sessions import change_child_session, log_child_session
from pillars.actions.children import note_children_listed
from pillars.child_access import access_child_session, access_own_centre
from pillars.forms.child_sessions import ChildSessionForm
from pillars.queries.child_sessions import last_session, month_sheet, roll_of, sessions_listed
from pillars.queries.children import children_of, facilitators_of
from pillars.views.saving import saved
from villages.doors import page

EMPTY_COLUMNS = range(8)


@page("GET", may=Permission.SEE_CHILDREN)
def child_session_list(request, seat, key):
    centre = access_own_centre(seat, key)
    rows = keyset_page(
        sessions_listed(seat, centre), order=("-held_on", "-id"), cursor=request.GET.get("after", "")
    )
    return render(request, "pillars/child_session_list.html", {"centre": centre, "page_of_rows": rows})


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def child_session_new(request, seat, key):
    """The roll begins with everybody ticked, with nobody (`?start=none`), or as last time (`?start=last`)."""
    centre = access_own_centre(seat, key)
    children, serving = list(children_of(centre)), facilitators_of(seat, centre).filter(left_on__isnull=True)
    initial = {} if request.method == "POST" else _start(request.GET.get("start", ""), centre, children)
    form = bind(request, ChildSessionForm, facilitators=serving, children=children, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {"key": form.entry_key, "centre": centre, "roll": children, **form.entries}
        delivery = saved(form, lambda: log_child_session(by=seat, **given))
        if delivery:
            return redirect("pillars:child-session-detail", delivery.row.pk)
    note_children_listed(by=seat, what=centre.name)
    return form_page(
        request, "pillars/child_session_new.html", form, centre=centre, before=last_session(centre)
    )


@page("GET", may=Permission.SEE_CHILDREN)
def child_session_detail(request, seat, key):
    session = access_child_session(seat, key)
    note_children_listed(by=seat, what=session.centre.name)
    roll = roll_of(session)
    context = {
        "session": session,
        "leaders": session.led_by.order_by("name", "id"),
        "present": [line.child for line in roll if line.present],
        "away": [line.child for line in roll if not line.present],
    }
    return render(request, "pillars/child_session_detail.html", context)


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def child_session_edit(request, seat, key):
    session = access_child_session(seat, key)
    like = {**ChildSessionForm.like(session), "held_on": session.held_on, "note": session.note}
    form = bind(
        request,
        ChildSessionForm,
        facilitators=facilitators_of(seat, session.centre),
        children=[line.child for line in roll_of(session)],
        initial=like,
    )
    sent = request.method == "POST" and form.is_valid()
    if sent and saved(form, lambda: change_child_session(by=seat, session=session, **form.entries)):
        return redirect("pillars:child-session-detail", session.pk)
    note_children_listed(by=seat, what=session.centre.name)
    return form_page(request, "pillars/child_session_edit.html", form, session=session, centre=session.centre)


@page("GET", may=Permission.SEE_CHILDREN)
def attendance_sheet(request, seat, key):
    """A sheet to fill by hand: the children of the list, and empty columns."""
    centre = access_own_centre(seat, key)
    note_children_listed(by=seat, what=centre.name)
    context = {"centre": centre, "children": children_of(centre), "columns": EMPTY_COLUMNS}
    return render(request, "pillars/paper_children.html", context)


@page("GET", may=Permission.SEE_CHILDREN)
def month_list(request, seat, key):
    """Who came when in a month, for the file of the centre; it stays in the village."""
    centre = access_own_centre(seat, key)
    note_children_listed(by=seat, what=centre.name)
    today = Month.current(timezone.localdate())
    try:
        month = Month.from_text(request.GET.get("month", ""))
    except PeriodRefused:
        month = today
    context = {"centre": centre, "sheet": month_sheet(centre, month), "this_month": today}
    return render(request, "pillars/paper_month.html", context)


def _start(start, centre, children):
    """Theme and leaders as last time; everybody, nobody, or those of last time ticked."""
    before = last_session(centre)
    like = ChildSessionForm.like(before) if before else {}
    if start == "none":
        return like | {"children": []}
    return like if start == "last" and before else like | {"children": [str(one.pk) for one in children]}
