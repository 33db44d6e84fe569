"""What the worker does for reports. A task calls one function; one that comes twice works once."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from reports.actions import keeping, reminding
from reports.packs import make_meeting_pack, packs_to_announce
from reports.yearly.making import make_edition as make
from reports.yearly.making import note_announced, take_back_stalled

log = logging.getLogger(__name__)

# A message nobody took for so long is worthless: the row is announced anew every two minutes.
MESSAGE_EXPIRES_SECONDS = 600


@shared_task
def make_edition(edition_id: str) -> None:
    """The edition is made, unless somebody else is making it or has."""
    make(UUID(edition_id))


@shared_task
def reclaim_stalled() -> None:
    """Rows whose worker fell silent, and rows the broker was never told of, are announced."""
    for edition_id in take_back_stalled():
        announce(edition_id)
    for pack_id in packs_to_announce():
        announce_pack(pack_id)


@shared_task
def watch_returns() -> None:
    """Returns of the month that ended are opened, and officers are reminded of them, each time once."""
    reminding.watch_returns(today=timezone.localdate())


@shared_task
def fold_counts() -> None:
    """Kept counts are one row each."""
    keeping.fold_counts()


@shared_task
def check_counts() -> None:
    """Kept counts agree with the records, and the trail says how many did not."""
    keeping.check_counts()


@shared_task
def make_pack(pack_id: str) -> None:
    """The papers of a meeting are made, unless somebody else is making them or has."""
    make_meeting_pack(UUID(pack_id))


def announce_pack(pack_id: UUID) -> None:
    """The broker knows that the papers wait; when it is away, `reclaim_stalled` tells it again."""
    try:
        make_pack.apply_async([str(pack_id)], expires=MESSAGE_EXPIRES_SECONDS)
    except (OperationalError, RedisError, OSError) as away:
        log.warning("The broker is away; pack %s waits for reclaim_stalled: %s", pack_id, away)


def announce(edition_id: UUID) -> bool:
    """The broker knows that the edition waits. False when it is away: the row waits for `reclaim_stalled`."""
    try:
        make_edition.apply_async([str(edition_id)], expires=MESSAGE_EXPIRES_SECONDS)
    except (OperationalError, RedisError, OSError) as away:
        log.warning("The broker is away; edition %s waits for reclaim_stalled: %s", edition_id, away)
        return False
    note_announced(edition_id)
    return True
