"""The doors to people, journeys, visits, cases, referrals, tasks, files. Absent and not yours are the same
404.
"""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404

from accounts.roles import Permission
from migrants.models import (
    Attachment,
    Case,
    Consent,
    Correction,
    FamilyPermit,
    HandOver,
    Household,
    Migration,
    Person,
    PersonMerge,
    RecordRequest,
    Referral,
    RegisterImport,
    Requirement,
    ServiceVisit,
    Task,
)
from migrants.models.cases import CaseQuerySet
from migrants.models.imports import ImportQuerySet
from migrants.models.tasks import TaskQuerySet
from villages.access import Seat

Row = TypeVar("Row", bound=Model)


def visible_people(seat: Seat | None) -> QuerySet[Person]:
    """Named persons of the seat's place, one record each; none without the permission."""
    if seat is None or not seat.may(Permission.SEE_PEOPLE):
        return Person.objects.none()
    return Person.objects.visible_to(seat).filter(merged_into__isnull=True)


def visible_households(seat: Seat | None) -> QuerySet[Household]:
    """Family cards of the seat's place; none without the permission to see people."""
    if seat is None or not seat.may(Permission.SEE_PEOPLE):
        return Household.objects.none()
    return Household.objects.visible_to(seat)


def visible_migrations(seat: Seat | None) -> QuerySet[Migration]:
    """Journeys of the people the seat may see."""
    if seat is None or not seat.may(Permission.SEE_PEOPLE):
        return Migration.objects.none()
    return Migration.objects.visible_to(seat)


def visible_visits(seat: Seat | None) -> QuerySet[ServiceVisit]:
    """Visits with names, of the seat's place."""
    if seat is None or not seat.may(Permission.SEE_PEOPLE):
        return ServiceVisit.objects.none()
    return ServiceVisit.objects.visible_to(seat)


def visible_cases(seat: Seat | None) -> CaseQuerySet:
    """Cases of the place; restricted ones only for handlers and the district coordinator."""
    cases: CaseQuerySet = Case.objects.all()
    return cases.visible_to(seat) if seat and seat.may(Permission.SEE_CASES) else cases.none()


def visible_stuck_cases(seat: Seat | None) -> CaseQuerySet:
    """Cases of the place that are not restricted, to be shown without names; none without the permission."""
    cases: CaseQuerySet = Case.objects.filter(restricted=False)
    return cases.visible_to(seat) if seat and seat.may(Permission.SEE_STUCK_CASES) else cases.none()


def visible_referrals(seat: Seat | None) -> QuerySet[Referral]:
    """Referrals of the cases the seat may see."""
    if seat is None or not seat.may(Permission.SEE_CASES):
        return Referral.objects.none()
    return Referral.objects.visible_to(seat)


def visible_tasks(seat: Seat | None) -> TaskQuerySet:
    """Tasks of the place; those of restricted cases only for handlers and the district coordinator."""
    tasks: TaskQuerySet = Task.objects.all()
    return tasks.visible_to(seat) if seat and seat.may(Permission.SEE_PEOPLE) else tasks.none()


def visible_imports(seat: Seat | None) -> ImportQuerySet:
    """Files brought in for exactly the seat's place; none without the permission."""
    rows: ImportQuerySet = RegisterImport.objects.all()
    return rows.of_place(seat) if seat and seat.may(Permission.IMPORT_REGISTERS) else rows.none()


def access_import(seat: Seat | None, key: UUID) -> RegisterImport:
    """The file with its place and people, or 404."""
    related = ("village__subdistrict", "district__province", "uploaded_by", "imported_by", "undone_by")
    return _one(visible_imports(seat).select_related(*related), key)


def access_person(seat: Seat | None, key: UUID) -> Person:
    """The person with village and household, or 404."""
    related = ("village__subdistrict", "village__district", "household", "registered_by")
    return _one(visible_people(seat).select_related(*related), key)


def kept_of(seat: Seat | None, key: UUID) -> UUID | None:
    """The key of the record that a merged one leads to; None for every other key."""
    if seat is None or not seat.may(Permission.SEE_PEOPLE):
        return None
    merged = Person.objects.visible_to(seat).filter(pk=key, merged_into__isnull=False)
    return merged.values_list("merged_into", flat=True).first()


def access_merge(seat: Seat | None, key: UUID) -> PersonMerge:
    """The merge with both people, or 404."""
    rows = PersonMerge.objects.visible_to(seat)
    if seat is None or not seat.may(Permission.MERGE_PEOPLE):
        rows = rows.none()
    return _one(rows.select_related("kept", "merged", "village", "merged_by"), key)


def access_consent(seat: Seat | None, key: UUID) -> Consent:
    """The consent with its person, or 404."""
    rows = Consent.objects.filter(person__in=visible_people(seat)).select_related("person", "village")
    consent: Consent = _one(rows, key)
    return consent


