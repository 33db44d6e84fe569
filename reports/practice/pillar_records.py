"""Invented first records of the four pillars: sessions, groups, learning centres, finance bodies."""

from __future__ import annotations

from datetime import date, timedelta

from cooperatives.enums import BodyKind
from cooperatives.enums import MemberKind as BodyMemberKind
from cooperatives.models import FinanceBody, Member
from migrants.enums import Category, Sex
from pillars.enums import MemberKind, OutreachTopic, Sector
from pillars.models import BusinessGroup, GroupMember, LearningCentre, OutreachSession
from reports.practice.businesses import add_business
from reports.practice.chance import Chance
from reports.practice.names import full_name
from reports.practice.people import Resident
from reports.practice.scenes import Scene
from reports.practice.support import add_support

_TRADES: dict[str, tuple[str, ...]] = {
    Sector.FOOD: ("Keripik Singkong", "Olahan Gula Aren", "Kue Kering"),
    Sector.TAILORING: ("Jahit Harapan", "Konveksi Mandiri"),
    Sector.CRAFT: ("Batik Tulis", "Anyaman Bambu"),
    Sector.FARMING: ("Sayur Lestari", "Kopi Rakyat"),
    Sector.LIVESTOCK: ("Ternak Kambing", "Ayam Petelur"),
    Sector.FISHERY: ("Lele Bioflok",),
    Sector.TRADE: ("Warung Bersama",),
    Sector.SERVICES: ("Salon dan Rias",),
}
_ENDINGS = ("Makmur", "Sejahtera", "Barokah", "Maju Bersama", "Sumber Rejeki")
_SPEAKERS = (
    "Disnaker dan petugas desa",
    "BP3MI dan Polsek",
    "Petugas Desmigratif",
    "Puskesmas dan petugas desa",
)
_PLACES = ("Balai desa", "Musala dusun", "Rumah kepala dusun", "SMK Contoh", "Posyandu")
_KIND = {
    Category.RETURNED: MemberKind.RETURNED,
    Category.ACTIVE: MemberKind.FAMILY,
    Category.FAMILY: MemberKind.SPOUSE,
}


def add_pillar_records(scene: Scene, residents: list[Resident]) -> None:
    """Log what the village did in the four pillars since it began."""
    _add_sessions(scene)
    groups = 3 if scene.plan.is_busy else scene.chance.number(1, 2)
    for _one in range(groups):
        _add_group(scene, residents)
    _add_centre(scene)
    if scene.plan.is_busy or scene.chance.happens(0.6):
        _add_body(scene, residents)
    add_support(scene)


