"""The practice set: complete, invented throughout, consistent with the rules, and never in production."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from io import StringIO
from itertools import pairwise

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.test import override_settings
from django.utils import timezone, translation

from accounts.models import User
from accounts.roles import Role
from audit.models import Event
from migrants.access import visible_people
from migrants.case_states import step_between
from migrants.enums import RESTRICTED_TYPES, CaseEventKind, CaseStatus, Category, MigrationStatus
from migrants.journey_states import STANDING
from migrants.journey_states import step_between as journey_step
from migrants.models import (
    Case,
    Migration,
    MigrationStep,
    Person,
    PersonMerge,
    RedFlagCheck,
    Referral,
    ServiceVisit,
)
from migrants.nik import read_nik
from migrants.queries.cases import referrals_for_district
from migrants.queries.consents import asked_of_us
from migrants.queries.duplicates import records_alike
from migrants.queries.visits import follow_ups_due
from periods.month import Month, Year
from reports.access import access_place
from reports.figures import figure_table
from reports.indicators import CATALOGUE
from reports.practice import PracticeRefused, load_practice
from reports.practice.accounts import ACCOUNTS, PASSWORD
from tests.conftest import CHEAP_HASHER, NOW, TODAY
from villages.access import seat_of
from villages.enums import Certainty
from villages.models import Designation, OfficerAssignment, Village

RANDU, KEDUNGMALANG = "33.25.14.2004", "33.25.01.2004"
# Days that may lie ahead: ends of terms, of passports and of contracts, and promises.
AHEAD = {
    "valid_until",
    "planned_on",
    "ends_on",
    "passport_expires_on",
    "contract_ends_on",
    "act_by",
    "answer_by",
    "follow_up_on",
    "expires_on",
    "due_on",
    "event_on",
}
LOADED = ("account", "officer", "posting", "cohort_target", "practice")  # of what; the rest was done


def signature() -> list[object]:
    return [
        list(Person.objects.order_by("pk").values_list("pk", "full_name", "birth_date", "nik_digest")),
        list(ServiceVisit.objects.order_by("pk").values_list("pk", "visited_on", "topic", "logged_at")),
        list(Case.objects.order_by("pk").values_list("number", "status", "last_action_on", "version")),
    ]


FIRST_LOAD: dict[str, list[object]] = {}


@pytest.fixture(scope="module")
def said(django_db_setup, django_db_blocker):
    """Load the set for all tests of this file, after one that is undone; what the command printed."""
    out = StringIO()
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        with transaction.atomic():
            load_practice()
            FIRST_LOAD["signature"] = signature()
            transaction.set_rollback(True)
        with translation.override("id"), override_settings(PASSWORD_HASHERS=CHEAP_HASHER):
            call_command("load_practice", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def seat(said):
    return lambda username: seat_of(User.objects.get(username=username))


# --- refusals ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_production_never_has_practice_data(settings):
    settings.LOCAL = False
    with pytest.raises(CommandError, match="hanya untuk mode lokal"):
        call_command("load_practice")
    assert User.objects.count() == Village.objects.count() == 0


def test_second_load_changes_nothing(said):
    before = signature()
    with pytest.raises(PracticeRefused):
        load_practice()
    assert signature() == before


def test_same_moment_gives_the_same_data(said):
    assert FIRST_LOAD["signature"] == signature()


# --- accounts ----------------------------------------------------------------------------------------------


def test_command_prints_each_account_with_its_role(said):
    assert said.splitlines() == [
        "Akun latihan, hanya orang rekaan. Kata sandi: desa-latihan-2026",
        "  petugas.randu       Petugas Desmigratif, Desa Randu",
        "  petugas.randu2      Petugas Desmigratif, Desa Randu",
        "  petugas.kenanga     Petugas Desmigratif, Desa Kenanga",
        "  bendahara.randu     Bendahara badan keuangan, Desa Randu",
        "  ketua.randu         Pengurus atau pengawas badan keuangan, Desa Randu",
        "  kades.randu         Kepala desa, Desa Randu",
        "  disnaker.batang     Koordinator kabupaten/kota, Kabupaten Batang",
        "  disnaker.indramayu  Koordinator kabupaten/kota, Kabupaten Indramayu",
        "  provinsi.jateng     Pembaca provinsi, Jawa Tengah",
        "  kemnaker            Analis kementerian",
        "  kemnaker.admin      Admin kementerian",
        "  sysadmin            Admin sistem",
        "  auditor             Auditor",
    ]


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: account.username)
def test_account_sits_where_its_name_says(said, account):
    user = User.objects.get(username=account.username)
    seat = seat_of(user)
    place = seat.village_id or seat.district_id or seat.province_id or ""
    assert (user.full_name, seat.role, place) == (account.full_name, account.role, account.place)
    assert user.check_password(PASSWORD)


def test_nobody_else_can_sign_in(said):
    usable = [user.username for user in User.objects.order_by("username") if user.has_usable_password()]
    assert usable == sorted(account.username for account in ACCOUNTS)


def test_log_says_who_was_given_what(said):
    told = Event.objects.exclude(name__startswith="designation").values_list("name", flat=True)
    assert Counter(name for name in told if name.startswith(LOADED)) == {
        "account.made": User.objects.count(),
        "officer.assigned": OfficerAssignment.objects.count(),
        "posting.made": 15,
        "cohort_target.recorded": 6,
        "practice.loaded": 1,
    }


BOOKS = ("books.", "loan.", "meeting.", "body.")


def test_books_of_the_practice_cooperative_were_kept_by_its_board(said):
    told = Event.objects.values_list("name", flat=True)
    found = Counter(name for name in told if name.startswith(BOOKS))
    once = ("books.opened", "books.year_closed", "books.surplus_shared", "meeting.written")
    assert {name: found[name] for name in once} == dict.fromkeys(once, 1)
    assert (found["body.board_appointed"], found["loan.granted"]) == (2, 2)
    assert (found["books.month_closed"] > 15, found["books.entry_posted"] > 90) == (True, True)


def test_deeds_of_the_accounts_are_done_as_from_the_pages(said):
    told = Event.objects.exclude(name__startswith="designation").values_list("name", flat=True)
    found = Counter(name for name in told if not name.startswith((*LOADED, *BOOKS)))
    assert found.pop("task.raised") > 10
    assert found.pop("monthly_return.opened") > 10  # by the system: villages that have reported nothing
    assert found == {
        "consent.given": 4,
        "consent.withdrawn": 1,
        "document.set": 16,
        "person.changed": 2,
        "permit.issued": 2,
        "requirement.added": 1,
        "migration.milestone_set": 6,
        "migration.changed": 2,
        "migration.flags_asked": 1,
        "migration.assessed": 1,
        "person.registered": 2,
        "people.merged": 1,
        "record.requested": 2,
        "record.shared": 1,
        "task.added": 3,
    }


def test_each_new_kind_of_page_has_something_to_show(seat):
    randu, batang = seat("petugas.randu"), seat("disnaker.batang")
    states = Counter(
        row.state for journey in Migration.objects.filter(village=RANDU) for row in journey.documents.all()
    )
    assert set(states) == {"checked", "in_hand"}
    assert len(asked_of_us(randu)) == 1
    merge = PersonMerge.objects.get()
    twin = visible_people(batang).order_by("-registered_at")[0]
    assert (merge.merged.merged_into, bool(records_alike(batang, twin))) == (merge.kept, True)
    assert RedFlagCheck.objects.get().hits


# --- nobody real, nothing falsified ------------------------------------------------------------------------


def test_public_register_keeps_its_certainty_and_unknown_years(said):
    assert set(Designation.objects.values_list("certainty", flat=True)) == {
        Certainty.CONFIRMED,
        Certainty.UNCERTAIN,
    }
    randu = Designation.objects.get(village=RANDU)
    assert (randu.cohort_year, randu.stage, randu.stages.count()) == (None, "designated", 1)


def test_numbers_are_practice_numbers_and_agree_with_the_person(said):
    people = Person.objects.exclude(nik_sealed=None)
    assert people.count() > 400
    for person in people:
        nik = read_nik(person.nik, TODAY)
        assert person.nik[:2] == "99"
        assert (nik.birth_date, nik.sex) == (person.birth_date, person.sex)


def test_telephones_are_practice_telephones(said):
    phones = [
        phone
        for model, field in (
            (Person, "phone"),
            (Person, "next_of_kin_phone"),
            (Case, "reporter_phone"),
            (User, "phone"),
        )
        for phone in model.objects.exclude(**{field: ""}).values_list(field, flat=True)
    ]
    assert len(phones) > 800
    assert {phone[:6] for phone in phones} == {"+62810"}


# --- consistent --------------------------------------------------------------------------------------------


def test_nothing_lies_ahead(said):
    late = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.DateField) and field.name not in AHEAD:
                newest = model.objects.aggregate(newest=models.Max(field.name))["newest"]
                limit = timezone.now() if isinstance(newest, datetime) else TODAY
                if newest and newest > limit:
                    late.append((model.__name__, field.name, newest))
    assert [row for row in late if row[0] not in {"Event", "Session", "JournalEntry"}] == []


def test_records_reach_back_three_years(said):
    oldest = ServiceVisit.objects.aggregate(day=models.Min("visited_on"))["day"]
    assert date(2023, 11, 20) < oldest < date(2024, 2, 1)


def test_every_kind_of_journey_happens(said):
    found = set(Migration.objects.values_list("status", "procedural"))
    departed = {
        (status, path)
        for status in ("abroad", "returned")
        for path in ("procedural", "non_procedural", "unknown")
    }
    assert departed | {("prospective", "unknown"), ("cancelled", "unknown")} == found


def test_steps_lead_to_where_the_journey_stands(said):
    for journey in Migration.objects.prefetch_related("steps"):
        steps = list(journey.steps.all())
        assert steps[0].from_status == ""
        for before, step in pairwise(steps):
            assert step.from_status == before.to_status
            assert journey_step(step.from_status, step.to_status)
            assert step.happened_on >= before.happened_on
        assert steps[-1].to_status == journey.status


def test_standing_follows_the_latest_journey(said):
    for person in Person.objects.prefetch_related("migrations"):
        journeys = [one for one in person.migrations.all() if one.status != MigrationStatus.CANCELLED]
        if journeys:
            latest = max(journeys, key=lambda one: (one.registered_on, one.pk))
            assert person.category == STANDING[latest.status]
        else:
            assert person.category in {Category.RESIDENT, Category.FAMILY}


def test_every_status_of_a_case_happens(said):
    assert set(Case.objects.values_list("status", flat=True)) == set(CaseStatus.values)


def test_timeline_leads_to_where_the_case_stands(said):
    for case in Case.objects.prefetch_related("events"):
        events = list(case.events.all())
        assert events[0].kind == CaseEventKind.OPENED
        status = ""
        for event in events:
            if event.to_status:
                assert event.from_status == status
                assert not status or step_between(status, event.to_status).kind == event.kind
                status = event.to_status
        assert (status, events[-1].happened_on) == (case.status, case.last_action_on)
        assert case.version == 1 + sum(bool(event.from_status) for event in events)
        assert case.restricted == (case.type in RESTRICTED_TYPES)
        assert case.narrative


def test_timeline_days_never_go_back(said):
    for case in Case.objects.prefetch_related("events"):
        days = [event.happened_on for event in case.events.all()]
        assert days == sorted(days)


def test_no_referral_of_a_finished_case_waits(said):
    waiting = Referral.objects.filter(status__in=["sent", "received"])
    assert waiting.filter(case__status__in=["closed", "cancelled", "resolved"]).count() == 0


@pytest.mark.parametrize(
    ("model", "village", "by", "at"),
    [
        (ServiceVisit, "village_id", "logged_by_id", "logged_at"),
        (Migration, "village_id", "logged_by_id", "logged_at"),
        (Person, "village_id", "registered_by_id", "registered_at"),
        (MigrationStep, "migration__village_id", "logged_by_id", "logged_at"),
    ],
)
def test_whoever_logged_served_there_then(said, model, village, by, at):
    terms: dict[tuple[str, object], list[OfficerAssignment]] = {}
    for term in OfficerAssignment.objects.all():
        terms.setdefault((term.village_id, term.user_id), []).append(term)
    for code, user, moment in model.objects.values_list(village, by, at):
        day = timezone.localdate(moment)
        assert any(term.starts_on <= day <= term.ends_on for term in terms[code, user])


# --- life on every page ------------------------------------------------------------------------------------


def test_officer_finds_work_of_today(seat):
    randu = seat("petugas.randu")
    due = follow_ups_due(TODAY).visible_to(randu)
    days = Counter("today" if day == TODAY else "late" for day in due.values_list("follow_up_on", flat=True))
    assert days["today"] >= 2
    assert days["late"] >= 2
    assert Case.objects.visible_to(randu).open().count() >= 10


def test_restricted_cases_have_one_handler_in_the_village(seat):
    restricted = Case.objects.filter(village=RANDU, restricted=True, status__in=["handling", "referred"])
    seen = [
        restricted.filter(pk__in=Case.objects.visible_to(seat(name))).count()
        for name in ("petugas.randu", "petugas.randu2")
    ]
    assert sum(seen) == restricted.count() == 2


def test_district_has_referrals_to_answer(seat):
    sent = sorted(
        (TODAY - day).days
        for day in referrals_for_district(seat("disnaker.batang")).values_list("sent_on", flat=True)
    )
    assert len(sent) == 5
    assert sent[0] <= 4
    assert sent[-1] >= 26


def test_kedungmalang_is_silent_and_short_of_an_officer(seat):
    batang = seat("disnaker.batang")
    village = access_place(batang, KEDUNGMALANG)
    district = access_place(batang, "33.25")
    table = figure_table(
        ["villages_silent", "officer_gaps", "assignments_ending"],
        [village, district],
        Month(2026, 11),
        seat=batang,
    )
    assert [table.cell("villages_silent", place).count for place in (village, district)] == [1, 1]
    assert [table.cell("officer_gaps", place).count for place in (village, district)] == [1, 1]
    assert table.cell("assignments_ending", district).count == 1


def test_every_figure_of_the_nation_has_something_to_count(seat):
    ministry = seat("kemnaker")
    nation = access_place(ministry, "")
    table = figure_table(CATALOGUE, [nation], Year(2026), seat=ministry)
    assert [code for code in CATALOGUE if table.cell(code, nation).count == 0] == []


def test_roles_of_the_list_are_all_that_need_showing(said):
    assert {account.role for account in ACCOUNTS} == set(Role) - {Role.DISTRICT_VIEWER}
