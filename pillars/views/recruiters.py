"""Recruiters seen in the village: list, form, one of them; for the district also the names that come back."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind, form_page
from accounts.paging import keyset_page
from accounts.roles import Permission
from pillars.access import access_recruiter, visible_recruiters
from pillars.actions.recruiters import log_recruiter
from pillars.forms.recruiters import RecruiterForm
from pillars.queries.recruiters import repeated_names, seen_before, with_listing
from villages.doors import page


@page("GET", may=Permission.SEE_PILLARS)
def recruiter_list(request, seat):
    rows = visible_recruiters(seat).select_related("village")
    shown = keyset_page(rows, order=("-seen_on", "-id"), cursor=request.GET.get("after", ""))
    context = {
        "page_of_rows": shown,
        "lines": with_listing(shown.rows),
        "repeated": repeated_names(seat) if shown.is_first else [],
        "may_log": seat.may(Permission.LOG_RECORDS),
        "show_village": seat.village is None,
    }
    return render(request, "pillars/recruiter_list.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def recruiter_new(request, seat):
    form = bind(request, RecruiterForm, initial={"seen_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        row = log_recruiter(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:recruiter-detail", row.pk)
    return form_page(request, "pillars/recruiter_new.html", form)


@page("GET", may=Permission.SEE_PILLARS)
def recruiter_detail(request, seat, key):
    return render(request, "pillars/recruiter_detail.html", recruiter_context(seat, key))


@page("GET", may=Permission.SEE_PILLARS)
def recruiter_sheet(request, seat, key):
    """A report of one sighting on paper, for the district office or the police."""
    return render(request, "pillars/paper_recruiter.html", recruiter_context(seat, key))


def recruiter_context(seat, key):
    row = access_recruiter(seat, key)
    (line,) = with_listing([row])
    return {
        "row": row,
        "line": line,
        "others": seen_before(seat, row),
        "show_village": seat.village is None,
        "may_log": seat.may(Permission.LOG_RECORDS) and row.withdrawn_at is None,
    }
