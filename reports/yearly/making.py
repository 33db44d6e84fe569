"""Make one edition from start to end, so that it survives being killed at any moment.

1. Claim the row: it becomes RUNNING, its fence grows by one. Whoever holds an older fence may no longer
write. 2. Count everything in one snapshot, check that the totals agree, compare with the edition before,
freeze it with the records behind every number, sign it. 3. Compose the HTML and print it in a child process;
meanwhile show a sign of life every few seconds. 4. Attach the figures, write PDF and XLSX under temporary
names. In one transaction, holding the row with the own fence: rename them to their final names, note SHA-256
and signature, call the edition published.

Killed before the end, the row stays RUNNING without a sign of life; `take_back_stalled` gives it to the
next worker, which goes on from the frozen content. After the third start it is called failed.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeGuard
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation

from accounts.actions import notify
from accounts.notifications import NotificationKind
from accounts.private_files import write_private
from audit import actions as audit
from reports import notifications
from reports.edition_states import Way, after
from reports.enums import EditionStatus, Failure, MakingStep
from reports.events import REPORT_FAILED, REPORT_PUBLISHED
from reports.freezing.collecting import collect
from reports.freezing.keeping import codes_for, keep
from reports.models import GeneratedFile, ReportEdition
from reports.places import Place
from reports.rendering import (
    ForbiddenRequest,
    PangoMissing,
    RenderFailed,
    RenderRefused,
)
from reports.signing import SigningFailed
from reports.yearly.agreement import FiguresDisagree, check_agreement, check_records
from reports.yearly.changes import changes_since
from reports.yearly.chapters import printed
from reports.yearly.content import LANGUAGE, SCHEMA, Content, build_content, day_of, snapshot
from reports.yearly.document import TooManyRows
from reports.yearly.finishing import Finished, finished, proof_of
from villages.actions.webhooks import announce
from villages.enums import HookEvent

log = logging.getLogger(__name__)

ANNOUNCE_AGAIN_AFTER = timedelta(seconds=120)
FOLDER = "laporan"


class FenceLost(Exception):
    """Another worker has taken the edition over; what this one still does counts for nothing."""


@dataclass(frozen=True)
class Claim:
    """The right to work on an edition, until somebody claims it with a later fence."""

    edition_id: UUID
    fence: int

    def show(self, step: MakingStep | None = None, **fields: Any) -> None:
        """The row shows a sign of life, the step and the fields. Raises `FenceLost`."""
        if step is not None:
            fields["step"] = step
        mine = ReportEdition.objects.filter(
            pk=self.edition_id, fence=self.fence, status=EditionStatus.RUNNING
        )
        if not mine.update(heart_at=timezone.now(), **fields):
            raise FenceLost

    def locked(self) -> ReportEdition:
        """The row, locked until the transaction ends. Raises `FenceLost`."""
        row = (
            ReportEdition.objects.select_for_update()
            .filter(pk=self.edition_id, fence=self.fence, status=EditionStatus.RUNNING)
            .first()
        )
        if row is None:
            raise FenceLost
        return row


def make_edition(edition_id: UUID) -> None:
    """The edition is published, or failed with a reason; nothing happens when somebody else is at it or was.

    What may pass by itself (a killed child, a full disk) sends the row back to the queue, three starts in
    all.
    """
    claim = _claim(edition_id)
    if claim is None:
        log.info("Edition %s is not waiting.", edition_id)
        return
    try:
        _make(claim)
    except FenceLost:
        log.warning("Edition %s was taken over by another worker.", edition_id)
    except FiguresDisagree as refused:
        _fail(claim, Failure.DISAGREE, refused.as_json())
    except TooManyRows as refused:
        _fail(claim, Failure.TOO_LONG, [{"rows": refused.rows}])
    except PangoMissing:
        _fail(claim, Failure.PANGO)
    except ForbiddenRequest as refused:
        log.error("Edition %s: %s", edition_id, refused)  # noqa: TRY400 a refusal, not a crash
        _fail(claim, Failure.FORBIDDEN)
    except RenderRefused as refused:
        log.error("Edition %s: %s", edition_id, refused)  # noqa: TRY400
        _fail(claim, Failure.LAYOUT)
    except SigningFailed as refused:
        log.error("Edition %s: %s", edition_id, refused)  # noqa: TRY400
        _fail(claim, Failure.SIGNATURE)
    except RenderFailed as failed:
        log.warning("Edition %s: %s", edition_id, failed)
        _give_back(claim, Failure.STALLED)
    except OSError as failed:
        log.warning("Edition %s: %s", edition_id, failed)
        _give_back(claim, Failure.FILE)


def take_back_stalled() -> list[UUID]:
    """Rows to announce now: those whose worker fell silent, and those the broker was never told of.

    A row that fell silent on its third start is called failed instead.
    """
    now = timezone.now()
    waiting = Q(status=EditionStatus.QUEUED) & (
        Q(announced_at__isnull=True) | Q(announced_at__lt=now - ANNOUNCE_AGAIN_AFTER)
    )
    found = []
    with transaction.atomic():
        rows = ReportEdition.objects.lean().select_for_update(skip_locked=True)
        for row in rows.filter(waiting | _silent()).order_by("requested_at"):
            if row.status == EditionStatus.RUNNING and row.attempts >= settings.REPORT_ATTEMPTS:
                _call_failed(row, Failure.STALLED, [])
                continue
            if row.status == EditionStatus.RUNNING:
                log.warning("Edition %s fell silent on start %s.", row.pk, row.attempts)
                row.status = after(row.status, Way.GIVE_BACK)
                row.save(update_fields=["status"])
            found.append(row.pk)
    return found


def note_announced(edition_id: UUID) -> None:
    """The broker has been told of the waiting row."""
    ReportEdition.objects.filter(pk=edition_id, status=EditionStatus.QUEUED).update(
        announced_at=timezone.now()
    )


def _silent() -> Q:
    before = timezone.now() - timedelta(seconds=settings.REPORT_STALLED_SECONDS)
    return Q(status=EditionStatus.RUNNING) & (Q(heart_at__isnull=True) | Q(heart_at__lt=before))


@transaction.atomic
def _claim(edition_id: UUID) -> Claim | None:
    row = (
        ReportEdition.objects.lean()
        .select_for_update()
        .filter(Q(status=EditionStatus.QUEUED) | _silent(), pk=edition_id)
        .first()
    )
    if row is None:
        return None
    if row.attempts >= settings.REPORT_ATTEMPTS:
        _call_failed(row, Failure.STALLED, [])
        return None
    row.status = after(row.status, Way.CLAIM)
    row.fence += 1
    row.attempts += 1
    row.started_at = row.heart_at = timezone.now()
    row.step = MakingStep.COUNT
    row.save(update_fields=["status", "fence", "attempts", "started_at", "heart_at", "step"])
    return Claim(row.pk, row.fence)


def _make(claim: Claim) -> None:
    edition = ReportEdition.objects.get(pk=claim.edition_id)
    content = edition.content if _is_of_today(edition.content) else _freeze(claim, edition)
    check_agreement(content)
    claim.show(MakingStep.COMPOSE)
    rendering = printed(content, show=claim.show)
    claim.show(MakingStep.PUBLISH)
    _publish(claim, edition, finished(content, rendering.pdf))


def _is_of_today(content: Content | None) -> TypeGuard[Content]:
    """Whether the templates of this version can print the content."""
    return content is not None and content.get("schema") == SCHEMA


def _freeze(claim: Claim, edition: ReportEdition) -> Content:
    place = Place(edition.place_code, "")
    with snapshot() as moment, translation.override(LANGUAGE):
        content = build_content(edition, moment=moment)
        frozen = collect(content["figures"], place=place, today=day_of(moment))
    claim.show(MakingStep.AGREE)
    check_agreement(content)
    check_records(frozen)
    claim.show(MakingStep.COMPARE)
    before = edition_before(edition)
    content["codes"] = codes = codes_for(before, frozen)
    content["changes"] = changes_since(before, content, frozen)
    content["proof"] = proof = proof_of(content)
    with transaction.atomic():
        keep(claim.locked(), frozen, codes)
        claim.show(
            content=content,
            data_as_of=moment,
            digest=proof["digest"],
            signature=proof["signature"],
            public_key=proof["public_key"],
        )
    return content


def edition_before(edition: ReportEdition) -> ReportEdition | None:
    """The latest published edition of the same series with a lower number; None for the first."""
    earlier = ReportEdition.objects.published().of_series(edition).filter(number__lt=edition.number)
    return earlier.order_by("-number").first()


def _publish(claim: Claim, edition: ReportEdition, files: list[Finished]) -> None:
    folder = f"{FOLDER}/{edition.year}"
    place = Path(settings.MEDIA_ROOT) / folder
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in place.glob(f".{edition.reference}.*.part"):  # of a worker that was killed
        if int(left.name.split(".")[-2]) < claim.fence:
            left.unlink(missing_ok=True)
    drafts = {file.kind: place / f".{edition.reference}.{file.kind}.{claim.fence}.part" for file in files}
    try:
        for file in files:
            write_private(drafts[file.kind], file.body)
        with transaction.atomic():
            row = claim.locked()
            # Renamed before the commit: a published row always has its files. Dying in between leaves files
            # without a published row, which the next start replaces.
            for file in files:
                name = f"{edition.reference}.{file.kind}"
                drafts[file.kind].replace(place / name)
                GeneratedFile.objects.create(
                    edition=row,
                    kind=file.kind,
                    path=f"{folder}/{name}",
                    sha256=file.sha256,
                    signature=file.signature,
                    officially_signed=file.officially_signed,
                    size_bytes=len(file.body),
                )
            row.status = after(row.status, Way.PUBLISH)
            row.finished_at = timezone.now()
            row.save()
            changes = {file.kind: ("", file.sha256) for file in files}
            audit.record(
                REPORT_PUBLISHED,
                by=None,
                subject=row,
                subject_label=row.reference,
                changes={"digest": ("", row.digest), **changes},
            )
            _tell(row, notifications.REPORT_READY)
            about = {"edition": str(row.pk), "reference": row.reference, "figures_digest": row.digest}
            announce(HookEvent.EDITION_PUBLISHED, place=row.place_code, about=about)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def _give_back(claim: Claim, failure: Failure) -> None:
    """The row waits for another start; after the last one it is failed for that reason."""
    try:
        with transaction.atomic():
            row = claim.locked()
            if row.attempts >= settings.REPORT_ATTEMPTS:
                _call_failed(row, failure, [])
                return
            row.status, row.announced_at = after(row.status, Way.GIVE_BACK), None
            row.save(update_fields=["status", "announced_at"])
    except FenceLost:
        log.warning("Edition %s was taken over by another worker.", claim.edition_id)


def _fail(claim: Claim, failure: Failure, details: list[dict[str, Any]] | None = None) -> None:
    try:
        with transaction.atomic():
            _call_failed(claim.locked(), failure, details or [])
    except FenceLost:
        log.warning("Edition %s was taken over by another worker.", claim.edition_id)


def _call_failed(row: ReportEdition, failure: Failure, details: list[dict[str, Any]]) -> None:
    row.status = after(row.status, Way.FAIL)
    row.failure, row.failure_details = failure, details
    row.finished_at = timezone.now()
    row.save(update_fields=["status", "failure", "failure_details", "finished_at"])
    audit.record(REPORT_FAILED, by=None, subject=row, subject_label=row.reference, reason=str(failure))
    _tell(row, notifications.REPORT_FAILED)


def _tell(row: ReportEdition, kind: NotificationKind) -> None:
    """Whoever asked for the edition hears how it ended; nobody does of the command line's."""
    users = [row.requested_by] if row.requested_by else []
    notify(users=users, kind=kind, about=row.reference, subject=row.pk, occurrence=str(row.fence))
