"""Writes about photos of equipment. All raise NotPermitted for a role that does not log records."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.rules import NotPermitted
from audit.actions import record
from migrants.attached_files import keep_file, new_path, path_of
from migrants.deliveries import Delivery, deliver_once
from migrants.uploads import Clean
from pillars import events
from pillars.models import EquipmentItem, EquipmentPhoto
from pillars.rules import check_can_log
from villages.access import Seat

MOST_PHOTOS = 5


@transaction.atomic
def add_item_photo(
    *, by: Seat, item: EquipmentItem, key: UUID, clean: Clean, caption: str = ""
) -> Delivery[EquipmentPhoto]:
    """The photo belongs to the item, sealed on the disk under a random name; same key: the first one.

    Raises NotPermitted, also for a sixth photo. Records `aid.photo_added`.
    """
    check_can_log(by)
    EquipmentItem.objects.select_for_update(of=("self",)).get(pk=item.pk)

    def make() -> EquipmentPhoto:
        if item.photos.filter(removed_at__isnull=True).count() >= MOST_PHOTOS:
            raise NotPermitted(_("This item has 5 photos already. Take one back first."))
        row = EquipmentPhoto(pk=key, item=item, kind=clean.kind, size_bytes=len(clean.body), caption=caption)
        row.path, row.added_by = new_path(EquipmentPhoto.FOLDER), by.user
        row.save(force_insert=True)
        _record(events.ITEM_PHOTO_ADDED, by, item)
        keep_file(row, clean.body)  # last: nothing that follows can fail but the commit
        return row

    return deliver_once(EquipmentPhoto.objects.filter(item=item), key, make)


@transaction.atomic
def note_item_photo_opened(*, by: Seat, photo: EquipmentPhoto) -> None:
    """Record `aid.photo_opened`: who took which photo along."""
    _record(events.ITEM_PHOTO_OPENED, by, photo.item)


@transaction.atomic
def remove_item_photo(*, by: Seat, photo: EquipmentPhoto) -> None:
    """The photo is gone from the disk; that it was there stays on record. A second call changes nothing.
    Records `aid.photo_removed`."""
    check_can_log(by)
    row = EquipmentPhoto.objects.select_for_update(of=("self",)).get(pk=photo.pk)
    if row.removed_at is not None:
        return
    path = path_of(row)
    row.path, row.removed_at, row.removed_by = "", timezone.now(), by.user
    row.save()
    _record(events.ITEM_PHOTO_REMOVED, by, photo.item)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _record(event: str, by: Seat, item: EquipmentItem) -> None:
    grant = item.grant
    record(event, by=by, subject=grant, subject_label=item.name, village=grant.village_id)
