"""Invented services: what people came for, month by month, and what is still to be followed up."""

from __future__ import annotations

from datetime import date, timedelta

from migrants.enums import Category, Channel, Outcome, Sex, Topic
from migrants.models import ServiceVisit
from reports.practice.names import full_name
from reports.practice.people import Resident
from reports.practice.scenes import Scene

_TOPICS: dict[str, dict[str, float]] = {
    Category.PROSPECTIVE: {
        Topic.INFORMATION: 4,
        Topic.DOCUMENT: 5,
        Topic.VERIFICATION: 4,
        Topic.COMPLAINT: 1,
    },
    Category.ACTIVE: {Topic.FAMILY: 6, Topic.DOCUMENT: 2, Topic.COMPLAINT: 2, Topic.OTHER: 1},
    Category.RETURNED: {Topic.RETURN: 5, Topic.BUSINESS: 4, Topic.DOCUMENT: 1, Topic.COMPLAINT: 1},
    Category.FAMILY: {Topic.FAMILY: 6, Topic.BUSINESS: 1, Topic.INFORMATION: 1},
    Category.RESIDENT: {Topic.INFORMATION: 7, Topic.BUSINESS: 1, Topic.OTHER: 1},
}
_CHANNELS = {
    Channel.WALK_IN: 58,
    Channel.HOME_VISIT: 16,
    Channel.WHATSAPP: 15,
    Channel.PHONE: 8,
    Channel.SOCIAL_MEDIA: 2,
    Channel.REFERRAL_IN: 1,
}
_NOTES: dict[str, tuple[str, ...]] = {
    Topic.INFORMATION: (
        "Menanyakan syarat dan biaya; daftar P3MI resmi diberikan.",
        "Ditawari kerja lewat media sosial; diminta memeriksa izin perusahaan.",
        "Menanyakan jadwal pelatihan bahasa.",
    ),
    Topic.DOCUMENT: (
        "Surat izin keluarga dibuat dan ditandatangani.",
        "Akta lahir dan ijazah berbeda ejaan; diarahkan ke Dukcapil.",
        "Pengisian formulir paspor dibantu.",
    ),
    Topic.VERIFICATION: ("Data keluarga dicocokkan dengan KK.", "Perjanjian penempatan diperiksa bersama."),
    Topic.FAMILY: (
        "Kiriman uang lancar; anak sekolah seperti biasa.",
        "Suami meminta bantuan menghubungi istri.",
        "Nenek yang mengasuh anak meminta jadwal rumah belajar.",
    ),
    Topic.RETURN: (
        "Baru pulang; ingin ikut kelompok usaha.",
        "Kontrak selesai, istirahat sebelum berangkat lagi.",
    ),
    Topic.BUSINESS: (
        "Menanyakan cara mengurus NIB.",
        "Keripik mulai dititipkan di tiga warung.",
        "Ingin belajar mencatat keuangan.",
    ),
    Topic.COMPLAINT: ("Potongan gaji lebih besar dari perjanjian.", "Paspor belum dikembalikan perantara."),
    Topic.OTHER: ("Meminta nomor telepon dinas.",),
}
_PROMISED = (-6, -2, 0, 0, 1, 3, 6)  # days from today on which a busy village promised to follow up


def add_visits(scene: Scene, residents: list[Resident]) -> None:
    """Log the visits of all months, and a few whose follow-up is due about today."""
    for first, last in _months(scene.first, scene.last):
        age = (scene.last - last).days / 365
        wanted = scene.plan.visits_a_month * (1.15 - 0.22 * age) * ((last - first).days + 1) / 30
        count = int(wanted) + scene.chance.happens(wanted % 1) + scene.chance.number(-1, 1)
        for _one in range(max(count, 0)):
            _add(scene, residents, scene.chance.day(first, last))
    for day in (scene.last, scene.last, scene.ago(scene.plan.quiet + 1)) if scene.plan.is_busy else ():
        _add(scene, residents, day)
    for days in _PROMISED if scene.plan.is_busy else (-3, 0, 4):
        promised = scene.today + timedelta(days=days)
        day = min(promised, scene.last) - timedelta(days=scene.chance.number(4, 12))
        _add(scene, residents, max(day, scene.first), promised=promised)


def _months(first: date, last: date) -> list[tuple[date, date]]:
    """The days from first to last in pieces of at most thirty, the oldest first."""
    pieces = []
    while first <= last:
        end = min(first + timedelta(days=29), last)
        pieces.append((first, end))
        first = end + timedelta(days=1)
    return pieces


def _add(scene: Scene, residents: list[Resident], day: date, promised: date | None = None) -> None:
    chance = scene.chance
    known = [resident for resident in residents if resident.since <= day]
    resident = chance.pick(known) if known and (promised or chance.happens(0.72)) else None
    sex = chance.weighted({Sex.FEMALE: 6, Sex.MALE: 4}) if resident is None and chance.happens(0.9) else ""
    topic = chance.weighted(_TOPICS[resident.person.category if resident else Category.RESIDENT])
    outcome = chance.weighted({Outcome.DONE: 76, Outcome.FOLLOW_UP: 17, Outcome.REFERRED: 7})
    at, by = scene.logged(day)
    visit = ServiceVisit(
        pk=chance.key(at),
        village=scene.village,
        person=resident.person if resident else None,
        visitor_name=full_name(scene.plan.region, sex, chance) if sex and chance.happens(0.9) else "",
        visitor_sex=sex,
        visited_on=day,
        topic=topic,
        channel=chance.weighted(_CHANNELS),
        outcome=Outcome.FOLLOW_UP if promised else outcome,
        note=chance.pick(_NOTES[topic]) if promised or chance.happens(0.4) else "",
        minutes=chance.pick((5, 10, 15, 20, 30, 45, 60)) if chance.happens(0.5) else None,
        logged_by=by,
        logged_at=at,
    )
    if promised:
        visit.follow_up_on = promised
    elif outcome == Outcome.FOLLOW_UP:
        _follow_up(scene, visit)
    elif chance.happens(0.012):
        visit.withdrawn_at, visit.withdrawn_by = at + timedelta(minutes=chance.number(1, 9)), by
        visit.withdrawn_reason = "Tercatat dua kali."
    scene.book.add(visit)


def _follow_up(scene: Scene, visit: ServiceVisit) -> None:
    """Promise to follow up, and do it by then; not yet where that day is still to come."""
    visit.follow_up_on = visit.visited_on + timedelta(days=scene.chance.number(3, 21))
    if visit.follow_up_on <= scene.last:
        done = scene.chance.day(visit.visited_on + timedelta(days=1), visit.follow_up_on)
        visit.followed_up_at = scene.chance.moment(done)
