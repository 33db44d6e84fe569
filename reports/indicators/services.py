"""Figures of the migration service centre: visits, registrations, departures."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from migrants.enums import Channel, MigrationStatus, Outcome, Procedural, Scheme, Sex, Topic
from migrants.models import Migration, ServiceVisit
from migrants.queries import journeys
from migrants.queries.visits import visits_logged
from migrants.vocabulary import destination_label, destinations, job_label, jobs, jobs_of_sector
from reports.indicators import units
from reports.indicators.programme import PLACES, VILLAGE_COLUMNS
from reports.indicators.reading import Choice, Either, Field, Named, VisitNumber
from reports.indicators.shape import Column, Example, Indicator, Kind, Over, Span, given
from reports.indicators.words import by_choice, by_field, by_parts, of_person


def visits(span: Span) -> QuerySet[ServiceVisit]:
    """Visits of the period that were not withdrawn."""
    return visits_logged(span.first, span.last)


def registrations(span: Span) -> QuerySet[Migration]:
    """Journeys registered in the period."""
    return journeys.registrations(span.first, span.last)


def departures(span: Span) -> QuerySet[Migration]:
    """Journeys whose departure lies in the period."""
    return journeys.departures(span.first, span.last)


def returns_home(span: Span) -> QuerySet[Migration]:
    """Journeys that ended at home on a day of the period."""
    return journeys.returns(span.first, span.last)


def departures_outside_the_path(span: Span) -> QuerySet[Migration]:
    """Departures of the period that are known to be non-procedural."""
    return departures(span).filter(procedural=Procedural.NON_PROCEDURAL)


DESTINATION_NAME = Named("destination", destination_label, destinations)
JOURNEY_COLUMNS = (
    *VILLAGE_COLUMNS[:3],
    Column("name", _("Name"), Field("person__full_name"), named=True),
    Column("sex", _("Sex"), Choice("person__sex", Sex)),
    Column("destination", _("Destination"), DESTINATION_NAME),
    Column("job", _("Job"), Named("job", job_label, jobs)),
    Column("scheme", _("Scheme"), Choice("scheme", Scheme), file_only=True),
    Column("status", _("Status"), Choice("status", MigrationStatus)),
    Column("path", _("Path"), Choice("procedural", Procedural)),
)
DESTINATION = by_field("destination", _("By destination"), "destination", destination_label)
PATH = by_choice("procedural", _("By path"), "procedural", Procedural)
SCHEME = by_choice("scheme", _("By scheme"), "scheme", Scheme)
SECTOR = by_parts(
    "sector",
    _("By sector of work"),
    "job",
    {
        "formal": (_("Formal"), jobs_of_sector("formal")),
        "informal": (_("Informal"), jobs_of_sector("informal")),
    },
)
JOB = by_field("job", _("By job"), "job", job_label)
STATUS = by_choice("status", _("By status"), "status", MigrationStatus)
# The dimensions of the official statistics of workers (domain.md 2.10), beside month and district of origin.
WORKER = (PATH, DESTINATION, SCHEME, SECTOR, JOB, *of_person("person__"))

journey_figure = partial(
    Indicator,
    source=Migration,
    kind=Kind.FLOW,
    rows_need=Permission.SEE_RECORD_ROWS,
    names_need=Permission.SEE_PEOPLE,
    related=(*PLACES, "person"),
    detail="migrants:person-detail",
    detail_key="person_id",
)
departure_figure = partial(
    journey_figure,
    date_field="departed_on",
    columns=(Column("date", _("Departed on"), Field("departed_on")), *JOURNEY_COLUMNS),
    order=("-departed_on", "-pk"),
)

SERVICES = (
    Indicator(
        code="visits",
        label=_("Services logged"),
        unit=units.VISITS,
        grain=_("One visit: one service given to one person on one day."),
        source=ServiceVisit,
        kind=Kind.FLOW,
        date_field="visited_on",
        counts=_("Visits of every way and topic whose date lies in the period."),
        leaves_out=_("Withdrawn visits. Outreach sessions and cases are counted on their own."),
        empty_means=_("No visit was logged; see the villages that logged nothing before calling it zero."),
        rows=visits,
        rows_need=Permission.SEE_RECORD_ROWS,
        names_need=Permission.SEE_PEOPLE,
        columns=(
            Column("date", _("Date"), Field("visited_on")),
            *VILLAGE_COLUMNS[:3],
            Column("number", _("Number"), VisitNumber(), named=True),
            Column(
                "name",
                _("Name"),
                Either("person_id", Field("person__full_name"), Field("visitor_name")),
                named=True,
            ),
            Column(
                "sex", _("Sex"), Either("person_id", Choice("person__sex", Sex), Choice("visitor_sex", Sex))
            ),
            Column("topic", _("Service"), Choice("topic", Topic)),
            Column("channel", _("Way"), Choice("channel", Channel)),
            Column("outcome", _("Outcome"), Choice("outcome", Outcome)),
        ),
        order=("-visited_on", "-pk"),
        splits=(
            by_choice("topic", _("By service"), "topic", Topic),
            by_choice("channel", _("By way"), "channel", Channel),
            by_choice("outcome", _("By outcome"), "outcome", Outcome),
            by_choice("sex", _("By sex"), "person__sex", Sex, or_else="visitor_sex"),
        ),
        related=(*PLACES, "person"),
        detail="migrants:visit-detail",
        example=Example(
            _("Visits on 3 November, on 20 November (withdrawn) and on 31 October: November has 1."),
            "2026-11",
            (
                given("visit", visited_on=date(2026, 11, 3)),
                given("visit", visited_on=date(2026, 11, 20), withdrawn=True),
                given("visit", visited_on=date(2026, 10, 31)),
            ),
            1,
        ),
    ),
    journey_figure(
        code="registrations",
        label=_("Journeys registered"),
        unit=units.JOURNEYS,
        grain=_("One journey of one person."),
        date_field="registered_on",
        counts=_("Journeys whose day of registration lies in the period, with their status of today."),
        leaves_out=_("People registered without a journey. A person who leaves twice has two journeys."),
        empty_means=_("No journey was registered."),
        rows=registrations,
        columns=(Column("date", _("Registered on"), Field("registered_on")), *JOURNEY_COLUMNS),
        order=("-registered_on", "-pk"),
        splits=(
            STATUS,
            *WORKER,
        ),
        example=Example(
            _("One person registered on 2 November, one on 31 October: November has 1."),
            "2026-11",
            (
                given("migration", registered_on=date(2026, 11, 2)),
                given("migration", registered_on=date(2026, 10, 31)),
            ),
            1,
        ),
    ),
    departure_figure(
        code="departures",
        label=_("Departures"),
        unit=units.DEPARTURES,
        grain=_("One journey of one person."),
        counts=_("Journeys whose day of departure lies in the period, by whatever path."),
        leaves_out=_("Departures whose day nobody wrote down, and those of villages outside the programme."),
        empty_means=_("No departure is known; families hide some of them."),
        rows=departures,
        splits=WORKER,
        example=Example(
            _("Two people left in November, one in October, one is preparing: November has 2."),
            "2026-11",
            (
                given("migration", status="abroad", departed_on=date(2026, 11, 3), procedural="procedural"),
                given("migration", status="abroad", departed_on=date(2026, 11, 9)),
                given("migration", status="abroad", departed_on=date(2026, 10, 9)),
                given("migration"),
            ),
            2,
        ),
    ),
    journey_figure(
        code="returns_home",
        label=_("Returns home"),
        unit=units.RETURNS,
        grain=_("One journey of one person."),
        date_field="returned_on",
        counts=_("Journeys that ended at home on a day of the period, for whatever reason."),
        leaves_out=_("Returns whose day nobody wrote down, and leaves after which the journey goes on."),
        empty_means=_("No return is known."),
        rows=returns_home,
        columns=(Column("date", _("Returned on"), Field("returned_on")), *JOURNEY_COLUMNS),
        order=("-returned_on", "-pk"),
        splits=WORKER,
        example=Example(
            _("One person came home in November, one in October, one is abroad: November has 1."),
            "2026-11",
            (
                given(
                    "migration",
                    status="returned",
                    departed_on=date(2024, 11, 3),
                    returned_on=date(2026, 11, 9),
                ),
                given(
                    "migration",
                    status="returned",
                    departed_on=date(2024, 11, 3),
                    returned_on=date(2026, 10, 9),
                ),
                given("migration", status="abroad", departed_on=date(2026, 10, 9)),
            ),
            1,
        ),
    ),
    departure_figure(
        code="departures_non_procedural",
        label=_("Non-procedural departures"),
        unit=units.DEPARTURES,
        grain=_("One journey of one person."),
        counts=_("Departures of the period whose path is known to be non-procedural."),
        leaves_out=_("Departures not yet assessed; they stay in the denominator and are shown beside."),
        empty_means=_("No departure of the period is known to be non-procedural."),
        rows=departures_outside_the_path,
        over=Over(units.DEPARTURES_OF_ANY_PATH, departures),
        splits=WORKER[1:],
        example=Example(
            _("Of four departures two are procedural, one is not, one is not yet known: 1 of 4."),
            "2026-11",
            (
                given("migration", status="abroad", departed_on=date(2026, 11, 3), procedural="procedural"),
                given("migration", status="abroad", departed_on=date(2026, 11, 4), procedural="procedural"),
                given(
                    "migration", status="abroad", departed_on=date(2026, 11, 5), procedural="non_procedural"
                ),
                given("migration", status="abroad", departed_on=date(2026, 11, 6)),
            ),
            1,
            4,
        ),
    ),
)
