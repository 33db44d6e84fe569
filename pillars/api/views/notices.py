"""The information board for programs: what hangs there, a new notice, changed words, one taken down."""

from functools import partial

from rest_framework.response import Response

from accounts.roles import Permission
from migrants.api.writes import changed, logged, written_by
from pillars.access import access_notice, visible_notices
from pillars.actions.notices import CHANGEABLE, change_notice, publish_notice, withdraw_notice
from pillars.api.serializers.outreach import NoticeLine
from pillars.forms.notices import NoticeForm, WithdrawForm
from pillars.notice_rules import check_own_notice
from villages.api.answers import told
from villages.api.entering import call, filled, listed
from villages.api.ways import amends, changes, creates, one, rows
from villages.enums import Group

SEE, PUBLISH = Permission.SEE_PILLARS, Permission.PUBLISH_NOTICES
A_NOTICE = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000007",
    "kind": "warning",
    "title": "Calo mencari pekerja",
    "words": "Tanyakan surat tugas dan SIP2MI sebelum memberi dokumen.",
    "source": "BP3MI Jawa Tengah",
    "valid_from": "2026-11-20",
}


@call(
    Group.PILLARS,
    GET=rows("notices", NoticeLine, SEE),
    POST=creates(NoticeForm, NoticeLine, PUBLISH, example=A_NOTICE),
)
def notice_list(request, seat):
    """The information board: offers and warnings of the village and its district, past ones too; or a new
    one, by a village for itself, by a district for all its villages."""
    own = visible_notices(seat)
    if request.method == "POST":
        fill = partial(filled, request, NoticeForm, creates=True)
        write = written_by(publish_notice, by=seat)
        return logged(request, own, fill, write, partial(told, request, NoticeLine))
    return listed(request, "notices", NoticeLine, own, ("-valid_from", "-id"))


@call(Group.PILLARS, GET=one(NoticeLine, SEE))
def notice_detail(request, seat, key):
    """One offer or warning."""
    return Response(told(request, NoticeLine, access_notice(seat, key)))


@call(
    Group.PILLARS,
    POST=amends(NoticeForm, answer=NoticeLine, may=PUBLISH, example={"valid_until": "2026-12-31"}),
)
def notice_facts(request, seat, key):
    """Change a notice of your own office; what is left out stays."""
    notice = access_notice(seat, key)
    check_own_notice(seat, notice)

    def write():
        form = filled(request, NoticeForm, stands={name: getattr(notice, name) for name in CHANGEABLE})
        return change_notice(by=seat, notice=notice, **form.facts)

    return changed(request, notice, partial(told, request, NoticeLine), write)


@call(
    Group.PILLARS,
    POST=changes(WithdrawForm, answer=NoticeLine, may=PUBLISH, example={"why": "Lowongan sudah terisi"}),
)
def notice_withdrawal(request, seat, key):
    """Take a notice of your own office off the board, and say why."""
    notice = access_notice(seat, key)
    check_own_notice(seat, notice)

    def write():
        why = filled(request, WithdrawForm).cleaned_data["why"]
        return withdraw_notice(by=seat, notice=notice, why=why)

    return changed(request, notice, partial(told, request, NoticeLine), write)
