"""The papers of a members' meeting: asked for once, made by the worker in the press, kept sealed.

The worker claims the row (RUNNING, one more start), composes and prints outside any transaction, and writes
the sealed file and DONE at once. Killed on the way, the row is announced again by `reclaim_stalled`; a second
worker makes the same papers, because closed months do not change. After the third start it is called failed.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.actions import notify
from accounts.sealing import seal_bytes, unseal_bytes
from cooperatives.models import FinanceBody
from cooperatives.queries.pack import SAVED, pack_of
from cooperatives.queries.years import parts_of
from reports.enums import EditionStatus, Failure
from reports.models import MeetingPack
from reports.notifications import PACK_FAILED, PACK_READY
from reports.rendering import PangoMissing, RenderFailed, RenderRefused, render_pdf

log = logging.getLogger(__name__)

ANNOUNCE_AGAIN_AFTER = timedelta(seconds=120)
LANGUAGE = "id"


def compose(body: FinanceBody, year: int) -> str:
    """The HTML of the papers, in Indonesian: they are read out in a village hall."""
    with translation.override(LANGUAGE):
        pack = pack_of(body, year)
        accounts = {row.account.code: row.account.name for row in pack.balances}
        context = {
            "pack": pack,
            "language": LANGUAGE,
            "parts": parts_of(pack.sharing) if pack.sharing else [],
            "saved_names": [accounts[code] for code in SAVED],
        }
        return render_to_string("reports/pdf/pack.html", context)


def make_meeting_pack(pack_id: UUID) -> None:
    """The papers are made, or failed with a reason; nothing happens when they are made already."""
    pack = _claimed(pack_id)
    if pack is None:
        log.info("Pack %s is not waiting.", pack_id)
        return
    try:
        rendering = render_pdf(compose(pack.body, pack.year), "pack.css")
    except PangoMissing:
        _end(pack, failure=Failure.PANGO)
    except RenderRefused as refused:
        log.error("Pack %s: %s", pack_id, refused)  # noqa: TRY400 a refusal, not a crash
        _end(pack, failure=Failure.LAYOUT)
    except RenderFailed as failed:
        log.warning("Pack %s: %s", pack_id, failed)
        _give_back(pack)
    else:
        sealed = seal_bytes(rendering.pdf, context=pack.seal_context)
        _end(pack, pdf=sealed, sha256=rendering.sha256, size_bytes=len(rendering.pdf))


def packs_to_announce() -> list[UUID]:
    """Papers that wait for a worker, or whose worker fell silent. 1 query."""
    before = timezone.now() - ANNOUNCE_AGAIN_AFTER
    waiting = Q(status=EditionStatus.QUEUED, requested_at__lt=before) | _silent()
    return list(MeetingPack.objects.filter(waiting).values_list("pk", flat=True))


def pdf_of(pack: MeetingPack) -> bytes | None:
    """The papers as they were printed; None before they are done. Raises `SealBroken`."""
    sealed = MeetingPack.objects.filter(pk=pack.pk).values_list("pdf", flat=True).first()
    return unseal_bytes(sealed, context=pack.seal_context) if sealed else None


def _silent() -> Q:
    before = timezone.now() - timedelta(seconds=settings.REPORT_WALL_SECONDS + 60)
    return Q(status=EditionStatus.RUNNING, started_at__lt=before)


@transaction.atomic
def _claimed(pack_id: UUID) -> MeetingPack | None:
    """The row, RUNNING from now on; None when it does not wait, or was started three times in vain."""
    waiting = Q(status=EditionStatus.QUEUED) | _silent()
    rows = (
        MeetingPack.objects.select_for_update(of=("self",))
        .select_related("body__village", "requested_by")
        .defer("pdf")
    )
    pack = rows.filter(waiting, pk=pack_id).first()
    if pack is None:
        return None
    if pack.attempts >= settings.REPORT_ATTEMPTS:
        _end(pack, failure=Failure.STALLED)
        return None
    pack.status, pack.started_at = EditionStatus.RUNNING, timezone.now()
    pack.attempts += 1
    pack.save(update_fields=["status", "started_at", "attempts"])
    return pack


@transaction.atomic
def _end(
    pack: MeetingPack, *, failure: str = "", pdf: bytes | None = None, sha256: str = "", size_bytes: int = 0
) -> None:
    """The row says how it ended, and who asked is told, unless another worker has said so."""
    ended = (
        MeetingPack.objects.filter(pk=pack.pk)
        .exclude(status=EditionStatus.DONE)
        .update(
            status=EditionStatus.FAILED if failure else EditionStatus.DONE,
            failure=failure,
            pdf=pdf,
            sha256=sha256,
            size_bytes=size_bytes,
            finished_at=timezone.now(),
        )
    )
    if ended:
        notify(
            users=[pack.requested_by],
            kind=PACK_FAILED if failure else PACK_READY,
            about=str(pack.year),
            subject=pack.pk,
            occurrence=str(pack.attempts),
        )


def _give_back(pack: MeetingPack) -> None:
    """What may pass by itself sends the row back to the queue."""
    MeetingPack.objects.filter(pk=pack.pk, status=EditionStatus.RUNNING).update(status=EditionStatus.QUEUED)
