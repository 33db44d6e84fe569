"""The calls: door, form of the page, action, answer."""

from rest_framework.response import Response
from rest_framework.reverse import reverse

from accounts.roles import Permission
from migrants.api.entering import call

LISTS = {
    "persons": ("person-list", Permission.SEE_PEOPLE),
    "journeys": ("journey-list", Permission.SEE_PEOPLE),
    "visits": ("visit-list", Permission.SEE_PEOPLE),
    "cases": ("case-list", Permission.SEE_CASES),
    "referrals": ("referral-list", Permission.SEE_CASES),
}


@call(GET=None)
def root(request, seat):
    """The lists the caller may read."""
    return Response(
        {
            label: reverse(f"migrants-api:{name}", request=request)
            for label, (name, permission) in LISTS.items()
            if seat.may(permission)
        }
    )
