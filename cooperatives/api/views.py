"""Bodies, their totals, and a year of their books: the doors and query objects of the pages."""

from django.http import Http404
from django.utils import timezone
from rest_framework.response import Response

from accounts.roles import Permission
from cooperatives.access import access_books
from cooperatives.api.serializers import BodyDetail, BodyLine, YearOfBooks, body_data, totals_data, year_data
from cooperatives.queries.bodies import bodies_with_members
from cooperatives.queries.loans import lateness_of
from cooperatives.queries.overview import books_today
from cooperatives.queries.pack import pack_of
from cooperatives.queries.years import years_of
from villages.api.entering import call, one_of, page_of
from villages.api.ways import one, rows
from villages.enums import Group


@call(Group.BOOKS, GET=rows("finance-bodies", BodyLine, Permission.SEE_BODIES))
def body_list(request, seat):
    """Finance bodies, the newest first, with their members counted."""
    page = page_of(request, bodies_with_members(seat), ("-founded_on", "-id"))
    return Response({"finance-bodies": [body_data(row, request) for row in page.rows], "after": page.after})


@call(Group.BOOKS, GET=one(BodyDetail, Permission.SEE_BODIES))
def body_detail(request, seat, key):
    """One body, with its savings, its loans and how late those are; no member is named."""
    body = one_of(bodies_with_members(seat), key)
    totals = None
    if body.books_opened_on is not None:
        totals = totals_data(books_today(body), lateness_of(body, timezone.localdate()))
    return Response({**body_data(body, request), "totals": totals})


@call(Group.BOOKS, GET=one(YearOfBooks, Permission.SEE_BOOKS))
def year_detail(_request, seat, key, year):
    """A year of the books of a body, for those who read them: balances, result, surplus shared."""
    body = access_books(seat, key)
    if year not in years_of(body):
        raise Http404
    return Response(year_data(pack_of(body, year)))
