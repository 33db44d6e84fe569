"""Equipment aid for programs: what was handed over, its items, and in which condition they were found."""

from functools import partial

from django.utils import timezone
from rest_framework.response import Response

from accounts.entry import EntryForm
from accounts.roles import Permission
from migrants.api.writes import changed, logged, written_by
from pillars.access import access_grant, access_item
from pillars.actions.aid import add_item, log_check, log_grant, remove_item
from pillars.api.serializers.aid import AidLine, ItemLine
from pillars.enums import Condition
from pillars.forms.aid import CheckForm, GrantForm, ItemForm
from pillars.queries.aid import ALL, NOT_IN_USE, UNSEEN, grants_with_value, items_in_list, with_checks
from villages.api.answers import telling, told
from villages.api.entering import call, filled, listed, one_of
from villages.api.ways import changes, creates, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PILLARS, Permission.LOG_RECORDS
A_GRANT = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-00000000000c",
    "group": "0199a1b2-c3d4-7e5f-8a6b-000000000003",
    "source": "apbn",
    "year": 2026,
    "giver": "Dinas Tenaga Kerja",
    "handed_on": "2026-11-03",
}
AN_ITEM = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-00000000000d",
    "name": "Mesin jahit",
    "quantity": 2,
    "unit_price": "2500000",
    "handed_on": "2026-11-03",
}
A_CHECK = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-00000000000e",
    "checked_on": "2026-11-20",
    "in_use": 1,
    "idle": 1,
    "reason": "Listrik tidak cukup",
}
PIECES = {"type": ["integer", "string", "null"], "description": "So many pieces, of an item of several."}
SEEN = {"condition": {"type": "string", "enum": Condition.values}, **dict.fromkeys(Condition.values, PIECES)}


@call(Group.PILLARS, GET=rows("aid", AidLine, SEE), POST=creates(GrantForm, AidLine, LOG, example=A_GRANT))
def aid_list(request, seat):
    """Equipment handed over, the newest first; or a new hand-over, to a group or to a business."""
    own = grants_with_value(seat)
    if request.method == "POST":
        fill = partial(filled, request, GrantForm, creates=True, seat=seat)
        return logged(request, own, fill, written_by(log_grant, by=seat), telling(request, AidLine, own))
    return listed(request, "aid", AidLine, own, ("-handed_on", "-id"))


@call(Group.PILLARS, GET=one(AidLine, SEE))
def aid_detail(request, seat, key):
    """One hand-over of equipment."""
    return Response(told(request, AidLine, one_of(grants_with_value(seat), key)))


@call(
    Group.PILLARS,
    GET=rows("aid-items", ItemLine, SEE),
    POST=creates(ItemForm, ItemLine, LOG, example=AN_ITEM),
)
def aid_items(request, seat, key):
    """What was handed over, by name; or one more item. `replaces`: the one it came for."""
    grant = access_grant(seat, key)
    own = with_checks(grant.items.all())
    if request.method == "POST":
        fill = partial(filled, request, ItemForm, creates=True, grant=grant)
        write = written_by(add_item, by=seat, grant=grant)
        return logged(request, own, fill, write, telling(request, ItemLine, own))
    return listed(request, "aid-items", ItemLine, own, ("name", "id"))


@call(
    Group.PILLARS,
    GET=rows("aid-items", ItemLine, SEE, which={"type": "string", "enum": [NOT_IN_USE, UNSEEN, ALL]}),
)
def item_list(request, seat):
    """Items that are not in use as the last check found them; `which` asks for those nobody has looked at for
    90 days, or for all that stand."""
    items = items_in_list(seat, request.query_params.get("which", NOT_IN_USE), timezone.localdate())
    return listed(request, "aid-items", ItemLine, items, ("-handed_on", "-id"))


@call(Group.PILLARS, GET=one(ItemLine, SEE))
def item_detail(request, seat, key):
    """One item, with its checks."""
    return Response(told_item(request, access_item(seat, key)))


@call(Group.PILLARS, POST=creates(CheckForm, ItemLine, LOG, entries=SEEN, example=A_CHECK))
def item_checks(request, seat, key):
    """Somebody looked at an item: `condition` of a single piece, or so many pieces each. Answers the item."""
    item = access_item(seat, key)
    fill = partial(filled, request, CheckForm, creates=True, item=item)
    write = written_by(log_check, by=seat, item=item)
    return logged(request, item.checks.all(), fill, write, lambda _check: told_item(request, item))


@call(Group.PILLARS, POST=changes(EntryForm, answer=AidLine, may=LOG))
def item_removal(request, seat, key):
    """Take out an item that was written by mistake and that nobody has looked at. The body is an empty
    object; answers the hand-over."""
    item = access_item(seat, key)

    def write():
        filled(request, EntryForm)
        remove_item(by=seat, item=item)
        return item.grant

    return changed(request, None, telling(request, AidLine, grants_with_value(seat)), write)


def told_item(request, item):
    """One item with its checks."""
    return told(request, ItemLine, one_of(with_checks(item.grant.items.all()), item.pk))
