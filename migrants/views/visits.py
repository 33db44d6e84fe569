"""Service visits: log, list, look, withdraw."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import bind
from accounts.keys import as_key
from accounts.paging import keyset_page
from accounts.roles import Permission
from accounts.rules import NotPermitted
from migrants.access import access_visit
from migrants.actions.visits import finish_follow_up, log_visit, withdraw_visit
from migrants.enums import Channel, WithdrawReason
from migrants.forms.visits import VisitFilter, VisitForm, WithdrawForm
from migrants.forms.warned import as_typed
from migrants.occasions import occasion_of
from migrants.queries.visits import VisitLine, last_visit_by, visit_lines, visit_to_follow
from migrants.rules import can_undo_visit
from migrants.views.entering import list_context, status_of, to_saved, unpicked, wants_people, with_people
from villages.doors import page


@page("GET", "POST", may=Permission.LOG_RECORDS)
def visit_new(request, seat):
    if wants_people(request):
        form = VisitForm(seat=seat, initial=as_typed(request, **unpicked(request)))
        return with_people(request, seat, "migrants/visit_new.html", form)
    form = bind(request, VisitForm, seat=seat, initial=proposed(request, seat))
    if request.method == "POST" and form.is_valid():
        delivery = log_visit(by=seat, key=form.entry_key, **form.facts)
        return to_saved("migrants:visit-saved", delivery)
    return with_people(request, seat, "migrants/visit_new.html", form)


@page("GET", may=Permission.SEE_PEOPLE)
def visit_list(request, seat):
    chosen = VisitFilter(request.GET, today=timezone.localdate())
    visits = visit_lines(seat, month=chosen.chosen_month, topic=chosen.chosen_topic)
    shown = keyset_page(visits, order=("-visited_on", "-id"), cursor=request.GET.get("after", ""))
    context = {"rows": shown.drawn(VisitLine._make), "filter": chosen, **list_context(seat)}
    return render(request, "migrants/visit_list.html", context)


@page("GET", may=Permission.SEE_PEOPLE)
def visit_detail(request, seat, key):
    visit = access_visit(seat, key)
    context = {
        "visit": visit,
        "can_undo": can_undo_visit(seat, visit),
        "occasion": occasion_of(seat, visit),
        **list_context(seat),
    }
    return render(request, "migrants/visit_detail.html", context)


@page("GET", may=Permission.LOG_RECORDS)
def visit_saved(request, seat, key):
    visit = access_visit(seat, key)
    context = {"visit": visit, "again": "again" in request.GET, "can_undo": can_undo_visit(seat, visit)}
    return render(request, "migrants/visit_saved.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def visit_withdraw(request, seat, key):
    visit = access_visit(seat, key)
    form = bind(request, WithdrawForm)
    if request.method == "POST" and form.is_valid():
        withdraw_visit(by=seat, visit=visit, reason=form.reason)
        return redirect("migrants:visit-detail", visit.pk)
    context = {"form": form, "visit": visit}
    return render(request, "migrants/visit_withdraw.html", context, status=status_of(request, form))


@page("POST", may=Permission.LOG_RECORDS)
def visit_undo(_request, seat, key):
    visit = access_visit(seat, key)
    if not can_undo_visit(seat, visit):
        raise NotPermitted(_("The ten minutes are over. Withdraw the visit with a reason instead."))
    withdraw_visit(by=seat, visit=visit, reason=str(WithdrawReason.UNDONE.label))
    return redirect("migrants:visit-detail", visit.pk)


@page("POST", may=Permission.LOG_RECORDS)
def visit_followed_up(_request, seat, key):
    visit = access_visit(seat, key)
    finish_follow_up(by=seat, visit=visit)
    return redirect("migrants:visit-detail", visit.pk)


def proposed(request, seat):
    """What stands in an empty form: today, the way and service of the last visit, the person asked for."""
    last = last_visit_by(seat)
    follows = visit_to_follow(seat, as_key(request.GET.get("follows")))
    return {
        "visited_on": timezone.localdate(),
        "topic": last.topic if last else None,
        "channel": last.channel if last else Channel.WALK_IN,
        "person": follows.person_id if follows else request.GET.get("person", ""),
        "follows": follows.pk if follows else None,
        "after": request.GET.get("after", ""),
    }
