"""Areas, villages, designations and officers: read only."""

from django.db.models import Q
from django.utils import timezone
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from accounts.roles import Permission
from periods.dates import DateRefused, parse_date
from villages.access import (
    access_assignment,
    access_designation,
    access_village,
    visible_areas,
    visible_assignments,
    visible_designations,
    visible_villages,
)
from villages.api.entering import call, listed
from villages.api.serializers import (
    DesignationDetail,
    DesignationLine,
    DistrictLine,
    OfficerCosts,
    OfficerLine,
    ProvinceLine,
    SubdistrictLine,
    VillageLine,
)
from villages.api.ways import DAY, TEXT, one, rows
from villages.enums import Group, Stage
from villages.models import District, Province, Subdistrict
from villages.rules import may_manage_officers

SEE = Permission.SEE_VILLAGES
PLACED = ("village", "village__subdistrict")
STAGE = {"type": "string", "enum": Stage.values}


def _within(request, found, own, above):
    """The rows in the area of the code `within`, if the address names one. `own`: the column of the village;
    `above`: that of its subdistrict."""
    code = request.query_params.get("within", "")
    if not code:
        return found
    return found.filter(Q(**{own: code}) | Q(**{above: code}) | Q(district=code) | Q(province=code))


def _asked_day(request):
    """The day `on`; None where the address names none. Raises ValidationError for what is no day."""
    text = request.query_params.get("on", "")
    try:
        return parse_date(text, today=timezone.localdate()) if text else None
    except DateRefused as refused:
        raise ValidationError({"on": [str(refused)]}) from refused


@call(Group.AREAS, GET=rows("provinces", ProvinceLine, SEE))
def province_list(request, seat):
    """Provinces of your place, by code."""
    return listed(request, "provinces", ProvinceLine, visible_areas(seat, Province), ("code",))


@call(Group.AREAS, GET=rows("districts", DistrictLine, SEE))
def district_list(request, seat):
    """Districts (kabupaten and kota) of your place, by code."""
    return listed(request, "districts", DistrictLine, visible_areas(seat, District), ("code",))


@call(Group.AREAS, GET=rows("subdistricts", SubdistrictLine, SEE))
def subdistrict_list(request, seat):
    """Subdistricts of your place, by code."""
    return listed(request, "subdistricts", SubdistrictLine, visible_areas(seat, Subdistrict), ("code",))


@call(Group.AREAS, GET=rows("villages", VillageLine, SEE, within=TEXT))
def village_list(request, seat):
    """Villages of your place, by code, in the programme or not; `within` a code of an area."""
    found = _within(request, visible_villages(seat), "code", "subdistrict")
    return listed(request, "villages", VillageLine, found, ("code",))


@call(Group.AREAS, GET=one(VillageLine, SEE))
def village_detail(request, seat, code):
    """One village."""
    return Response(VillageLine(access_village(seat, code), context={"request": request}).data)


@call(Group.AREAS, GET=rows("designations", DesignationLine, SEE, within=TEXT, stage=STAGE))
def designation_list(request, seat):
    """Villages that are or were in the programme, by code."""
    found = _within(request, visible_designations(seat), *PLACED)
    stage = request.query_params.get("stage", "")
    if stage in Stage.values:
        found = found.filter(stage=stage)
    return listed(request, "designations", DesignationLine, found, ("village_id", "id"))


@call(Group.AREAS, GET=one(DesignationDetail, SEE))
def designation_detail(request, seat, key):
    """One designation, with its steps."""
    return Response(DesignationDetail(access_designation(seat, key), context={"request": request}).data)


@call(Group.AREAS, GET=rows("officers", OfficerLine, SEE, within=TEXT, on=DAY))
def officer_list(request, seat):
    """Assignments of officers to villages, past ones too; those that serve `on` a day."""
    found = _within(request, visible_assignments(seat).select_related("user"), *PLACED)
    day = _asked_day(request)
    if day is not None:
        found = found.serving_on(day)
    return listed(request, "officers", OfficerLine, found, ("village_id", "starts_on", "id"))


@call(Group.AREAS, GET=one((OfficerCosts, OfficerLine), SEE))
def officer_detail(request, seat, key):
    """One assignment; what it costs is told to those who manage officers."""
    assignment = access_assignment(seat, key)
    lines = OfficerCosts if may_manage_officers(seat, assignment.village) else OfficerLine
    return Response(lines(assignment, context={"request": request}).data)