def _add_sessions(scene: Scene) -> None:
    chance = scene.chance
    months = (scene.last - scene.first).days // 30
    days = [chance.day(scene.first, scene.last) for _one in range(max(2, months * 2 // 7))]
    if scene.plan.is_busy:
        days += [scene.ago(5), scene.ago(33)]
    for day in sorted(days):
        at, by = scene.logged(day)
        women = chance.number(12, 58)
        scene.book.add(
            OutreachSession(
                pk=chance.key(at),
                village=scene.village,
                held_on=day,
                place=chance.pick(_PLACES),
                topic=chance.weighted(
                    {
                        OutreachTopic.SAFE_MIGRATION: 5,
                        OutreachTopic.DOCUMENTS: 2,
                        OutreachTopic.TRAFFICKING: 2,
                        OutreachTopic.JOB_MARKET: 1,
                        OutreachTopic.FINANCE: 2,
                    }
                ),
                women=women,
                men=chance.number(5, max(6, women // 2)),
                speakers=chance.pick(_SPEAKERS),
                logged_by=by,
                logged_at=at,
            )
        )


def _add_group(scene: Scene, residents: list[Resident]) -> None:
    chance = scene.chance
    formed = chance.day(scene.first + timedelta(days=20), scene.ago(60))
    sector = chance.pick(list(_TRADES))
    at, by = scene.logged(formed)
    ended = chance.day(formed + timedelta(days=30), scene.last) if chance.happens(0.08) else None
    group = BusinessGroup(
        pk=chance.key(at),
        village=scene.village,
        name=f"{chance.pick(_TRADES[sector])} {chance.pick(_ENDINGS)}",
        sector=sector,
        formed_on=formed,
        decree_number=f"141/{chance.number(3, 40):02d}/{formed.year}" if chance.happens(0.7) else "",
        ended_on=ended,
        logged_by=by,
        logged_at=at,
    )
    scene.book.add(group)
    add_business(scene, group, ended)
    for resident, joined in _joining(chance, residents, formed, ended or scene.last, chance.number(8, 15)):
        left = chance.day(joined, scene.last) if ended is None and chance.happens(0.06) else None
        person = resident.person
        scene.book.add(
            GroupMember(
                pk=chance.key(at),
                group=group,
                person=person,
                name=person.full_name,
                sex=person.sex,
                kind=_KIND.get(Category(person.category), MemberKind.OTHER),
                joined_on=joined,
                left_on=left,
            )
        )
    for _one in range(chance.number(1, 4)):
        sex = chance.weighted({Sex.FEMALE: 7, Sex.MALE: 3})
        scene.book.add(
            GroupMember(
                pk=chance.key(at),
                group=group,
                name=full_name(scene.plan.region, sex, chance),
                sex=sex,
                kind=chance.pick(list(MemberKind)),
                joined_on=formed,
            )
        )


def _joining(
    chance: Chance, residents: list[Resident], founded: date, last: date, count: int
) -> list[tuple[Resident, date]]:
    """Residents who are at home, each with a day of joining: the founding day, or later when known later."""
    at_home = [
        one
        for one in residents
        if one.person.category not in {Category.ACTIVE, Category.PROSPECTIVE} and one.since < last
    ]
    joining = []
    for resident in chance.some(at_home, count):
        first = max(founded, resident.since)
        joining.append((resident, first if first == founded else chance.day(first, last)))
    return joining


def _add_centre(scene: Scene) -> None:
    chance = scene.chance
    opened = chance.day(scene.first, scene.ago(90))
    at, by = scene.logged(opened)
    hamlet = chance.pick(scene.plan.region.hamlets)
    scene.book.add(
        LearningCentre(
            pk=chance.key(at),
            village=scene.village,
            name=f"Rumah Belajar {chance.pick(('Ceria', 'Harapan', 'Pelangi', 'Tunas', 'Cahaya'))}",
            address=hamlet,
            opened_on=opened,
            opening_hours="Senin sampai Kamis, 15.00–17.00",
            logged_by=by,
            logged_at=at,
        )
    )


def _add_body(scene: Scene, residents: list[Resident]) -> None:
    chance = scene.chance
    earliest = scene.first + timedelta(days=60)
    founded = min(earliest, scene.ago(120)) if scene.plan.is_busy else chance.day(earliest, scene.ago(120))
    at, by = scene.logged(founded)
    kind = chance.weighted({BodyKind.COOPERATIVE: 5, BodyKind.PRE_COOPERATIVE: 3, BodyKind.BUMDES: 1})
    ending = chance.pick(_ENDINGS)
    body = FinanceBody(
        pk=chance.key(at),
        village=scene.village,
        kind=kind,
        name=f"BUMDes {ending} {scene.village.name}"
        if kind == BodyKind.BUMDES
        else f"Koperasi Migran {ending} {scene.village.name}",
        founded_on=founded,
        cooperative_number=f"99{chance.number(10_000_000, 99_999_999)}"
        if kind == BodyKind.COOPERATIVE
        else "",
        legal_number=f"AHU-CONTOH.{chance.number(100, 999)}.{founded.year}"
        if kind == BodyKind.COOPERATIVE
        else "",
        logged_by=by,
        logged_at=at,
    )
    scene.book.add(body)
    joining = sorted(_joining(chance, residents, founded, scene.last, 26), key=lambda pair: pair[1])
    for number, (resident, joined) in enumerate(joining, start=1):
        person = resident.person
        left = chance.day(joined, scene.last) if chance.happens(0.07) else None
        returned = person.category == Category.RETURNED
        scene.book.add(
            Member(
                pk=chance.key(at),
                body=body,
                number=number,
                person=person,
                name=person.full_name,
                sex=person.sex,
                kind=BodyMemberKind.RETURNED if returned else BodyMemberKind.FAMILY,
                joined_on=joined,
                left_on=left,
                left_reason="Pindah ke kota." if left else "",
            )
        )
