"""The import: everything that was checked and decided is written in one transaction, or nothing is.

New people and journeys are built as the single actions build them and go in by COPY; updates of known records
go through the single actions' own writes. What changed since the dry run is seen: rows are compared with our
records once more before they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from accounts.models import User
from audit.actions import Subject, record, record_many
from migrants import events
from migrants.actions.journeys import first_step_values, journey_values, write_journey, write_move
from migrants.actions.people import person_values, write_changes
from migrants.enums import DataBasis, ImportKind, RowDecision, RowEffect
from migrants.intake.comparing import (
    COMPANY_COMPARED,
    COMPARED,
    company_differences,
    company_status,
    differences_of,
    findings_of,
    journey_like,
    move_of,
)
from migrants.intake.contents import (
    JOURNEY_BEGINS,
    JOURNEY_MOVES,
    RowContent,
    content_of,
    sealed_content,
)
from migrants.intake.copying import copy_in
from migrants.intake.deciding import as_decided, is_answered
from migrants.journey_states import STANDING
from migrants.models import (
    Household,
    Migration,
    MigrationStep,
    Person,
    PlacementCompany,
    RegisterImport,
    RegisterRow,
)
from migrants.numbers import card_digest, card_fields
from migrants.queries.matching import companies_like, matches_of
from migrants.registers.facts import CompanyFacts, JourneyFacts, PersonFacts
from migrants.registers.reasons import Finding, Outcome, Reason
from villages.access import Seat

BATCH = 2_000
NEW = (RowDecision.IMPORT, RowDecision.BY_NIK, RowDecision.NO_NIK)
LONGEST_JOURNEY_TEXT = 120
BIRTH_PLACE, ADDRESS, WORK = _("Birth place"), _("Address"), _("Work as written")
DECREE, REMARK = _("Placement decree"), _("Remark")


@dataclass
class Writing:
    """One import under way. `today`: in the calendar of the place; `said`: what a person answers for."""

    register: RegisterImport
    by: Seat | None
    today: date

    @property
    def user(self) -> User | None:
        return self.by.user if self.by else None


def write_import(register: RegisterImport, *, by: Seat | None, show: Callable[[int, int], None]) -> None:
    """All rows that were certain or decided are written and say what became of them. Call inside a
    transaction.

    `show(done, total)` is called after every batch; what it raises ends the import. Raises `IntegrityError`
    when somebody writes the same people at the same moment. Records `person.registered` and
    `migration.logged` for each, and what the single actions record for updates.
    """
    writing = Writing(register, by, timezone.localdate())
    write = _write_companies if register.kind == ImportKind.COMPANIES else _write_people
    done = 0
    for rows in _batches(register):
        write(writing, rows)
        # What the dry run said of a certain row is what has become of it: nothing to note.
        RegisterRow.objects.bulk_update(
            [row for row in rows if row.decision or row.outcome != row.assessed],
            ["outcome", "effect", "reasons", "match", "content_sealed"],
            batch_size=500,
        )
        done = rows[-1].number
        show(done, register.rows_read)
    left_out = register.rows.filter(decision=RowDecision.SKIP)
    left_out.update(outcome=Outcome.SKIPPED)


def _batches(register: RegisterImport) -> Iterator[list[RegisterRow]]:
    """The rows that are to be written, in file order."""
    wanted = register.rows.filter(
        Q(assessed=Outcome.IMPORTED) | Q(assessed=Outcome.REVIEW, decision__in=[*NEW, RowDecision.UPDATE])
    ).order_by("number")
    last = 0
    while rows := list(wanted.filter(number__gt=last)[:BATCH]):
        yield rows
        last = rows[-1].number


# --- people ------------------------------------------------------------------------------------------------


def _write_people(writing: Writing, rows: list[RegisterRow]) -> None:
    """New people first; then updates, so that a row with a second journey finds who an earlier row made."""
    new, known = [], []
    for row in rows:
        content = content_of(row)
        facts = content.facts
        if not isinstance(facts, PersonFacts):
            continue
        village, sex = row.village_id or "", row.decided_sex
        if not is_answered(content, decision=row.decision, village=village, sex=sex):
            row.outcome, row.effect = Outcome.REVIEW, ""
        elif row.decision == RowDecision.UPDATE:
            known.append((row, content, as_decided(facts, decision="", village=village, sex=sex)))
        else:
            new.append((row, content, as_decided(facts, decision=row.decision, village=village, sex=sex)))
    _register_people(writing, list(_still_new(new)))
    for row, content, facts in known:
        _update_person(writing, row, content, facts)


def _still_new(
    rows: list[tuple[RegisterRow, RowContent, PersonFacts]],
) -> Iterator[tuple[RegisterRow, PersonFacts]]:
    """The rows that still match nobody, but for those a person called somebody else; the others say why not.

    Two rows of one batch with the same NIK are one person: the second waits.
    """
    matches = matches_of((row.number, facts, facts.village) for row, _content, facts in rows)
    seen: set[tuple[str, str]] = set()
    for row, content, facts in rows:
        match = matches.get(row.number)
        told_apart = match is not None and not match.by_nik and row.match_id == match.person.pk
        number = (facts.village, facts.nik)
        if match is not None and not told_apart:
            found, differences = findings_of(facts, match)
            there = found[0].reason == Reason.ALREADY_THERE
            content.findings = tuple(found) if there else (*content.findings, *found)
            content.differences = tuple(differences)
            _keep_out(row, content, Outcome.SKIPPED if there else Outcome.REVIEW)
        elif facts.nik and number in seen:
            _keep_out(row, content, Outcome.REVIEW)
        else:
            seen.add(number)
            yield row, facts


def _keep_out(row: RegisterRow, content: RowContent, outcome: Outcome) -> None:
    row.outcome, row.effect = outcome, ""
    row.reasons = list(dict.fromkeys(found.reason.value for found in content.findings))
    row.content_sealed = sealed_content(content, register=row.register_id, number=row.number)


def _register_people(writing: Writing, rows: list[tuple[RegisterRow, PersonFacts]]) -> None:
    households = _households([facts for _row, facts in rows])
    people, journeys = [], []
    for row, facts in rows:
        household = households.get((facts.village, facts.card))
        people.append(_person(writing, row.pk, facts) | {"household_id": household})
        if facts.journey is not None:
            journeys.append(_journey(writing, row.pk, row.pk, facts.village, facts.journey))
    copy_in(Person, people)
    copy_in(Migration, journeys)
    copy_in(MigrationStep, [{"id": new_key(), **first_step_values(journey)} for journey in journeys])
    names = {person["id"]: person["full_name"] for person in people}
    record_many(
        events.PERSON_REGISTERED,
        by=writing.by,
        subjects=(
            Subject("migrants.person", str(row["id"]), row["full_name"], row["village_id"]) for row in people
        ),
    )
    record_many(
        events.MIGRATION_LOGGED,
        by=writing.by,
        subjects=(
            Subject("migrants.migration", str(row["id"]), names[row["person_id"]], row["village_id"])
            for row in journeys
        ),
    )
    for row, _facts in rows:
        row.outcome, row.effect = Outcome.IMPORTED, RowEffect.CREATED


def _person(writing: Writing, key: UUID, facts: PersonFacts) -> dict[str, Any]:
    said = {name: getattr(facts, name) for name in COMPARED}
    values = person_values(
        by=writing.user,
        key=key,
        village=facts.village,
        category=STANDING[facts.journey.status] if facts.journey else facts.category,
        facts=said | {"data_basis": DataBasis.VILLAGE_DUTY},
        nik=facts.nik,
        passport=facts.passport,
    )
    note = Person.register_note
    values[note.column] = note.sealed_for(key, note_of(facts))
    values["other_phones"] = ", ".join(facts.other_phones)[:100]
    return values


def _journey(writing: Writing, key: UUID, person: UUID, village: str, facts: JourneyFacts) -> dict[str, Any]:
    return journey_values(
        by=writing.user,
        person=person,
        village=village,
        key=key,
        status=facts.status,
        registered_on=facts.registered_on or writing.today,
        scheme=facts.scheme,
        destination=facts.destination,
        job=facts.job,
        agency=facts.agency[:LONGEST_JOURNEY_TEXT],
        employer=facts.employer[:LONGEST_JOURNEY_TEXT],
        departed_on=facts.departed_on,
        returned_on=facts.returned_on,
        contract_ends_on=facts.contract_ends_on,
    )


def note_of(facts: PersonFacts) -> str:
    """What the row says and no field of ours holds, one line each."""
    journey = facts.journey
    lines = (
        (BIRTH_PLACE, facts.birth_place),
        (ADDRESS, facts.address),
        (WORK, journey.job_words if journey and not journey.job else ""),
        (DECREE, journey.decree if journey else ""),
        (REMARK, facts.remark),
    )
    return "\n".join(f"{label}: {text}" for label, text in lines if text)


def _households(rows: list[PersonFacts]) -> dict[tuple[str, str], UUID]:
    """Keys of the households of the family cards named, made where they are new. Queries: 2."""
    cards = {(facts.village, facts.card): facts for facts in rows if facts.card}
    if not cards:
        return {}
    digests = {(village, card_digest(card)): (village, card) for village, card in cards}
    known = Household.objects.filter(
        village__in={village for village, _card in cards}, card_digest__in=[key[1] for key in digests]
    )
    found = {}
    for household in known:
        pair = digests.get((household.village_id, bytes(household.card_digest or b"")))
        if pair:
            found[pair] = household.pk
    made = []
    for pair, facts in cards.items():
        if pair not in found:
            found[pair] = key = new_key()
            made.append(
                {
                    "id": key,
                    "village_id": pair[0],
                    "address": facts.address[:200],
                    "hamlet": facts.hamlet,
                    "neighbourhood": facts.neighbourhood,
                    **card_fields(pair[1], household=key),
                }
            )
    copy_in(Household, made)
    return found


# --- known people: only what a person confirmed ------------------------------------------------------------


def _update_person(writing: Writing, row: RegisterRow, content: RowContent, facts: PersonFacts) -> None:
    """The matched person says what was confirmed; what was there before stays with the row, for undoing.

    A row with a second journey matches whom an earlier row of the file made; where that row stayed out, this
    one registers the person.
    """
    match = matches_of([(0, facts, facts.village)]).get(0)
    second = row.match_id is None and Reason.SECOND_JOURNEY in row.reasons
    if match is None and second:
        _register_people(writing, [(row, facts)])
        return
    if match is None or not (second or match.person.pk == row.match_id):
        _keep_out(row, content, Outcome.REVIEW)  # the record is no longer what was compared
        return
    if second:
        content.differences = tuple(
            item for item in differences_of(facts, match) if item.name in (JOURNEY_BEGINS, JOURNEY_MOVES)
        )
        row.match = match.person
    person = match.person
    names = {difference.name for difference in content.differences}
    changed = {name: getattr(facts, name) for name in names if name in COMPARED}
    content.before = {name: _plain(getattr(person, name)) for name in changed}
    content.before |= {name: getattr(person, name) for name in ("nik", "passport") if name in names}
    if "card" in names:
        content.before["household"] = str(person.household_id or "")
    after = write_changes(
        by=writing.by,
        person=person,
        version=person.version,
        facts=changed,
        nik=facts.nik if "nik" in names else None,
        passport=facts.passport if "passport" in names else None,
        card=facts.card if "card" in names else None,
    )
    if facts.journey is not None:
        _update_journey(writing, row, content, after, facts.journey, match.journeys)
    content.version = after.version
    row.outcome, row.effect = Outcome.IMPORTED, RowEffect.UPDATED
    row.content_sealed = sealed_content(content, register=row.register_id, number=row.number)


def _update_journey(
    writing: Writing,
    row: RegisterRow,
    content: RowContent,
    person: Person,
    facts: JourneyFacts,
    journeys: Any,
) -> None:
    same = journey_like(facts, journeys)
    day = move_of(facts, same) if same else None
    if same is not None and day is not None:
        content.before["journey_moved"] = [str(same.pk), same.status]
        write_move(by=writing.by, journey=same, to=facts.status, on=day)
    elif same is None and any(item.name == JOURNEY_BEGINS for item in content.differences):
        write_journey(
            by=writing.by,
            person=person,
            values=_journey(writing, row.pk, person.pk, person.village_id, facts),
        )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


# --- companies ---------------------------------------------------------------------------------------------


def _write_companies(writing: Writing, rows: list[RegisterRow]) -> None:
    listed = [(row, content) for row in rows if isinstance((content := content_of(row)).facts, CompanyFacts)]
    known = companies_like([(row.number, content.facts) for row, content in listed])  # type: ignore[misc]
    new: list[dict[str, Any]] = []
    seen: set[str] = set()
    for row, content in listed:
        facts = content.facts
        assert isinstance(facts, CompanyFacts)
        company = known.get(row.number)
        names = {facts.name_key, facts.licence} - {""}
        if company is None and names & seen:
            _keep_out(row, content, Outcome.REVIEW)
        elif company is None:
            seen |= names
            new.append(_company(row.pk, facts))
            row.outcome, row.effect = Outcome.IMPORTED, RowEffect.CREATED
        elif row.decision == RowDecision.UPDATE and row.company_id == company.pk:
            _update_company(writing, company, facts, content)
            row.outcome, row.effect = Outcome.IMPORTED, RowEffect.UPDATED
            row.content_sealed = sealed_content(content, register=row.register_id, number=row.number)
        else:
            same = not company_differences(facts, company)
            reason = Reason.ALREADY_THERE if same else Reason.PERSON_DIFFERS
            content.findings = (Finding(reason),)
            _keep_out(row, content, Outcome.SKIPPED if same else Outcome.REVIEW)
    copy_in(PlacementCompany, new)
    record_many(
        events.COMPANY_LISTED,
        by=writing.by,
        subjects=(Subject("migrants.placementcompany", str(row["id"]), row["name"], "") for row in new),
    )


def _company(key: UUID, facts: CompanyFacts) -> dict[str, Any]:
    return {
        "id": key,
        "name": facts.name,
        "name_key": facts.name_key,
        "licence": facts.licence,
        "valid_until": facts.valid_until,
        "address": facts.address[:300],
        "status": company_status(facts.status),
    }


def _update_company(
    writing: Writing, company: PlacementCompany, facts: CompanyFacts, content: RowContent
) -> None:
    content.before = {name: _plain(getattr(company, name)) for name in COMPANY_COMPARED}
    for difference in content.differences:
        value = getattr(facts, difference.name)
        setattr(company, difference.name, company_status(value) if difference.name == "status" else value)
    company.name_key = facts.name_key
    company.save()
    changed = {difference.name for difference in content.differences} & content.before.keys()
    record(
        events.COMPANY_CHANGED,
        by=writing.by,
        subject=company,
        subject_label=company.name,
        changes={name: (content.before[name], _plain(getattr(company, name))) for name in sorted(changed)},
    )
