"""The doors to pillar records. Absent and not yours are the same 404."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from accounts.roles import Permission
from pillars.models import (
    AbroadEstimate,
    Business,
    BusinessGroup,
    Contribution,
    DutyReport,
    EquipmentGrant,
    EquipmentItem,
    EquipmentPhoto,
    GroupMember,
    LearningCentre,
    MarketingPartner,
    MentoringVisit,
    Notice,
    OutreachPhoto,
    OutreachSession,
    PlannedActivity,
    RecruiterSighting,
    ServiceCentre,
    Training,
    TrainingParticipant,
)
from pillars.models.notices import NoticeQuerySet
from villages.access import Seat

Row = TypeVar("Row", bound=Model)


def visible_sessions(seat: Seat | None) -> QuerySet[OutreachSession]:
    """Outreach sessions of the seat's place that count; none without the permission."""
    return _sessions_kept(seat).filter(withdrawn_at__isnull=True)


def _sessions_kept(seat: Seat | None) -> QuerySet[OutreachSession]:
    """Withdrawn ones too: they stand in no list, their pages say why."""
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return OutreachSession.objects.none()
    return OutreachSession.objects.visible_to(seat)


def visible_activities(seat: Seat | None) -> QuerySet[PlannedActivity]:
    """Planned activities of the seat's place."""
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return PlannedActivity.objects.none()
    return PlannedActivity.objects.visible_to(seat)


def visible_recruiters(seat: Seat | None) -> QuerySet[RecruiterSighting]:
    """Recruiters seen in the seat's place, without those written down by mistake."""
    return _recruiters_kept(seat).filter(withdrawn_at__isnull=True)


def _recruiters_kept(seat: Seat | None) -> QuerySet[RecruiterSighting]:
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return RecruiterSighting.objects.none()
    return RecruiterSighting.objects.visible_to(seat)


def visible_notices(seat: Seat | None) -> NoticeQuerySet:
    """Notices of the seat's place, past ones too; a village sees its district's besides its own."""
    rows: NoticeQuerySet = Notice.objects.all()
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return rows.none()
    if seat.village is None:
        return rows.visible_to(seat)
    return rows.filter(Q(village=seat.village) | Q(village__isnull=True, district=seat.district_id))


def visible_service_centres(seat: Seat | None) -> QuerySet[ServiceCentre]:
    """Service centres of the seat's place."""
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return ServiceCentre.objects.none()
    return ServiceCentre.objects.visible_to(seat)


def visible_groups(seat: Seat | None) -> QuerySet[BusinessGroup]:
    """Business groups of the seat's place."""
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return BusinessGroup.objects.none()
    return BusinessGroup.objects.visible_to(seat)


def visible_businesses(seat: Seat | None) -> QuerySet[Business]:
    """Businesses of the seat's place."""
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return Business.objects.none()
    return Business.objects.visible_to(seat)


def visible_centres(seat: Seat | None) -> QuerySet[LearningCentre]:
    """Learning centres of the seat's place."""
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return LearningCentre.objects.none()
    return LearningCentre.objects.visible_to(seat)


def visible_trainings(seat: Seat | None) -> QuerySet[Training]:
    """Trainings of the seat's place."""
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return Training.objects.none()
    return Training.objects.visible_to(seat)


def visible_grants(seat: Seat | None) -> QuerySet[EquipmentGrant]:
    """Equipment aid of the seat's place."""
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return EquipmentGrant.objects.none()
    return EquipmentGrant.objects.visible_to(seat)


def visible_mentoring(seat: Seat | None) -> QuerySet[MentoringVisit]:
    """Mentoring visits of the seat's place."""
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return MentoringVisit.objects.none()
    return MentoringVisit.objects.visible_to(seat)


def visible_markets(seat: Seat | None) -> QuerySet[MarketingPartner]:
    """Marketing partners of the seat's place."""
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return MarketingPartner.objects.none()
    return MarketingPartner.objects.visible_to(seat)


def visible_estimates(seat: Seat | None) -> QuerySet[AbroadEstimate]:
    """Estimates of villagers abroad in the seat's place."""
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return AbroadEstimate.objects.none()
    return AbroadEstimate.objects.visible_to(seat)


def visible_contributions(seat: Seat | None) -> QuerySet[Contribution]:
    """Contributions of partners of the seat's place."""
    if seat is None or not seat.may(Permission.SEE_PILLARS):
        return Contribution.objects.none()
    return Contribution.objects.visible_to(seat)


def access_session(seat: Seat | None, key: UUID) -> OutreachSession:
    """The session, a withdrawn one too, or 404."""
    return _one(_sessions_kept(seat).select_related("village"), key)


