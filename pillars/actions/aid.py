"""Writes about equipment aid. All raise NotPermitted for a role that does not log records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.rules import NotPermitted
from audit.actions import record
from migrants.actions.tasks import finish_raised
from migrants.deliveries import deliver_once
from pillars import events
from pillars.actions.logged import log_row
from pillars.aid_rules import check_can_look_at, check_can_replace
from pillars.models import EquipmentCheck, EquipmentGrant, EquipmentItem
from pillars.queries.aid import items_unseen
from pillars.rules import check_can_log
from pillars.task_rules import EQUIPMENT_IDLE, EQUIPMENT_UNSEEN
from villages.access import Seat


@transaction.atomic
def log_grant(*, by: Seat, key: UUID, **facts: Any) -> EquipmentGrant:
    """Write down equipment given to a group or business of the seat's village. Same key: the first one."""
    return log_row(EquipmentGrant, events.AID_GRANTED, by=by, key=key, label="giver", **facts)


@transaction.atomic
def add_item(
    *, by: Seat, grant: EquipmentGrant, key: UUID, replaces: EquipmentItem | None = None, **facts: Any
) -> EquipmentItem:
    """One more line of the grant. Same key: the first one. `replaces`: the item it came for, which is looked
    at no more; what a rule asked about that one is done.

    Raises `NotPermitted` for an item of somebody else, or one that was replaced before. Records
    `aid.item_added`.
    """
    grant = _locked(by, grant)

    def make() -> EquipmentItem:
        if replaces is not None:
            check_can_replace(grant, replaces)
        item = EquipmentItem(pk=key, grant=grant, replaces=replaces, **facts)
        item.save(force_insert=True)
        _record(events.AID_ITEM_ADDED, by, grant, item.name)
        if replaces is not None:
            finish_raised(EQUIPMENT_IDLE, replaces.pk, by=by)
        return item

    return deliver_once(EquipmentItem.objects.filter(grant=grant), key, make).row


@transaction.atomic
def remove_item(*, by: Seat, item: EquipmentItem) -> None:
    """A line written by mistake is gone; a second call changes nothing.

    Raises `NotPermitted` once somebody has looked at it. Records `aid.item_removed`.
    """
    grant = _locked(by, item.grant)
    if item.checks.exists() or item.photos.exists() or EquipmentItem.objects.filter(replaces=item).exists():
        raise NotPermitted(_("This item has a history. It cannot be taken out any more."))
    gone, _kinds = EquipmentItem.objects.filter(pk=item.pk).delete()
    if gone:
        _record(events.AID_ITEM_REMOVED, by, grant, item.name)


@transaction.atomic
def log_check(
    *,
    by: Seat,
    item: EquipmentItem,
    key: UUID,
    checked_on: date,
    parts: Mapping[str, int],
    reason: str = "",
) -> EquipmentCheck:
    """Somebody looked at an item: how many of its pieces were in which condition. Same key: the first one.

    `parts`: pieces by `Condition`, adding up to the item's quantity. What the rules asked about it is done.
    Raises `NotPermitted` for a replaced item, a day before the handover, parts that do not add up, and a
    missing reason. Records `aid.checked`.
    """
    grant = _locked(by, item.grant)

    def make() -> EquipmentCheck:
        check_can_look_at(item, checked_on=checked_on, parts=parts, reason=reason)
        row = EquipmentCheck(pk=key, item=item, checked_on=checked_on, quantity=item.quantity, **parts)
        row.reason, row.logged_by = reason, by.user
        row.save(force_insert=True)
        _record(events.AID_CHECKED, by, grant, item.name)
        finish_raised(EQUIPMENT_IDLE, item.pk, by=by)
        if not items_unseen(checked_on).filter(grant=grant).exists():
            finish_raised(EQUIPMENT_UNSEEN, grant.pk, by=by)
        return row

    return deliver_once(EquipmentCheck.objects.filter(item=item), key, make).row


def _locked(by: Seat, grant: EquipmentGrant) -> EquipmentGrant:
    check_can_log(by)
    return EquipmentGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)


def _record(event: str, by: Seat, grant: EquipmentGrant, item: str) -> None:
    record(event, by=by, subject=grant, subject_label=item, village=grant.village_id)
