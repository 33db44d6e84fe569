"""Business groups for programs; who is in them is counted, not named."""

from functools import partial

from rest_framework.response import Response

from accounts.roles import Permission
from migrants.api.writes import changed, logged, written_by
from pillars.access import access_group
from pillars.actions.groups import add_member, end_group, form_group
from pillars.api.serializers.groups import GroupLine
from pillars.forms.ending import EndForm
from pillars.forms.groups import GroupForm, GroupMemberForm
from pillars.queries.groups import groups_with_members
from villages.api.answers import telling, told
from villages.api.entering import call, filled, listed, one_of
from villages.api.ways import changes, creates, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PILLARS, Permission.LOG_RECORDS
A_GROUP = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000003",
    "name": "Kelompok Melati",
    "sector": "food",
    "formed_on": "2026-10-01",
}
A_MEMBER = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000008",
    "name": "Siti",
    "sex": "female",
    "kind": "returned",
    "joined_on": "2026-11-02",
}


@call(
    Group.PILLARS,
    GET=rows("business-groups", GroupLine, SEE),
    POST=creates(GroupForm, GroupLine, LOG, example=A_GROUP),
)
def group_list(request, seat):
    """Business groups, the newest first; or a new one."""
    own = groups_with_members(seat)
    if request.method == "POST":
        fill = partial(filled, request, GroupForm, creates=True)
        write = written_by(form_group, by=seat)
        return logged(request, own, fill, write, telling(request, GroupLine, own))
    return listed(request, "business-groups", GroupLine, own, ("-formed_on", "-id"))


@call(Group.PILLARS, GET=one(GroupLine, SEE))
def group_detail(request, seat, key):
    """One group."""
    return Response(told(request, GroupLine, one_of(groups_with_members(seat), key)))


@call(Group.PILLARS, POST=creates(GroupMemberForm, GroupLine, LOG, example=A_MEMBER))
def group_members(request, seat, key):
    """A new member of a group: `person` of the village, or a name and the sex. Answers the group."""
    group = access_group(seat, key)
    fill = partial(filled, request, GroupMemberForm, creates=True, seat=seat, group=group)
    write = written_by(add_member, by=seat, group=group)
    tell = telling(request, GroupLine, groups_with_members(seat))
    return logged(request, group.members.all(), fill, write, lambda _member: tell(group))


@call(Group.PILLARS, POST=changes(EndForm, answer=GroupLine, may=LOG, example={"ended_on": "2026-11-20"}))
def group_end(request, seat, key):
    """The group has ended, with its last day."""
    group = access_group(seat, key)

    def write():
        ended_on = filled(request, EndForm, began_on=group.formed_on).cleaned_data["ended_on"]
        return end_group(by=seat, group=group, ended_on=ended_on)

    return changed(request, group, telling(request, GroupLine, groups_with_members(seat)), write)
