"""The whole of a queue, the longest waiting first."""

from django.shortcuts import render
from django.utils import timezone

from accounts.paging import keyset_page
from reports.queries.queues import access_queue, waiting
from villages.doors import page


@page("GET")
def queue(request, seat, code):
    asked, today = access_queue(seat, code), timezone.localdate()
    shown = keyset_page(asked.rows(seat, today), order=asked.order, cursor=request.GET.get("after", ""))
    lines = [waiting(asked, row, seat, today) for row in shown.rows]
    return render(request, "reports/queue.html", {"queue": asked, "lines": lines, "shown": shown})