def requests_of(seat: Seat | None) -> QuerySet[RecordRequest]:
    """What the seat's own village asked others for; none for anybody but its officers."""
    if seat is None or not seat.may(Permission.LOG_RECORDS):
        return RecordRequest.objects.none()
    return RecordRequest.objects.filter(village=seat.village_id)


def requests_to(seat: Seat | None) -> QuerySet[RecordRequest]:
    """What other villages asked about people of the seat's own village, whom they may not know to be here."""
    if seat is None or not seat.may(Permission.LOG_RECORDS):
        return RecordRequest.objects.none()
    own = visible_people(seat).filter(nik_digest__isnull=False)
    rows = RecordRequest.objects.exclude(village=seat.village_id)
    return rows.filter(nik_digest__in=own.values("nik_digest"))


def access_own_request(seat: Seat | None, key: UUID) -> RecordRequest:
    """A request of the own village, or 404."""
    return _one(requests_of(seat).select_related("asked_by", "village"), key)


def access_request_to(seat: Seat | None, key: UUID) -> RecordRequest:
    """A request about somebody of the own village, or 404: a number nobody here has is no request to us."""
    return _one(requests_to(seat).select_related("asked_by", "village__district"), key)


def access_household(seat: Seat | None, key: UUID) -> Household:
    """The household with its village and who cares for its children, or 404."""
    related = ("village__subdistrict", "village__district", "carer", "care_noted_by")
    return _one(visible_households(seat).select_related(*related), key)


def visible_permits(seat: Seat | None) -> QuerySet[FamilyPermit]:
    """Family permits of the seat's place; none without the permission."""
    if seat is None or not seat.may(Permission.SEE_PERMITS):
        return FamilyPermit.objects.none()
    return FamilyPermit.objects.visible_to(seat)


def access_permit(seat: Seat | None, key: UUID) -> FamilyPermit:
    """The permit with its journey, person and village, or 404."""
    related = ("migration__person", "village__subdistrict", "village__district", "issued_by", "withdrawn_by")
    return _one(visible_permits(seat).select_related(*related), key)


def visible_requirements(seat: Seat | None) -> QuerySet[Requirement]:
    """What the seat's district asks for, ended ones too; none for a seat without a district."""
    if seat is None or not seat.may(Permission.SEE_PEOPLE) or seat.district_id is None:
        return Requirement.objects.none()
    return Requirement.objects.filter(district=seat.district_id)


def access_requirement(seat: Seat | None, key: UUID) -> Requirement:
    """A requirement of the seat's district, or 404."""
    return _one(visible_requirements(seat).select_related("district"), key)


def access_migration(seat: Seat | None, key: UUID) -> Migration:
    """The journey with its person, or 404."""
    return _one(visible_migrations(seat).select_related("person", "village"), key)


def access_visit(seat: Seat | None, key: UUID) -> ServiceVisit:
    """The visit with its person, or 404."""
    return _one(visible_visits(seat).select_related("person", "logged_by", "withdrawn_by", "village"), key)


def access_case(seat: Seat | None, key: UUID) -> Case:
    """The case with person and village, or 404."""
    case: Case = _one(visible_cases(seat).select_related("person", "village", "opened_by"), key)
    return case


def access_referral(seat: Seat | None, key: UUID) -> Referral:
    """The referral with its case, or 404."""
    return _one(visible_referrals(seat).select_related("case__person", "village"), key)


def access_attachment(seat: Seat | None, key: UUID) -> Attachment:
    """The file with its case, of a case the seat may see; taken back is as absent as never added: 404."""
    rows = Attachment.objects.filter(case__in=visible_cases(seat), removed_at__isnull=True)
    attachment: Attachment = _one(rows.select_related("case__person", "case__village", "added_by"), key)
    return attachment


def access_correction(seat: Seat | None, key: UUID) -> Correction:
    """The correction with its case and who asked, of a case the seat may see, or 404."""
    rows = Correction.objects.filter(case__in=visible_cases(seat))
    related = ("case__person", "case__village", "asked_by", "decided_by")
    correction: Correction = _one(rows.select_related(*related), key)
    return correction


def access_task(seat: Seat | None, key: UUID) -> Task:
    """The task with whom and what it is about, or 404."""
    related = ("person", "migration", "case__person", "village", "made_by", "ended_by")
    task: Task = _one(visible_tasks(seat).select_related(*related), key)
    return task


def _one(rows: QuerySet[Row], key: UUID) -> Row:
    row = rows.filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def visible_hand_overs(seat: Seat | None) -> QuerySet[HandOver]:
    """Minutes of the seat's place, for whoever sees cases."""
    if seat is None or not seat.may(Permission.SEE_CASES):
        return HandOver.objects.none()
    return HandOver.objects.visible_to(seat)


def access_hand_over(seat: Seat | None, key: UUID) -> HandOver:
    """The minutes with both officers and the village, or 404."""
    related = ("giver", "receiver", "made_by", "village__district")
    return _one(visible_hand_overs(seat).select_related(*related), key)
