"""Writes about reports: asking for an edition, asking again, and noting who took a file along."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.keys import new_key
from audit import actions as audit
from reports.enums import EditionStatus
from reports.events import REPORT_DOWNLOADED, REPORT_REQUESTED
from reports.models import ReportEdition
from reports.rules import check_can_request_reports, check_year
from reports.tasks import announce
from villages.access import Seat


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
