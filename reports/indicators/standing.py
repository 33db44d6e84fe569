"""Figures of where journeys stand: papers complete, villagers abroad (domain.md 1.3)."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from migrants.enums import MigrationStatus
from migrants.models import Document, Migration
from migrants.papers import ARTICLE_13, SETTLED
from pillars.models import AbroadEstimate
from reports.indicators import units
from reports.indicators.pillar_roots import alive
from reports.indicators.reading import Field
from reports.indicators.services import JOURNEY_COLUMNS, WORKER, journey_figure
from reports.indicators.shape import Column, Example, How, Kind, Measure, Over, Span, given


def villagers_abroad(span: Span) -> QuerySet[Migration]:
    """Journeys abroad on the day. One whose day of departure nobody knows counts from its registration on."""
    gone = alive("departed_on", "returned_on", span)
    day_unknown = Q(departed_on__isnull=True, status=MigrationStatus.ABROAD, registered_on__lte=span.day)
    return Migration.objects.filter(gone | day_unknown).exclude(status=MigrationStatus.CANCELLED)


def abroad_where_estimated(span: Span) -> QuerySet[Migration]:
    """Of them those of villages that wrote down an estimate by the day."""
    reckoned = AbroadEstimate.objects.filter(village=OuterRef("village_id"), estimated_on__lte=span.day)
    return villagers_abroad(span).filter(Exists(reckoned))


def estimates(span: Span) -> QuerySet[AbroadEstimate]:
    """The last estimate of each village by the day."""
    return AbroadEstimate.objects.all().latest_by(span.day)


def being_prepared(_span: Span) -> QuerySet[Migration]:
    """Journeys somebody prepares today."""
    return Migration.objects.filter(status=MigrationStatus.PROSPECTIVE)


def papers_complete(span: Span) -> QuerySet[Migration]:
    """Of them those whose eight papers are checked, or not required, and have not expired."""
    settled = Document.objects.filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=span.today),
        migration=OuterRef("pk"),
        kind__in=ARTICLE_13,
        state__in=SETTLED,
    )
    count = settled.order_by().values("migration").annotate(n=Count("pk")).values("n")
    return being_prepared(span).annotate(_settled=Subquery(count)).filter(_settled=len(ARTICLE_13))


standing_journey = partial(
    journey_figure, unit=units.JOURNEYS, grain=_("One journey of one person."), splits=WORKER
)

STANDING = (
    standing_journey(
        code="papers_complete",
        label=_("Journeys with complete papers"),
        kind=Kind.NOW,
        date_field="registered_on",
        counts=_("Journeys being prepared whose eight papers are checked, or not required, and not expired."),
        leaves_out=_("Papers a district asks for besides. Earlier days are not known: no figure."),
        empty_means=_("Nobody who prepares has all papers."),
        rows=papers_complete,
        over=Over(_("being prepared"), being_prepared),
        columns=(Column("date", _("Registered on"), Field("registered_on")), *JOURNEY_COLUMNS),
        order=("-registered_on", "-pk"),
        example=Example(
            _("Of two who prepare one has all eight papers: 1 of 2."),
            "2026-11",
            (given("with_papers"), given("migration")),
            1,
            2,
        ),
    ),
    standing_journey(
        code="villagers_abroad",
        label=_("Villagers abroad"),
        kind=Kind.STOCK,
        date_field="departed_on, returned_on",
        counts=_("Journeys abroad on the day, by whatever path, known to the village."),
        leaves_out=_("Villagers abroad whom nobody registered."),
        empty_means=_("Nobody is known to be abroad."),
        rows=villagers_abroad,
        columns=(Column("date", _("Departed on"), Field("departed_on")), *JOURNEY_COLUMNS),
        order=("-registered_on", "-pk"),
        example=Example(
            _("One left in March, one left in March and returned in June, one is preparing: 1."),
            "2026-11",
            (
                given("migration", status="abroad", departed_on=date(2026, 3, 3)),
                given(
                    "migration",
                    status="returned",
                    departed_on=date(2026, 3, 3),
                    returned_on=date(2026, 6, 1),
                ),
                given("migration"),
            ),
            1,
        ),
    ),
    standing_journey(
        code="villagers_abroad_known",
        label=_("Villagers abroad, known of those estimated"),
        kind=Kind.STOCK,
        date_field="departed_on, returned_on",
        counts=_("Journeys abroad on the day in villages with an estimate, of the people estimated there."),
        leaves_out=_("Villages that never wrote down an estimate. More than 100 %: the estimate is too low."),
        empty_means=_("No village with an estimate knows of anybody abroad."),
        rows=abroad_where_estimated,
        over=Over(_("estimated"), estimates, measure=Measure(How.SUM, "number"), may_be_less=True),
        columns=(Column("date", _("Departed on"), Field("departed_on")), *JOURNEY_COLUMNS),
        order=("-registered_on", "-pk"),
        splits=(),
        example=Example(
            _("Two are known to be abroad; 8 were estimated in October and 10 in November: 2 of 10."),
            "2026-11",
            (
                given("migration", status="abroad", departed_on=date(2026, 3, 3)),
                given("migration", status="abroad", departed_on=date(2026, 3, 3)),
                given("estimate", estimated_on=date(2026, 10, 1), number=8),
                given("estimate", estimated_on=date(2026, 11, 2)),
            ),
            2,
            10,
        ),
    ),
)
