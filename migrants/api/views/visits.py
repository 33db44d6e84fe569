"""Visits for programs: `GET` the newest first, `POST` one."""

from django.utils import timezone
from rest_framework.response import Response

from accounts.roles import Permission
from migrants.actions.visits import log_visit
from migrants.api.serializers.visits import VisitSerializer
from migrants.forms.visits import VisitFilter, VisitForm
from migrants.queries.visits import visits_in_list
from villages.api.entering import call, delivered, filled, page_of
from villages.api.ways import TEXT, creates, rows
from villages.enums import Group

EXAMPLE = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000001",
    "topic": "information",
    "channel": "walk_in",
    "outcome": "done",
    "visited_on": "2026-11-20",
    "visitor_name": "Siti",
    "visitor_sex": "female",
    "minutes": 20,
}


@call(
    Group.PEOPLE,
    GET=rows("visits", VisitSerializer, Permission.SEE_PEOPLE, month=TEXT, topic=TEXT),
    POST=creates(VisitForm, VisitSerializer, Permission.LOG_RECORDS, example=EXAMPLE),
)
def visit_list(request, seat):
    """Visits, the newest first; `month` as 2026-11; or a new one."""
    if request.method == "POST":
        form = filled(request, VisitForm, creates=True, seat=seat)
        delivery = log_visit(by=seat, key=form.entry_key, **form.facts)
        return delivered(delivery, VisitSerializer(delivery.row).data)
    chosen = VisitFilter(request.query_params, today=timezone.localdate())
    visits = visits_in_list(seat, month=chosen.chosen_month, topic=chosen.chosen_topic)
    page = page_of(request, visits, ("-visited_on", "-id"))
    return Response({"visits": VisitSerializer(page.rows, many=True).data, "after": page.after})
