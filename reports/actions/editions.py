"""Writes about reports: asking for an edition, asking again, and noting who took a file along."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.keys import new_key
from accounts.roles import Permission
from audit import actions as audit
from cooperatives.actions.boards import hold_body
from cooperatives.models import FinanceBody
from cooperatives.rules import check_for_body
from cooperatives.year_rules import year_is_closed
from reports.edition_states import Way, after, may_go
from reports.enums import IN_THE_MAKING, EditionKind
from reports.events import (
    PACK_DOWNLOADED,
    PACK_REQUESTED,
    REPORT_CANCELLED,
    REPORT_DOWNLOADED,
    REPORT_REQUESTED,
)
from reports.models import MeetingPack, ReportEdition
from reports.rules import check_can_cancel_report, check_can_request_reports, check_period
from reports.tasks import announce, announce_pack
from villages.access import Seat
from villages.models import District
from villages.rules import NotPossible


def request_edition(
    *,
    by: Seat | None,
    year: int,
    kind: str = EditionKind.YEARLY,
    district: District | None = None,
    month: int | None = None,
    key: UUID | None = None,
    announced: bool = True,
) -> ReportEdition:
    """An edition of that kind, place and period is in the making. Returns its row.

    `district` belongs to a district's report alone, `month` (1 to 12) to a bulletin. Asking again while one
    is in the making gives the same row; so does a second delivery of the same form (`key`). A last edition
    that failed or was cancelled is taken up again under its number, so that numbers have no gaps. `by` None
    is the command line, which makes the file itself (`announced=False`: no worker is told).
    Raises `NotPermitted`, `YearRefused`. Records `report.requested`; on commit the worker is told, and told
    again by `reclaim_stalled` if the broker is away.
    """
    wanted = ReportEdition(pk=key or new_key(), kind=kind, district=district, year=year, month=month)
    if by is not None:
        check_can_request_reports(by, wanted)
    check_period(wanted)
    try:
        return _request(by=by, wanted=wanted, announced=announced)
    except IntegrityError:
        # Somebody asked at the same moment and was first: theirs is the one.
        return _request(by=by, wanted=wanted, announced=announced)


@transaction.atomic
def _request(*, by: Seat | None, wanted: ReportEdition, announced: bool) -> ReportEdition:
    series = ReportEdition.objects.lean().of_series(wanted)
    standing = series.filter(pk=wanted.pk).first() or series.in_the_making().first()
    if standing is not None:
        return standing
    last = series.select_for_update().order_by("-number").first()
    if last is not None and may_go(last.status, Way.TAKE_UP):
        return _take_up_again(last, by=by, announced=announced)
    edition = ReportEdition.objects.create(
        pk=wanted.pk,
        kind=wanted.kind,
        district=wanted.district,
        year=wanted.year,
        month=wanted.month,
        number=(series.aggregate(last=Max("number"))["last"] or 0) + 1,
        requested_by=by.user if by else None,
    )
    audit.record(REPORT_REQUESTED, by=by, subject=edition, subject_label=edition.reference)
    if announced:
        transaction.on_commit(lambda: announce(edition.pk))
    return edition


@transaction.atomic
def retry_edition(*, by: Seat, edition: ReportEdition) -> ReportEdition:
    """A failed or cancelled edition waits for the worker again, with fresh figures; others stay as they are.

    Raises `NotPermitted`. Records `report.requested`; on commit the worker is told.
    """
    check_can_request_reports(by, edition)
    row = ReportEdition.objects.lean().select_for_update().get(pk=edition.pk)
    if not may_go(row.status, Way.TAKE_UP):
        return row
    return _take_up_again(row, by=by, announced=True)


@transaction.atomic
def cancel_edition(*, by: Seat, edition: ReportEdition) -> ReportEdition:
    """An edition in the making is cancelled, and what its worker still does counts for nothing; one that is
    finished is left as it is.

    The worker notices at its next sign of life and stops the press. Raises `NotPermitted` unless it is the
    seat's own. Records `report.cancelled`.
    """
    row = ReportEdition.objects.lean().select_for_update().get(pk=edition.pk)
    check_can_cancel_report(by, row)
    if not may_go(row.status, Way.CANCEL):
        return row
    before, row.status = row.status, after(row.status, Way.CANCEL)
    row.finished_at = timezone.now()
    row.save(update_fields=["status", "finished_at"])
    audit.record(
        REPORT_CANCELLED,
        by=by,
        subject=row,
        subject_label=row.reference,
        changes={"status": (before, row.status)},
    )
    return row


def _take_up_again(edition: ReportEdition, *, by: Seat | None, announced: bool) -> ReportEdition:
    before = edition.status
    edition.status = after(before, Way.TAKE_UP)
    edition.requested_by = by.user if by else None
    edition.attempts = 0
    edition.step = None
    edition.chapters = edition.chapters_done = 0
    edition.failure, edition.failure_details = "", []
    edition.content, edition.digest, edition.data_as_of = None, "", None
    edition.announced_at = edition.heart_at = edition.started_at = edition.finished_at = None
    edition.save()
    audit.record(
        REPORT_REQUESTED,
        by=by,
        subject=edition,
        subject_label=edition.reference,
        changes={"status": (before, edition.status)},
    )
    if announced:
        transaction.on_commit(lambda: announce(edition.pk))
    return edition


@transaction.atomic
def record_download(*, by: Seat, edition: ReportEdition) -> None:
    """It is on record that this person took the edition's file. Records `report.downloaded`."""
    audit.record(REPORT_DOWNLOADED, by=by, subject=edition, subject_label=edition.reference)


@transaction.atomic
def request_pack(*, by: Seat, body: FinanceBody, year: int) -> MeetingPack:
    """The papers of the meeting about that book year are in the making. Returns the row; asking again while
    they are gives the same one.

    Only from closed months. Raises `NotPermitted`; NotPossible while a month of the year is open. Records
    `pack.requested`; on commit the worker is told.
    """
    check_for_body(by, body, Permission.CLOSE_BOOKS)
    body = hold_body(body)
    if not year_is_closed(body, year):
        raise NotPossible(_("Close every month of %(year)s first.") % {"year": year})
    making = MeetingPack.objects.defer("pdf").filter(body=body, year=year, status__in=IN_THE_MAKING).first()
    if making is not None:
        return making
    pack = MeetingPack.objects.create(body=body, year=year, requested_by=by.user)
    label = f"{body.name}: {year}"
    audit.record(PACK_REQUESTED, by=by, subject=pack, subject_label=label, village=body.village_id)
    transaction.on_commit(lambda: announce_pack(pack.pk))
    return pack


@transaction.atomic
def record_pack_download(*, by: Seat, pack: MeetingPack) -> None:
    """It is on record that this person took the papers along. Records `pack.downloaded`."""
    label = f"{pack.body.name}: {pack.year}"
    audit.record(PACK_DOWNLOADED, by=by, subject=pack, subject_label=label, village=pack.body.village_id)
