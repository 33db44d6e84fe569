"""What the worker does for villages and their offices."""

from __future__ import annotations

import logging

from celery import shared_task
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from villages.webhook_delivering import deliver_due

log = logging.getLogger(__name__)

MESSAGE_EXPIRES_SECONDS = 300


@shared_task
def deliver_webhooks() -> None:
    """Messages to other programs that are due are sent."""
    deliver_due()


def tell_of_messages() -> None:
    """The broker knows that messages wait; when it is away, the beat's next minute finds them."""
    try:
        deliver_webhooks.apply_async(expires=MESSAGE_EXPIRES_SECONDS)
    except (OperationalError, RedisError, OSError) as away:
        log.warning("The broker is away; messages wait for the next minute: %s", away)
