"""Who may let a program be told, of what, and where."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.roles import Permission
from villages.access import Seat, narrowed
from villages.enums import HookEvent
from villages.models import Webhook
from villages.rules import NotPossible
from villages.webhook_sending import NoSuchReceiver, receiver_of

MOST_WEBHOOKS = 10
HEARD_WITH: dict[HookEvent, Permission] = {
    HookEvent.RETURN_SUBMITTED: Permission.SEE_RETURNS,
    HookEvent.RETURN_SENT_BACK: Permission.SEE_RETURNS,
    HookEvent.RETURN_ACCEPTED: Permission.SEE_RETURNS,
    HookEvent.OFFICER_ASSIGNED: Permission.SEE_VILLAGES,
    HookEvent.ASSIGNMENT_ENDED: Permission.SEE_VILLAGES,
    HookEvent.EDITION_PUBLISHED: Permission.READ_REPORTS,
}


def events_for(seat: Seat) -> list[HookEvent]:
    """What the seat may let a program hear of; nothing for roles without webhooks."""
    if not seat.may(Permission.SUBSCRIBE):
        return []
    return [event for event, need in HEARD_WITH.items() if seat.may(need)]


def check_can_subscribe(seat: Seat, *, address: str, wanted: list[str], place: str) -> None:
    """Raise NotPermitted for a role without webhooks; NotPossible for an event or place that is not the
    seat's, an address that is not public https, and one webhook too many."""
    seat.check(Permission.SUBSCRIBE, _("You do not have access to this page."))
    if not wanted or not set(wanted) <= {event.value for event in events_for(seat)}:
        raise NotPossible(_("Choose of what the program hears."), field="wanted")
    if narrowed(seat, place) is None:
        raise NotPossible(_("This place lies outside yours."), field="place")
    try:
        receiver_of(address)
    except NoSuchReceiver as wrong:
        raise NotPossible(
            _("Give an address that begins with https and that the internet reaches."), field="address"
        ) from wrong
    if Webhook.objects.filter(owner=seat.user, stopped_at=None).count() >= MOST_WEBHOOKS:
        raise NotPossible(_("You have 10 webhooks. Stop one first."))
