"""Writes about accounts.

`by` is who acts: a person, with the role of their seat noted on them by `villages.middleware`, or a seat;
None is the server's command line. Whether somebody may make or disable another's account is decided where
places are known: `villages.actions.staff`.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.http import Http404, QueryDict
from django.utils import timezone

from accounts import events
from accounts.enums import LINK_LIFE, LinkKind, MailState
from accounts.keys import new_key
from accounts.links import token_digest
from accounts.lockout import forget_failures
from accounts.models import CallCount, HeldForm, Invitation, Notification, Session, User
from accounts.notifications import NotificationKind
from accounts.queries import HELD_FOR, open_link
from accounts.rules import NameTaken
from accounts.sealing import seal
from accounts.sessions import SessionStore
from audit.actions import Actor, record

NEVER_HELD = ("csrfmiddlewaretoken", "password", "oldpassword", "password1", "password2")
HELD_AT_MOST = 10
TOKEN_BYTES = 16  # 128 random bits
KEEP_OLD_LINKS = timedelta(days=30)
KEEP_NOTIFICATIONS = timedelta(days=365)


# --- signing in and out ------------------------------------------------------------------------------------


@transaction.atomic
def note_sign_in(*, by: User) -> None:
    """The log says that this person signed in."""
    record(events.SIGNED_IN, by=by, subject=by, subject_label=by.username)


@transaction.atomic
def note_failed_sign_in(*, account_name: str, locked: bool) -> None:
    """The log says that a sign-in failed; `locked`: that it reached the limit.

    A name nobody has is not written down: people type passwords into the wrong field.
    """
    user = User.objects.filter(username=account_name.lower()).first()
    label = user.username if user else ""
    record(events.SIGN_IN_FAILED, by=None, subject=user, subject_label=label)
    if locked:
        record(events.SIGN_IN_LOCKED, by=None, subject=user, subject_label=label)


@transaction.atomic
def note_sign_out(*, by: User) -> None:
    """The log says that this person signed out, and nothing typed is held for them any more."""
    forget_held_forms(by=by)
    record(events.SIGNED_OUT, by=by, subject=by, subject_label=by.username)


@transaction.atomic
def end_session(*, by: User, public_id: UUID) -> bool:
    """That session of the person is over at its next request. False when there is none of theirs."""
    ended, _rows = Session.objects.filter(user=by, public_id=public_id).delete()
    if ended:
        record(events.SESSION_ENDED, by=by, subject=by, subject_label=by.username)
    return bool(ended)


@transaction.atomic
def end_other_sessions(*, by: User, keep: str | None) -> int:
    """All sessions of the person are over but the one with the session key `keep`. Returns how many ended."""
    ended, _rows = Session.objects.filter(user=by).exclude(pk=keep).delete()
    if ended:
        record(
            events.SESSION_ENDED,
            by=by,
            subject=by,
            subject_label=by.username,
            changes={"sessions": (ended, 0)},
        )
    return ended


# --- accounts ----------------------------------------------------------------------------------------------


@transaction.atomic
def make_account(*, by: Actor | None, key: UUID, username: str, full_name: str, phone: str) -> User:
    """A new account without a password. `phone`: E.164, or empty. `key` becomes its id.

    Raises `NameTaken` when somebody has that account name by now.
    """
    user = User(
        pk=key, username=username, full_name=full_name, phone=phone, created_by_id=by.pk if by else None
    )
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise NameTaken(username) from error
    record(events.ACCOUNT_MADE, by=by, subject=user, subject_label=f"{full_name} ({username})")
    return user


@transaction.atomic
def disable_account(*, by: Actor, user: User, reason: str) -> User:
    """The person can no longer sign in; every session and unused link of theirs is over."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        return user
    user.is_active, user.disabled_at = False, timezone.now()
    user.save(update_fields=["is_active", "disabled_at"])
    _end_everything(user)
    record(
        events.ACCOUNT_DISABLED,
        by=by,
        subject=user,
        subject_label=f"{user.full_name} ({user.username})",
        reason=reason,
    )
    return user


