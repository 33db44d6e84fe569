"""Writes about the photo of a child. All raise NotPermitted for anybody but officers of its village."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from migrants.attached_files import keep_file, new_path, path_of
from migrants.deliveries import Delivery, deliver_once
from migrants.uploads import Clean
from pillars import events
from pillars.child_rules import check_can_write_of_children, check_photos_allowed, check_still_here
from pillars.models import Child, ChildPhoto
from villages.access import Seat


@transaction.atomic
def add_child_photo(*, by: Seat, child: Child, key: UUID, clean: Clean) -> Delivery[ChildPhoto]:
    """The photo is the child's, sealed on the disk under a random name, in the place of an earlier one; same
    key: the first one. Raises NotPermitted unless the guardian allows photos. Records `child.photo_added`."""
    check_can_write_of_children(by, child)
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    check_still_here(child)
    check_photos_allowed(child)

    def make() -> ChildPhoto:
        forget_child_photo(by=by, child=child)
        row = ChildPhoto(pk=key, child=child, kind=clean.kind, size_bytes=len(clean.body))
        row.path, row.added_by = new_path(ChildPhoto.FOLDER), by.user
        row.save(force_insert=True)
        _record(events.CHILD_PHOTO_ADDED, by, child)
        keep_file(row, clean.body)  # last: nothing that follows can fail but the commit
        return row

    return deliver_once(ChildPhoto.objects.filter(child=child), key, make)


@transaction.atomic
def note_child_photo_opened(*, by: Seat, photo: ChildPhoto) -> None:
    """Record `child.photo_opened`: who looked at the photo of which child."""
    _record(events.CHILD_PHOTO_OPENED, by, photo.child)


@transaction.atomic
def forget_child_photo(*, by: Seat, child: Child) -> None:
    """No photo of the child is kept, its file is gone from the disk; a second call changes nothing. Records
    `child.photo_removed`."""
    check_can_write_of_children(by, child)
    photos = ChildPhoto.objects.select_for_update(of=("self",)).filter(child=child, removed_at__isnull=True)
    for row in photos:
        path = path_of(row)
        row.path, row.removed_at, row.removed_by = "", timezone.now(), by.user
        row.save()
        _record(events.CHILD_PHOTO_REMOVED, by, child)
        transaction.on_commit(partial(path.unlink, missing_ok=True))


def _record(event: str, by: Seat, child: Child) -> None:
    record(event, by=by, subject=child, subject_label=child.reference, village=child.village_id)
