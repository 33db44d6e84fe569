"""Which tokens somebody may make for a program."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from villages.access import Seat, narrowed
from villages.models import ApiToken
from villages.models.tokens import LONGEST_LIFE
from villages.rules import NotPossible
from villages.scopes import scopes_for

MOST_TOKENS = 10


def check_can_make_token(seat: Seat, *, scopes: list[str], place: str, days: int) -> None:
    """Raise NotPossible for a scope the role does not have, a place outside the own, a life that is too long,
    and one token too many."""
    if not scopes or not set(scopes) <= {scope for scope, _words in scopes_for(seat)}:
        raise NotPossible(_("Choose what the token may do."), field="scopes")
    if narrowed(seat, place) is None:
        raise NotPossible(_("This place lies outside yours."), field="place")
    if not 1 <= days <= LONGEST_LIFE.days:
        raise NotPossible(_("A token holds from 1 to 180 days."), field="days")
    living = ApiToken.objects.filter(owner=seat.user, revoked_at=None, expires_at__gt=timezone.now())
    if living.count() >= MOST_TOKENS:
        raise NotPossible(_("You have 10 tokens. Revoke one first."))
