"""What a check of equipment has to say, and what may replace what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.rules import NotPermitted
from pillars.enums import Condition
from pillars.models import EquipmentGrant, EquipmentItem

UNSEEN_DAYS = 90  # after so many days without a check somebody goes and looks
IDLE_DAYS = 30  # so long may equipment stand idle before somebody asks again
FORGOTTEN_MONTHS = 6  # from then on a grant counts as one that nobody looks after


def check_can_replace(grant: EquipmentGrant, replaced: EquipmentItem) -> None:
    """Raise NotPermitted unless the item is of the same group or business and was not replaced before."""
    theirs = replaced.grant
    if (theirs.group_id, theirs.business_id) != (grant.group_id, grant.business_id):
        raise NotPermitted(_("Choose an item of the same group or business."))
    if EquipmentItem.objects.filter(replaces=replaced).exists():
        raise NotPermitted(_("This item was replaced already."))


def check_can_look_at(
    item: EquipmentItem, *, checked_on: date, parts: Mapping[str, int], reason: str
) -> None:
    """Raise NotPermitted when the check cannot be true: see `actions.aid.log_check`."""
    if EquipmentItem.objects.filter(replaces=item).exists():
        raise NotPermitted(_("This item was replaced. Look at the one that replaces it."))
    if sentence := what_is_wrong(item, checked_on=checked_on, parts=parts, reason=reason):
        raise NotPermitted(sentence)


def what_is_wrong(item: EquipmentItem, *, checked_on: date, parts: Mapping[str, int], reason: str) -> str:
    """The sentence that says what a check has to mend; "" when it may stand."""
    if checked_on < item.handed_on:
        return _("The check cannot be before the handover.")
    if checked_on > timezone.localdate():
        return _("The date cannot be after today.")
    if sum(parts.values()) != item.quantity:
        return _("The parts have to add up to %(all)s. They are %(sum)s now.") % {
            "all": item.quantity,
            "sum": sum(parts.values()),
        }
    if parts.get(Condition.IN_USE, 0) < item.quantity and not reason:
        return _("Write down why it is not in use.")
    return ""
