"""What the worker does for the pillars. A task calls one function; one that comes twice works once."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from pillars.actions import child_radar, watching


@shared_task
def watch_business_permits() -> None:
    """Papers of businesses that end soon have become tasks."""
    watching.watch_business_permits(today=timezone.localdate())


@shared_task
def watch_equipment() -> None:
    """Equipment nobody looks at, or that stands idle, has become a task."""
    watching.watch_equipment(today=timezone.localdate())


@shared_task
def watch_children() -> None:
    """Children who need a visit have a task in their village, each once."""
    child_radar.watch_children(today=timezone.localdate())
