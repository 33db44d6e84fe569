"""Learning centres for programs; children are counted for their village's own officers, nowhere listed."""

from functools import partial

from rest_framework.response import Response

from accounts.roles import Permission
from migrants.api.writes import changed, logged, written_by
from pillars.access import access_centre, visible_centres
from pillars.actions.parenting import change_centre, close_centre, open_centre
from pillars.api.serializers.centres import CentreDetail, CentreLine
from pillars.child_access import sees_children
from pillars.forms.ending import EndForm
from pillars.forms.parenting import CentreChangeForm, CentreForm
from pillars.queries.children import count_children
from villages.api.answers import told
from villages.api.entering import call, filled, listed
from villages.api.ways import amends, changes, creates, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PILLARS, Permission.LOG_RECORDS
A_CENTRE = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-00000000000f",
    "name": "Rumah Belajar Melati",
    "address": "Dusun Krajan RT 02",
    "opened_on": "2026-11-01",
}


@call(
    Group.PILLARS,
    GET=rows("learning-centres", CentreLine, SEE),
    POST=creates(CentreForm, CentreLine, LOG, example=A_CENTRE),
)
def centre_list(request, seat):
    """Learning centres, the newest first; or a new one."""
    own = visible_centres(seat)
    if request.method == "POST":
        fill = partial(filled, request, CentreForm, creates=True)
        write = written_by(open_centre, by=seat)
        return logged(request, own, fill, write, partial(told, request, CentreLine))
    return listed(request, "learning-centres", CentreLine, own, ("-opened_on", "-id"))


@call(Group.PILLARS, GET=one(CentreDetail, SEE))
def centre_detail(request, seat, key):
    """One centre; its children are counted for the village's own officers alone."""
    return Response(told_centre(request, seat, access_centre(seat, key)))


@call(
    Group.PILLARS,
    POST=amends(
        CentreChangeForm,
        answer=CentreDetail,
        may=LOG,
        example={"facilities": "Dua meja, buku, internet"},
    ),
)
def centre_facts(request, seat, key):
    """Change facts of a centre; what is left out stays."""
    centre = access_centre(seat, key)
    stands = {name: getattr(centre, name) for name in CentreChangeForm.base_fields if name != "key"}

    def write():
        facts = filled(request, CentreChangeForm, stands=stands).facts
        return change_centre(by=seat, centre=centre, facts=facts)

    return changed(request, centre, partial(told_centre, request, seat), write)


@call(Group.PILLARS, POST=changes(EndForm, answer=CentreDetail, may=LOG, example={"ended_on": "2026-11-20"}))
def centre_end(request, seat, key):
    """The centre is closed, with its last day."""
    centre = access_centre(seat, key)

    def write():
        closed_on = filled(request, EndForm, began_on=centre.opened_on).cleaned_data["ended_on"]
        return close_centre(by=seat, centre=centre, closed_on=closed_on)

    return changed(request, centre, partial(told_centre, request, seat), write)


def told_centre(request, seat, centre):
    """One centre, with its children counted for those who may know."""
    children = count_children(centre) if sees_children(seat) else None
    return told(request, CentreDetail, centre, children=children)
