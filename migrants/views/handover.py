"""An officer leaves: hand over the open work, and print the minutes."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.roles import Permission
from migrants.access import access_hand_over
from migrants.actions.handover import hand_over_work
from migrants.forms.handover import HandOverForm
from migrants.models import Work
from migrants.queries.cases import officers_of
from migrants.queries.handover import hand_overs_of, items_of, work_held
from migrants.rules import check_can_hand_over
from villages.access import access_assignment
from villages.doors import page
from villages.forms import refusals_on


@page("GET", "POST", may=Permission.SEE_CASES)
def hand_over(request, seat, key):
    assignment = access_assignment(seat, key)
    check_can_hand_over(seat, assignment)
    others = officers_of(assignment.village_id, on=timezone.localdate()).exclude(pk=assignment.user_id)
    form = bind(request, HandOverForm, officers=list(others))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            done = hand_over_work(by=seat, key=form.entry_key, assignment=assignment, receiver=form.chosen)
            return redirect("migrants:hand-over-minutes", done.row.pk)
    held = {work: list(rows) for work, rows in work_held(assignment.user, assignment.village_id).items()}
    context = {
        "assignment": assignment,
        "held": [(work, rows) for work, rows in held.items() if rows],
        "earlier": list(hand_overs_of(assignment)),
    }
    return form_page(request, "migrants/hand_over.html", form, **context)


@page("GET", may=Permission.SEE_CASES)
def minutes(request, seat, key):
    """The minutes for both officers and the village head: numbers and days, nobody's name but theirs."""
    hand_over = access_hand_over(seat, key)
    items = list(items_of(hand_over))
    received = {work.value: sum(item.work == work for item in items) for work in Work}
    counts = [(work.label, hand_over.counted.get(work.value, 0), received[work.value]) for work in Work]
    context = {"hand_over": hand_over, "items": items, "counts": counts}
    return render(request, "migrants/paper_minutes.html", context)
