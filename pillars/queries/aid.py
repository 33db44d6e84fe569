"""Reads about equipment aid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import (
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.fields import BigIntegerField
from django.db.models.functions import Coalesce

from pillars.access import visible_grants
from pillars.aid_rules import IDLE_DAYS, UNSEEN_DAYS
from pillars.models import EquipmentCheck, EquipmentGrant, EquipmentItem, EquipmentPhoto
from villages.access import Seat

VALUE = ExpressionWrapper(F("quantity") * F("unit_price"), output_field=BigIntegerField())
_GRANT_VALUE = ExpressionWrapper(
    F("items__quantity") * F("items__unit_price"), output_field=BigIntegerField()
)
ALL, NOT_IN_USE, UNSEEN = "all", "", "unseen"  # which items a list shows


def grants_with_value(seat: Seat | None) -> QuerySet[EquipmentGrant]:
    """Grants the seat may see, each with `total`, the value of its items in rupiah, and `pieces`; both None
    without items."""
    rows = visible_grants(seat).select_related("village", "group", "business")
    return rows.annotate(total=Sum(_GRANT_VALUE), pieces=Sum("items__quantity"))


def not_replaced() -> Q:
    """Items that stand, replaced ones left out."""
    return Q(replaced_by__isnull=True)


def last_checks(on: date | None = None) -> QuerySet[EquipmentCheck]:
    """The last check of each item, on the day or before; items without one have none."""
    known = EquipmentCheck.objects.all() if on is None else EquipmentCheck.objects.filter(checked_on__lte=on)
    later = known.filter(item=OuterRef("item")).filter(
        Q(checked_on__gt=OuterRef("checked_on")) | Q(checked_on=OuterRef("checked_on"), pk__gt=OuterRef("pk"))
    )
    return known.filter(~Exists(later))


def items_unseen(today: date) -> QuerySet[EquipmentItem]:
    """Standing items handed over, and not looked at, for `UNSEEN_DAYS`."""
    since = today - timedelta(days=UNSEEN_DAYS)
    seen = EquipmentCheck.objects.filter(item=OuterRef("pk"), checked_on__gt=since)
    return EquipmentItem.objects.filter(not_replaced(), ~Exists(seen), handed_on__lte=since)


def grants_unseen(today: date) -> Iterator[tuple[EquipmentGrant, date]]:
    """Grants with items unseen, each with the day on which its item that waits longest was looked at last, or
    handed over."""
    checked = EquipmentCheck.objects.filter(item=OuterRef("pk")).order_by("-checked_on").values("checked_on")
    waiting = items_unseen(today).annotate(seen=Coalesce(Subquery(checked[:1]), F("handed_on")))
    first = waiting.filter(grant=OuterRef("pk")).order_by("seen").values("seen")[:1]
    grants = EquipmentGrant.objects.select_related("group", "business").order_by("pk")
    for grant in grants.annotate(last_seen=Subquery(first)).filter(last_seen__isnull=False):
        yield grant, grant.last_seen


def items_idle(today: date) -> QuerySet[EquipmentCheck]:
    """Last checks that found standing items idle, and are `IDLE_DAYS` old."""
    before = today - timedelta(days=IDLE_DAYS)
    rows = last_checks().filter(idle__gt=0, checked_on__lte=before, item__replaced_by__isnull=True)
    return rows.select_related("item__grant")


@dataclass(frozen=True)
class ItemLine:
    """An item with its checks, the last one first."""

    item: EquipmentItem
    checks: list[EquipmentCheck]

    @property
    def last(self) -> EquipmentCheck | None:
        return self.checks[0] if self.checks else None

    @cached_property
    def replaced_by(self) -> EquipmentItem | None:
        return getattr(self.item, "replaced_by", None)

    @property
    def wants_help(self) -> bool:
        """Whether pieces that stand are not in use."""
        return self.replaced_by is None and self.last is not None and self.last.not_in_use > 0


def item_lines(items: Iterable[EquipmentItem]) -> list[ItemLine]:
    """Items read by `with_checks`, those not in use first, then those nobody has looked at, replaced last."""
    lines = [ItemLine(item, list(item.checks.all())) for item in items]
    return sorted(
        lines, key=lambda line: (line.replaced_by is not None, not line.wants_help, line.last is not None)
    )


def with_checks(items: QuerySet[EquipmentItem]) -> QuerySet[EquipmentItem]:
    """The items with their checks and what replaces them. Queries: 1 more."""
    checks = EquipmentCheck.objects.select_related("logged_by")
    return items.select_related("replaced_by", "replaces").prefetch_related(Prefetch("checks", checks))


def items_of(grant: EquipmentGrant) -> list[ItemLine]:
    """The items of a grant, those not in use first. Queries: 2."""
    return item_lines(with_checks(grant.items.order_by("name", "id")))


def items_in_list(seat: Seat, which: str, today: date) -> QuerySet[EquipmentItem]:
    """Standing items of the seat's place: those not in use at the last check, those unseen, or all."""
    items = with_checks(EquipmentItem.objects.filter(not_replaced(), grant__in=visible_grants(seat)))
    items = items.select_related("grant__village", "grant__group", "grant__business", "replaced_by")
    if which == ALL:
        return items
    if which == UNSEEN:
        return items.filter(pk__in=items_unseen(today))
    troubled = last_checks().filter(in_use__lt=F("quantity"))
    return items.filter(pk__in=troubled.values("item"))


def photos_of(item: EquipmentItem) -> QuerySet[EquipmentPhoto]:
    """The photos of an item that were not taken back, the oldest first, with who added them."""
    return item.photos.filter(removed_at__isnull=True).select_related("added_by")


def items_to_replace(grant: EquipmentGrant) -> QuerySet[EquipmentItem]:
    """Standing items of the same group or business, of whatever grant, by name."""
    whom = Q(grant__group=grant.group_id) if grant.group_id else Q(grant__business=grant.business_id)
    return EquipmentItem.objects.filter(not_replaced(), whom).order_by("name", "id")
