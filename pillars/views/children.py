"""Children of a centre: list, form, one record and what is added to it. Every look is on record."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.roles import Permission
from pillars.actions.children import (
    change_child,
    end_child,
    give_guardian_consent,
    log_home_visit,
    note_carer,
    note_child_viewed,
    note_children_listed,
    note_contact,
    note_school,
    register_child,
    withdraw_guardian_consent,
)
from pillars.actions.concerns import note_concern
from pillars.child_access import access_child, access_own_centre
from pillars.forms.children import (
    ChangedCarerForm,
    ChildEndForm,
    ChildFactsForm,
    ChildForm,
    ContactForm,
    GuardianFields,
    HomeVisitForm,
    SchoolForm,
)
from pillars.guardian_texts import guardian_text_on
from pillars.queries.children import (
    carers_to_choose,
    children_listed,
    children_who_need,
    concerns_waiting,
    facilitators_of_village,
    journeys_to_choose,
    story_of,
)
from pillars.views.saving import saved
from villages.doors import page


@page("GET", may=Permission.SEE_CHILDREN)
def child_list(request, seat, key):
    centre = access_own_centre(seat, key)
    note_children_listed(by=seat, what=centre.name)
    children = list(children_listed(centre))
    context = {
        "centre": centre,
        "here": [child for child in children if child.left_on is None],
        "gone": [child for child in children if child.left_on is not None],
    }
    return render(request, "pillars/child_list.html", context)


@page("GET", may=Permission.SEE_CHILDREN)
def child_radar(request, seat):
    """Children who need a visit, each with why, and the concerns that wait for a decision."""
    note_children_listed(by=seat, what=str(seat.village))
    context = {
        "children": children_who_need(seat, timezone.localdate()),
        "concerns": concerns_waiting(seat),
    }
    return render(request, "pillars/child_radar.html", context)


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def child_new(request, seat, key):
    centre = access_own_centre(seat, key)
    choices = {"journeys": journeys_to_choose(seat), "people": carers_to_choose(seat)}
    form = bind(request, ChildForm, **choices)
    if request.method == "POST" and form.is_valid():
        delivery = saved(
            form, lambda: register_child(by=seat, key=form.entry_key, centre=centre, **form.entries)
        )
        if delivery:
            return redirect("pillars:child-detail", delivery.row.pk)
    text = guardian_text_on(timezone.localdate())
    return form_page(request, "pillars/child_new.html", form, centre=centre, text=text)


@page("GET", may=Permission.SEE_CHILDREN)
def child_detail(request, seat, key):
    child = access_child(seat, key)
    note_child_viewed(by=seat, child=child)
    story = story_of(seat, child, timezone.localdate())
    return render(request, "pillars/child_detail.html", {"child": child, "story": story})


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def child_edit(request, seat, key):
    child = access_child(seat, key)
    note_child_viewed(by=seat, child=child)
    journeys = list(journeys_to_choose(seat))
    if child.migration and child.migration not in journeys:
        journeys.append(child.migration)
    form = bind(request, ChildFactsForm, journeys=journeys, initial=ChildFactsForm.initial_of(child))
    return _written(request, child, form, lambda: change_child(by=seat, child=child, facts=form.child_facts))


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def child_end(request, seat, key):
    child = access_child(seat, key)
    form = bind(request, ChildEndForm)
    return _written(request, child, form, lambda: end_child(by=seat, child=child, **form.facts))


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def child_carer(request, seat, key):
    child = access_child(seat, key)
    form = bind(request, ChangedCarerForm, people=carers_to_choose(seat))
    return _written(
        request, child, form, lambda: note_carer(by=seat, child=child, key=form.entry_key, **form.facts)
    )


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def child_school(request, seat, key):
    child = access_child(seat, key)
    form = bind(request, SchoolForm)
    return _written(
        request, child, form, lambda: note_school(by=seat, child=child, key=form.entry_key, **form.facts)
    )


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def child_contact(request, seat, key):
    child = access_child(seat, key)
    form = bind(request, ContactForm, initial={"contacted_on": timezone.localdate()})
    return _written(
        request, child, form, lambda: note_contact(by=seat, child=child, key=form.entry_key, **form.facts)
    )


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def child_consent(request, seat, key):
    child = access_child(seat, key)
    form = bind(request, GuardianFields, initial={"given_on": timezone.localdate()})

    def give():
        return give_guardian_consent(by=seat, child=child, key=form.entry_key, **form.consent)

    return _written(request, child, form, give, text=guardian_text_on(timezone.localdate()))


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def child_withdraw(request, seat, key):
    child = access_child(seat, key)
    if request.method == "POST":
        withdraw_guardian_consent(by=seat, child=child)
        return redirect("pillars:child-detail", child.pk)
    return render(request, "pillars/child_withdraw.html", {"child": child})


@page("GET", "POST", may=Permission.SEE_CHILDREN)
def home_visit_new(request, seat, key):
    """Save the visit; with a concern the next page asks for a decision."""
    child = access_child(seat, key)
    today = {"visited_on": timezone.localdate()}
    form = bind(request, HomeVisitForm, facilitators=facilitators_of_village(seat), initial=today)
    if request.method == "POST" and form.is_valid():
        visit = saved(form, lambda: log_home_visit(by=seat, child=child, key=form.entry_key, **form.facts))
        if visit and form.cleaned_data["concern"]:
            concern = note_concern(by=seat, child=child, key=visit.row.pk, visit=visit.row).row
            return redirect("pillars:concern-decide", concern.pk)
        if visit:
            return redirect("pillars:child-detail", child.pk)
    return form_page(request, "pillars/home_visit_new.html", form, child=child)


def _written(request, child, form, write, **context):
    """The form of one change of a child; saved, it leads back to the record."""
    if request.method == "POST" and form.is_valid() and saved(form, write):
        return redirect("pillars:child-detail", child.pk)
    template = f"pillars/{request.resolver_match.url_name.replace('-', '_')}.html"
    return form_page(request, template, form, child=child, **context)
