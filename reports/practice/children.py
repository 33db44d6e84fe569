"""Invented life of the learning centres: facilitators, children by pseudonym, sessions with their rolls, home
visits, classes for carers. Some children stay away, lose a carer or stand at risk, so that the radar speaks.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from migrants.enums import Carer, ConsentManner, MigrationStatus, Sex
from migrants.models import Migration
from pillars.enums import (
    AbsentParent,
    CarerTopic,
    ChildTheme,
    ContactWay,
    FacilitatorKind,
    Guardian,
    SchoolLevel,
    SchoolStanding,
)
from pillars.guardian_texts import guardian_text_on
from pillars.models import (
    Attendance,
    CarerPresent,
    CarerSession,
    Child,
    ChildCare,
    ChildSession,
    Facilitator,
    GuardianConsent,
    HomeVisit,
    LearningCentre,
    Logged,
    ParentContact,
    SchoolStatus,
    SessionLeader,
)
from reports.practice.chance import Chance
from reports.practice.names import full_name
from reports.practice.people import Resident
from reports.practice.scenes import Scene

WEEKS = 9  # of sessions, two a week
_PSEUDONYMS = (
    *("Bintang", "Bulan", "Mentari", "Pelangi", "Embun", "Fajar", "Senja", "Awan", "Angin", "Hujan"),
    *("Melati", "Mawar", "Kenari", "Merpati", "Elang", "Rusa", "Kancil", "Kelinci", "Padi", "Jati"),
    *("Cendana", "Kemuning", "Teratai", "Samudra", "Gunung", "Sungai", "Danau", "Pasir", "Batu", "Kerang"),
)
_AGES = {
    SchoolLevel.EARLY: (4, 6),
    SchoolLevel.PRIMARY: (7, 12),
    SchoolLevel.JUNIOR: (13, 15),
    SchoolLevel.SENIOR: (16, 17),
}
_SEEN = (
    "Anak sehat dan rajin. Pengasuh meminta bantuan buku.",
    "Anak membantu di warung sampai malam dan mengantuk di sekolah.",
    "Rumah bersih. Anak rindu orang tua dan ingin panggilan video.",
)


def add_children(scene: Scene, residents: list[Resident], chance: Chance) -> None:
    """Fill the village's learning centre, if it is still open. Draws from a chance of its own."""
    for centre in scene.book.rows(LearningCentre):
        if centre.village_id == scene.village.pk and centre.closed_on is None:
            _Life(scene, residents, chance, centre).fill()


