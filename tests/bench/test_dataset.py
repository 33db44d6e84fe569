"""The bench's set is made of rows the product could have written. Tiny here; durations are never asserted."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.models import Count, F, Q

from accounts.models import User
from bench.dataset import Size, generate
from bench.writing import insert
from cooperatives.models import FinanceBody, Member
from migrants.models import Case, CaseEvent, Migration, MigrationStep, Person, Referral, ServiceVisit
from migrants.nik import read_nik
from migrants.queries.people import people_found, read_search
from periods.month import Year
from pillars.models import BusinessGroup, GroupMember, LearningCentre, OutreachSession
from reports.access import own_place
from reports.figures import figure_table
from tests.conftest import TODAY
from villages.access import seat_of
from villages.models import CohortTarget, Designation, District, OfficerAssignment, Province, Village

TINY = Size(villages=260, districts=40, provinces=12, people=600, visits=2000, cases=150)
_SHAPE = """
    SELECT conrelid::regclass::text || conname || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype <> 'n' AND connamespace = 'public'::regnamespace
    UNION SELECT split_part(indexdef, ' WHERE ', 1) FROM pg_indexes WHERE schemaname = 'public'
    UNION SELECT tgrelid::regclass::text || tgname || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
    ORDER BY 1
"""


def shape_of_the_database() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_SHAPE)
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture(scope="module")
def tiny(django_db_setup, django_db_blocker):
    """Fill once for all tests of this file; the shape of the database before."""
    with django_db_blocker.unblock(), transaction.atomic():
        before = shape_of_the_database()
        with connection.connection.cursor() as cursor:
            generate(cursor, TINY, today=TODAY)
        yield before
        transaction.set_rollback(True)


def test_set_has_the_size_it_was_asked_for(tiny):
    counted = {
        model.__name__: model.objects.count()
        for model in (
            Province,
            District,
            Village,
            Designation,
            OfficerAssignment,
            Person,
            Migration,
            ServiceVisit,
            Case,
            OutreachSession,
            BusinessGroup,
            GroupMember,
            LearningCentre,
            FinanceBody,
            Member,
        )
    }
    assert counted == {
        "Province": 12,
        "District": 40,
        "Village": 260,
        "Designation": 260,
        "OfficerAssignment": 2 * 260 - 5,
        "Person": 600,
        "Migration": 576,
        "ServiceVisit": 2000,
        "Case": 150,
        "OutreachSession": 2600,
        "BusinessGroup": 520,
        "GroupMember": 6240,
        "LearningCentre": 260,
        "FinanceBody": 195,
        "Member": 4875,
    }
    cohorts = dict(Designation.objects.order_by().values_list("cohort_year").annotate(n=Count("pk")))
    assert cohorts == {2016: 2, 2017: 120, 2018: 130, 2019: 8}
    assert CohortTarget.objects.get(year=2019).target_by_then == 400


def test_tables_are_as_before(tiny):
    assert shape_of_the_database() == tiny


@pytest.mark.parametrize(
    "model", [Person, Migration, ServiceVisit, Case, Referral, OutreachSession, Designation]
)
def test_district_and_province_are_those_of_the_village(tiny, model):
    elsewhere = ~Q(village__district_id=F("district_id")) | ~Q(village__province_id=F("province_id"))
    assert model.objects.exists()
    assert not model.objects.filter(elsewhere).exists()


def test_numbers_open_and_are_practice_numbers(tiny):
    for person in Person.objects.all()[:50]:
        nik = read_nik(person.nik, TODAY)
        assert nik.number[:2] == "99"
        assert (nik.birth_date, nik.sex) == (person.birth_date, person.sex)


def test_people_are_found_by_their_last_four_digits(tiny):
    seat = seat_of(User.objects.get(username="petugas.1.1"))
    person = Person.objects.filter(village=seat.village).first()
    found = people_found(seat, read_search(person.nik[-4:], TODAY))
    assert person in found


def test_words_of_cases_open(tiny):
    assert Case.objects.first().narrative == "Gaji tiga bulan terakhir belum dibayar."
    assert Referral.objects.first().request == "Mohon bantuan menghubungi perusahaan."


def test_histories_end_where_the_rows_stand(tiny):
    for case in Case.objects.prefetch_related("events"):
        assert [event.to_status for event in case.events.all() if event.to_status][-1] == case.status
    assert CaseEvent.objects.count() > 3 * 150
    for journey in Migration.objects.prefetch_related("steps"):
        assert list(journey.steps.all())[-1].to_status == journey.status
    assert MigrationStep.objects.count() > 576


def test_every_account_of_an_office_has_its_seat(tiny):
    names = User.objects.exclude(username__startswith="petugas.").order_by("username")
    assert {user.username: seat_of(user).role.replace("_", "-") for user in names} == {
        name: name
        for name in (
            "auditor",
            "district-coordinator",
            "district-viewer",
            "ministry-admin",
            "ministry-analyst",
            "province-viewer",
            "system-administrator",
            "village-head",
        )
    }


def test_figures_count_the_set(tiny):
    seat = seat_of(User.objects.get(username="ministry-analyst"))
    nation = own_place(seat)
    table = figure_table(
        ["villages_designated", "visits"], [nation], Year(TODAY.year), seat=seat, today=TODAY
    )
    counted = ServiceVisit.objects.counted().filter(visited_on__year=TODAY.year).count()
    assert table.cell("visits", nation).count == counted > 100
    assert table.cell("villages_designated", nation).count == 260


def test_column_without_an_expression_is_refused(db):
    connection.ensure_connection()
    with (
        connection.connection.cursor() as cursor,
        pytest.raises(ValueError, match="user needs an expression"),
    ):
        insert(cursor, OfficerAssignment, "(SELECT) one", id="gen_random_uuid()", village="'33.25.14.2004'")


def test_field_that_is_not_there_is_refused(db):
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, pytest.raises(ValueError, match="no field colour"):
        insert(cursor, Province, "(SELECT) one", code="'33'", name="'Jawa Tengah'", colour="'green'")
