"""Records of pillars 1 to 3: lists, one of them, and what the village's officers write down."""

from rest_framework.response import Response

from accounts.roles import Permission
from pillars.access import (
    access_business,
    access_centre,
    access_notice,
    access_session,
    visible_businesses,
    visible_centres,
    visible_notices,
    visible_sessions,
)
from pillars.actions.groups import form_group
from pillars.actions.outreach import log_outreach
from pillars.actions.training import log_training
from pillars.api.serializers import (
    AidLine,
    BusinessLine,
    CentreDetail,
    CentreLine,
    GroupLine,
    NoticeLine,
    OutreachLine,
    TrainingLine,
)
from pillars.child_access import sees_children
from pillars.forms.groups import GroupForm
from pillars.forms.outreach import OutreachForm
from pillars.forms.training import TrainingForm
from pillars.queries.aid import grants_with_value
from pillars.queries.children import count_children
from pillars.queries.groups import groups_with_members
from pillars.queries.training import trainings_with_heads
from villages.api.entering import call, filled, listed, made_before, one_of
from villages.api.ways import creates, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PILLARS, Permission.LOG_RECORDS
A_SESSION = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000002",
    "held_on": "2026-11-10",
    "topic": "documents",
    "place": "Balai desa",
    "women": 18,
    "men": 12,
}
A_GROUP = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000003",
    "name": "Kelompok Melati",
    "sector": "food",
    "formed_on": "2026-10-01",
}
A_TRAINING = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000004",
    "title": "Mengolah singkong",
    "organiser": "Disnaker",
    "first_on": "2026-11-02",
    "hours": 16,
}


def line(request, lines, row, **context):
    """One record, drawn by its serializer."""
    return lines(row, context={"request": request, **context}).data


def logged(request, seat, lines, own, form, write):
    """The row that `write` makes under the caller's id: 201, or 200 when an earlier call has made it."""
    before = made_before(own, form.entry_key)
    row = write(by=seat, key=form.entry_key, **form.facts)
    return Response(line(request, lines, one_of(own, row.pk)), status=200 if before else 201)


@call(
    Group.PILLARS,
    GET=rows("outreach-sessions", OutreachLine, SEE),
    POST=creates(OutreachForm, OutreachLine, LOG, example=A_SESSION),
)
def outreach_list(request, seat):
    """Public information sessions, the newest first; or a new one. Both counts empty: a list will say."""
    own = visible_sessions(seat)
    if request.method == "POST":
        form = filled(request, OutreachForm, creates=True, officers=())
        return logged(request, seat, OutreachLine, own, form, log_outreach)
    return listed(request, "outreach-sessions", OutreachLine, own, ("-held_on", "-id"))


@call(Group.PILLARS, GET=one(OutreachLine, SEE))
def outreach_detail(request, seat, key):
    """One session."""
    return Response(line(request, OutreachLine, access_session(seat, key)))


@call(Group.PILLARS, GET=rows("notices", NoticeLine, SEE))
def notice_list(request, seat):
    """The information board: offers and warnings of the village and its district, past ones too."""
    return listed(request, "notices", NoticeLine, visible_notices(seat), ("-valid_from", "-id"))


@call(Group.PILLARS, GET=one(NoticeLine, SEE))
def notice_detail(request, seat, key):
    """One offer or warning."""
    return Response(line(request, NoticeLine, access_notice(seat, key)))


@call(
    Group.PILLARS,
    GET=rows("business-groups", GroupLine, SEE),
    POST=creates(GroupForm, GroupLine, LOG, example=A_GROUP),
)
def group_list(request, seat):
    """Business groups, the newest first; or a new one."""
    if request.method == "POST":
        form = filled(request, GroupForm, creates=True)
        return logged(request, seat, GroupLine, groups_with_members(seat), form, form_group)
    return listed(request, "business-groups", GroupLine, groups_with_members(seat), ("-formed_on", "-id"))


@call(Group.PILLARS, GET=one(GroupLine, SEE))
def group_detail(request, seat, key):
    """One group."""
    return Response(line(request, GroupLine, one_of(groups_with_members(seat), key)))


@call(Group.PILLARS, GET=rows("businesses", BusinessLine, SEE))
def business_list(request, seat):
    """Businesses, the newest first."""
    return listed(request, "businesses", BusinessLine, visible_businesses(seat), ("-started_on", "-id"))


@call(Group.PILLARS, GET=one(BusinessLine, SEE))
def business_detail(request, seat, key):
    """One business."""
    return Response(line(request, BusinessLine, access_business(seat, key)))


@call(
    Group.PILLARS,
    GET=rows("trainings", TrainingLine, SEE),
    POST=creates(TrainingForm, TrainingLine, LOG, example=A_TRAINING),
)
def training_list(request, seat):
    """Trainings, the newest first; or a new one."""
    if request.method == "POST":
        form = filled(request, TrainingForm, creates=True, seat=seat)
        own = trainings_with_heads(seat)
        return logged(request, seat, TrainingLine, own, form, log_training)
    return listed(request, "trainings", TrainingLine, trainings_with_heads(seat), ("-first_on", "-id"))


@call(Group.PILLARS, GET=one(TrainingLine, SEE))
def training_detail(request, seat, key):
    """One training."""
    return Response(line(request, TrainingLine, one_of(trainings_with_heads(seat), key)))


@call(Group.PILLARS, GET=rows("aid", AidLine, SEE))
def aid_list(request, seat):
    """Equipment handed over, the newest first."""
    return listed(request, "aid", AidLine, grants_with_value(seat), ("-handed_on", "-id"))


@call(Group.PILLARS, GET=one(AidLine, SEE))
def aid_detail(request, seat, key):
    """One hand-over of equipment."""
    return Response(line(request, AidLine, one_of(grants_with_value(seat), key)))


@call(Group.PILLARS, GET=rows("learning-centres", CentreLine, SEE))
def centre_list(request, seat):
    """Learning centres, the newest first."""
    return listed(request, "learning-centres", CentreLine, visible_centres(seat), ("-opened_on", "-id"))


@call(Group.PILLARS, GET=one(CentreDetail, SEE))
def centre_detail(request, seat, key):
    """One centre; its children are counted for the village's own officers alone."""
    centre = access_centre(seat, key)
    children = count_children(centre) if sees_children(seat) else None
    return Response(line(request, CentreDetail, centre, children=children))
