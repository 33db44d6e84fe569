"""Programs of an office hear what happened: whom to tell, and what to tell."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.sealing import seal_bytes
from audit.actions import record
from villages import events
from villages.access import Seat
from villages.enums import DeliveryState
from villages.holding import hold_person
from villages.models import Webhook, WebhookDelivery
from villages.tasks import tell_of_messages
from villages.webhook_rules import check_can_subscribe
from villages.webhook_sending import SECRET_PREFIX

SECRET_BYTES = 32


@transaction.atomic
def subscribe(*, by: Seat, key: UUID, address: str, wanted: list[str], place: str) -> tuple[Webhook, str]:
    """The address hears of these events of the place from now on. Returns it with the secret that signs every
    message: show it now.

    A second delivery of the same `key` gives the first one and an empty text. Raises `NotPermitted`,
    `NotPossible`. Records `webhook.made`.
    """
    hold_person(by.user)
    first = Webhook.objects.filter(pk=key, owner=by.user).first()
    if first is not None:
        return first, ""
    check_can_subscribe(by, address=address, wanted=wanted, place=place)
    secret = secrets.token_bytes(SECRET_BYTES)
    webhook = Webhook.objects.create(
        pk=key,
        owner=by.user,
        address=address,
        events=wanted,
        secret_sealed=seal_bytes(secret, context=f"webhook:{key}"),
        role=by.role.value,
        place=place,
        made_at=timezone.now(),
    )
    changes = {"events": ("", " ".join(wanted)), "place": ("", place)}
    record(
        events.WEBHOOK_MADE,
        by=by,
        subject=webhook,
        subject_label=address,
        village=place or None,
        changes=changes,
    )
    return webhook, SECRET_PREFIX + base64.b64encode(secret).decode()


@transaction.atomic
def stop_webhook(*, by: Seat, webhook: Webhook) -> Webhook:
    """The address hears nothing more; what waits for it is not sent. Records `webhook.stopped`, once."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if webhook.stopped_at is None:
        webhook.stopped_at = timezone.now()
        webhook.save(update_fields=["stopped_at"])
        record(
            events.WEBHOOK_STOPPED,
            by=by,
            subject=webhook,
            subject_label=webhook.address,
            village=webhook.place or None,
        )
    return webhook


def announce(event: str, *, place: str, about: Mapping[str, object]) -> int:
    """Whoever asked for this event at this place will be told of it: a row each, written with what it tells
    of, sent after the commit. Returns how many rows. Inside a transaction.

    `place`: a dotted code; "" for the whole country, which reaches all. `about`: ids, codes, counts and
    times; no name and no word of a person.
    """
    living = Webhook.objects.filter(stopped_at=None, events__contains=[event])
    if place:
        around = ["", *(place[:length] for length in (2, 5, 13) if length <= len(place))]
        living = living.filter(place__in=around)
    now = timezone.now()
    rows = [_message(webhook, event, place, about, now) for webhook in living]
    WebhookDelivery.objects.bulk_create(rows)
    if rows:
        transaction.on_commit(tell_of_messages)
    return len(rows)


def _message(
    webhook: Webhook, event: str, place: str, about: Mapping[str, object], now: datetime
) -> WebhookDelivery:
    body = {"type": event, "timestamp": now.isoformat(), "data": {"place": place, **about}}
    return WebhookDelivery(webhook=webhook, event=event, body=json.dumps(body), happened_at=now, due_at=now)


@transaction.atomic
def send_again(*, by: Seat | None, webhook: Webhook, since: date) -> int:
    """Every message of the webhook of that day and later is sent once more. Returns how many.

    `since`: a day in the time zone of the caller. `by` None: the server's command line. Records
    `webhook.replayed`.
    """
    begins = timezone.make_aware(datetime.combine(since, datetime.min.time()))
    rows = webhook.deliveries.filter(happened_at__gte=begins)
    count = rows.update(
        state=DeliveryState.WAITING, due_at=timezone.now(), attempts=0, answer=None, delivered_at=None
    )
    record(
        events.WEBHOOK_REPLAYED,
        by=by,
        subject=webhook,
        subject_label=webhook.address,
        village=webhook.place or None,
        changes={"since": (None, since), "messages": (None, count)},
    )
    if count:
        transaction.on_commit(tell_of_messages)
    return count
