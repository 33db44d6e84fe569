"""The end of a book year: closing it, writing down the annual meeting, sharing the surplus out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from accounts.roles import Permission
from audit.actions import record
from cooperatives import events
from cooperatives.actions.boards import hold_body
from cooperatives.actions.ledger import Side, post_entry
from cooperatives.chart import (
    EDUCATION_FUND,
    MANAGEMENT_FUND,
    MEMBERS_SHARE,
    OTHER_FUNDS,
    RESERVE,
    SOCIAL_FUND,
    SURPLUS,
)
from cooperatives.enums import SurplusPart, TransactionKind
from cooperatives.models import (
    AnnualMeeting,
    FinanceBody,
    JournalEntry,
    SurplusShare,
    SurplusSharing,
)
from cooperatives.queries.years import closing_of, lines_of_results, stakes_of, surplus_closed
from cooperatives.rules import check_can_post, check_for_body
from cooperatives.surplus import Parted, distribute
from cooperatives.year_rules import check_can_close_year, check_can_share, check_meeting
from migrants.deliveries import Delivery, deliver_once
from villages.access import Seat

FUNDS = {
    SurplusPart.RESERVE: RESERVE,
    SurplusPart.MANAGEMENT: MANAGEMENT_FUND,
    SurplusPart.STAFF: OTHER_FUNDS,
    SurplusPart.EDUCATION: EDUCATION_FUND,
    SurplusPart.SOCIAL: SOCIAL_FUND,
    SurplusPart.VILLAGE: OTHER_FUNDS,
}


@transaction.atomic
def close_year(*, by: Seat, body: FinanceBody, key: UUID, year: int, day: date) -> Delivery[JournalEntry]:
    """The year's income and costs are carried to the surplus not yet shared, by one entry of `day`.

    Every month of the year is closed before, so `day` lies in the next one. Same key: the first entry. The
    body is held. Raises `NotPermitted`; `NotPossible` when the year is open, was closed already, or has no
    result. Records `books.year_closed`.
    """
    check_can_post(by, body)
    body = hold_body(body)

    def make() -> JournalEntry:
        check_can_close_year(body, year=year, day=day)
        results = lines_of_results(body, date(year, 12, 31))
        sides = [Side(code, -moved) for code, moved in sorted(results.items())]
        if rest := sum(results.values()):
            sides.append(Side(SURPLUS, rest))
        record(
            events.YEAR_CLOSED,
            by=by,
            subject=body,
            subject_label=f"{body.name}: {year}",
            village=body.village_id,
        )
        kind = TransactionKind.YEAR_CLOSE
        return post_entry(by=by, body=body, key=key, kind=kind, day=day, sides=sides, text=str(year)).row

    return deliver_once(JournalEntry.objects.filter(body=body), key, make)


@transaction.atomic
def write_meeting(
    *, by: Seat, body: FinanceBody, key: UUID, year: int, percentages: Mapping[SurplusPart, int], **facts: Any
) -> Delivery[AnnualMeeting]:
    """The annual meeting about the year is on record. Same key: the first one.

    `percentages`: hundredths of a percent, together 100 %, or none. Raises `NotPermitted`; `NotPossible` for
    a second meeting about the year, or one before its end. Records `meeting.written`.
    """
    check_for_body(by, body, Permission.CLOSE_BOOKS)
    body = hold_body(body)

    def make() -> AnnualMeeting:
        check_meeting(body, year=year, percentages=percentages, **facts)
        meeting = AnnualMeeting(
            pk=key, body=body, year=year, percentages=dict(percentages), written_by=by.user, **facts
        )
        meeting.save(force_insert=True)
        label = f"{body.name}: {year}"
        record(events.MEETING_WRITTEN, by=by, subject=meeting, subject_label=label, village=body.village_id)
        return meeting

    return deliver_once(AnnualMeeting.objects.filter(body=body), key, make)


@transaction.atomic
def share_surplus(*, by: Seat, meeting: AnnualMeeting, key: UUID, day: date) -> Delivery[SurplusSharing]:
    """The year's surplus is shared out as the meeting fixed it, to the rupiah, by one entry of `day`.

    Each member's part stands on her account of the shared surplus, and what it was reckoned from is kept.
    Same key: the first sharing. The body is held. Raises `NotPermitted`; `NotPossible` while the year is
    open, after a loss, without percentages, or when it was shared already. Records `books.surplus_shared`.
    """
    check_can_post(by, meeting.body)
    body = hold_body(meeting.body)

    def make() -> SurplusSharing:
        closing = closing_of(body, meeting.year)
        check_can_share(body, meeting, closing=closing, day=day)
        assert closing is not None
        parted = planned(meeting, surplus_closed(closing))
        members = {member.number: member for member in body.members.all()}
        sharing = SurplusSharing(
            pk=key,
            body=body,
            meeting=meeting,
            year=meeting.year,
            surplus_rupiah=parted.surplus_rupiah,
            percentages=meeting.percentages,
            parts=parted.parts,
            entry_id=key,
            shared_by=by.user,
        )
        sharing.save(force_insert=True)
        SurplusShare.objects.bulk_create(
            SurplusShare(
                sharing=sharing,
                member=members[stake.key],
                capital_rupiah=stake.capital_rupiah,
                use_rupiah=stake.use_rupiah,
                rupiah=parted.of_member(stake.key),
            )
            for stake in stakes_of(body, meeting.year)
        )
        label = f"{body.name}: {meeting.year}"
        record(events.SURPLUS_SHARED, by=by, subject=sharing, subject_label=label, village=body.village_id)
        kind = TransactionKind.SURPLUS_SHARED
        sides = _sides(parted, members)
        text = str(meeting.year)
        if not post_entry(by=by, body=body, key=key, kind=kind, day=day, sides=sides, text=text).made:
            raise Http404
        return sharing

    return deliver_once(SurplusSharing.objects.filter(body=body), key, make)


def planned(meeting: AnnualMeeting, surplus_rupiah: int) -> Parted[int]:
    """How the meeting's percentages part that surplus among the members of the year's end. 1 query."""
    percentages = {SurplusPart(name): hundredths for name, hundredths in meeting.percentages.items()}
    return distribute(surplus_rupiah, percentages, stakes_of(meeting.body, meeting.year))


def _sides(parted: Parted[int], members: Mapping[int, Any]) -> list[Side]:
    """The surplus leaves its account; the reserve, the funds and each member's account receive it."""
    funds: dict[str, int] = {}
    for purpose, rupiah in parted.parts.items():
        if purpose in FUNDS:
            funds[FUNDS[purpose]] = funds.get(FUNDS[purpose], 0) + rupiah
    numbers = sorted({*parted.by_capital, *parted.by_use})
    shares = {number: parted.of_member(number) for number in numbers}
    return [
        Side(SURPLUS, parted.surplus_rupiah),
        *(Side(code, -rupiah) for code, rupiah in sorted(funds.items()) if rupiah),
        *(Side(MEMBERS_SHARE, -rupiah, members[number]) for number, rupiah in shares.items() if rupiah),
    ]
