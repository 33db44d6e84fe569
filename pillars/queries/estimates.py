"""Reads about estimates."""

from __future__ import annotations

from django.db.models import QuerySet

from pillars.access import visible_estimates
from pillars.models import AbroadEstimate
from villages.access import Seat


def estimates_in_list(seat: Seat | None) -> QuerySet[AbroadEstimate]:
    """Estimates the seat may see."""
    return visible_estimates(seat).select_related("village")