@transaction.atomic
def enable_account(*, by: Actor, user: User) -> User:
    """The person can sign in again with the old password."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        return user
    user.is_active, user.disabled_at = True, None
    user.save(update_fields=["is_active", "disabled_at"])
    record(events.ACCOUNT_ENABLED, by=by, subject=user, subject_label=f"{user.full_name} ({user.username})")
    return user


@transaction.atomic
def choose_language(*, by: User, language: str) -> User:
    """The person's pages come in that language from now on. `language`: a code of settings.LANGUAGES.
    Records `account.language_chosen`; choosing the same again writes nothing."""
    before = by.language
    if before == language:
        return by
    by.language = language
    by.save(update_fields=["language"])
    record(
        events.LANGUAGE_CHOSEN,
        by=by,
        subject=by,
        subject_label=language,
        changes={"language": (before, language)},
    )
    return by


# --- notifications -----------------------------------------------------------------------------------------


@transaction.atomic
def notify(
    *, users: Iterable[User], kind: NotificationKind, about: str, subject: UUID, occurrence: str = ""
) -> None:
    """Each of these people is told once of that occurrence, on their pages, and by mail if they want it.

    `about`: a month or a number, never somebody's name. Sends nothing itself: `accounts.tasks.send_mails`
    does once this transaction stands, so no mail server can hold up what was saved.
    """
    told = {
        user.pk: Notification(
            user=user,
            kind=kind.code,
            about=about,
            subject=subject,
            occurrence=occurrence,
            mail=MailState.WAITING if settings.MAIL and user.wants_mail else MailState.NONE,
        )
        for user in users
        if user.is_active
    }
    Notification.objects.bulk_create(told.values(), ignore_conflicts=True)


@transaction.atomic
def open_notification(*, by: User, key: UUID) -> Notification:
    """The notification is read. Raises `Http404` for one that is not the person's."""
    row = Notification.objects.filter(user=by, pk=key).first()
    if row is None:
        raise Http404
    Notification.objects.filter(pk=row.pk, read_at__isnull=True).update(read_at=timezone.now())
    return row


@transaction.atomic
def read_all_notifications(*, by: User, until: datetime) -> None:
    """Whatever the person was told up to that moment is read; what came while they looked is not."""
    unread = Notification.objects.filter(user=by, read_at__isnull=True, told_at__lte=until)
    unread.update(read_at=timezone.now())


@transaction.atomic
def choose_mail(*, by: User, email: str, wants_mail: bool) -> User:
    """The person's address for mail is this one ("": none), and notifications come by mail or do not.

    Records `account.mail_chosen` without the address; the same again writes nothing.
    """
    user = User.objects.select_for_update().get(pk=by.pk)
    if (user.email, user.wants_mail) == (email, wants_mail):
        return user
    before = user.wants_mail
    user.email, user.wants_mail = email, wants_mail
    user.save(update_fields=["email", "wants_mail"])
    record(
        events.MAIL_CHOSEN,
        by=by,
        subject=user,
        subject_label=user.username,
        changes={"wants_mail": (before, wants_mail)},
    )
    return user


# --- passwords and one-time links --------------------------------------------------------------------------


