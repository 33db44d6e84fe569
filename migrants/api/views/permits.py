"""Family permits for programs: the list, a new one, one withdrawn. The paper is printed from its page."""

from functools import partial

from rest_framework.response import Response

from accounts.roles import Permission
from migrants.access import access_migration, access_permit, visible_permits
from migrants.actions.permits import issue_permit, withdraw_permit
from migrants.api.serializers.preparing import FamilyPermitLine
from migrants.api.writes import changed, logged, written_by
from migrants.forms.permits import PermitForm, PermitWithdrawForm
from villages.api.answers import told
from villages.api.entering import call, filled, listed
from villages.api.ways import changes, creates, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PERMITS, Permission.LOG_RECORDS
A_PERMIT = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-00000000001e",
    "giver_name": "Slamet",
    "giver_relation": "spouse",
    "given_on": "2026-11-20",
}


@call(Group.PEOPLE, GET=rows("family-permits", FamilyPermitLine, SEE))
def permit_list(request, seat):
    """Family permits, the newest first; withdrawn ones too."""
    permits = visible_permits(seat).select_related("migration__person")
    return listed(request, "family-permits", FamilyPermitLine, permits, ("-issued_at", "-id"))


@call(Group.PEOPLE, GET=one(FamilyPermitLine, SEE))
def permit_detail(request, seat, key):
    """One family permit."""
    return Response(told(request, FamilyPermitLine, access_permit(seat, key)))


@call(Group.PEOPLE, POST=creates(PermitForm, FamilyPermitLine, LOG, example=A_PERMIT))
def journey_permits(request, seat, key):
    """A family gives its permit to a journey that is being prepared: the next number of the village."""
    journey = access_migration(seat, key)
    fill = partial(filled, request, PermitForm, creates=True)
    write = written_by(issue_permit, by=seat, journey=journey)
    return logged(request, journey.permits.all(), fill, write, partial(told, request, FamilyPermitLine))


@call(
    Group.PEOPLE,
    POST=changes(PermitWithdrawForm, answer=FamilyPermitLine, may=LOG, example={"reason": "Batal berangkat"}),
)
def permit_withdrawal(request, seat, key):
    """The permit counts no more, and why; a second call changes nothing."""
    permit = access_permit(seat, key)

    def write():
        reason = filled(request, PermitWithdrawForm).cleaned_data["reason"]
        withdraw_permit(by=seat, permit=permit, reason=reason)
        return permit

    # The journey is what is held, before its permit, as the action does.
    tell = partial(told, request, FamilyPermitLine)
    return changed(request, permit.migration, lambda _row: tell(access_permit(seat, key)), write)
