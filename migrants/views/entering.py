"""What the forms of this app do alike: the search box inside a form, the answer to a form, the done page."""

from functools import wraps

from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.roles import Permission
from migrants.actions.people import note_search
from migrants.case_states import IllegalStep
from migrants.queries.people import SearchKind


def wants_people(request):
    """Whether the press was on "Search" or "Change" inside the form, not on "Save".

    Enter in another field presses the first button of the form, which is "Search": with an empty box it means
    "Save".
    """
    return "change" in request.POST or ("find" in request.POST and bool(request.POST.get("q", "").strip()))


def unpicked(request):
    """What a press on "Change" takes out of the form."""
    return {"person": "", "q": ""} if "change" in request.POST else {}


def with_people(request, seat, template, form, **context):
    """The form's page with what its search box found; the search is recorded. 422 when a sent form is
    refused.
    """
    if form.searched:
        kind = form.search.kind
        note_search(by=seat, kind=kind, name=form.search.value if kind == SearchKind.NAME else "")
    return render(request, template, {"form": form, **context}, status=status_of(request, form))


def status_of(request, form):
    """422 for a form that was sent and cannot be saved as it is."""
    return 422 if request.method == "POST" and form.is_bound else 200


def to_saved(name, delivery):
    """To the done page; it says so when an earlier delivery had saved the row already."""
    address = reverse(name, args=[delivery.row.pk])
    return redirect(address if delivery.made else f"{address}?again=1")


def list_context(seat):
    """What every list and detail page asks: may the seat log, and are villages named."""
    return {"may_log": seat.may(Permission.LOG_RECORDS), "show_village": seat.village is None}


def answers_conflicts(view):
    """A step that is not possible (any more) answers 409 with its sentence, and the way back."""

    @wraps(view)
    def answered(request, seat, *args, **kwargs):
        try:
            return view(request, seat, *args, **kwargs)
        except IllegalStep as refused:
            return refused_page(request, refused, request.path)

    return answered


def refused_page(request, refused, back):
    """Why a step is not possible (409), and the address to go back to."""
    context = {"sentence": refused.sentence, "back": back}
    return render(request, "migrants/conflict.html", context, status=409)
