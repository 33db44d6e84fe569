"""Writes about reports: asking for an edition, asking again, and noting who took a file along."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.keys import new_key
from accounts.roles import Permission
from audit import actions as audit
from cooperatives.actions.boards import hold_body
from cooperatives.models import FinanceBody
from cooperatives.rules import check_for_body
from cooperatives.year_rules import year_is_closed
from reports.enums import IN_THE_MAKING, EditionStatus
from reports.events import PACK_DOWNLOADED, PACK_REQUESTED, REPORT_DOWNLOADED, REPORT_REQUESTED
from reports.models import MeetingPack, ReportEdition
from reports.rules import check_can_request_reports, check_year
from reports.tasks import announce, announce_pack
from villages.access import Seat
from villages.rules import NotPossible


def request_edition(
    *, by: Seat | None, year: int, key: UUID | None = None, announced: bool = True
) -> ReportEdition:
    """An edition of the year's report is in the making. Returns its row.

    Asking again while one is in the making gives the same row; so does a second delivery of the same form
    (`key`). A last edition that failed is taken up again under its number, so that numbers have no gaps.
    `by` None is the command line, which makes the file itself (`announced=False`: no worker is told).
    Raises `NotPermitted`, `YearRefused`. Records `report.requested`; on commit the worker is told, and told
    again by `reclaim_stalled` if the broker is away.
    """
    if by is not None:
        check_can_request_reports(by)
    check_year(year)
    key = key or new_key()
    try:
        return _request(by=by, year=year, key=key, announced=announced)
    except IntegrityError:
        # Somebody asked at the same moment and was first: theirs is the one.
        return _request(by=by, year=year, key=key, announced=announced)


@transaction.atomic
def _request(*, by: Seat | None, year: int, key: UUID, announced: bool) -> ReportEdition:
    editions = ReportEdition.objects.lean()
    standing = editions.filter(pk=key).first() or editions.in_the_making().filter(year=year).first()
    if standing is not None:
        return standing
    last = editions.select_for_update().filter(year=year).order_by("-number").first()
    if last is not None and last.status == EditionStatus.FAILED:
        return _take_up_again(last, by=by, announced=announced)
    number = (editions.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1
    edition = ReportEdition.objects.create(
        pk=key, year=year, number=number, requested_by=by.user if by else None
    )
    audit.record(REPORT_REQUESTED, by=by, subject=edition, subject_label=edition.reference)
    if announced:
        transaction.on_commit(lambda: announce(edition.pk))
    return edition


@transaction.atomic
def retry_edition(*, by: Seat, edition: ReportEdition) -> ReportEdition:
    """A failed edition waits for the worker again, with fresh figures; any other is left as it is.

    Raises `NotPermitted`. Records `report.requested`; on commit the worker is told.
    """
    check_can_request_reports(by)
    row = ReportEdition.objects.select_for_update().get(pk=edition.pk)
    if row.status != EditionStatus.FAILED:
        return row
    return _take_up_again(row, by=by, announced=True)


def _take_up_again(edition: ReportEdition, *, by: Seat | None, announced: bool) -> ReportEdition:
    before = edition.status
    edition.status = EditionStatus.QUEUED
    edition.attempts = 0
    edition.step = None
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
