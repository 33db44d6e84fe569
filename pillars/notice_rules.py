"""Who may put something on the information board, and take it down again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.roles import Level, Permission
from accounts.rules import NotPermitted
from pillars.models import Notice
from villages.access import Seat


def check_can_publish(seat: Seat) -> None:
    """Raise NotPermitted unless the seat is an officer's of a village, or a district coordinator's; one
    narrowed to a village of the district is no office of that village."""
    is_office = seat.level in (Level.VILLAGE, Level.DISTRICT) and seat.reach is None
    if not is_office or not seat.may(Permission.PUBLISH_NOTICES):
        raise NotPermitted(_("Only officers of the village and the district coordinator can do this."))


def check_can_import(seat: Seat) -> None:
    """Raise NotPermitted unless the seat is a district coordinator's or the ministry administrator's."""
    if seat.level not in (Level.DISTRICT, Level.NATION) or not seat.may(Permission.IMPORT_REGISTERS):
        raise NotPermitted(_("Only the district coordinator and the ministry can bring in a list."))


def is_own(seat: Seat, notice: Notice) -> bool:
    """Whether the seat's office made the notice: a village its own, a district those for all its villages."""
    return (seat.village_id, seat.district_id) == (notice.village_id, notice.district_id)


def check_own_notice(seat: Seat, notice: Notice) -> None:
    """Raise NotPermitted unless the seat may publish and its office made the notice."""
    check_can_publish(seat)
    if not is_own(seat, notice):
        raise NotPermitted(_("Only the office that made this notice can change it."))
