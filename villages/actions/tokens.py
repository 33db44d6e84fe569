"""Keys for programs: made, revoked, used, refused."""

from __future__ import annotations

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.sealing import lookup_digest
from audit.actions import record
from villages import events
from villages.access import Seat
from villages.holding import hold_person
from villages.models import ApiToken
from villages.token_access import TOKEN_PURPOSE
from villages.token_rules import check_can_make_token

SECRET_BYTES = 32
PREFIX = "dmg_"  # so that a key found in a file is known for what it is


@transaction.atomic
def make_token(
    *, by: Seat, key: UUID, name: str, scopes: list[str], place: str, days: int
) -> tuple[ApiToken, str]:
    """A token that holds for so many days, and its key, which is kept nowhere: show it now.

    A second delivery of the same `key` gives the first token and an empty text. `place`: the own one or one
    within it. Raises `NotPossible` for a scope or place the seat does not have, for more than 180 days, and
    for one token too many. Records `token.made`.
    """
    hold_person(by.user)
    first = ApiToken.objects.filter(pk=key, owner=by.user).first()
    if first is not None:
        return first, ""
    check_can_make_token(by, scopes=scopes, place=place, days=days)
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    now = timezone.now()
    token = ApiToken.objects.create(
        pk=key,
        owner=by.user,
        name=name,
        digest=lookup_digest(secret, purpose=TOKEN_PURPOSE),
        scopes=scopes,
        role=by.role.value,
        place=place,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    changes = {"scopes": ("", " ".join(scopes)), "place": ("", place), "days": (None, days)}
    record(
        events.TOKEN_MADE, by=by, subject=token, subject_label=name, village=place or None, changes=changes
    )
    return token, secret


@transaction.atomic
def revoke_token(*, by: Seat, token: ApiToken) -> ApiToken:
    """The token holds no longer. Revoking again changes nothing. Records `token.revoked`."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record(
            events.TOKEN_REVOKED,
            by=by,
            subject=token,
            subject_label=token.name,
            village=token.place or None,
        )
    return token


def note_token_used(*, token: ApiToken) -> None:
    """The owner sees the day of the last use. Written once a day."""
    today = timezone.localdate()
    if token.used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(used_on=today)


@transaction.atomic
def note_token_refused(*, token: ApiToken, why: str) -> None:
    """The log says that the token was refused: it no longer holds, or was too narrow. Once a day a token, so
    that a program left running does not fill the log. Records `token.refused`; `why`: what it asked for."""
    today = timezone.localdate()
    if ApiToken.objects.filter(pk=token.pk).exclude(refused_on=today).update(refused_on=today):
        record(
            events.TOKEN_REFUSED,
            by=token.owner,
            subject=token,
            subject_label=token.name,
            village=token.place or None,
            reason=why,
        )
