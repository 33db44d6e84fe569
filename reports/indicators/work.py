"""Figures of the work that businesses give, and of returned workers who have one (domain.md 4.1)."""

from __future__ import annotations

from datetime import date
from functools import partial

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from migrants.enums import MigrationStatus, Sex
from migrants.models import Migration, Person
from pillars.models import GroupMember, Turnover
from reports.indicators import units
from reports.indicators.business import businesses
from reports.indicators.pillar_roots import alive, pillar_figure
from reports.indicators.programme import PLACES, VILLAGE_COLUMNS, places_of
from reports.indicators.reading import Choice, Field
from reports.indicators.shape import Column, Example, How, Kind, Measure, Over, Span, given
from reports.indicators.support import months_before
from reports.indicators.words import of_person

MONTHS_REMEMBERED = 12  # who worked there longer ago is not known to work there now


def last_workers(span: Span) -> QuerySet[Turnover]:
    """The latest month of each business not closed whose workers are known, in the year up to the day; each
    with `workers`."""
    known = Turnover.objects.filter(
        Q(women__isnull=False) | Q(men__isnull=False),
        first_day__lte=span.day,
        first_day__gt=months_before(span.day, MONTHS_REMEMBERED),
    )
    later = known.filter(business=OuterRef("business"), first_day__gt=OuterRef("first_day"))
    rows = known.filter(~Exists(later), business__in=businesses(span))
    none = Value(0, output_field=IntegerField())
    return rows.annotate(workers=Coalesce(F("women"), none) + Coalesce(F("men"), none))


def returnees(span: Span) -> QuerySet[Person]:
    """People who came home from a journey by the day and are not abroad again on it."""
    journeys = Migration.objects.filter(person=OuterRef("pk")).exclude(status=MigrationStatus.CANCELLED)
    home = journeys.filter(returned_on__lte=span.day)
    away = journeys.filter(alive("departed_on", "returned_on", span))
    return Person.objects.filter(Exists(home), ~Exists(away), merged_into__isnull=True)


def returnees_in_business(span: Span) -> QuerySet[Person]:
    """Of them those with a business not closed on the day, their own or of a group of theirs."""
    running = businesses(span)
    members = GroupMember.objects.filter(
        alive("joined_on", "left_on", span), group__in=running.filter(group__isnull=False).values("group")
    )
    # Few have a business and many came home: PostgreSQL begins with the few when they stand in one list.
    owners = running.filter(owner__isnull=False).values("owner")
    return returnees(span).filter(pk__in=owners.union(members.order_by().values("person")))


work_figure = partial(
    pillar_figure,
    source=Turnover,
    kind=Kind.STOCK,
    grain=_("The latest known month of one business."),
    place_path="business__",
    related=tuple(f"business__{place}" for place in PLACES),
    detail="pillars:business-detail",
    detail_key="business_id",
    columns=(
        Column("month", _("Month"), Field("first_day")),
        *places_of("business__"),
        Column("business", _("Name of the business"), Field("business__name"), named=True),
        Column("women", _("Women at work"), Field("women")),
        Column("men", _("Men at work"), Field("men")),
    ),
    order=("-first_day", "-pk"),
)

WORK = (
    work_figure(
        code="business_jobs",
        label=_("People at work in businesses"),
        unit=units.PEOPLE,
        date_field="first_day",
        counts=_("Women and men at work in the latest month known of each business not closed on the day."),
        leaves_out=_("Businesses that told nothing for a year: they are never zero."),
        empty_means=_("Nobody is at work, or no business has told."),
        rows=last_workers,
        measure=Measure(How.SUM, "workers"),
        example=Example(
            _("In September three worked there, in October two women and a man elsewhere: 3 and 3, so 6."),
            "2026-11",
            (
                given("turnover", first_day=date(2026, 9, 1), women=2, men=1),
                given("turnover", first_day=date(2026, 10, 1), women=2, men=1),
                given("turnover", first_day=date(2026, 10, 1), women=None, men=None),
            ),
            6,
        ),
    ),
    pillar_figure(
        code="returnees_in_business",
        label=_("Returned workers in business"),
        unit=units.PEOPLE,
        grain=_("One person."),
        source=Person,
        kind=Kind.STOCK,
        date_field="returned_on, started_on",
        counts=_(
            "Returned workers with a business not closed on the day, their own or of a group of theirs."
        ),
        leaves_out=_("Those who left again, and businesses of their families."),
        empty_means=_("No returned worker runs a business, or none is registered."),
        rows=returnees_in_business,
        over=Over(units.RETURNED_WORKERS, returnees),
        names_need=Permission.SEE_PEOPLE,
        columns=(
            *VILLAGE_COLUMNS[:3],
            Column("name", _("Name"), Field("full_name"), named=True),
            Column("sex", _("Sex"), Choice("sex", Sex)),
        ),
        order=("pk",),
        splits=of_person(),
        detail="migrants:person-detail",
        example=Example(
            _("Of two returned workers one runs a business: 1 of 2."),
            "2026-11",
            (given("returnee", runs="Keripik"), given("returnee")),
            1,
            over=2,
        ),
    ),
)
