"""Messages are sent until they arrive: what the worker does, a minute's worth at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.sealing import unseal_bytes
from villages.enums import DeliveryState
from villages.models import WebhookDelivery
from villages.webhook_access import stands
from villages.webhook_sending import NoSuchReceiver, send

# Minutes until the next attempt: seven more over two days, then it has failed and waits for a person.
BACKOFF = (1, 5, 30, 120, 480, 960, 1440)
SENT_AT_ONCE = 50
DELIVERED = range(200, 300)


def deliver_due() -> int:
    """Messages that are due are sent, each at most once by this call. Returns how many arrived.

    Two workers take different rows. An attempt is counted before it begins, so that a worker that dies
    repeats it later; receivers know a message that comes twice by its `webhook-id`.
    """
    arrived = taken = 0
    begun = timezone.now()
    while taken < SENT_AT_ONCE and (row := _taken(begun)) is not None:
        taken += 1
        if stands(row.webhook):
            arrived += _attempt(row)
        else:
            _end(row, DeliveryState.FAILED, None)
    return arrived


@transaction.atomic
def _taken(begun: datetime) -> WebhookDelivery | None:
    """The next row that was due when the round began, put off so that nobody else takes it. One at a time: a
    receiver that keeps us waiting must not let the next rows come due again while they are in hand."""
    due = WebhookDelivery.objects.filter(state=DeliveryState.WAITING, due_at__lte=begun)
    rows = due.select_for_update(of=("self",), skip_locked=True).select_related("webhook__owner")
    row = rows.order_by("due_at", "id").first()
    if row is not None:
        row.due_at = timezone.now() + timedelta(minutes=BACKOFF[min(row.attempts, len(BACKOFF) - 1)])
        row.attempts += 1
        row.save(update_fields=["due_at", "attempts"])
    return row


def _attempt(row: WebhookDelivery) -> bool:
    webhook = row.webhook
    secret = unseal_bytes(webhook.secret_sealed, context=f"webhook:{webhook.pk}")
    timestamp = int(timezone.now().timestamp())
    try:
        answer = send(
            webhook.address, secret=secret, message_id=str(row.pk), timestamp=timestamp, body=row.body
        )
    except NoSuchReceiver:
        answer = None
    if answer in DELIVERED:
        _end(row, DeliveryState.DELIVERED, answer)
        return True
    gives_up = row.attempts > len(BACKOFF)
    _end(row, DeliveryState.FAILED if gives_up else DeliveryState.WAITING, answer)
    return False


def _end(row: WebhookDelivery, state: DeliveryState, answer: int | None) -> None:
    """The row says how its attempt went, unless somebody has asked for it again meanwhile."""
    moment = timezone.now() if state == DeliveryState.DELIVERED else None
    mine = WebhookDelivery.objects.filter(pk=row.pk, attempts=row.attempts)
    mine.update(state=state, answer=answer, delivered_at=moment)
