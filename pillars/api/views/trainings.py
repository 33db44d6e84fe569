"""Trainings for programs; who took part is counted, not named."""

from functools import partial

from rest_framework.response import Response

from accounts.roles import Permission
from migrants.api.writes import logged, written_by
from pillars.access import access_training
from pillars.actions.training import add_participant, log_training
from pillars.api.serializers.groups import TrainingLine
from pillars.forms.training import ParticipantForm, TrainingForm
from pillars.queries.training import trainings_with_heads
from villages.api.answers import telling, told
from villages.api.entering import call, filled, listed, one_of
from villages.api.ways import creates, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PILLARS, Permission.LOG_RECORDS
A_TRAINING = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-000000000004",
    "title": "Mengolah singkong",
    "organiser": "Disnaker",
    "first_on": "2026-11-02",
    "hours": 16,
}
A_PARTICIPANT = {"id": "0199a1b2-c3d4-7e5f-8a6b-000000000009", "name": "Siti", "sex": "female"}


@call(
    Group.PILLARS,
    GET=rows("trainings", TrainingLine, SEE),
    POST=creates(TrainingForm, TrainingLine, LOG, example=A_TRAINING),
)
def training_list(request, seat):
    """Trainings, the newest first; or a new one."""
    own = trainings_with_heads(seat)
    if request.method == "POST":
        fill = partial(filled, request, TrainingForm, creates=True, seat=seat)
        write = written_by(log_training, by=seat)
        return logged(request, own, fill, write, telling(request, TrainingLine, own))
    return listed(request, "trainings", TrainingLine, own, ("-first_on", "-id"))


@call(Group.PILLARS, GET=one(TrainingLine, SEE))
def training_detail(request, seat, key):
    """One training."""
    return Response(told(request, TrainingLine, one_of(trainings_with_heads(seat), key)))


@call(Group.PILLARS, POST=creates(ParticipantForm, TrainingLine, LOG, example=A_PARTICIPANT))
def training_participants(request, seat, key):
    """Somebody who took part: `person` of the village, or a name and the sex. Answers the training."""
    training = access_training(seat, key)
    fill = partial(filled, request, ParticipantForm, creates=True, seat=seat, training=training)
    write = written_by(add_participant, by=seat, training=training)
    tell = telling(request, TrainingLine, trainings_with_heads(seat))
    return logged(request, training.participants.all(), fill, write, lambda _participant: tell(training))
