"""What may be said of an officer's day."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.rules import NotPermitted
from pillars.enums import PLANNABLE, DutyKind
from villages.models import OfficerAssignment, Village


def check_serves(officer: User, village: Village, day: date) -> None:
    """Raise NotPermitted unless the officer serves in the village on that day. Queries: 1."""
    if not OfficerAssignment.objects.serving_on(day).filter(user=officer, village=village).exists():
        raise NotPermitted(_("The officer does not serve in this village on that day."))


def check_duty(officer: User, village: Village, day: date, kind: str, *, today: date) -> None:
    """Raise NotPermitted unless that can be said of the day: only leave and trips are known beforehand."""
    if day > today and kind not in PLANNABLE:
        raise NotPermitted(_("Only leave and official trips can be written down beforehand."))
    check_serves(officer, village, day)


def proposed_kind(visits: int, home_visits: int, sessions: int) -> DutyKind:
    """What the log of a day proposes: in the field with a session or when most visits were home visits."""
    return DutyKind.FIELD if sessions or home_visits * 2 > visits else DutyKind.DESK
