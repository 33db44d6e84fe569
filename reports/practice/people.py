"""Invented residents with their family cards and journeys: every status, destination and path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from accounts.models import User
from migrants.enums import (
    Category,
    DataBasis,
    Education,
    MaritalStatus,
    MigrationStatus,
    Procedural,
    Relation,
    Scheme,
    Sex,
)
from migrants.journey_states import STANDING
from migrants.models import Household, Migration, MigrationStep, Person
from migrants.numbers import card_fields, nik_fields, passport_fields
from reports.practice.names import full_name
from reports.practice.scenes import Scene

S = MigrationStatus

# How people stand to the programme when they are registered; domain.md 2.1.
_LIVES = {"prospective": 17, "abroad": 38, "returned": 25, "cancelled": 5, "family": 12, "resident": 3}
_ABROAD: Mapping[str, Mapping[str, float]] = {
    Sex.FEMALE: {"TWN": 8, "HKG": 7, "SGP": 4, "MYS": 4, "SAU": 2, "BRN": 1, "JPN": 0.5},
    Sex.MALE: {"KOR": 5, "MYS": 5, "TWN": 4, "JPN": 4, "SAU": 1, "BRN": 1, "POL": 0.5},
}
_JOBS: Mapping[str, Mapping[str, Mapping[str, float]]] = {
    Sex.FEMALE: {
        "TWN": {"CARE": 7, "OPR": 2, "PLRT": 1},
        "MYS": {"OPR": 5, "PLRT": 3, "CLEAN": 1},
        "SAU": {"PLRT": 4, "CLEAN": 1},
        "JPN": {"NURSE": 1, "AGRI": 1},
        "ARE": {"PLRT": 2, "CLEAN": 1},
        "": {"PLRT": 5, "DOM": 2, "BABY": 1, "COOK": 1},
    },
    Sex.MALE: {
        "KOR": {"OPR": 5, "FISH": 3, "AGRI": 1, "CONST": 1},
        "MYS": {"PLANT": 6, "CONST": 3, "WAIT": 1},
        "TWN": {"OPR": 4, "FISH": 4},
        "JPN": {"AGRI": 3, "OPR": 3, "WELD": 1, "CONST": 1},
        "SAU": {"DRV": 3, "CLEAN": 1},
        "": {"CONST": 3, "WAIT": 1, "DRV": 1, "OPR": 2},
    },
}
_SCHEMES: Mapping[str, Mapping[str, float]] = {
    "KOR": {Scheme.G_TO_G: 8, Scheme.P_TO_P: 1, Scheme.SEA_BASED: 1},
    "JPN": {Scheme.G_TO_G: 2, Scheme.P_TO_P: 6, Scheme.INDEPENDENT: 1},
    "": {Scheme.P_TO_P: 9, Scheme.INDEPENDENT: 1, Scheme.UKPS: 0.3},
}
_AGENCIES = (
    "PT Latihan Bahtera Samudra",
    "PT Latihan Karya Mandiri",
    "PT Latihan Nusa Sejahtera",
    "PT Latihan Mitra Utama",
)
_EMPLOYERS = {
    "FISH": ("Kapal Contoh Bahari 7", "Kapal Contoh Lestari 2"),
    "PLANT": ("Ladang Contoh Hijau", "Perkebunan Contoh Jaya"),
    "OPR": ("Pabrik Contoh Elektronik", "Pabrik Contoh Tekstil"),
    "CONST": ("Kontraktor Contoh Teguh",),
    "AGRI": ("Kebun Contoh Musim",),
}
_FAMILIES = ("Keluarga Contoh A", "Keluarga Contoh B", "Keluarga Contoh C")
_BASIS = {
    Procedural.PROCEDURAL: (
        "Perjanjian penempatan dan visa kerja dilihat.",
        "Terdata di Sisko P2MI; perjanjian kerja dilihat.",
        "Program G to G; surat pengumuman kelulusan dilihat.",
    ),
    Procedural.NON_PROCEDURAL: (
        "Berangkat dengan visa kunjungan lewat perantara.",
        "Tidak ada perjanjian kerja; dibawa perantara tanpa P3MI.",
        "Keluarga menyebut paspor umrah.",
    ),
}
_EDUCATION = {
    Education.PRIMARY: 31,
    Education.JUNIOR: 30,
    Education.SENIOR: 34,
    Education.DIPLOMA: 3,
    "": 2,
}
_MARRIAGE = {
    MaritalStatus.MARRIED: 58,
    MaritalStatus.SINGLE: 28,
    MaritalStatus.DIVORCED: 9,
    MaritalStatus.WIDOWED: 3,
    "": 2,
}
_KIN = {Relation.SPOUSE: 5, Relation.PARENT: 4, Relation.SIBLING: 2}
_BASES = {DataBasis.VILLAGE_DUTY: 8, DataBasis.SPOKEN_CONSENT: 1, DataBasis.WRITTEN_CONSENT: 1}
_FAMILY_BASES = {DataBasis.VILLAGE_DUTY: 1, DataBasis.SPOKEN_CONSENT: 4, DataBasis.WRITTEN_CONSENT: 1}
_NICKNAMES = {
    Sex.FEMALE: ("Mbak Sri", "Bu Ning", "Yuni", "Iin", "Mbak Tik"),
    Sex.MALE: ("Pak No", "Kang To", "Mas Yan", "Pak Di", "Kang Man"),
}
_WHY_NOT = (
    "Keluarga tidak mengizinkan.",
    "Tidak lulus pemeriksaan kesehatan.",
    "Mendapat pekerjaan di kabupaten.",
    "Biaya yang diminta terlalu tinggi.",
)


@dataclass
class Resident:
    """A person of these data, from which day on the village knows them, and their journeys, oldest first."""

    person: Person
    since: date
    journeys: list[Migration] = field(default_factory=list)

    @property
    def country(self) -> str:
        return self.journeys[-1].destination if self.journeys else ""


@dataclass(frozen=True)
class _Leg:
    """One step of a journey and its day."""

    to: MigrationStatus
    on: date
    reason: str = ""


class Register:
    """Fills the village's register; keeps what must not come twice."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.chance = scene.chance
        self.serial = 0
        self.residents: list[Resident] = []
        parts = scene.village.code.split(".")
        self._area = f"99{parts[1]}{parts[2]}"

    def fill(self) -> list[Resident]:
        """Register the people of the plan; return them by the day they became known."""
        for _one in range(self.scene.plan.people):
            self._register(self.chance.weighted(_LIVES))
        for path in Procedural if self.scene.plan.sends_many else (Procedural.PROCEDURAL,):
            self._left_lately(path)
        return sorted(self.residents, key=lambda resident: resident.since)

    def _register(self, life: str) -> None:
        scene, chance = self.scene, self.chance
        recent = life in {"prospective", "cancelled"}
        first = max(scene.first, scene.today - timedelta(days=260)) if recent else scene.first
        since = chance.later_day(min(first, scene.last), scene.last)
        if life in {"family", "resident"}:
            self._add_person(Category.FAMILY if life == "family" else Category.RESIDENT, since)
            return
        status = MigrationStatus(life)
        legs = self._legs(status, since)
        resident = self._add_person(Category.RESIDENT, since)
        self._begin(resident, legs, since)
        if status == S.RETURNED and chance.happens(0.14):
            free = max(since, scene.ago(120), legs[-1].on + timedelta(days=20))
            if free <= scene.last:
                again = chance.day(free, scene.last)
                self._begin(resident, [_Leg(S.PROSPECTIVE, again)], again)

    def _left_lately(self, path: Procedural) -> None:
        """Somebody who left in the last three weeks; outside the path the village heard of it afterwards."""
        left = self.chance.day(self.scene.ago(self.scene.plan.quiet + 20), self.scene.ago(3))
        legs = [_Leg(S.ABROAD, left)]
        since = self.chance.day(left, self.scene.last)
        if path != Procedural.NON_PROCEDURAL:
            since = max(left - timedelta(days=self.chance.number(40, 120)), self.scene.first)
            legs.insert(0, _Leg(S.PROSPECTIVE, since))
        self._begin(self._add_person(Category.RESIDENT, since), legs, since, path)

    # --- people ------------------------------------------------------------------------------------------

    def _add_person(self, category: Category, since: date) -> Resident:
        scene, chance = self.scene, self.chance
        is_family = category == Category.FAMILY
        sex = chance.weighted({Sex.FEMALE: 6, Sex.MALE: 4})
        born = since - timedelta(days=chance.number(19 * 366, (63 if is_family else 42) * 365))
        at, by = scene.logged(since)
        key = chance.key(at)
        name = full_name(scene.plan.region, sex, chance)
        household = self._household(at) if chance.happens(0.8) else None
        kin = "" if is_family else full_name(scene.plan.region, chance.pick(list(Sex)), chance)
        person = Person(
            pk=key,
            village=scene.village,
            full_name=name,
            nickname=chance.pick(_NICKNAMES[sex]) if chance.happens(0.12) else "",
            sex=sex,
            birth_date=born,
            category=category,
            phone=self._phone() if chance.happens(0.8) else "",
            education=chance.weighted(_EDUCATION),
            marital_status=chance.weighted(_MARRIAGE),
            hamlet=household.hamlet if household else chance.pick(scene.plan.region.hamlets),
            neighbourhood=household.neighbourhood if household else "",
            household=household,
            next_of_kin_name=kin,
            next_of_kin_relation=chance.weighted(_KIN) if kin else "",
            next_of_kin_phone=self._phone() if kin and chance.happens(0.85) else "",
            data_basis=chance.weighted(_FAMILY_BASES if is_family else _BASES),
            registered_by=by,
            registered_at=at,
            **self._numbers(key, sex, born, since, is_family=is_family),
        )
        scene.book.add(person)
        resident = Resident(person, since)
        self.residents.append(resident)
        return resident

    def _numbers(self, key: UUID, sex: str, born: date, since: date, *, is_family: bool) -> dict[str, Any]:
        self.serial += 1
        day = born.day + (40 if sex == Sex.FEMALE else 0)
        nik = f"{self._area}{day:02d}{born:%m%y}{self.serial:04d}" if self.chance.happens(0.92) else ""
        passport = ""
        expires = None
        if not is_family and self.chance.happens(0.55):
            passport = f"X{self.chance.number(1_000_000, 9_999_999)}"
            expires = since + timedelta(days=self.chance.number(200, 1800))
        return {
            **nik_fields(nik, person=key, village=self.scene.village.code),
            **passport_fields(passport, person=key),
            "passport_expires_on": expires,
        }

    def _household(self, at: datetime) -> Household:
        """A family card; now and then one that somebody else of the village is on already."""
        known = [row for row in self.scene.book.rows(Household) if row.village_id == self.scene.village.code]
        if known and self.chance.happens(0.22):
            return self.chance.pick(known)
        self.serial += 1
        key = self.chance.key(at)
        issued = at.date() - timedelta(days=self.chance.number(200, 3000))
        number = f"{self._area}{issued:%d%m%y}{self.serial:04d}"
        rt, rw = self.chance.number(1, 9), self.chance.number(1, 6)
        return self.scene.book.add(
            Household(
                pk=key,
                village=self.scene.village,
                hamlet=self.chance.pick(self.scene.plan.region.hamlets),
                neighbourhood=f"{rt:03d}/{rw:03d}",
                **card_fields(number, household=key),
            )
        )

    def _phone(self) -> str:
        return f"+62810{self.chance.number(10_000_000, 99_999_999)}"

    # --- journeys ----------------------------------------------------------------------------------------

    def _legs(self, status: MigrationStatus, since: date) -> list[_Leg]:
        """The steps of a journey that stands at `status` today and became known on `since`."""
        chance, last = self.chance, self.scene.last
        room = (last - since).days
        started = _Leg(S.PROSPECTIVE, since)
        if status == S.PROSPECTIVE:
            return [started]
        if status == S.CANCELLED:
            on = chance.day(since + timedelta(days=min(20, room)), min(since + timedelta(days=120), last))
            return [started, _Leg(S.CANCELLED, on, chance.pick(_WHY_NOT))]
        if status == S.ABROAD:
            if room > 45 and chance.happens(0.7):
                return [started, _Leg(S.ABROAD, self._between(since, 25, 170))]
            return [_Leg(S.ABROAD, since - timedelta(days=chance.number(60, 900)))]
        if room > 400 and chance.happens(0.5):
            left = self._between(since, 25, 120)
            return [started, _Leg(S.ABROAD, left), _Leg(S.RETURNED, self._between(left, 150, 800))]
        left = since - timedelta(days=chance.number(400, 1600))
        if room > 60 and chance.happens(0.5):
            return [_Leg(S.ABROAD, left), _Leg(S.RETURNED, self._between(since, 20, 500))]
        return [_Leg(S.RETURNED, since - timedelta(days=chance.number(10, 300)))]

    def _between(self, day: date, least: int, most: int) -> date:
        return self.chance.day(
            min(day + timedelta(days=least), self.scene.last),
            min(day + timedelta(days=most), self.scene.last),
        )

    def _begin(
        self, resident: Resident, legs: list[_Leg], since: date, path: Procedural | None = None
    ) -> None:
        scene, chance, person = self.scene, self.chance, resident.person
        at, by = scene.logged(since)
        days = {leg.to: leg.on for leg in legs}
        departed, returned = days.get(S.ABROAD), days.get(S.RETURNED)
        if returned and not departed:
            departed = returned - timedelta(days=chance.number(380, 1400))
        destination = chance.weighted((scene.plan.abroad or _ABROAD)[person.sex])
        jobs = _JOBS[person.sex]
        job = chance.weighted(jobs.get(destination, jobs[""]))
        path = path or self._path(departed, known_before=legs[0].to == S.PROSPECTIVE)
        scheme: str = Scheme.UNKNOWN
        if path != Procedural.NON_PROCEDURAL:
            scheme = (
                Scheme.SEA_BASED
                if job == "FISH"
                else chance.weighted(_SCHEMES.get(destination, _SCHEMES[""]))
            )
        by_agency = scheme in {Scheme.P_TO_P, Scheme.SEA_BASED}
        journey = Migration(
            pk=chance.key(at),
            person=person,
            village=scene.village,
            scheme=scheme,
            destination=destination,
            job=job,
            agency=chance.pick(_AGENCIES) if by_agency else "",
            employer=chance.pick(_EMPLOYERS.get(job, _FAMILIES)) if departed and chance.happens(0.6) else "",
            status=legs[-1].to,
            registered_on=since,
            departed_on=departed,
            returned_on=returned,
            contract_ends_on=departed + timedelta(days=chance.pick((729, 1094)))
            if departed and path != Procedural.NON_PROCEDURAL and chance.happens(0.8)
            else None,
            procedural=path,
            logged_by=by,
            logged_at=at,
        )
        if path != Procedural.UNKNOWN and departed:
            judged_at, judge = scene.logged(max(since, min(departed, scene.last)))
            journey.procedural_basis = chance.pick(_BASIS[path])
            journey.procedural_by, journey.procedural_at = judge, judged_at
        scene.book.add(journey)
        resident.journeys.append(journey)
        self._write_steps(journey, legs, at, by)
        if journey.status != S.CANCELLED:
            person.category = STANDING[journey.status]

    def _write_steps(self, journey: Migration, legs: list[_Leg], at: datetime, by: User) -> None:
        """The first step with the journey itself, as the action writes it; the later ones on their days."""
        frm = ""
        for leg in legs:
            if frm:
                written, by = self.scene.logged(max(leg.on, journey.registered_on))
                at = max(written, at + timedelta(seconds=1))
            self.scene.book.add(
                MigrationStep(
                    pk=self.chance.key(at),
                    migration=journey,
                    from_status=frm,
                    to_status=leg.to,
                    happened_on=leg.on,
                    reason=leg.reason,
                    logged_by=by,
                    logged_at=at,
                )
            )
            frm = leg.to

    def _path(self, departed: date | None, *, known_before: bool) -> Procedural:
        """By which path; those whom the village knew before they left went by the book more often."""
        if departed is None:
            return Procedural.UNKNOWN
        weights = {Procedural.PROCEDURAL: 7.0, Procedural.NON_PROCEDURAL: 1.0, Procedural.UNKNOWN: 1.5}
        if not known_before:
            weights = {Procedural.PROCEDURAL: 4.0, Procedural.NON_PROCEDURAL: 3.0, Procedural.UNKNOWN: 3.0}
        return self.chance.weighted(weights)
