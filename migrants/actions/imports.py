"""Writes about files people bring in: upload, say what the columns mean, decide, import, stop, undo."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from migrants import events
from migrants.actions.tasks import raise_task
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery
from migrants.enums import ImportKind, ImportStatus, MigrationStatus, RowDecision
from migrants.import_states import COMPARABLE, check_step
from migrants.intake.checking import limits_of
from migrants.intake.contents import content_of
from migrants.intake.deciding import is_answered, may_decide
from migrants.intake.places import Scope
from migrants.intake.seeing import survey_text
from migrants.intake.storing import keep_file, lying_open, remove_file
from migrants.intake.work import begin_job, end_job, record_file
from migrants.models import RegisterImport, RegisterRow, RememberedMapping
from migrants.queries.reconciling import journeys_only_here
from migrants.registers.kinds import RegisterKind
from migrants.registers.plans import Plan
from migrants.registers.surveying import survey
from migrants.rules import check_can_bring_in, check_can_work_on
from migrants.task_rules import NOT_IN_EXTRACT
from migrants.tasks import announce
from villages.access import Seat

BATCH = 2_000
DAYS_TO_ASK = 14  # until somebody asked the family of a person whom the extract does not name


def upload_register(
    *,
    by: Seat | None,
    key: UUID,
    kind: str,
    scope: Scope,
    file_name: str,
    body: bytes,
) -> Delivery[RegisterImport]:
    """The file is kept, and what was seen in it; same key: the first.

    `by` None is the command line. Raises NotPermitted, `TableRefused` with the sentence to show: then nothing
    is kept. Records `register.uploaded`.
    """
    if by is not None:
        check_can_bring_in(by, kind, scope)
    earlier = RegisterImport.objects.filter(pk=key).first()
    if earlier is not None:
        return Delivery(earlier, made=False)
    with lying_open(body, file_name) as path:
        seen = survey(path, limits=limits_of(scope), kind=RegisterKind(kind))
    register = RegisterImport(
        pk=key,
        kind=kind,
        village=scope.village,
        district=scope.district,
        province=scope.province,
        file_name=file_name[-120:],
        digest=sha256(body).hexdigest(),
        size_bytes=len(body),
        path=keep_file(key, body),
        sheet_names=[sheet.name for sheet in seen.sheets],
        plan=_with_remembered(seen.plan(), scope).to_json(),
        uploaded_by=by.user if by else None,
    )
    register.survey = survey_text(seen)
    with transaction.atomic():
        register.save(force_insert=True)
        record_file(events.REGISTER_UPLOADED, register, by=by)
    return Delivery(register, made=True)


@transaction.atomic
def confirm_columns(
    *, by: Seat | None, register: RegisterImport, plan: Plan, announced: bool = True
) -> RegisterImport:
    """The file waits to be checked by this plan, and the meaning of its headings is remembered for the next.

    Decisions taken before are gone: the rows are judged anew. Raises NotPermitted, `IllegalStep`. On commit
    the worker is told.
    """
    row = _locked(by, register)
    begin_job(row, ImportStatus.CHECKING)
    row.plan = plan.to_json()
    row.save()
    for fingerprint, columns in plan.mappings.items():
        RememberedMapping.objects.update_or_create(
            district=row.district,
            kind=row.kind,
            fingerprint=fingerprint,
            defaults={"mapping": {str(index): column.value for index, column in columns.items()}},
        )
    return _queued(row, announced)


@transaction.atomic
def decide_rows(
    *,
    by: Seat,
    register: RegisterImport,
    rows: QuerySet[RegisterRow],
    decision: str,
    village: str = "",
    sex: str = "",
) -> tuple[int, int]:
    """The doubtful rows of `rows` are decided. Returns how many were, and how many still lack an answer.

    `decision` "" takes an earlier one back. `village`: the dotted code, within the file's place, for rows
    whose place is in doubt; `sex`: for rows that do not tell it. Raises NotPermitted, `IllegalStep` once the
    file is being imported. Records `register.decided`.
    """
    register = _locked(by, register)
    check_step(register.status, ImportStatus.IMPORTING)
    decided: list[RegisterRow] = []
    lacking = 0
    doubtful = rows.filter(register=register, assessed="review").order_by("number")
    for row in doubtful.iterator(BATCH):
        goes_to = row.village_id or village
        if decision and not may_decide(row.reasons, is_matched=_is_matched(row), decision=decision):
            continue
        if decision and not is_answered(content_of(row), decision=decision, village=goes_to, sex=sex):
            lacking += 1
            continue
        row.decision = decision
        if decision not in ("", RowDecision.SKIP):
            row.village_id, row.decided_sex = goes_to or None, sex
        decided.append(row)
    RegisterRow.objects.bulk_update(decided, ["decision", "village", "decided_sex"], batch_size=BATCH)
    if decided:
        record_file(
            events.REGISTER_DECIDED,
            register,
            by=by,
            changes={"decision": ("", decision), "rows": (None, len(decided))},
        )
    return len(decided), lacking


@transaction.atomic
def start_import(*, by: Seat | None, register: RegisterImport, announced: bool = True) -> RegisterImport:
    """The file waits to be imported: what is certain and what was decided. Asking twice gives the same job.

    Raises NotPermitted, `IllegalStep`. On commit the worker is told; the job records `register.imported`.
    """
    row = _locked(by, register)
    if row.status in (ImportStatus.IMPORTING, ImportStatus.IMPORTED):
        return row
    begin_job(row, ImportStatus.IMPORTING)
    row.imported_by = by.user if by else None
    row.save()
    return _queued(row, announced)


@transaction.atomic
def stop_import(*, by: Seat, register: RegisterImport) -> RegisterImport:
    """The import that was under way is stopped and nothing of it is written; the decisions stay.

    One that is finished stays finished. Raises NotPermitted. Records `register.cancelled`.
    """
    row = _locked(by, register)
    if row.status == ImportStatus.IMPORTING:
        end_job(row, ImportStatus.CHECKED)
        row.save()
        record_file(events.REGISTER_CANCELLED, row, by=by)
    return row


@transaction.atomic
def cancel_import(*, by: Seat, register: RegisterImport) -> RegisterImport:
    """The file is laid aside, and what it held is gone from the server. Doing it twice changes nothing.

    Raises NotPermitted; `IllegalStep` for a file that is being imported or was. Records `register.cancelled`.
    """
    row = _locked(by, register)
    if row.status == ImportStatus.CANCELLED:
        return row
    end_job(row, ImportStatus.CANCELLED)
    row.rows.all()._raw_delete("default")
    row.rows_read = row.rows_imported = row.rows_skipped = row.rows_review = row.rows_refused = 0
    remove_file(row)
    row.path, row.survey_sealed = "", None
    row.save()
    record_file(events.REGISTER_CANCELLED, row, by=by)
    return row


@transaction.atomic
def start_undo(*, by: Seat, register: RegisterImport) -> RegisterImport:
    """The import waits to be undone. Asking twice gives the same job.

    Raises NotPermitted, `IllegalStep`. On commit the worker is told; the job records `register.undone`.
    """
    row = _locked(by, register)
    if row.status in (ImportStatus.UNDOING, ImportStatus.UNDONE):
        return row
    if row.status == ImportStatus.IMPORTED and not row.may_undo:
        raise IllegalStep(_("The 30 days for undoing this import are over."))
    begin_job(row, ImportStatus.UNDOING)
    row.undone_by = by.user
    row.save()
    return _queued(row, announced=True)


@transaction.atomic
def retry_job(*, by: Seat, register: RegisterImport) -> RegisterImport:
    """A job that stopped waits for the worker again: the import when the rows were checked, else the check.

    Any other file is left as it is. Raises NotPermitted.
    """
    row = _locked(by, register)
    if row.status != ImportStatus.FAILED:
        return row
    begin_job(row, ImportStatus.IMPORTING if row.checked_at else ImportStatus.CHECKING)
    row.save()
    return _queued(row, announced=True)


@transaction.atomic
def note_downloaded(*, by: Seat, register: RegisterImport) -> None:
    """It is on record that this person took the annotated file. Records `register.downloaded`."""
    record_file(events.REGISTER_DOWNLOADED, register, by=by)


@transaction.atomic
def note_viewed(*, by: Seat, register: RegisterImport) -> None:
    """It is on record that this person saw rows of the file. Records `register.viewed`."""
    record_file(events.REGISTER_VIEWED, register, by=by)


@transaction.atomic
def follow_up(*, by: Seat, register: RegisterImport, today: date) -> int:
    """Everybody who is abroad in our records and whom the extract does not name has a task of the village;
    returns how many tasks are new.

    A journey gets this task once for ever, so a second call, or the extract of next month, changes nothing
    for it. Due in DAYS_TO_ASK days. Raises NotPermitted, `IllegalStep` before the check and after the import
    was undone. Records `register.followed_up` with the number, and `task.raised` for each.
    """
    register = _locked(by, register)
    if register.status not in COMPARABLE:
        raise IllegalStep(_("Wait until the file is checked."))
    raised = 0
    for journey in journeys_only_here(register).filter(status=MigrationStatus.ABROAD).order_by("pk"):
        delivery = raise_task(
            rule=NOT_IN_EXTRACT,
            subject=journey.pk,
            due_on=today + timedelta(days=DAYS_TO_ASK),
            migration=journey,
        )
        raised += delivery.made
    if raised:
        record_file(events.REGISTER_FOLLOWED_UP, register, by=by, changes={"tasks": [None, raised]})
    return raised


def remembered(scope: Scope, kind: str, fingerprints: Collection[str]) -> dict[str, dict[str, str]]:
    """What the columns under these headings were last said to mean in the district. Queries: 1."""
    rows = RememberedMapping.objects.filter(
        district=scope.district, kind=kind, fingerprint__in=list(fingerprints)
    )
    return {row.fingerprint: row.mapping for row in rows}


def _with_remembered(plan: Plan, scope: Scope) -> Plan:
    given = plan.to_json()
    known = remembered(scope, ImportKind(plan.kind).value, list(plan.mappings))
    given["mappings"] = {**given.get("mappings", {}), **known}
    return Plan.from_json(given)


def _locked(by: Seat | None, register: RegisterImport) -> RegisterImport:
    if by is not None:
        check_can_work_on(by, register)
    row: RegisterImport = RegisterImport.objects.select_for_update().get(pk=register.pk)
    return row


def _queued(row: RegisterImport, announced: bool) -> RegisterImport:
    if announced:
        transaction.on_commit(lambda: announce(row.pk))
    return row


def _is_matched(row: RegisterRow) -> bool:
    return row.match_id is not None or row.company_id is not None
