"""Kept counts say what the records say, whatever is written, however, and by how many at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from unittest import mock

import pytest
from django.db import connection
from django.utils import timezone

from audit.models import Event
from migrants.models import Migration, ServiceVisit
from periods.month import Month, Year
from reports import kept_counts
from reports.access import access_place
from reports.actions.keeping import check_counts, fold_counts
from reports.figures import figure_series, figure_table
from reports.models import KeptCount
from tests import factories as make

FIGURES = ("visits", "registrations", "departures", "departures_non_procedural", "departures:procedural")
PERIODS = (Year(2025), Year(2026), Month(2026, 10), Month(2026, 11), Month(2027, 1))
RANDU, BANDUNG, KENANGA = "33.25.14.2004", "33.25.14.2002", "32.12.16.2004"


def write_records() -> None:
    """Visits and journeys of two provinces and three months, some of them changed, moved or taken back."""
    officer = make.UserFactory()
    villages = {code: make.VillageFactory(code=code) for code in (RANDU, BANDUNG, KENANGA)}
    for code, day in (
        (RANDU, date(2025, 12, 31)),
        (RANDU, date(2026, 10, 31)),
        (BANDUNG, date(2026, 11, 1)),
        (KENANGA, date(2026, 11, 23)),
        (KENANGA, date(2026, 2, 1)),
    ):
        make.ServiceVisitFactory(village=villages[code], visited_on=day)
        journey = make.MigrationFactory(
            person=make.PersonFactory(village=villages[code]), registered_on=day, departed_on=None
        )
        Migration.objects.filter(pk=journey.pk).update(departed_on=day, status="abroad")
    one, two, three, *_rest = ServiceVisit.objects.order_by("visited_on", "pk")
    ServiceVisit.objects.filter(pk=one.pk).update(withdrawn_at=timezone.now(), withdrawn_by=officer)
    ServiceVisit.objects.filter(pk=two.pk).update(visited_on=date(2026, 3, 1))
    ServiceVisit.objects.filter(pk=three.pk).update(village=villages[KENANGA])
    Migration.objects.filter(village_id=KENANGA).update(procedural="non_procedural")
    Migration.objects.filter(registered_on=date(2026, 10, 31)).delete()
    ServiceVisit.objects.bulk_create(
        [
            make.ServiceVisitFactory.build(village=villages[RANDU], visited_on=date(2026, 10, 5))
            for _n in range(3)
        ]
    )


def told(seat):
    """The count of every cell of the figures that are kept: of the nation, provinces and districts."""
    places = [access_place(seat, code) for code in ("", "33", "32", "33.25", "32.12")]
    found = {}
    for period in PERIODS:
        table = figure_table(FIGURES, places, period, seat=seat)
        for figure in FIGURES:
            for place in places:
                cells = table.split_cells(figure, place) if ":" in figure else [table.cell(figure, place)]
                found |= {(figure, place.code, period.slug, cell.value): cell.count or 0 for cell in cells}
    return found


def counted(seat):
    """The same, all counted from the records."""
    with mock.patch.dict(kept_counts.KEPT, clear=True):
        return told(seat)


@pytest.fixture
def maya(cast):
    return cast.seat("maya")


def test_each_kept_number_is_the_number_of_its_records(maya):
    write_records()
    assert told(maya) == counted(maya)
    assert set(told(maya).values()) == {0, 1, 2, 3, 4, 7}
    assert check_counts() == 0


def test_whole_months_are_read_from_what_is_kept(maya):
    """Planted: only the kept counts know of a hundred visits more in October, of none in November."""
    write_records()
    place = access_place(maya, "33.25")
    for month in (10, 11):
        KeptCount.objects.create(
            source="visits", month=date(2026, month, 1), province_id="33", district_id="33.25", number=100
        )
    found = {
        period: figure_table(["visits"], [place], period, seat=maya).cell("visits", place).count
        for period in (Year(2026), Month(2026, 10), Month(2026, 11))
    }
    assert found == {Year(2026): 104, Month(2026, 10): 103, Month(2026, 11): 1}
    (series,) = figure_series(["visits"], place, [Month(2026, 10), Month(2026, 11)], seat=maya)
    assert [cell.count for cell in series.cells()] == [103, 1]


def test_number_that_is_wrong_is_mended_at_night_and_told(maya):
    write_records()
    wrong = KeptCount.objects.filter(source="departures").first()
    KeptCount.objects.filter(pk=wrong.pk).update(number=7)
    KeptCount.objects.filter(source="visits", district_id="32.12").delete()
    assert check_counts() == 4
    assert told(maya) == counted(maya)
    assert check_counts() == 0
    events = Event.objects.filter(name="figures.checked").order_by("pk")
    assert [event.subject_label for event in events] == ["4", "0"]


def test_folding_changes_no_number(maya):
    write_records()
    before = told(maya)
    rows = KeptCount.objects.count()
    assert fold_counts() > 0
    assert told(maya) == before
    keys = list(KeptCount.objects.values_list("source", "month", "district", "value"))
    assert len(keys) == len(set(keys)) < rows
    assert not KeptCount.objects.filter(number=0).exists()
    assert fold_counts() == 0


@pytest.mark.django_db(transaction=True)
def test_writers_and_folders_at_once_lose_no_count():
    village = make.VillageFactory(code=RANDU)
    officer = make.UserFactory()

    def write(turn: int) -> None:
        try:
            for n in range(10):
                visit = make.ServiceVisitFactory(
                    village=village, logged_by=officer, visited_on=date(2026, 1 + turn % 3, 1 + n)
                )
                if n % 3 == 0:
                    ServiceVisit.objects.filter(pk=visit.pk).update(
                        withdrawn_at=timezone.now(), withdrawn_by=officer
                    )
                if turn % 2:
                    fold_counts()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    assert ServiceVisit.objects.counted().count() == 36
    assert check_counts() == 0
    fold_counts()
    assert sum(KeptCount.objects.values_list("number", flat=True)) == 36
