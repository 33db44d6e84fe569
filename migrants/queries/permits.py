"""Reads about family permits."""

from __future__ import annotations

import re

from migrants.models import FamilyPermit, Migration
from migrants.models.permits import TOKEN_LETTERS

_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LETTERS}}}", re.ASCII)


def permit_with_token(token: str) -> FamilyPermit | None:
    """The permit the square on a paper names; None for anything else. Writes nothing and asks once, by a
    unique index, so that anybody may ask as often as they like. Queries: 1; none for what is no token."""
    if not _TOKEN.fullmatch(token):
        return None
    rows = FamilyPermit.objects.select_related("migration__person")
    found: FamilyPermit | None = rows.filter(token=token).first()
    return found


def latest_permit(journey: Migration) -> FamilyPermit | None:
    """The latest permit of a journey, withdrawn or not; None before the first. Queries: 1."""
    found: FamilyPermit | None = (
        FamilyPermit.objects.filter(migration=journey).order_by("-issued_at", "-id").first()
    )
    return found