@transaction.atomic
def make_link(*, by: Actor | None, user: User) -> tuple[Invitation, str]:
    """A fresh one-time link for this person, and its token, which is kept nowhere: show it now.

    Who never set a password has 72 hours, everybody else 30 minutes (C22). Earlier unused links are void.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    Invitation.objects.filter(user=user, used_at__isnull=True).delete()
    kind = LinkKind.RESET if user.has_usable_password() else LinkKind.FIRST
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = Invitation.objects.create(
        user=user,
        kind=kind,
        token_digest=token_digest(token),
        created_by_id=by.pk if by else user.pk,
        expires_at=timezone.now() + LINK_LIFE[kind],
    )
    record(
        events.LINK_MADE,
        by=by,
        subject=user,
        subject_label=f"{user.full_name} ({user.username})",
        changes={"kind": (None, kind)},
    )
    return link, token


@transaction.atomic
def use_link(*, token: str, password: str) -> User | None:
    """The password is set, the link used up, every session over; None when the link is void by now.

    `password` has passed the validators. A second factor, once there is one, stays as it is.
    """
    link = open_link(token, lock=True)
    if link is None:
        return None
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    user = link.user
    _set_password(user, password)
    forget_failures(user.username)
    record(
        events.PASSWORD_SET,
        by=user,
        subject=user,
        subject_label=f"{user.full_name} ({user.username})",
        changes={"kind": (None, link.kind)},
    )
    return user


@transaction.atomic
def change_password(*, by: User, password: str) -> User:
    """The person's own new password holds; all sessions are over, and the caller renews the present one."""
    user = User.objects.select_for_update().get(pk=by.pk)
    _set_password(user, password)
    record(events.PASSWORD_CHANGED, by=by, subject=user, subject_label=user.username)
    return user


def _set_password(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    _end_everything(user)


def _end_everything(user: User) -> None:
    Session.objects.filter(user=user).delete()
    Invitation.objects.filter(user=user, used_at__isnull=True).delete()


# --- forms held for later ----------------------------------------------------------------------------------


@transaction.atomic
def hold_form(*, by: User, path: str, typed: QueryDict) -> HeldForm:
    """Keep what was typed, sealed, until the same person signs in again. Passwords are never kept.

    One form a path and ten a person: the newest.
    """
    kept = typed.copy()
    for name in NEVER_HELD:
        kept.pop(name, None)
    key = new_key()
    mine = HeldForm.objects.filter(user=by)
    mine.filter(path=path[:300]).delete()
    newest = mine.order_by("-held_at").values("pk")[: HELD_AT_MOST - 1]
    mine.exclude(pk__in=newest).delete()
    return HeldForm.objects.create(
        pk=key, user=by, path=path[:300], sealed=seal(kept.urlencode(), context=f"heldform:{key}")
    )


@transaction.atomic
def forget_held_forms(*, by: User, path: str | None = None) -> None:
    """Drop what is held for this person: everything at sign-out, one path's once its form has been saved."""
    held = HeldForm.objects.filter(user=by)
    (held if path is None else held.filter(path=path[:300])).delete()


def count_call(*, caller: str, minute: int) -> int:
    """One more call of this caller in this minute. Returns how many there are now, this one included.

    `caller`: a digest. In the database, since every web process counts and the broker may be away; no log.
    Queries: 1.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_CALL, {"caller": caller, "minute": minute})
        (calls,) = cursor.fetchone()
    return int(calls)


_COUNT_CALL = """
    INSERT INTO accounts_callcount AS known (caller, minute, calls) VALUES (%(caller)s, %(minute)s, 1)
    ON CONFLICT (caller) DO UPDATE SET minute = excluded.minute,
        calls = CASE WHEN known.minute = excluded.minute THEN known.calls + 1 ELSE 1 END
    RETURNING calls
"""


@transaction.atomic
def sweep() -> None:
    """What is over is gone: ended sessions, held forms after their hours, links a month after they ended,
    notifications after a year, counts of calls after an hour."""
    now = timezone.now()
    SessionStore.clear_expired()
    HeldForm.objects.filter(held_at__lt=now - HELD_FOR).delete()
    Invitation.objects.filter(expires_at__lt=now - KEEP_OLD_LINKS).delete()
    Notification.objects.filter(told_at__lt=now - KEEP_NOTIFICATIONS).delete()
    CallCount.objects.filter(minute__lt=now.timestamp() // 60 - 60).delete()
