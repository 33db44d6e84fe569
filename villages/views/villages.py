"""Find a village; open one with its stage, officers and history."""

from dataclasses import replace

from django.shortcuts import render
from django.utils import timezone

from accounts.paging import capped_count, keyset_page
from accounts.roles import Level, Permission
from villages.access import access_village
from villages.doors import page
from villages.forms import VillageFilter
from villages.queries import (
    OUTSIDE,
    listed_designations,
    listed_outside,
    village_line,
    village_record,
)
from villages.rules import may_manage_officers


@page("GET", may=Permission.SEE_VILLAGES)
def village_list(request, seat):
    form = VillageFilter(request.GET, seat=seat)
    asked = (
        {name: form.cleaned_data.get(name, "") for name in VillageFilter.base_fields}
        if form.is_valid()
        else {}
    )
    outside = asked.get("stage") == OUTSIDE
    if outside:
        rows = listed_outside(seat, text=asked["q"], district=asked["district"])
        order = ("district_id", "sort_name", "code")
    else:
        asked["text"] = asked.pop("q", "")
        rows = listed_designations(seat, on=timezone.localdate(), **asked)
        order = ("district_id", "sort_name", "village_id")
    shown = keyset_page(rows, order=order, cursor=request.GET.get("after", ""))
    context = {
        "form": form,
        "lines": replace(shown, rows=[village_line(row) for row in shown.rows]),
        "count": capped_count(rows),
        "outside": outside,
        "asked": any(asked.values()),
        "with_district": seat.level in (Level.PROVINCE, Level.NATION),
    }
    return render(request, "villages/village_list.html", context, status=200 if form.is_valid() else 422)


@page("GET", may=Permission.SEE_VILLAGES)
def village_detail(request, seat, code):
    village = access_village(seat, code)
    today = timezone.localdate()
    context = {
        "village": village,
        "record": village_record(village, on=today),
        "may_manage_officers": may_manage_officers(seat, village),
        "may_manage_programme": seat.may(Permission.MANAGE_PROGRAMME),
    }
    return render(request, "villages/village_detail.html", context)
