"""The first page after sign-in: each role lands on its own."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import BODY_ROLES, Level, Permission, Role
from reports.access import own_views
from reports.queries.above import above_page
from reports.queries.district import district_page
from reports.queries.system import system_page
from reports.queries.today import work_of
from reports.queries.village import village_month


@require_safe
@login_required
def home(request):
    seat = request.seat
    if seat is None:
        return render(request, "reports/no_seat.html", status=403)
    if seat.may(Permission.READ_AUDIT):
        return redirect("reports:audit-list")
    if seat.role in BODY_ROLES:
        return redirect("cooperatives:body-list")
    return PAGES[seat.level](request, seat, timezone.localdate(), {"saved": own_views(seat)})


def village(request, seat, today, context):
    if seat.role != Role.OFFICER:
        context |= {"month": village_month(seat, today, pillars=True), "today": today}
        return render(request, "reports/home_village.html", context)
    context |= {"work": work_of(seat, today), "month": village_month(seat, today), "today": today}
    return render(request, "reports/home_officer.html", context)


def district(request, seat, today, context):
    context |= {"district": district_page(seat, today), "today": today}
    return render(request, "reports/home_district.html", context)


def above(request, seat, today, context):
    template = "reports/home_nation.html" if seat.level == Level.NATION else "reports/home_province.html"
    may_request = seat.may(Permission.REQUEST_REPORTS)
    context |= {"above": above_page(seat, today), "today": today, "may_request": may_request}
    return render(request, template, context)


def system(request, _seat, today, _context):
    return render(request, "reports/home_system.html", {"system": system_page(), "today": today})


PAGES = {
    Level.VILLAGE: village,
    Level.DISTRICT: district,
    Level.PROVINCE: above,
    Level.NATION: above,
    Level.NOWHERE: system,
}
