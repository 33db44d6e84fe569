"""Writes about the facts of a case: change an open one, ask to correct a closed one, decide on that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from migrants import events
from migrants.actions.cases import locked, waiting_of, write_event
from migrants.actions.tasks import finish_raised, raise_task
from migrants.case_clocks import wind
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import RESTRICTED_TYPES, CaseEventKind, CorrectionStatus
from migrants.models import Case, Correction
from migrants.queries.corrections import as_text, corrected_sentence, from_text
from migrants.rules import check_can_change, check_can_correct, check_can_decide
from migrants.task_rules import CORRECTION_ASKED
from migrants.versions import ChangedMeanwhile
from periods.clock import today_in
from periods.workdays import add_working_days
from villages.access import Seat

DECIDE_WITHIN = 3  # working days

# Of these the log keeps the values; of all others only that they were changed.
_LOGGED = frozenset({"type", "severity", "channel", "reported_on", "incident_on", "country", "close_reason"})


@transaction.atomic
def change_case(*, by: Seat, case: Case, version: int, facts: Mapping[str, Any]) -> Case:
    """Save changed facts of an open case. `version`: the one the form was opened with.

    A kind of problem that is restricted makes the case restricted; nothing makes it open again. Raises
    NotPermitted, `IllegalStep` for a case that is over, `ChangedMeanwhile` when somebody saved in between;
    then nothing is written. Records `case.changed`; nothing when nothing changed.
    """
    now = locked(case)
    check_can_change(by, now)
    if now.version != version:
        raise ChangedMeanwhile(now)
    changes = {name: (getattr(now, name), new) for name, new in facts.items() if getattr(now, name) != new}
    if not changes:
        return now
    for name, (_old, new) in changes.items():
        setattr(now, name, new)
    today = today_in(by.zone)
    now.restricted = now.restricted or now.type in RESTRICTED_TYPES
    now.last_action_on, now.version = today, now.version + 1
    wind(now, waiting_of(now), today)
    now.save()
    lines = [corrected_sentence(name, as_text(old), as_text(new)) for name, (old, new) in changes.items()]
    write_event(by, now, CaseEventKind.CHANGED, text="\n".join(lines), on=today)
    _record(events.CASE_CHANGED, by, now, changes)
    return now


@transaction.atomic
def ask_correction(
    *, by: Seat, case: Case, key: UUID, field: str, value: Any, reason: str
) -> Delivery[Correction]:
    """A correction of one field of a closed case waits for a second person; same key: the first one.

    Raises NotPermitted, `IllegalStep` for a case that is not closed and for a field that already waits.
    Records `correction.asked` without the values. The village has a task: decide.
    """
    case = locked(case)
    check_can_correct(by, case)

    def make() -> Correction:
        if case.corrections.filter(field=field, status=CorrectionStatus.ASKED).exists():
            raise IllegalStep(_("A correction of this entry waits already. Decide on it first."))
        correction = Correction(pk=key, case=case, field=field, asked_by=by.user)
        correction.old, correction.new = as_text(getattr(case, field)), as_text(value)
        correction.reason = reason
        correction.save(force_insert=True)
        due = add_working_days(today_in(by.zone), DECIDE_WITHIN)
        raise_task(rule=CORRECTION_ASKED, subject=key, case=case, due_on=due)
        _record(events.CORRECTION_ASKED, by, case, {})
        return correction

    return deliver_once(Correction.objects.filter(case=case), key, make)


@transaction.atomic
def approve_correction(*, by: Seat, correction: Correction, words: str = "") -> Correction:
    """The case says the new value, and its timeline who asked and who approved.

    Raises NotPermitted for the one who asked and for whoever cannot write on the case; `IllegalStep` when it
    was decided, the case is open again, or the entry says something else by now. Records
    `correction.applied`.
    """
    case, correction = _locked(by, correction)
    old, field = getattr(case, correction.field), correction.field
    if as_text(old) != correction.old:
        raise IllegalStep(_("The entry says something else by now. Refuse this and ask again."))
    _decide(by, correction, CorrectionStatus.APPROVED, words)
    new = from_text(field, correction.new)
    setattr(case, field, new)
    case.restricted = case.restricted or case.type in RESTRICTED_TYPES
    case.version += 1
    case.save()
    correction.status = CorrectionStatus.APPLIED
    correction.save(update_fields=["status"])
    sentence = corrected_sentence(field, correction.old, correction.new)
    asked = _("Asked by %(who)s: %(why)s") % {"who": correction.asked_by.full_name, "why": correction.reason}
    text = f"{sentence}\n{asked}"
    write_event(by, case, CaseEventKind.CORRECTED, text=text, on=today_in(by.zone))
    _record(events.CORRECTION_APPLIED, by, case, {field: (old, new)})
    return correction


@transaction.atomic
def refuse_correction(*, by: Seat, correction: Correction, words: str) -> Correction:
    """The case stays as it is, and why. Raises as `approve_correction`. Records `correction.refused`."""
    case, correction = _locked(by, correction)
    _decide(by, correction, CorrectionStatus.REFUSED, words)
    _record(events.CORRECTION_REFUSED, by, case, {})
    return correction


def _locked(by: Seat, correction: Correction) -> tuple[Case, Correction]:
    case = locked(correction.case)
    row = Correction.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=correction.pk)
    row.case = case
    check_can_decide(by, row)
    return case, row


def _decide(by: Seat, correction: Correction, status: CorrectionStatus, words: str) -> None:
    correction.status, correction.decided_by, correction.decided_at = status, by.user, timezone.now()
    correction.words = words
    correction.save(update_fields=["status", "decided_by", "decided_at", "words_sealed"])
    finish_raised(CORRECTION_ASKED, correction.pk, by=by)


def _record(event: str, by: Seat, case: Case, changes: Mapping[str, tuple[Any, Any]]) -> None:
    said = {name: values if name in _LOGGED else ("•••", "•••") for name, values in changes.items()}
    shown = {name: [_plain(old), _plain(new)] for name, (old, new) in said.items()}
    record(event, by=by, subject=case, subject_label=case.number, village=case.village_id, changes=shown)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
