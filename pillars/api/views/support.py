"""Mentoring, marketing partners and contributions for programs."""

from functools import partial

from rest_framework.response import Response

from accounts.roles import Permission
from migrants.api.writes import changed, logged, written_by
from pillars.access import (
    access_contribution,
    access_market,
    access_mentoring,
    visible_contributions,
    visible_markets,
    visible_mentoring,
)
from pillars.actions.support import end_market, log_contribution, log_market, log_mentoring
from pillars.api.serializers.support import ContributionLine, MarketLine, MentoringLine
from pillars.forms.ending import EndForm
from pillars.forms.support import ContributionForm, MarketForm, MentoringForm
from villages.api.answers import told
from villages.api.entering import call, filled, listed
from villages.api.ways import changes, creates, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PILLARS, Permission.LOG_RECORDS
GROUP = "0199a1b2-c3d4-7e5f-8a6b-000000000003"
A_VISIT = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000010",
    "group": GROUP,
    "visited_on": "2026-11-12",
    "mentor": "Bu Wati, Dinas Koperasi",
    "topic": "Menghitung harga jual",
}
A_PARTNER = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000011",
    "group": GROUP,
    "name": "Toko Sumber Rejeki",
    "kind": "shop",
    "channel": "market",
    "since": "2026-10-01",
}
A_GIFT = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000012",
    "partner_kind": "company",
    "partner": "PT Contoh",
    "what": "Pelatihan pengemasan",
    "given_on": "2026-11-05",
    "in_kind": "Dua pelatih selama tiga hari",
}


@call(
    Group.PILLARS,
    GET=rows("mentoring-visits", MentoringLine, SEE),
    POST=creates(MentoringForm, MentoringLine, LOG, example=A_VISIT),
)
def mentoring_list(request, seat):
    """Mentoring visits, the newest first; or a new one. A day on which they meet again becomes a task."""
    own = visible_mentoring(seat)
    if request.method == "POST":
        fill = partial(filled, request, MentoringForm, creates=True, seat=seat)
        write = written_by(log_mentoring, by=seat)
        return logged(request, own, fill, write, partial(told, request, MentoringLine))
    return listed(request, "mentoring-visits", MentoringLine, own, ("-visited_on", "-id"))


@call(Group.PILLARS, GET=one(MentoringLine, SEE))
def mentoring_detail(request, seat, key):
    """One mentoring visit."""
    return Response(told(request, MentoringLine, access_mentoring(seat, key)))


@call(
    Group.PILLARS,
    GET=rows("marketing-partners", MarketLine, SEE),
    POST=creates(MarketForm, MarketLine, LOG, example=A_PARTNER),
)
def market_list(request, seat):
    """Marketing partners, the newest first; or a new one."""
    own = visible_markets(seat)
    if request.method == "POST":
        fill = partial(filled, request, MarketForm, creates=True, seat=seat)
        write = written_by(log_market, by=seat)
        return logged(request, own, fill, write, partial(told, request, MarketLine))
    return listed(request, "marketing-partners", MarketLine, own, ("-since", "-id"))


@call(Group.PILLARS, GET=one(MarketLine, SEE))
def market_detail(request, seat, key):
    """One marketing partner."""
    return Response(told(request, MarketLine, access_market(seat, key)))


@call(Group.PILLARS, POST=changes(EndForm, answer=MarketLine, may=LOG, example={"ended_on": "2026-11-20"}))
def market_end(request, seat, key):
    """The partner sells no more, with the last day."""
    market = access_market(seat, key)

    def write():
        until = filled(request, EndForm, began_on=market.since).cleaned_data["ended_on"]
        return end_market(by=seat, market=market, until=until)

    return changed(request, market, partial(told, request, MarketLine), write)


@call(
    Group.PILLARS,
    GET=rows("contributions", ContributionLine, SEE),
    POST=creates(ContributionForm, ContributionLine, LOG, example=A_GIFT),
)
def contribution_list(request, seat):
    """What partners gave, the newest first; or a new contribution."""
    own = visible_contributions(seat)
    if request.method == "POST":
        fill = partial(filled, request, ContributionForm, creates=True)
        write = written_by(log_contribution, by=seat)
        return logged(request, own, fill, write, partial(told, request, ContributionLine))
    return listed(request, "contributions", ContributionLine, own, ("-given_on", "-id"))


@call(Group.PILLARS, GET=one(ContributionLine, SEE))
def contribution_detail(request, seat, key):
    """One contribution."""
    return Response(told(request, ContributionLine, access_contribution(seat, key)))
