"""Invented notices of the information boards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.models import User
from pillars.enums import NoticeKind
from pillars.models import Notice
from reports.practice.scenes import Scene
from villages.models import Village

_WARNING = {
    "kind": NoticeKind.WARNING,
    "title": "Tawaran kerja ke kebun tanpa kontrak",
    "words": "Lewat grup pesan ditawarkan kerja di kebun dengan visa kunjungan dan uang muka Rp2.000.000."
    " Jangan membayar dan jangan menyerahkan KTP.",
    "source": "Laporan warga",
}
_JOB = {
    "kind": NoticeKind.JOB,
    "title": "Lowongan pengasuh lansia",
    "words": "Kontrak tiga tahun, biaya ditanggung pemberi kerja. Daftar melalui Disnaker kabupaten.",
    "destination": "TWN",
    "job": "CARE",
    "source": "Surat Disnaker 562/CONTOH/2026",
    "from_list": "Daftar lowongan Disnaker (contoh)",
}
_TRAINING = {
    "kind": NoticeKind.TRAINING,
    "title": "Pelatihan menjahit di BLK",
    "words": "Dua minggu, tanpa biaya, untuk 16 peserta. Bawa KTP dan ijazah terakhir.",
    "source": "BLK kabupaten",
}


def add_notices(scene: Scene) -> None:
    """Hang up a warning and an offer that is over; for a busy village its district hangs up two more."""
    _hang(scene, scene.village, days=21, lasts=None, facts=_WARNING)
    _hang(scene, scene.village, days=70, lasts=30, facts=_TRAINING)
    if scene.plan.is_busy:
        _hang(scene, None, days=9, lasts=60, facts=_JOB)
        _hang(scene, None, days=5, lasts=40, facts=_TRAINING)


def _hang(
    scene: Scene, village: Village | None, *, days: int, lasts: int | None, facts: dict[str, Any]
) -> None:
    day = scene.ago(days)
    at, officer = scene.logged(day)
    by: User = officer if village else scene.coordinator
    scene.book.add(
        Notice(
            pk=scene.chance.key(at),
            village=village,
            district_id=scene.village.district_id,
            province_id=scene.village.province_id,
            valid_from=day,
            valid_until=None if lasts is None else day + timedelta(days=lasts),
            made_by=by,
            made_at=at,
            **facts,
        )
    )
