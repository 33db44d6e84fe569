"""What the worker does for accounts."""

from celery import shared_task

from accounts import actions, mail


@shared_task
def sweep() -> None:
    """Sessions, held forms and one-time links that are over are gone."""
    actions.sweep()


@shared_task
def send_mails() -> None:
    """Mails of notifications that wait are sent."""
    mail.send_mails()
