"""Reads about accounts."""

from datetime import timedelta

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from accounts.links import token_digest
from accounts.models import HeldForm, Invitation, Notification, Session, User
from accounts.sealing import SealBroken, unseal

HELD_FOR = timedelta(hours=12)


def held_form(*, user: User, path: str) -> QueryDict | None:
    """The newest form this person had typed at this path when the session ended; None after 12 hours, and
    when its key is gone."""
    held = (
        HeldForm.objects.filter(user=user, path=path[:300], held_at__gte=timezone.now() - HELD_FOR)
        .order_by("-held_at")
        .first()
    )
    if held is None:
        return None
    try:
        return QueryDict(unseal(bytes(held.sealed), context=f"heldform:{held.pk}"))
    except SealBroken:
        return None


def open_link(token: str, *, lock: bool = False) -> Invitation | None:
    """The one-time link with its person; None when it is unknown, used, expired or of a disabled account.

    `lock`: nobody else can use it until the transaction ends. Queries: 1.
    """
    links = Invitation.objects.select_related("user").filter(
        token_digest=token_digest(token),
        used_at__isnull=True,
        expires_at__gt=timezone.now(),
        user__is_active=True,
    )
    return (links.select_for_update(of=("self", "user")) if lock else links).first()


def sessions_of(user: User) -> QuerySet[Session]:
    """The person's sessions that still hold, the one used last first."""
    return Session.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-seen_at")


def notifications_of(user: User) -> QuerySet[Notification]:
    """What the person was told, unordered."""
    return Notification.objects.filter(user=user)
