"""Invented life of the service centres: who is at the desk, what is planned, which recruiters were seen."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from migrants.enums import Category
from migrants.registers.words import company_key
from periods.month import Month
from pillars.enums import ActivityKind, DutyKind, Equipment, Internet, Pillar, PlannedDuty
from pillars.models import (
    CentreEquipment,
    DutyDay,
    DutyPlan,
    OutreachAttendee,
    OutreachSession,
    PlannedActivity,
    RecruiterSighting,
    ServiceCentre,
    SessionOfficer,
)
from reports.practice.people import Resident
from reports.practice.scenes import Scene

DAYS_OF_DUTY = 75
_PLANS = (
    ("Sosialisasi migrasi aman di RT", ActivityKind.SESSION, Pillar.SERVICE_CENTRE, 1, "Balai desa"),
    ("Kelas pengasuhan", ActivityKind.PARENTING, Pillar.COMMUNITY_PARENTING, 8, "Rumah belajar"),
    ("Kunjungan ke kelompok usaha", ActivityKind.MENTORING, Pillar.PRODUCTIVE_BUSINESS, 15, "Rumah produksi"),
    ("Rapat pengurus koperasi", ActivityKind.MEETING, Pillar.COOPERATIVE, 22, "Balai desa"),
)
_DUTIES = {
    DutyKind.DESK: 12,
    DutyKind.FIELD: 6,
    DutyKind.TRIP: 1,
    DutyKind.LEAVE: 1,
    DutyKind.SICK: 1,
}
_SEEN_AT = ("Pasar desa", "Rumah warga", "Warung dekat balai desa", "Grup WhatsApp dusun")
# Seen in several villages, so that the district has something to ask about.
_RECRUITERS = (
    ("PT Contoh Bahari Jaya", "", "Parjo Sumarno"),
    ("", "", "Moh. Sulaeman"),
    ("PT Contoh Karya Mandiri", "SIP3MI-CONTOH/12", "Yatno"),
)


def add_centre_life(scene: Scene, residents: list[Resident]) -> None:
    """Describe the centre, fill the duty record of the last weeks, the plan of three months, and more."""
    _add_centre(scene)
    _add_duty(scene)
    _add_plans(scene)
    _add_sessions_in_full(scene, residents)
    for company, licence, officer in _RECRUITERS[: 3 if scene.plan.is_busy else 1]:
        _add_recruiter(scene, company, licence, officer)
    if scene.plan.is_busy:
        _add_recruiter(scene, *_RECRUITERS[0], withdrawn="Tercatat dua kali")


def _add_centre(scene: Scene) -> None:
    chance = scene.chance
    at, by = scene.logged(scene.first)
    centre = ServiceCentre(
        pk=chance.key(at),
        village=scene.village,
        place="Balai desa, ruang depan",
        opening_hours="Senin sampai Jumat, 08.00 sampai 15.00",
        internet=chance.weighted({Internet.GOOD: 4, Internet.WEAK: 5, Internet.NONE: 1}),
        opened_on=scene.first,
        logged_by=by,
        logged_at=at,
    )
    scene.book.add(centre)
    for kind in (Equipment.DESK, Equipment.COMPUTER, Equipment.PRINTER, Equipment.BOARD):
        total = chance.number(1, 3)
        usable = chance.number(0 if kind == Equipment.PRINTER else 1, total)
        scene.book.add(
            CentreEquipment(pk=chance.key(at), centre=centre, kind=kind, total=total, usable=usable)
        )


def _add_duty(scene: Scene) -> None:
    chance, zone = scene.chance, ZoneInfo(scene.village.zone)
    for number, term in enumerate(scene.officers):
        serving = term.starts_on <= scene.today <= term.ends_on
        for weekday in range(7) if serving else ():
            field = weekday in ((1,), (3,))[number % 2]
            kind = PlannedDuty.FIELD if field else PlannedDuty.DESK
            at = chance.moment(scene.first)
            scene.book.add(
                DutyPlan(
                    pk=chance.key(at),
                    village=scene.village,
                    officer=term.user,
                    weekday=weekday,
                    kind=PlannedDuty.OFF if weekday > 4 else kind,
                    logged_by=term.user,
                    logged_at=at,
                )
            )
        for back in range(DAYS_OF_DUTY, 3, -1):
            day = scene.today - timedelta(days=back)
            if day.weekday() > 4 or day > scene.last or not term.starts_on <= day <= term.ends_on:
                continue
            at = datetime.combine(day, time(15), tzinfo=zone)
            scene.book.add(
                DutyDay(
                    pk=chance.key(at),
                    village=scene.village,
                    officer=term.user,
                    day=day,
                    kind=chance.weighted(_DUTIES),
                    from_log=chance.happens(0.6),
                    logged_by=term.user,
                    logged_at=at,
                )
            )


def _add_plans(scene: Scene) -> None:
    chance, this = scene.chance, Month.current(scene.today)
    for month in (this.previous(), this, this.next()):
        for what, kind, pillar, first, place in _PLANS:
            day = month.first_day.replace(day=first)
            at, by = scene.logged(scene.last)
            over = day <= scene.last - timedelta(days=2)
            scene.book.add(
                PlannedActivity(
                    pk=chance.key(at),
                    village=scene.village,
                    what=what,
                    kind=kind,
                    pillar=pillar,
                    planned_on=day,
                    starts_at=time(9),
                    place=place,
                    leads="Petugas Desmigratif",
                    held_on=day if over and chance.happens(0.8) else None,
                    logged_by=by,
                    logged_at=at,
                )
            )


def _add_sessions_in_full(scene: Scene, residents: list[Resident]) -> None:
    """Who held the sessions; and of the latest one who was there."""
    chance = scene.chance
    sessions = [row for row in scene.book.rows(OutreachSession) if row.village_id == scene.village.pk]
    for session in sessions:
        at = chance.moment(session.held_on)
        scene.book.add(SessionOfficer(pk=chance.key(at), session=session, officer=session.logged_by))
    latest = max(sessions, key=lambda row: row.held_on)
    at_home = [
        one for one in residents if one.person.category != Category.ACTIVE and one.since <= latest.held_on
    ]
    there = chance.some(at_home, 18)
    for one in there:
        at = chance.moment(latest.held_on)
        scene.book.add(
            OutreachAttendee(pk=chance.key(at), session=latest, person=one.person, sex=one.person.sex)
        )
    latest.by_list = True
    latest.women = sum(one.person.sex == "female" for one in there)
    latest.men = len(there) - latest.women


def _add_recruiter(scene: Scene, company: str, licence: str, officer: str, *, withdrawn: str = "") -> None:
    chance = scene.chance
    day = scene.ago(chance.number(4, 60))
    at, by = scene.logged(day)
    scene.book.add(
        RecruiterSighting(
            pk=chance.key(at),
            village=scene.village,
            seen_on=day,
            where=chance.pick(_SEEN_AT),
            company=company,
            company_key=company_key(company),
            licence=licence,
            field_officer=officer,
            task_letter=f"ST-CONTOH/{chance.number(10, 99)}" if licence else "",
            task_letter_on=day - timedelta(days=10) if licence else None,
            logged_by=by,
            logged_at=at,
            withdrawn_at=at if withdrawn else None,
            withdrawn_by=by if withdrawn else None,
            withdrawn_reason=withdrawn,
        )
    )
