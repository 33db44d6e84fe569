"""Who may write about children, and what a session, a child and a consent still allow."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Permission
from accounts.rules import NotPermitted
from pillars.models import Child, Concern, Facilitator, LearningCentre
from pillars.rules import check_can_log
from villages.access import Seat
from villages.models import Placed


def check_can_write_of_children(seat: Seat, *things: Placed) -> None:
    """Raise NotPermitted unless the seat is an officer's who sees children, and each thing of the own
    village."""
    check_can_log(seat)
    seat.check(Permission.SEE_CHILDREN, _("Only officers of the village may see its children."))
    if any(thing.village_id != seat.village_id for thing in things):
        raise NotPermitted(_("This belongs to another village."))


def check_day(day: date, *, first: date | None = None) -> None:
    """Raise NotPermitted for a day after today, or before `first`."""
    if day > timezone.localdate():
        raise NotPermitted(_("The date cannot be after today."))
    if first is not None and day < first:
        raise NotPermitted(_("The date cannot be before %(day)s.") % {"day": f"{first:%d-%m-%Y}"})


def check_centre_open(centre: LearningCentre, day: date) -> None:
    """Raise NotPermitted for a day on which the centre was not open."""
    check_day(day, first=centre.opened_on)
    if centre.closed_on is not None and day > centre.closed_on:
        raise NotPermitted(_("The learning centre was closed by then."))


def check_can_lead(facilitators: Collection[Facilitator], centre: LearningCentre, day: date) -> None:
    """Raise NotPermitted when one of them may not lead a session of the centre on that day.

    Source: issue 5: a facilitator without a signed child-safety agreement is not put on a session.
    """
    for one in facilitators:
        if one.centre_id != centre.pk or not one.serves_on(day):
            raise NotPermitted(_("%(name)s did not serve here on that day.") % {"name": one.name})
        if not one.has_signed_by(day):
            raise NotPermitted(
                _("%(name)s had not signed the child-safety agreement by that day and may not lead.")
                % {"name": one.name}
            )


def check_on_list(children: Collection[Child], day: date) -> None:
    """Raise NotPermitted when a child was not on the list on that day."""
    if any(child.joined_on > day or (child.left_on and child.left_on < day) for child in children):
        raise NotPermitted(_("A child you ticked was not on the list on that day."))


def check_still_here(child: Child) -> None:
    """Raise NotPermitted for a child who left: the record is read, not written on."""
    if child.left_on is not None:
        raise NotPermitted(_("This child has left the list. The record can only be read."))


def photos_allowed(child: Child) -> bool:
    """Whether the latest consent that was not withdrawn covers photos. Source: issue 5: photos are off unless
    consented."""
    latest = child.consents.filter(withdrawn_at__isnull=True).order_by("-given_on", "-id").first()
    return latest is not None and latest.photos


def check_photos_allowed(child: Child) -> None:
    """Raise NotPermitted unless the guardian's consent covers photos."""
    if not photos_allowed(child):
        raise NotPermitted(_("The guardian has not allowed photos of this child."))


def check_undecided(concern: Concern) -> None:
    """Raise NotPermitted when somebody has decided already."""
    if concern.decided_at is not None:
        raise NotPermitted(_("Somebody has decided on this concern already."))
