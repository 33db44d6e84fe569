"""Send the mails of notifications, so that each goes out once as far as anybody can promise.

A mail says what happened and where to read it, and names nobody. Its row is claimed for the next attempt
before the server is spoken to: a worker killed in between sends it again later under the same Message-ID,
never loses it. While the server is away all wait, however long; a mail that it refuses is tried five times,
then called failed.
"""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.enums import MailState
from accounts.models import Notification

log = logging.getLogger(__name__)

ATTEMPTS = 5
FIRST_WAIT = timedelta(minutes=2)  # doubled after each attempt
AT_ONCE = 100


def send_mails() -> int:
    """The mails that wait are sent, the oldest first, a hundred at most, over one connection. Returns how
    many were dealt with.

    Sends nothing without mail settings. A server that is away ends the round: the rest wait.
    """
    if not settings.MAIL:
        return 0
    done = 0
    server = get_connection()
    try:
        while done < AT_ONCE and (row := _claimed()) is not None and _send(row, server):
            done += 1
    finally:
        server.close()
    return done


@transaction.atomic
def _claimed() -> Notification | None:
    """The next mail that is due, put off so that nobody else takes it; None when there is none."""
    now = timezone.now()
    rows = Notification.objects.select_for_update(of=("self",), skip_locked=True).select_related("user")
    row = rows.filter(mail=MailState.WAITING, mail_after__lte=now).order_by("mail_after").first()
    if row is None:
        return None
    row.mail_after = now + FIRST_WAIT * 2**row.mail_attempts
    row.mail_attempts += 1
    row.save(update_fields=["mail_after", "mail_attempts"])
    return row


def _send(row: Notification, server: BaseEmailBackend) -> bool:
    """Whether the round goes on: the mail went out, or this one alone was refused."""
    if not (row.user.is_active and row.user.wants_mail):  # changed since
        _note(row, MailState.NONE)
        return True
    try:
        server.open()
        server.send_messages([_message(row)])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as refused:
        log.warning("The mail of notification %s was refused: %s", row.pk, type(refused).__name__)
        if row.mail_attempts >= ATTEMPTS:
            _note(row, MailState.FAILED)
        return True
    except (smtplib.SMTPException, OSError) as away:
        log.warning("The mail server does not answer: %s", type(away).__name__)
        Notification.objects.filter(pk=row.pk).update(mail_attempts=row.mail_attempts - 1)  # it was none
        return False
    _note(row, MailState.SENT)
    return True


def _message(row: Notification) -> EmailMessage:
    with translation.override(row.user.language):
        opens = settings.SITE_URL + reverse("accounts:notification", args=[row.pk])
        lines = (
            _("Dear %(name)s,") % {"name": row.user.full_name},
            "",
            f"{row}.",
            _("Read it here, after signing in:"),
            opens,
            "",
            _("You get this mail because you asked for it. To stop it: Menu, My account, Notifications."),
        )
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
        return EmailMessage(
            subject=_("Desmigratif: %(sentence)s") % {"sentence": row},
            body="\n".join(lines),
            to=[row.user.email],
            headers={"Message-ID": f"<{row.pk}@{host}>", "Auto-Submitted": "auto-generated"},
        )


def _note(row: Notification, state: MailState) -> None:
    Notification.objects.filter(pk=row.pk).update(mail=state)
