"""Reads about training."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from migrants.enums import Sex
from pillars.access import visible_groups, visible_trainings
from pillars.models import BusinessGroup, GroupMember, Training, TrainingParticipant
from villages.access import Seat


def trainings_with_heads(seat: Seat | None) -> QuerySet[Training]:
    """Trainings the seat may see, each with `women`, `men` and `certificates`."""
    return (
        visible_trainings(seat)
        .select_related("village", "group")
        .annotate(
            women=Count("participants", filter=Q(participants__sex=Sex.FEMALE)),
            men=Count("participants", filter=Q(participants__sex=Sex.MALE)),
            certificates=Count("participants", filter=Q(participants__has_certificate=True)),
        )
    )


def participants_of(training: Training) -> QuerySet[TrainingParticipant]:
    """Who took part, by name."""
    return training.participants.order_by("name", "id")


def groups_to_train(seat: Seat) -> QuerySet[BusinessGroup]:
    """The running groups of the seat's place, by name."""
    return visible_groups(seat).filter(ended_on__isnull=True).order_by("name", "id")


def members_to_train(training: Training) -> QuerySet[GroupMember]:
    """Members whom the training's group had on its days, by name; none without a group."""
    members = GroupMember.objects.filter(group=training.group_id, joined_on__lte=training.last_on)
    return members.filter(Q(left_on__isnull=True) | Q(left_on__gt=training.first_on)).order_by("name", "id")


def members_not_there(training: Training) -> QuerySet[GroupMember]:
    """Those of them who do not stand in its list yet."""
    there = TrainingParticipant.objects.filter(training=training)
    by_person = there.filter(person=OuterRef("person"))
    by_name = there.filter(person__isnull=True, name__iexact=OuterRef("name"))
    members = members_to_train(training).exclude(Exists(by_person))
    return members.exclude(Q(person__isnull=True), Exists(by_name))


def training_like(seat: Seat, key: UUID | None) -> dict[str, object]:
    """What a new training takes over from an earlier one: everything but days, participants and note."""
    training = visible_trainings(seat).filter(pk=key).select_related("group").first() if key else None
    if training is None:
        return {}
    running = training.group if training.group and training.group.ended_on is None else None
    return {
        "title": training.title,
        "organiser": training.organiser,
        "hours": training.hours,
        "place": training.place,
        "group": running.pk if running else None,
    }
