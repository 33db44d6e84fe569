"""Visits for programs: `GET` the newest first, `POST` one."""

from django.utils import timezone
from django.views.decorators.http import require_http_methods
from rest_framework import status
from rest_framework.decorators import api_view
from rest_framework.response import Response

from accounts.paging import keyset_page
from accounts.roles import Permission
from migrants.actions.visits import log_visit
from migrants.api.serializers import VisitEntry, VisitSerializer
from migrants.forms.visits import VisitFilter
from migrants.queries.visits import visits_in_list
from migrants.rules import check_has_seat


@require_http_methods(["GET", "HEAD", "POST"])
@api_view(["GET", "HEAD", "POST"])
def visit_list(request):
    if request.method == "POST":
        return visit_create(request)
    seat = check_has_seat(request.seat, Permission.SEE_PEOPLE)
    chosen = VisitFilter(request.query_params, today=timezone.localdate())
    visits = visits_in_list(seat, month=chosen.chosen_month, topic=chosen.chosen_topic)
    cursor = request.query_params.get("after", "")
    page = keyset_page(visits, order=("-visited_on", "-id"), cursor=cursor)
    return Response({"visits": VisitSerializer(page.rows, many=True).data, "after": page.after})


def visit_create(request):
    """201 for a new visit, 200 for one that an earlier call with the same id has made."""
    seat = check_has_seat(request.seat, Permission.LOG_RECORDS)
    entry = VisitEntry(data=request.data, context={"seat": seat})
    entry.is_valid(raise_exception=True)
    delivery = log_visit(by=seat, **entry.validated_data)
    made = status.HTTP_201_CREATED if delivery.made else status.HTTP_200_OK
    return Response(VisitSerializer(delivery.row).data, status=made)
