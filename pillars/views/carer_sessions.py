"""Classes for those who care for the children: list, form, one class."""

from django.shortcuts import redirect, render

from accounts.entry import bind, form_page
from accounts.roles import Permission
from pillars.actions.child_sessions import log_carer_session
from pillars.child_access import access_carer_session
from pillars.forms.child_sessions import CarerSessionForm
from pillars.queries.child_sessions import carer_sessions_listed
from pillars.queries.children import carers_recorded
from pillars.views.listing import list_page
from pillars.views.saving import saved
from villages.doors import page


@page("GET", may=Permission.SEE_CHILDREN)
def carer_session_list(request, seat):
    rows = carer_sessions_listed(seat)
    return list_page(request, seat, "pillars/carer_session_list.html", rows, day="held_on")


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def carer_session_new(request, seat):
    """A class; with `?like=` place, topic and speakers are those of an earlier one."""
    like = carer_sessions_listed(seat).order_by("-held_on", "-id").first() if "like" in request.GET else None
    initial = {name: getattr(like, name) for name in ("place", "topic", "speakers")} if like else {}
    form = bind(request, CarerSessionForm, people=carers_recorded(seat), initial=initial)
    if request.method == "POST" and form.is_valid():
        delivery = saved(form, lambda: log_carer_session(by=seat, key=form.entry_key, **form.entries))
        if delivery:
            return redirect("pillars:carer-session-detail", delivery.row.pk)
    return form_page(request, "pillars/carer_session_new.html", form)


@page("GET", may=Permission.SEE_CHILDREN)
def carer_session_detail(request, seat, key):
    session = access_carer_session(seat, key)
    heads = list(session.present.select_related("person").order_by("person__full_name", "id"))
    context = {
        "session": session,
        "named": [head.person for head in heads if head.person],
        "women": sum(head.sex == "female" for head in heads),
        "men": sum(head.sex == "male" for head in heads),
    }
    return render(request, "pillars/carer_session_detail.html", context)
