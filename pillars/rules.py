"""Who may write pillar records, and what a group or centre still allows."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Permission
from accounts.rules import NotPermitted
from migrants.models import Person
from pillars.models import BusinessGroup
from pillars.models.logged import Withdrawable
from villages.access import Seat


def check_can_log(seat: Seat) -> None:
    """Raise NotPermitted unless the seat is an officer's: only villages log, the ministry never edits."""
    if seat.village is None or not seat.may(Permission.LOG_RECORDS):
        raise NotPermitted(_("Only officers of the village can write this down."))


def check_stands(row: Withdrawable) -> None:
    """Raise NotPermitted for a record that was withdrawn: it can only be read."""
    if row.withdrawn_at is not None:
        raise NotPermitted(_("This record was withdrawn. Write it down anew."))


def check_can_add_member(group: BusinessGroup, *, joined_on: date, person: Person | None) -> None:
    """Raise NotPermitted when the group has ended, was not formed yet, or has this person already."""
    if group.ended_on is not None:
        raise NotPermitted(_("This group has ended. It takes no new members."))
    if joined_on < group.formed_on:
        raise NotPermitted(_("A member cannot join before the group was formed."))
    if person is not None and group.members.filter(person=person, left_on__isnull=True).exists():
        raise NotPermitted(_("This person is a member of the group already."))


def check_belongs(seat: Seat, *, group: BusinessGroup | None, owner: Person | None) -> None:
    """Raise NotPermitted unless a business is of exactly one of them, alive and of the seat's village."""
    one = group or owner
    if one is None or (group and owner) or one.village_id != seat.village_id:
        raise NotPermitted(_("A business belongs to a group or to a household of your village."))
    if group is not None and group.ended_on is not None:
        raise NotPermitted(_("This group has ended. It starts no new business."))


def check_can_close(began_on: date, ends_on: date) -> None:
    """Raise NotPermitted when something would end before it began, or in the future."""
    if ends_on < began_on:
        raise NotPermitted(_("The last day cannot be before the first day."))
    if ends_on > timezone.localdate():
        raise NotPermitted(_("The date cannot be after today."))
