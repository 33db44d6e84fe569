"""Records of a village carry its district and province too, so that scope is a plain index look-up."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from accounts.roles import Level
from villages.models.areas import District, Province, Village

if TYPE_CHECKING:
    from villages.access import Seat


class PlacedQuerySet(models.QuerySet[Any]):
    """Scope by place. Use through the doors of each app; `visible_to` is the only scope there is."""

    def visible_to(self, seat: Seat | None) -> Self:
        """Rows of the seat's place; no seat, or a role without a place, sees none."""
        return self.filter(placed_within(seat))


def placed_within(seat: Seat | None, prefix: str = "") -> Q:
    """The scope of a seat as a condition on `<prefix>village_id` and its copies."""
    if seat is None:
        return Q(pk__in=[])
    if seat.level == Level.VILLAGE:
        return Q(**{f"{prefix}village_id": seat.village_id})
    if seat.level == Level.DISTRICT:
        return Q(**{f"{prefix}district_id": seat.district_id})
    if seat.level == Level.PROVINCE:
        return Q(**{f"{prefix}province_id": seat.province_id})
    if seat.level == Level.NATION:
        return Q()
    return Q(pk__in=[])


class Placed(models.Model):
    """A record of a village. PostgreSQL copies district and province from the village (trigger in the
    migrations: `villages_place_row`); what Python puts there is overwritten."""

    village = models.ForeignKey(Village, on_delete=models.PROTECT, related_name="+", db_index=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+", editable=False)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        # The code of a village begins with the codes of its district and province, so the object in hand
        # agrees with the row the trigger makes, without a query.
        self.district_id, self.province_id = self.village_id[:5], self.village_id[:2]
        super().save(*args, **kwargs)

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> str:  # noqa: N802 (Django's name)
        # Django's own makes all labels of the field hashable, translating each, for every row of a list.
        value = getattr(self, field.attname)
        return str(_labels(field).get(value, value))


@cache
def _labels(field: models.Field[Any, Any]) -> dict[Any, Any]:
    return dict(field.flatchoices)
