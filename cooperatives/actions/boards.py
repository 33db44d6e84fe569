"""Writes about who leads a body, and about its papers."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from audit.actions import record
from cooperatives import events
from cooperatives.enums import BoardOffice
from cooperatives.models import BoardTerm, FinanceBody
from cooperatives.rules import check_board_term, check_for_body
from migrants.deliveries import Delivery, deliver_once
from villages.access import Seat
from villages.rules import NotPossible


@transaction.atomic
def appoint_board(
    *,
    by: Seat,
    body: FinanceBody,
    key: UUID,
    office: BoardOffice,
    name: str,
    starts_on: date,
    ends_on: date,
    user: User | None = None,
) -> Delivery[BoardTerm]:
    """Somebody holds an office of the body from the first to the last day, included; same key: the first one.

    `user`: the account that opens this body's books in these days; None without one. The body's row is held,
    so two people cannot fill one office at once. Raises `NotPermitted`, `NotPossible`. Records
    `body.board_appointed`.
    """
    check_for_body(by, body, Permission.APPOINT_BOARD)
    body = hold_body(body)

    def make() -> BoardTerm:
        check_board_term(body, office=office, user=user, starts_on=starts_on, ends_on=ends_on)
        term = BoardTerm(
            pk=key,
            body=body,
            office=office,
            name=name,
            user=user,
            starts_on=starts_on,
            ends_on=ends_on,
            made_by=by.user,
        )
        term.save(force_insert=True)
        changes = {
            "office": (None, office),
            "starts_on": (None, starts_on),
            "ends_on": (None, ends_on),
            "account": (None, user.full_name if user else None),
        }
        _record(events.BOARD_APPOINTED, by, term, changes)
        return term

    return deliver_once(BoardTerm.objects.filter(body=body), key, make)


@transaction.atomic
def end_board_term(*, by: Seat, term: BoardTerm, last_day: date) -> BoardTerm:
    """The office is held until `last_day`, included, and the account opens the books no longer.

    Raises `NotPermitted`; `NotPossible` for a day before the first or after the day it ends anyway. Records
    `body.board_ended`; the same day again changes nothing.
    """
    check_for_body(by, term.body, Permission.APPOINT_BOARD)
    hold_body(term.body)
    held = BoardTerm.objects.select_related("body").get(pk=term.pk)
    if not held.starts_on <= last_day <= held.ends_on:
        raise NotPossible(
            _("Choose a day between %(first)s and %(last)s.")
            % {"first": f"{held.starts_on:%d-%m-%Y}", "last": f"{held.ends_on:%d-%m-%Y}"},
            field="ended_on",
        )
    if held.ends_on != last_day:
        before, held.ends_on = held.ends_on, last_day
        held.save(update_fields=["ends_on"])
        _record(events.BOARD_ENDED, by, held, {"ends_on": (before, last_day)})
    return held


@transaction.atomic
def change_papers(*, by: Seat, body: FinanceBody, **facts: Any) -> FinanceBody:
    """The body's deed, approval, numbers and kind are as given (`PapersForm`).

    Raises `NotPermitted`. Records `body.papers_changed`; nothing when nothing changed.
    """
    check_for_body(by, body, Permission.CLOSE_BOOKS)
    body = hold_body(body)
    changes = {
        name: (getattr(body, name), value) for name, value in facts.items() if getattr(body, name) != value
    }
    if changes:
        for name, value in facts.items():
            setattr(body, name, value)
        body.save(update_fields=list(facts))
        record(
            events.PAPERS_CHANGED,
            by=by,
            subject=body,
            subject_label=body.name,
            village=body.village_id,
            changes=changes,
        )
    return body


def hold_body(body: FinanceBody) -> FinanceBody:
    """The body as it stands, and the transaction's to write until it ends."""
    held: FinanceBody = FinanceBody.objects.select_for_update(no_key=True).get(pk=body.pk)
    return held


def _record(event: str, by: Seat, term: BoardTerm, changes: dict[str, tuple[Any, Any]]) -> None:
    record(
        event,
        by=by,
        subject=term,
        subject_label=f"{term.body.name}: {term.name}",
        village=term.body.village_id,
        changes=changes,
    )
