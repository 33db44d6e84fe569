"""The door of the webhooks: a person's own, and whether one still stands."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from villages.access import Seat, kept_seat
from villages.models import Webhook


def visible_webhooks(seat: Seat) -> QuerySet[Webhook]:
    """The person's own, the newest first; nobody sees another's."""
    return Webhook.objects.filter(owner=seat.user)


def access_webhook(seat: Seat, key: UUID) -> Webhook:
    """The person's own; absent and another's are the same 404."""
    webhook = visible_webhooks(seat).filter(pk=key).first()
    if webhook is None:
        raise Http404
    return webhook


def webhooks_standing(key: UUID | None = None) -> list[Webhook]:
    """Every webhook that was not stopped, or the one of that id: for the server's command line."""
    living = Webhook.objects.filter(stopped_at=None)
    return list(living if key is None else living.filter(pk=key))


def stands(webhook: Webhook) -> bool:
    """Whether it is still to be told: not stopped, and its owner still sits where it was made. Queries: 2 or
    fewer. Needs its owner."""
    if webhook.stopped_at is not None:
        return False
    seat = kept_seat(webhook.owner, role=webhook.role, place=webhook.place, since=webhook.made_at)
    return seat is not None
