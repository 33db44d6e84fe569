"""Figures of trainings: how many, for whom, and who started a business afterwards."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from migrants.enums import Sex
from pillars.models import Business, GroupMember, Training, TrainingParticipant
from reports.indicators import units
from reports.indicators.programme import VILLAGE_COLUMNS, places_of
from reports.indicators.reading import Choice, Field
from reports.indicators.shape import Column, Example, Kind, Over, Span, given
from reports.indicators.support import months_before, support_figure
from reports.indicators.words import by_choice

MONTHS_TO_START = 6  # what somebody learnt is asked about only after so long


def trainings(span: Span) -> QuerySet[Training]:
    """Trainings that ended in the period."""
    return Training.objects.filter(last_on__range=(span.first, span.last))


def participants(span: Span) -> QuerySet[TrainingParticipant]:
    """Who took part in them."""
    return TrainingParticipant.objects.filter(training__last_on__range=(span.first, span.last))


def trained(span: Span) -> QuerySet[TrainingParticipant]:
    """Registered people in trainings that ended six months before the day, or earlier."""
    ended = months_before(span.day, MONTHS_TO_START)
    return TrainingParticipant.objects.filter(person__isnull=False, training__last_on__lte=ended)


def trained_and_started(span: Span) -> QuerySet[TrainingParticipant]:
    """Those of them who have a business started since: their own, their household's or their group's."""
    begun = Business.objects.filter(started_on__gt=OuterRef("training__first_on"), started_on__lte=span.day)
    own = begun.filter(owner=OuterRef("person"))
    household = begun.filter(owner__household=OuterRef("person__household"))
    member = GroupMember.objects.filter(
        person=OuterRef("person"),
        joined_on__lte=span.day,
        group__businesses__started_on__gt=OuterRef("training__first_on"),
        group__businesses__started_on__lte=span.day,
    )
    return trained(span).filter(Exists(own) | Exists(household) | Exists(member))


participant_figure = partial(
    support_figure,
    source=TrainingParticipant,
    unit=units.PARTICIPANTS,
    grain=_("One participant of one training."),
    place_path="training__",
    related=("training__village", "training__district"),
    order=("-training__last_on", "-pk"),
    detail="pillars:training-detail",
    detail_key="training_id",
    columns=(
        Column("date", _("Last day"), Field("training__last_on")),
        *places_of("training__"),
        Column("training", _("Training"), Field("training__title"), named=True),
        Column("name", _("Name"), Field("name"), named=True),
        Column("sex", _("Sex"), Choice("sex", Sex)),
        Column("certificate", _("Certificate number"), Field("certificate_number"), named=True),
    ),
    splits=(by_choice("sex", _("By sex"), "sex", Sex),),
)

TRAINING = (
    support_figure(
        code="trainings",
        label=_("Trainings held"),
        unit=units.TRAININGS,
        grain=_("One training."),
        source=Training,
        date_field="last_on",
        counts=_("Trainings whose last day lies in the period."),
        leaves_out=_("Trainings that still run on the last day of the period."),
        empty_means=_("No training ended."),
        rows=trainings,
        columns=(
            Column("date", _("Last day"), Field("last_on")),
            *VILLAGE_COLUMNS[:3],
            Column("title", _("Training"), Field("title")),
            Column("organiser", _("Organiser"), Field("organiser")),
            Column("hours", _("Hours"), Field("hours")),
        ),
        order=("-last_on", "-pk"),
        detail="pillars:training-detail",
        example=Example(
            _("Trainings that ended on 4 November and on 30 October: November has 1."),
            "2026-11",
            (
                given("training", first_on=date(2026, 11, 2), last_on=date(2026, 11, 4)),
                given("training", first_on=date(2026, 10, 28), last_on=date(2026, 10, 30)),
            ),
            1,
        ),
    ),
    participant_figure(
        code="training_participants",
        label=_("Participants of trainings"),
        date_field="training__last_on",
        counts=_("Participants of trainings whose last day lies in the period."),
        leaves_out=_("Nobody: who took part in two trainings counts in each."),
        empty_means=_("Nobody took part in a training."),
        rows=participants,
        example=Example(
            _("Two people took part in a training of November, one in a training of March: November has 2."),
            "2026-11",
            (
                given("participant", last_on=date(2026, 11, 4)),
                given("participant", last_on=date(2026, 11, 4), sex="male"),
                given("participant", last_on=date(2026, 3, 4)),
            ),
            2,
        ),
    ),
    participant_figure(
        code="trained_started",
        label=_("Trained people who started a business"),
        kind=Kind.STOCK,
        date_field="training__last_on, started_on",
        counts=_(
            "Registered participants of trainings that ended six months ago or earlier who have a business"
            " started after the first day of the training: their own, their household's or their group's."
        ),
        leaves_out=_("Participants who are not registered people, and trainings of the last six months."),
        empty_means=_("Nobody started, or no training is six months old."),
        rows=trained_and_started,
        over=Over(_("trained six months ago or earlier"), trained),
        example=Example(
            _("Two were trained in March, one of them opened a business in May; a third now: 1 of 2."),
            "2026-11",
            (
                given("participant", registered=True, last_on=date(2026, 3, 4), started_on=date(2026, 5, 1)),
                given("participant", registered=True, last_on=date(2026, 3, 4)),
                given("participant", registered=True, last_on=date(2026, 11, 4)),
            ),
            1,
            2,
        ),
    ),
)
