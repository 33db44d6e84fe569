"""Learning centres: list, form, one centre; its facilitators."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.roles import Permission
from pillars.access import access_centre, visible_centres
from pillars.actions.parenting import (
    add_facilitator,
    change_centre,
    close_centre,
    end_facilitator,
    open_centre,
    sign_agreement,
)
from pillars.child_access import access_facilitator, access_own_centre, sees_children
from pillars.forms.ending import EndForm
from pillars.forms.parenting import (
    AgreementForm,
    CentreChangeForm,
    CentreForm,
    FacilitatorEndForm,
    FacilitatorForm,
)
from pillars.queries.child_sessions import sessions_listed
from pillars.queries.children import count_children, facilitators_of
from pillars.views.listing import list_page
from pillars.views.saving import saved
from villages.doors import page

SESSIONS_SHOWN = 5


@page("GET", may=Permission.SEE_PILLARS)
def centre_list(request, seat):
    centres = visible_centres(seat).select_related("village")
    return list_page(request, seat, "pillars/centre_list.html", centres, day="opened_on")


@page("GET", "POST", may=Permission.LOG_RECORDS)
def centre_new(request, seat):
    form = bind(request, CentreForm)
    if request.method == "POST" and form.is_valid():
        centre = open_centre(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:centre-detail", centre.pk)
    return form_page(request, "pillars/centre_new.html", form)


@page("GET", may=Permission.SEE_PILLARS)
def centre_detail(request, seat, key):
    """The centre and its facilitators; children and sessions for the officers of the village alone."""
    centre, inside = access_centre(seat, key), sees_children(seat)
    sessions = sessions_listed(seat, centre).order_by("-held_on", "-id")[:SESSIONS_SHOWN] if inside else []
    context = {
        "centre": centre,
        "facilitators": facilitators_of(seat, centre),
        "may_log": seat.may(Permission.LOG_RECORDS),
        "sees_children": inside,
        "children_now": count_children(centre) if inside else None,
        "sessions": sessions,
        "today": timezone.localdate(),
    }
    return render(request, "pillars/centre_detail.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def centre_edit(request, seat, key):
    centre = access_own_centre(seat, key)
    facts = {name: getattr(centre, name) for name in CentreChangeForm.base_fields if name != "key"}
    form = bind(request, CentreChangeForm, initial=facts)
    if request.method == "POST" and form.is_valid():
        change_centre(by=seat, centre=centre, facts=form.facts)
        return redirect("pillars:centre-detail", centre.pk)
    return form_page(request, "pillars/centre_edit.html", form, centre=centre)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def centre_end(request, seat, key):
    centre = access_own_centre(seat, key)
    form = bind(request, EndForm, began_on=centre.opened_on)
    if request.method == "POST" and form.is_valid():
        close_centre(by=seat, centre=centre, closed_on=form.cleaned_data["ended_on"])
        return redirect("pillars:centre-detail", centre.pk)
    return form_page(request, "pillars/centre_end.html", form, centre=centre)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def facilitator_new(request, seat, key):
    centre = access_own_centre(seat, key)
    form = bind(request, FacilitatorForm)
    if request.method == "POST" and form.is_valid():
        add_facilitator(by=seat, centre=centre, key=form.entry_key, **form.facts)
        return redirect("pillars:centre-detail", centre.pk)
    return form_page(request, "pillars/facilitator_new.html", form, centre=centre)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def facilitator_sign(request, seat, key):
    facilitator = access_facilitator(seat, key)
    form = bind(request, AgreementForm)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["signed_on"]
        if saved(form, lambda: sign_agreement(by=seat, facilitator=facilitator, signed_on=day)):
            return redirect("pillars:centre-detail", facilitator.centre_id)
    return form_page(request, "pillars/facilitator_sign.html", form, facilitator=facilitator)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def facilitator_end(request, seat, key):
    facilitator = access_facilitator(seat, key)
    form = bind(request, FacilitatorEndForm, began_on=facilitator.began_on)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["left_on"]
        if saved(form, lambda: end_facilitator(by=seat, facilitator=facilitator, left_on=day)):
            return redirect("pillars:centre-detail", facilitator.centre_id)
    return form_page(request, "pillars/facilitator_end.html", form, facilitator=facilitator)
