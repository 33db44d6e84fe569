"""A password is not the name of the place where its owner serves (quality.md C14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.passwords import LEFT_AT_LEAST, own_words, what_is_left
from villages.models import OfficerAssignment, Posting

if TYPE_CHECKING:
    from accounts.models import User


class PlaceNameValidator:
    """Refuses what only a place name makes long: of places where the person serves or served."""

    def validate(self, password: str, user: User | Any = None) -> None:
        if user is None or user.pk is None:
            return
        own = own_words(user)
        left = what_is_left(password, [*own, *_place_names(user)])
        if left < LEFT_AT_LEAST <= what_is_left(password, own):
            raise ValidationError(
                _("Do not use the name of your village, district or province."), code="password_place_name"
            )

    def get_help_text(self) -> str:
        return _("Not the name of your village or district.")


def _place_names(user: User) -> set[str]:
    """Names of every place where this person serves, served or will serve. 2 queries."""
    served = OfficerAssignment.objects.filter(user=user).values_list(
        "village__name", "village__subdistrict__name", "district__name", "province__name"
    )
    posted = Posting.objects.filter(user=user).values_list(
        "village__name",
        "village__subdistrict__name",
        "village__district__name",
        "village__province__name",
        "district__name",
        "district__province__name",
        "province__name",
    )
    return {name for row in (*served, *posted) for name in row if name}
