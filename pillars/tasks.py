"""What the worker does for the pillars. A task calls one function; one that comes twice works once."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from pillars.actions import watching


@shared_task
def watch_business_permits() -> None:
    """Papers of businesses that end soon have become tasks."""
    watching.watch_business_permits(today=timezone.localdate())


@shared_task
def watch_equipment() -> None:
    """Equipment nobody looks at, or that stands idle, has become a task."""
    watching.watch_equipment(today=timezone.localdate())