class _Life:
    """One centre while it is filled."""

    def __init__(
        self, scene: Scene, residents: list[Resident], chance: Chance, centre: LearningCentre
    ) -> None:
        self.scene, self.residents, self.chance, self.centre = scene, residents, chance, centre
        self.began = max(centre.opened_on, scene.last - timedelta(days=300))

    def fill(self) -> None:
        leaders = self._facilitators()
        children = self._children(24 if self.scene.plan.is_busy else self.chance.number(5, 12))
        self._sessions(leaders, children)
        for child in self.chance.some(children, 3):
            self._visit(child)
        self._classes()

    def _new(self, model: type[Any], day: date, **facts: Any) -> Any:
        at, by = self.scene.logged(day)
        if issubclass(model, Logged):
            facts |= {"logged_by": by, "logged_at": at}
        if model is not SessionLeader:
            facts["village"] = self.scene.village
        return self.scene.book.add(model(pk=self.chance.key(at), **facts))

    def _facilitators(self) -> list[Facilitator]:
        """Two who have signed, and one who has not yet."""
        people = []
        for number, kind in enumerate(FacilitatorKind):
            sex = self.chance.pick((Sex.FEMALE, Sex.FEMALE, Sex.MALE))
            people.append(
                self._new(
                    Facilitator,
                    self.began,
                    centre=self.centre,
                    name=full_name(self.scene.plan.region, sex, self.chance),
                    kind=kind,
                    began_on=self.began,
                    agreement_signed_on=self.began if number < 2 else None,
                )
            )
        return people[:2]

    def _children(self, count: int) -> list[Child]:
        names = self.chance.some(_PSEUDONYMS, count)
        away = [one.journeys[-1] for one in self.residents if one.journeys and _is_away(one.journeys[-1])]
        return [self._child(name, self.chance.pick(away) if away else None) for name in names]

    def _child(self, name: str, journey: Migration | None) -> Child:
        level = self.chance.weighted(
            {SchoolLevel.EARLY: 2, SchoolLevel.PRIMARY: 6, SchoolLevel.JUNIOR: 3, SchoolLevel.SENIOR: 1}
        )
        joined = self.chance.day(self.began, self.scene.last - timedelta(days=80))
        mother = journey is None or journey.person.sex == Sex.FEMALE
        child: Child = self._new(
            Child,
            joined,
            centre=self.centre,
            pseudonym=name,
            birth_year=self.scene.today.year - self.chance.number(*_AGES[level]),
            sex=self.chance.pick((Sex.FEMALE, Sex.MALE)),
            level=level,
            absent_parent=AbsentParent.MOTHER if mother else AbsentParent.FATHER,
            migration=journey,
            joined_on=joined,
        )
        self._home(child)
        self._school(child)
        return child

    def _home(self, child: Child) -> None:
        """Consent, carer, and when the parent called."""
        joined = child.joined_on
        name = full_name(self.scene.plan.region, Sex.FEMALE, self.chance)
        self._new(
            GuardianConsent,
            joined,
            child=child,
            guardian=Guardian.GRANDPARENT,
            guardian_name=name,
            photos=self.chance.happens(0.3),
            text_version=guardian_text_on(joined).version,
            manner=ConsentManner.WRITTEN,
            given_on=joined,
        )
        care = {"child": child, "carer_kind": Carer.GRANDPARENT}
        self._new(ChildCare, joined, since=joined, carer_name=name, **care)
        if self.chance.happens(0.12):
            since = self.chance.day(self.scene.last - timedelta(days=40), self.scene.last)
            self._new(ChildCare, since, child=child, since=since, carer_kind=Carer.RELATIVE)
        if self.chance.happens(0.75):
            day = self.chance.day(self.scene.last - timedelta(days=20), self.scene.last)
            way = self.chance.pick((ContactWay.VIDEO_CALL, ContactWay.PHONE, ContactWay.MESSAGE))
            self._new(ParentContact, day, child=child, contacted_on=day, way=way)

    def _school(self, child: Child) -> None:
        joined = child.joined_on
        self._new(SchoolStatus, joined, child=child, status=SchoolStanding.ATTENDING, since=joined)
        if not self.chance.happens(0.2):
            return
        first = max(joined, self.scene.last - timedelta(days=70))
        since = self.chance.day(first, self.scene.last - timedelta(days=20))
        risk = {"status": SchoolStanding.AT_RISK, "before": SchoolStanding.ATTENDING, "since": since}
        self._new(SchoolStatus, since, child=child, why="Sering terlambat dan mengantuk.", **risk)
        self._visit(child, since)
        if self.chance.happens(0.5):
            back = self.chance.day(since + timedelta(days=10), self.scene.last)
            good = {"status": SchoolStanding.ATTENDING, "before": SchoolStanding.AT_RISK, "since": back}
            self._new(SchoolStatus, back, child=child, **good)

    def _visit(self, child: Child, after: date | None = None) -> None:
        first = after or max(child.joined_on, self.scene.last - timedelta(days=60))
        day = self.chance.day(first, self.scene.last)
        self._new(HomeVisit, day, child=child, visited_on=day, seen=self.chance.pick(_SEEN))

    def _sessions(self, leaders: list[Facilitator], children: list[Child]) -> None:
        """Two a week up to the last day; whoever stays away stays away for the last two weeks."""
        stay_away = {child.pk for child in self.chance.some(children, max(1, len(children) // 10))}
        first = self.scene.last - timedelta(weeks=WEEKS)
        for number in range(WEEKS * 2):
            day = first + timedelta(days=7 * (number // 2) + 3 * (number % 2) + 1)
            if day < self.began:
                continue
            theme = self.chance.pick(list(ChildTheme))
            session = self._new(ChildSession, day, centre=self.centre, held_on=day, theme=theme)
            self._new(SessionLeader, day, session=session, facilitator=self.chance.pick(leaders))
            late = day > self.scene.last - timedelta(days=14)
            for child in children:
                if child.joined_on <= day:
                    came = not (late and child.pk in stay_away) and self.chance.happens(0.85)
                    self._new(Attendance, day, session=session, child=child, present=came)

    def _classes(self) -> None:
        for days in (75, 20):
            day = self.scene.last - timedelta(days=days)
            if day < self.began:
                continue
            topic = self.chance.pick(list(CarerTopic))
            facts = {"held_on": day, "place": "Balai desa", "topic": topic}
            session = self._new(CarerSession, day, speakers="Puskesmas dan petugas desa", **facts)
            for _one in range(self.chance.number(8, 16)):
                sex = self.chance.weighted({Sex.FEMALE: 5, Sex.MALE: 1})
                self._new(CarerPresent, day, session=session, sex=sex)


def _is_away(journey: Migration) -> bool:
    return journey.status == MigrationStatus.ABROAD
