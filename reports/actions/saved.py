"""Writes about views that people save for themselves."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.rules import NotPermitted
from audit.actions import record
from reports.events import VIEW_REMOVED, VIEW_SAVED
from reports.models import SavedView
from reports.saved_pages import savable_address
from villages.access import Seat
from villages.holding import hold_person

MOST_VIEWS = 30


@transaction.atomic
def save_view(*, by: Seat, key: UUID, name: str, address: str) -> SavedView:
    """The page stands among the person's views under that name; one she had of that name leads there now.

    Same key: the first one. Raises `AddressRefused` for a page that cannot be saved, `NotPermitted` beyond
    thirty views. Records `view.saved`.
    """
    page = savable_address(address)
    hold_person(by.user)  # two presses come one by one
    mine = SavedView.objects.filter(owner=by.pk)
    if first := mine.filter(pk=key).first():
        return first
    if not mine.filter(name=name).exists() and mine.count() >= MOST_VIEWS:
        raise NotPermitted(_("You have 30 views. Remove one first."))
    view, _made = mine.update_or_create(
        owner_id=by.pk, name=name, defaults={"address": page}, create_defaults={"pk": key, "address": page}
    )
    record(VIEW_SAVED, by=by, subject=view, subject_label=name, changes={"address": (None, page)})
    return view


@transaction.atomic
def remove_view(*, by: Seat, view: SavedView) -> None:
    """The view is gone; the page it led to is as it was. Records `view.removed`."""
    gone = {"address": (view.address, None)}
    record(VIEW_REMOVED, by=by, subject=view, subject_label=view.name, changes=gone)
    view.delete()