def access_activity(seat: Seat | None, key: UUID) -> PlannedActivity:
    """The planned activity, or 404."""
    return _one(visible_activities(seat).select_related("village"), key)


def access_recruiter(seat: Seat | None, key: UUID) -> RecruiterSighting:
    """The recruiter seen, a withdrawn sighting too, or 404."""
    return _one(_recruiters_kept(seat).select_related("village", "logged_by"), key)


def access_notice(seat: Seat | None, key: UUID) -> Notice:
    """The notice, or 404."""
    rows: QuerySet[Notice] = visible_notices(seat).select_related("village", "district", "made_by")
    return _one(rows, key)


def access_service_centre(seat: Seat | None, key: UUID) -> ServiceCentre:
    """The service centre, or 404."""
    return _one(visible_service_centres(seat).select_related("village"), key)


def access_photo(seat: Seat | None, key: UUID) -> OutreachPhoto:
    """The photo of a session the seat may see, unless it was taken back; else 404."""
    photos = OutreachPhoto.objects.filter(session__in=visible_sessions(seat), removed_at__isnull=True)
    return _one(photos.select_related("session__village"), key)


def access_group(seat: Seat | None, key: UUID) -> BusinessGroup:
    """The group, or 404."""
    return _one(visible_groups(seat).select_related("village"), key)


def access_member(seat: Seat | None, key: UUID) -> GroupMember:
    """The member of a group the seat may see, or 404."""
    members = GroupMember.objects.filter(group__in=visible_groups(seat)).select_related("group__village")
    return _one(members, key)


def access_training(seat: Seat | None, key: UUID) -> Training:
    """The training, or 404."""
    return _one(visible_trainings(seat).select_related("village", "group"), key)


def access_participant(seat: Seat | None, key: UUID) -> TrainingParticipant:
    """The participant of a training the seat may see, or 404."""
    rows = TrainingParticipant.objects.filter(training__in=visible_trainings(seat))
    return _one(rows.select_related("training"), key)


def access_business(seat: Seat | None, key: UUID) -> Business:
    """The business with its group or owner, or 404."""
    return _one(visible_businesses(seat).select_related("village", "group", "owner"), key)


def access_grant(seat: Seat | None, key: UUID) -> EquipmentGrant:
    """The grant with whom it was for, or 404."""
    return _one(visible_grants(seat).select_related("village", "group", "business"), key)


def visible_duty_reports(seat: Seat | None) -> QuerySet[DutyReport]:
    """Duty reports of the officers of the seat's place; none without the permission."""
    if seat is None or not seat.may(Permission.SEE_RETURNS):
        return DutyReport.objects.none()
    return DutyReport.objects.visible_to(seat)


def access_duty_report(seat: Seat | None, key: UUID) -> DutyReport:
    """The duty report with its officer, village and who signed, or 404."""
    related = ("officer", "village", "countersigned_by")
    return _one(visible_duty_reports(seat).select_related(*related), key)


def access_item(seat: Seat | None, key: UUID) -> EquipmentItem:
    """The item of a grant the seat may see, or 404."""
    items = EquipmentItem.objects.filter(grant__in=visible_grants(seat))
    return _one(items.select_related("grant__village", "grant__group", "grant__business"), key)


def access_item_photo(seat: Seat | None, key: UUID) -> EquipmentPhoto:
    """The photo of an item the seat may see, unless it was taken back; else 404."""
    photos = EquipmentPhoto.objects.filter(item__grant__in=visible_grants(seat), removed_at__isnull=True)
    return _one(photos.select_related("item__grant"), key)


def access_mentoring(seat: Seat | None, key: UUID) -> MentoringVisit:
    """The mentoring visit with whom it was for, or 404."""
    return _one(visible_mentoring(seat).select_related("village", "group", "business"), key)


def access_market(seat: Seat | None, key: UUID) -> MarketingPartner:
    """The marketing partner with whom it sells for, or 404."""
    return _one(visible_markets(seat).select_related("village", "group", "business"), key)


def access_contribution(seat: Seat | None, key: UUID) -> Contribution:
    """The contribution, or 404."""
    return _one(visible_contributions(seat).select_related("village"), key)


def access_centre(seat: Seat | None, key: UUID) -> LearningCentre:
    """The centre, or 404."""
    return _one(visible_centres(seat).select_related("village"), key)


def _one(rows: QuerySet[Row], key: UUID) -> Row:
    row = rows.filter(pk=key).first()
    if row is None:
        raise Http404
    return row
