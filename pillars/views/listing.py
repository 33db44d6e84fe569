"""What the list of every pillar does alike."""

from django.shortcuts import render

from accounts.paging import keyset_page
from accounts.roles import Permission


def list_page(request, seat, template, rows, *, day, **besides):
    """The rows by their `day`, newest first; villages are named where the seat sees several."""
    context = {
        "page_of_rows": keyset_page(rows, order=(f"-{day}", "-id"), cursor=request.GET.get("after", "")),
        "may_log": seat.may(Permission.LOG_RECORDS),
        "may_see_pillars": seat.may(Permission.SEE_PILLARS),
        "show_village": seat.village is None,
    }
    return render(request, template, {**context, **besides})
