"""What the worker does for files people bring in and for what ends soon. A task calls one function; one
that comes twice works once."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from migrants.actions import expiring
from migrants.actions.attachments import scan_waiting
from migrants.attached_files import sweep_orphans
from migrants.intake.jobs import do_job
from migrants.intake.sweeping import sweep_imports
from migrants.intake.work import note_announced, take_back_stalled

log = logging.getLogger(__name__)

# A message nobody took for so long is worthless: the row is announced anew every two minutes.
MESSAGE_EXPIRES_SECONDS = 600


@shared_task
def work_on_register(register_id: str) -> None:
    """What waits on the file is done, unless somebody else is at it or has done it."""
    do_job(UUID(register_id))


@shared_task
def reclaim_stalled() -> None:
    """Files whose worker fell silent, and files the broker was never told of, are announced."""
    for register_id in take_back_stalled():
        announce(register_id)


@shared_task
def sweep() -> None:
    """Files and contents of rows that nobody needs any more are gone, and files that belong to no row."""
    sweep_imports()
    sweep_orphans()


@shared_task
def scan_attachments() -> None:
    """Files that came while the virus scanner was away are looked at."""
    scan_waiting()


@shared_task
def watch_endings() -> None:
    """What ends soon for people who prepare or are abroad has become a task."""
    expiring.watch_endings(today=timezone.localdate())


def announce(register_id: UUID) -> bool:
    """The broker knows that a job waits. False when it is away: the row waits for `reclaim_stalled`."""
    try:
        work_on_register.apply_async([str(register_id)], expires=MESSAGE_EXPIRES_SECONDS)
    except (OperationalError, RedisError, OSError) as away:
        log.warning("The broker is away; file %s waits for reclaim_stalled: %s", register_id, away)
        return False
    note_announced(register_id)
    return True
