"""Writes about the information board. All raise NotPermitted for a role that publishes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.rules import NotPermitted
from audit.actions import record
from migrants.deliveries import deliver_once
from periods.clock import today_in
from pillars import events
from pillars.models import Notice
from pillars.notice_rules import check_can_publish, check_own_notice
from villages.access import Seat

CHANGEABLE = ("kind", "title", "words", "destination", "job", "source", "valid_from", "valid_until")
TOLD = ("kind", "destination", "job", "valid_from", "valid_until")  # free text stays in its record


@transaction.atomic
def publish_notice(*, by: Seat, key: UUID, **facts: Any) -> Notice:
    """The notice hangs on the board of the seat's village; a district's on those of all its villages.

    Same key: the first one. Records `notice.published`.
    """
    check_can_publish(by)

    def make() -> Notice:
        notice = Notice(pk=key, village=by.village, district=by.district, made_by=by.user, **facts)
        notice.save(force_insert=True)
        _record(events.NOTICE_PUBLISHED, by, notice)
        return notice

    own: QuerySet[Notice] = Notice.objects.filter(village=by.village, district=by.district)
    return deliver_once(own, key, make).row


@transaction.atomic
def change_notice(*, by: Seat, notice: Notice, **facts: Any) -> Notice:
    """The notice says what the form says. Raises NotPermitted for another office's and for one that was
    withdrawn. Records `notice.changed`, unless nothing changed."""
    notice = _locked(by, notice)
    if notice.withdrawn_on is not None:
        raise NotPermitted(_("This notice was withdrawn. Write a new one."))
    before = {name: getattr(notice, name) for name in CHANGEABLE}
    changed = [name for name in CHANGEABLE if facts[name] != before[name]]
    if changed:
        for name in changed:
            setattr(notice, name, facts[name])
        notice.save(update_fields=changed)
        told = {name: (before[name], facts[name]) for name in changed if name in TOLD}
        _record(events.NOTICE_CHANGED, by, notice, changes=told)
    return notice


@transaction.atomic
def withdraw_notice(*, by: Seat, notice: Notice, why: str) -> Notice:
    """The notice hangs on no board from today on, and why; a second call changes nothing. Raises NotPermitted
    for another office's. Records `notice.withdrawn` with the reason."""
    notice = _locked(by, notice)
    if notice.withdrawn_on is None:
        notice.withdrawn_on, notice.withdrawn_why = today_in(by.zone), why
        notice.save(update_fields=["withdrawn_on", "withdrawn_why"])
        _record(events.NOTICE_WITHDRAWN, by, notice, reason=why)
    return notice


def _locked(by: Seat, notice: Notice) -> Notice:
    check_own_notice(by, notice)
    row: Notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    return row


def _record(
    event: str,
    by: Seat,
    notice: Notice,
    *,
    reason: str = "",
    changes: Mapping[str, tuple[Any, Any]] | None = None,
) -> None:
    record(
        event,
        by=by,
        subject=notice,
        subject_label=notice.title,
        village=notice.village_id or notice.district_id,
        reason=reason,
        changes=changes,
    )
