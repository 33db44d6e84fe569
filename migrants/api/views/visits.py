"""Visits for programs: `GET` the newest first, `POST` one."""

from django.utils import timezone
from rest_framework.response import Response

from accounts.roles import Permission
from migrants.actions.visits import log_visit
from migrants.api.entering import call, delivered, filled, page_of
from migrants.api.serializers.visits import VisitSerializer
from migrants.forms.visits import VisitFilter, VisitForm
from migrants.queries.visits import visits_in_list


@call(GET=Permission.SEE_PEOPLE, POST=Permission.LOG_RECORDS)
def visit_list(request, seat):
    if request.method == "POST":
        form = filled(request, VisitForm, creates=True, seat=seat)
        delivery = log_visit(by=seat, key=form.entry_key, **form.facts)
        return delivered(delivery, VisitSerializer(delivery.row).data)
    chosen = VisitFilter(request.query_params, today=timezone.localdate())
    visits = visits_in_list(seat, month=chosen.chosen_month, topic=chosen.chosen_topic)
    page = page_of(request, visits, ("-visited_on", "-id"))
    return Response({"visits": VisitSerializer(page.rows, many=True).data, "after": page.after})
