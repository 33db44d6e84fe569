"""Which month of which village a page shows."""

from django.utils import timezone

from periods.month import Month, PeriodRefused
from villages.access import access_village
from villages.queries import programme_villages


def month_asked(request, name="month"):
    """The month of the address; this one when it names none."""
    try:
        return Month.from_text(request.GET.get(name, ""))
    except PeriodRefused:
        return Month.current(timezone.localdate())


def village_asked(request, seat):
    """The own village; above it the one of the address, else the first of the programme; None where there is
    none. 404 for a village that is not the seat's to open."""
    if seat.village is not None:
        return seat.village
    if code := request.GET.get("village"):
        return access_village(seat, code)
    return programme_villages(seat).first()


def month_context(request, seat):
    """What every page of a month needs: the month, its neighbours, the village, and others to choose."""
    month = month_asked(request)
    village = village_asked(request, seat)
    return {
        "month": month,
        "before": month.previous(),
        "after": month.next(),
        "village": village,
        "villages": [] if seat.village else list(programme_villages(seat)),
        "asked": f"&village={village.code}" if village and not seat.village else "",
    }
