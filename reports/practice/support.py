"""Invented training, equipment aid with checks, mentoring, marketing partners and contributions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pillars.enums import Condition, FundsSource, MarketKind, PartnerKind, SalesChannel, Sector
from pillars.models import (
    BusinessGroup,
    Contribution,
    EquipmentCheck,
    EquipmentGrant,
    EquipmentItem,
    GroupMember,
    MarketingPartner,
    MentoringVisit,
    Training,
    TrainingParticipant,
)
from reports.practice.scenes import Scene

# What a group of the sector gets: name, price of a piece in rupiah.
_TOOLS: dict[str, tuple[tuple[str, int], ...]] = {
    Sector.FOOD: (("Mesin perajang", 2_750_000), ("Wajan besar", 450_000), ("Mesin pengemas", 1_850_000)),
    Sector.TAILORING: (("Mesin jahit", 2_400_000), ("Mesin obras", 3_600_000), ("Setrika uap", 950_000)),
    Sector.CRAFT: (("Kompor batik", 350_000), ("Meja gambar", 600_000)),
    Sector.FARMING: (("Hand traktor", 18_500_000), ("Alat semprot", 650_000)),
    Sector.LIVESTOCK: (("Mesin pencacah rumput", 6_500_000), ("Mesin tetas", 1_700_000)),
    Sector.FISHERY: (("Kolam bioflok", 1_500_000), ("Aerator", 475_000)),
}
_ANY_TOOLS = (("Etalase", 1_250_000), ("Timbangan", 300_000))
_COURSES = ("Mengolah hasil desa", "Pembukuan sederhana", "Berjualan daring", "Kemasan dan merek")
_ORGANISERS = ("Dinas Koperasi dan UMKM", "BLK kabupaten", "Dinas Perindustrian", "Universitas Contoh")
_WHY = {
    Condition.IDLE: "Bahan baku tidak ada",
    Condition.BROKEN: "Dinamo terbakar, belum ada biaya",
    Condition.LOST: "Hilang dari tempat produksi",
    Condition.UNSUITABLE: "Butuh listrik 1300 watt, rumah produksi 900 watt",
}
_TOPICS = ("Menghitung harga jual", "Catatan kas", "Izin PIRT", "Membagi tugas pengurus")
_MENTORS = ("Endang, Dinas Koperasi", "Slamet, penyuluh", "Petugas Desmigratif", "Retno, PLUT")
_GIFTS = (
    (PartnerKind.VILLAGE, "Pemerintah desa", "Sewa rumah produksi", 3_000_000, ""),
    (PartnerKind.COMPANY, "PT Contoh Sejahtera", "Etalase dan kemasan", 7_500_000, ""),
    (PartnerKind.UNIVERSITY, "Universitas Contoh", "Desain merek", None, "Enam mahasiswa selama sebulan"),
    (PartnerKind.BANK, "Bank Contoh", "Pelatihan tabungan", None, "Dua pelatih selama dua hari"),
    (PartnerKind.LOCAL_GROUP, "Karang Taruna", "Foto produk", None, "Foto untuk toko daring"),
)


def add_support(scene: Scene) -> None:
    """What was done for the groups of the village, and what partners gave it."""
    members: dict[Any, list[GroupMember]] = {}
    for member in scene.book.rows(GroupMember):
        members.setdefault(member.group_id, []).append(member)
    for group in scene.book.rows(BusinessGroup):
        if group.village_id == scene.village.pk and group.formed_on < scene.ago(90):
            _add_training(scene, group, members[group.pk])
            _add_grant(scene, group)
            _add_mentoring(scene, group)
            if scene.chance.happens(0.5):
                _add_market(scene, group)
    for kind, partner, what, value, in_kind in scene.chance.some(_GIFTS, scene.chance.number(1, 3)):
        day = scene.chance.day(scene.first, scene.last)
        facts = {"partner": partner, "what": what, "value": value, "in_kind": in_kind, "given_on": day}
        _add(scene, Contribution, day, partner_kind=kind, **facts)


def _add(scene: Scene, model: Any, day: date, **facts: Any) -> Any:
    """A row of the village, written down about that day."""
    at, by = scene.logged(day)
    placed = {"village": scene.village, "logged_by": by, "logged_at": at}
    return scene.book.add(model(pk=scene.chance.key(at), **placed, **facts))


def _day_after(scene: Scene, group: BusinessGroup, least: int) -> date:
    """A day of the group's life, so many days after it was formed or later."""
    last = group.ended_on or scene.last
    return scene.chance.day(min(group.formed_on + timedelta(days=least), last), last)


