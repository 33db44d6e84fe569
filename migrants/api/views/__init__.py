"""The calls: door, form of the page, action, answer."""

from rest_framework.response import Response
from rest_framework.reverse import reverse

from migrants.api.entering import call
from migrants.api.lists import LISTS


@call(GET=None)
def root(request, seat):
    """The lists the caller may read."""
    return Response(
        {
            label: reverse(name, request=request)
            for label, (name, permission) in LISTS.items()
            if seat.may(permission)
        }
    )
