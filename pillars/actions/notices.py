"""Writes about the information board. All raise NotPermitted for a role that publishes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
from pillars.notice_rules import check_can_import, check_can_publish, check_own_notice
from villages.access import Seat
from villages.models import District

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


@dataclass(frozen=True)
class Imported:
    """What became of a list: how many are `new`, how many hung `already`, and codes of no district."""

    new: int
    already: int
    unknown: tuple[str, ...]


@transaction.atomic
def import_notices(*, by: Seat, offers: Iterable[tuple[str, Mapping[str, Any]]], name: str) -> Imported:
    """Each offer hangs on the boards of its district, with the list it came with; what hung there already,
    withdrawn or not, stays as it is. The same list again changes nothing.

    `offers`: code of the district and facts. Raises NotPermitted. Records `notice.published` for each new one
    with the name of the list as the reason.
    """
    check_can_import(by)
    wanted = list(offers)
    codes = sorted({code for code, _facts in wanted})
    held = District.objects.filter(pk__in=codes).order_by("pk").select_for_update(no_key=True)
    districts = {row.pk: row for row in held}
    rows = Notice.objects.filter(village=None, district__in=districts)
    there = set(rows.values_list("district", *CHANGEABLE))
    new = already = 0
    for code, facts in wanted:
        known = (code, *(facts[field] for field in CHANGEABLE))
        if code not in districts:
            continue
        if known in there:
            already += 1
            continue
        notice = Notice(district=districts[code], made_by=by.user, from_list=name, **facts)
        notice.save(force_insert=True)
        _record(events.NOTICE_PUBLISHED, by, notice, reason=name)
        there.add(known)
        new += 1
    return Imported(new, already, tuple(code for code in codes if code not in districts))


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
