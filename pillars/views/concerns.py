"""Suspected violence or neglect: the page asks, the officer decides."""

from django.shortcuts import redirect, render

from accounts.entry import bind, form_page
from accounts.keys import as_key
from accounts.roles import Permission
from pillars.actions.children import note_child_viewed
from pillars.actions.concerns import dismiss_concern, note_concern, open_case_of_concern
from pillars.child_access import access_child, access_child_session, access_concern
from pillars.forms.children import ConcernForm
from pillars.views.saving import saved
from villages.doors import page


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def concern_new(request, seat, key):
    """Somebody suspects violence or neglect without a home visit, perhaps at a session (`?session=`)."""
    child = access_child(seat, key)
    asked = as_key(request.GET.get("session", ""))
    session = access_child_session(seat, asked) if asked else None
    form = bind(request, ConcernForm)
    if request.method == "POST" and form.is_valid():
        concern = note_concern(by=seat, child=child, key=form.entry_key, session=session).row
        answer = saved(form, lambda: _decided(seat, concern, form))
        if answer:
            return answer
    note_child_viewed(by=seat, child=child)
    return form_page(request, "pillars/concern_decide.html", form, child=child)


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def concern_decide(request, seat, key):
    concern = access_concern(seat, key)
    note_child_viewed(by=seat, child=concern.child)
    context = {"child": concern.child, "concern": concern}
    if concern.decided_at is not None:
        return render(request, "pillars/concern_decided.html", context)
    form = bind(request, ConcernForm)
    if request.method == "POST" and form.is_valid():
        answer = saved(form, lambda: _decided(seat, concern, form))
        if answer:
            return answer
    return form_page(request, "pillars/concern_decide.html", form, **context)


def _decided(seat, concern, form):
    words = form.cleaned_data["words"]
    if not form.opens_case:
        dismiss_concern(by=seat, concern=concern, why=words)
        return redirect("pillars:child-detail", concern.child_id)
    case = open_case_of_concern(
        by=seat, concern=concern, key=form.entry_key, type=form.cleaned_data["decision"], narrative=words
    ).row
    return redirect("migrants:case-detail", case.pk)
