"""Service centres for programs: where and when the officers of a village are found."""

from functools import partial

from rest_framework.response import Response

from accounts.roles import Permission
from migrants.api.writes import changed
from pillars.access import access_service_centre
from pillars.actions.duty import describe_centre
from pillars.api.serializers.duty import ServiceCentreLine
from pillars.enums import Equipment
from pillars.forms.duty import ServiceCentreForm
from pillars.queries.duty import own_centre, service_centres
from villages.api.answers import told
from villages.api.entering import call, filled, listed
from villages.api.ways import TEXT, amends, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PILLARS, Permission.LOG_RECORDS
COUNTS = [f"{part}_{kind.value}" for kind in Equipment for part in ("total", "usable")]


@call(
    Group.PILLARS,
    GET=rows("service-centres", ServiceCentreLine, SEE),
    POST=amends(
        ServiceCentreForm,
        answer=ServiceCentreLine,
        may=LOG,
        entries=dict.fromkeys(COUNTS, TEXT),
        example={"opening_hours": "Senin sampai Jumat, 08.00 sampai 15.00"},
    ),
)
def service_list(request, seat):
    """Service centres of the place; or what your village's own is like now: there is one, and what is left
    out stays. Equipment: so many of each kind, and of these usable."""
    if request.method != "POST":
        centres = service_centres(seat).prefetch_related("equipment")
        return listed(request, "service-centres", ServiceCentreLine, centres, ("village__name", "pk"))
    centre = own_centre(seat)

    def write():
        form = filled(request, ServiceCentreForm, stands=ServiceCentreForm.initial_of(centre))
        return describe_centre(by=seat, key=form.entry_key, **form.facts)

    return changed(request, None, partial(told, request, ServiceCentreLine), write)


@call(Group.PILLARS, GET=one(ServiceCentreLine, SEE))
def service_detail(request, seat, key):
    """One service centre."""
    return Response(told(request, ServiceCentreLine, access_service_centre(seat, key)))
