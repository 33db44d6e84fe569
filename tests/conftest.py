"""The cast: the same few people in every test, and the clock they live by.

Today is Monday 23 November 2026, 08.15 in Batang (WIB).

A test that has to commit says `@pytest.mark.django_db(transaction=True)` and nothing else: `audit_flush.py`
lifts the guards of the append-only tables while they are emptied after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from accounts.models import User
from tests.factories import (
    DesignationFactory,
    DistrictFactory,
    OfficerAssignmentFactory,
    PostingFactory,
    ProvinceFactory,
    UserFactory,
    VillageFactory,
)
from tests.recalled import recalled
from villages.access import Seat, seat_of
from villages.models import Designation, Village

# The same examples each time; `./run test --hypothesis-profile=explore` tries new ones. A machine with other
# work takes its time over them, which says nothing about what they test.
SLOW = [HealthCheck.too_slow]
property_settings.register_profile(
    "same_examples", derandomize=True, deadline=None, suppress_health_check=SLOW
)
property_settings.register_profile("explore", max_examples=1000, deadline=None, suppress_health_check=SLOW)
property_settings.load_profile("same_examples")

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 1, 15, tzinfo=UTC)
CHEAP_HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """At the end whoever is still connected (the backend of a killed process) is sent away, and the test
    database is dropped without a time limit."""
    yield
    if not str(connection.settings_dict["NAME"]).startswith("test_"):
        return  # nothing asked for a test database
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    connection.settings_dict["OPTIONS"].pop("options")


@pytest.fixture(autouse=True)
def clock(request):
    """A standing clock. Browser and worker tests live in real time: the engines cannot be frozen."""
    if request.node.get_closest_marker("browser") or request.node.get_closest_marker("worker"):
        yield None
        return
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def cheap_passwords(settings, request):
    """The tuned hasher takes 0.1 s on purpose; tests that are not about it use a quick one."""
    if not {"tuned_hasher", "browser"} & set(request.keywords):
        settings.PASSWORD_HASHERS = CHEAP_HASHER


@pytest.fixture
def english():
    """Sentences in the language of the source; pages are Indonesian unless a test asks for this."""
    with translation.override("en"):
        yield


@pytest.fixture
def indonesian():
    """Sentences as the people read them, in tests that draw without a request."""
    with translation.override("id"):
        yield


@dataclass
class Cast:
    """Everybody by name. `seat("rina")` and `client("rina")` give the seat and a signed-in browser."""

    randu: Village
    bandung: Village
    kenanga: Village
    people: dict[str, User]

    def user(self, name: str) -> User:
        return self.people[name]

    def seat(self, name: str) -> Seat | None:
        return seat_of(self.people[name])

    def randu_designation(self) -> Designation:
        return Designation.objects.get(village=self.randu)

    def client(self, name: str) -> Client:
        client = Client()
        client.force_login(self.people[name], backend="accounts.backends.AccountBackend")
        return client


@pytest.fixture
def cast(db, settings) -> Cast:
    return recalled(build_cast, of=tuple(settings.PASSWORD_HASHERS))


def _days(today: date, first: int, last: int) -> dict[str, date]:
    """A posting from so many days before or after today to so many."""
    return {"starts_on": today + timedelta(days=first), "ends_on": today + timedelta(days=last)}


def build_cast(today: date = TODAY) -> Cast:
    """rina, teguh: officers of Randu; sari: officer of Bandung (same district); dewi: officer of Kenanga
    (another province); kades: village head of Randu; hendro, lina: coordinator and viewer of Batang; indra:
    coordinator of Indramayu; ratna: province viewer of Jawa Tengah; maya: ministry analyst; arif: ministry
    administrator; sys: system administrator; audi: auditor; stranger: signed in without any posting;
    former: an officer of Randu whose term is over."""
    since = today - timedelta(days=1057)
    randu = VillageFactory(code="33.25.14.2004")
    bandung = VillageFactory(code="33.25.14.2002")
    kenanga = VillageFactory(code="32.12.16.2004")
    for village, year in ((randu, None), (bandung, None), (kenanga, 2016)):
        DesignationFactory(village=village, cohort_year=year)
    people = {
        name: UserFactory(username=name, full_name=full_name)
        for name, full_name in {
            "rina": "Rina Wulandari",
            "teguh": "Teguh Prasetyo",
            "sari": "Sari Utami",
            "dewi": "Dewi Anggraeni",
            "kades": "Slamet Riyadi",
            "hendro": "Hendro Wibowo",
            "lina": "Lina Marlina",
            "indra": "Indra Gunawan",
            "ratna": "Ratna Sari",
            "maya": "Maya Anggraini",
            "arif": "Arif Nugroho",
            "sys": "Bayu Sistem",
            "audi": "Audi Pramana",
            "stranger": "Orang Asing",
            "former": "Mantan Petugas",
        }.items()
    }
    OfficerAssignmentFactory(user=people["former"], village=randu, slot=1, **_days(today, -2518, -1423))
    OfficerAssignmentFactory(user=people["rina"], village=randu, slot=1, **_days(today, -1057, 403))
    OfficerAssignmentFactory(user=people["teguh"], village=randu, slot=2, **_days(today, -1057, 403))
    OfficerAssignmentFactory(user=people["sari"], village=bandung, slot=1, **_days(today, -1057, 403))
    OfficerAssignmentFactory(user=people["dewi"], village=kenanga, slot=1, **_days(today, -1057, 403))
    batang, indramayu = DistrictFactory(code="33.25"), DistrictFactory(code="32.12")
    PostingFactory(user=people["kades"], role="village_head", village=randu, starts_on=since)
    PostingFactory(
        user=people["hendro"],
        role="district_coordinator",
        district=batang,
        starts_on=since,
    )
    PostingFactory(user=people["lina"], role="district_viewer", district=batang, starts_on=since)
    PostingFactory(
        user=people["indra"],
        role="district_coordinator",
        district=indramayu,
        starts_on=since,
    )
    PostingFactory(
        user=people["ratna"],
        role="province_viewer",
        province=ProvinceFactory(code="33"),
        starts_on=since,
    )
    PostingFactory(user=people["maya"], role="ministry_analyst", starts_on=since)
    PostingFactory(user=people["arif"], role="ministry_admin", starts_on=since)
    PostingFactory(user=people["sys"], role="system_administrator", starts_on=since)
    PostingFactory(user=people["audi"], role="auditor", starts_on=since)
    return Cast(randu, bandung, kenanga, people)


@pytest.fixture
def world(cast):
    """One object of every kind in Randu (tests/architecture/world.py)."""
    from tests.architecture.world import build

    return build(cast)