def _add_training(scene: Scene, group: BusinessGroup, members: list[GroupMember]) -> None:
    chance = scene.chance
    first = _day_after(scene, group, 5)
    last = min(first + timedelta(days=chance.number(0, 3)), scene.last)
    facts = {"title": chance.pick(_COURSES), "organiser": chance.pick(_ORGANISERS), "place": "Balai desa"}
    training = _add(
        scene,
        Training,
        last,
        group=group,
        first_on=first,
        last_on=last,
        hours=chance.number(2, 8) * 4,
        **facts,
    )
    certified = chance.happens(0.6)
    names: set[str] = set()
    for number, member in enumerate(members):
        if member.joined_on > last or member.name in names or not chance.happens(0.8):
            continue
        names.add(member.name)
        at, _by = scene.logged(last)
        scene.book.add(
            TrainingParticipant(
                pk=chance.key(at),
                training=training,
                person_id=member.person_id,
                name=member.name,
                sex=member.sex,
                has_certificate=certified,
                certificate_number=f"CONTOH-{last.year}-{number + 1:03d}" if certified else "",
            )
        )


def _add_grant(scene: Scene, group: BusinessGroup) -> None:
    chance = scene.chance
    day = _day_after(scene, group, 45)
    source = chance.weighted({FundsSource.APBN: 5, FundsSource.APBD_DISTRICT: 3, FundsSource.VILLAGE_FUND: 2})
    facts = {"source": source, "year": day.year, "giver": str(FundsSource(source).label), "handed_on": day}
    bast = f"BAST/{chance.number(1, 90):02d}/{day.year}" if chance.happens(0.8) else ""
    grant = _add(scene, EquipmentGrant, day, group=group, bast_number=bast, **facts)
    for name, price in _TOOLS.get(group.sector, _ANY_TOOLS):
        at, _by = scene.logged(day)
        item = EquipmentItem(
            pk=chance.key(at),
            grant=grant,
            name=name,
            quantity=chance.number(1, 5),
            unit_price=price,
            serial_number=f"CONTOH-{chance.number(1000, 9999)}" if chance.happens(0.5) else "",
            handed_on=day,
        )
        scene.book.add(item)
        if chance.happens(0.8):
            _add_check(scene, item)


def _add_check(scene: Scene, item: EquipmentItem) -> None:
    """Most pieces are in use; the rest is in the condition the study of 2019 found so often."""
    chance = scene.chance
    day = chance.day(item.handed_on, scene.last)
    spoilt = chance.number(1, item.quantity) if chance.happens(0.35) else 0
    condition = chance.weighted(
        {Condition.IDLE: 4, Condition.BROKEN: 3, Condition.UNSUITABLE: 2, Condition.LOST: 1}
    )
    at, by = scene.logged(day)
    check = EquipmentCheck(
        pk=chance.key(at),
        item=item,
        checked_on=day,
        quantity=item.quantity,
        in_use=item.quantity - spoilt,
        reason=_WHY[Condition(condition)] if spoilt else "",
        logged_by=by,
        logged_at=at,
    )
    setattr(check, condition, spoilt)
    scene.book.add(check)


def _add_mentoring(scene: Scene, group: BusinessGroup) -> None:
    chance = scene.chance
    for _one in range(chance.number(1, 3)):
        day = _day_after(scene, group, 20)
        facts = {"mentor": chance.pick(_MENTORS), "topic": chance.pick(_TOPICS), "visited_on": day}
        _add(scene, MentoringVisit, day, group=group, agreed="Dicoba dulu sebulan.", **facts)


def _add_market(scene: Scene, group: BusinessGroup) -> None:
    chance = scene.chance
    since = _day_after(scene, group, 30)
    kind, name, channel = chance.pick(
        (
            (MarketKind.SHOP, "Toko Oleh-oleh Contoh", SalesChannel.MARKET),
            (MarketKind.MARKETPLACE, "Lokapasar Contoh", SalesChannel.ONLINE),
            (MarketKind.WHOLESALER, "Pedagang pasar kabupaten", SalesChannel.PARTNER),
        )
    )
    ended = group.ended_on
    facts = {"name": name, "kind": kind, "channel": channel, "since": since, "until": ended}
    _add(scene, MarketingPartner, since, group=group, **facts)
