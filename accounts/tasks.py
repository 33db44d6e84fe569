"""What the worker does for accounts."""

from celery import shared_task

from accounts import actions


@shared_task
def sweep() -> None:
    """Sessions, held forms and one-time links that are over are gone."""
    actions.sweep()
