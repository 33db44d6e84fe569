"""Reads about accounts."""

from datetime import timedelta

from django.http import QueryDict
from django.utils import timezone

from accounts.models import HeldForm, User
from accounts.sealing import unseal

HELD_FOR = timedelta(hours=12)


def held_form(*, user: User, path: str) -> QueryDict | None:
    """The newest form this person had typed at this path when the session ended; None after 12 hours."""
    held = (
        HeldForm.objects.filter(user=user, path=path, held_at__gte=timezone.now() - HELD_FOR)
        .order_by("-held_at")
        .first()
    )
    if held is None:
        return None
    return QueryDict(unseal(bytes(held.sealed), context=f"heldform:{held.pk}"))
