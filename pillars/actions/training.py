"""Writes about training. All raise NotPermitted for a role that does not log records."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.actions import record
from migrants.models import Person
from pillars import events
from pillars.actions.logged import log_row
from pillars.models import GroupMember, Training, TrainingParticipant
from pillars.rules import check_can_log
from pillars.training_rules import check_can_take_part, members_not_named
from villages.access import Seat


@transaction.atomic
def log_training(*, by: Seat, key: UUID, **facts: Any) -> Training:
    """Write down a training for people of the seat's village. Same key: the first one."""
    return log_row(Training, events.TRAINING_LOGGED, by=by, key=key, label="title", **facts)


@transaction.atomic
def add_participant(
    *, by: Seat, training: Training, key: UUID, name: str, sex: str, person: Person | None = None
) -> TrainingParticipant:
    """Somebody took part. Same key: the first one. `person`: of the same village; then name and sex are
    theirs, whatever else is said.

    Raises `NotPermitted` when the person, or somebody of that name, stands in the list already. Records
    `training.participant_added` with the training's title alone.
    """
    training = _locked(by, training)
    first = TrainingParticipant.objects.filter(pk=key, training=training).first()
    if first is not None:
        return first
    if person is not None:
        name, sex = person.full_name, person.sex
    check_can_take_part(training, person=person, name=name)
    row = TrainingParticipant.objects.create(pk=key, training=training, person=person, name=name, sex=sex)
    _record(events.PARTICIPANT_ADDED, by, training, 1)
    return row


@transaction.atomic
def add_members(*, by: Seat, training: Training, members: Collection[GroupMember]) -> int:
    """These members of its group took part; who stands in the list already stays once. Returns how many are
    new. Records `training.participant_added` when somebody is.
    """
    training = _locked(by, training)
    new = members_not_named(training, members)
    TrainingParticipant.objects.bulk_create(
        TrainingParticipant(training=training, person_id=one.person_id, name=one.name, sex=one.sex)
        for one in new
    )
    if new:
        _record(events.PARTICIPANT_ADDED, by, training, len(new))
    return len(new)


@transaction.atomic
def remove_participant(*, by: Seat, participant: TrainingParticipant) -> None:
    """Somebody ticked by mistake is no longer in the list; a second call changes nothing. Records
    `training.participant_removed`."""
    training = _locked(by, participant.training)
    gone, _kinds = TrainingParticipant.objects.filter(pk=participant.pk).delete()
    if gone:
        _record(events.PARTICIPANT_REMOVED, by, training, 1)


@transaction.atomic
def note_certificates(*, by: Seat, training: Training, given: Mapping[UUID, tuple[bool, str]]) -> None:
    """Who got a certificate, and its number or "". Whoever is not named in `given` stays as before. Records
    `training.certificates_noted` with how many have one now."""
    training = _locked(by, training)
    rows = list(training.participants.filter(pk__in=given))
    for row in rows:
        row.has_certificate, number = given[row.pk]
        row.certificate_number = number if row.has_certificate else ""
    TrainingParticipant.objects.bulk_update(rows, ["has_certificate", "certificate_number"])
    having = training.participants.filter(has_certificate=True).count()
    _record(events.CERTIFICATES_NOTED, by, training, having)


def _locked(by: Seat, training: Training) -> Training:
    """The training, held so that nobody is written into its list twice."""
    check_can_log(by)
    return Training.objects.select_for_update(of=("self",)).get(pk=training.pk)


def _record(event: str, by: Seat, training: Training, people: int) -> None:
    record(
        event,
        by=by,
        subject=training,
        subject_label=training.title,
        village=training.village_id,
        changes={"people": [None, people]},
    )
