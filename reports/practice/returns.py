"""Half a year of monthly returns and duty reports in the practice district, and calls to a silent village."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Model
from django.utils import timezone

from periods.month import Month
from pillars.enums import DutyReportStatus
from pillars.models import DutyReport
from pillars.queries.duty_reports import assignment_in, duty_counts
from reports.models import YearWords
from reports.practice.accounts import RANDU
from reports.practice.chance import Chance
from reports.practice.scenes import PLANS
from reports.queries.returns import frozen_counts
from reports.return_forms import form_of
from villages.access import Seat, seat_of
from villages.enums import CallOutcome, ReturnStatus, SilenceReason
from villages.models import MonthlyReturn, OfficerAssignment, ReturnStep, Village, VillageCall

MONTHS = 6
_OBSTACLES = (
    ("information", "Sinyal di dua dusun hilang setiap sore; sosialisasi dipindah ke pagi."),
    ("recording", "Keluarga enggan memberi tahu anggota yang berangkat tanpa surat."),
    ("journeys", "Kabar kepulangan sering datang terlambat dari keluarga."),
    ("business", "Bahan baku naik, dua kelompok mengurangi produksi."),
)
_PLANS = (
    ("information", "Sosialisasi bersama PKK di balai dusun."),
    ("documents", "Jemput berkas ke dusun terjauh setiap Kamis."),
    ("parenting", "Menambah satu sesi mengaji bagi anak yang ditinggal."),
    ("cooperative", "Mengingatkan anggota yang menunggak simpanan wajib."),
)

_YEAR_WORDS = {
    "general": {
        "cause": "Sinyal seluler lemah di desa-desa selatan, sehingga catatan dikirim seminggu sekali.",
        "step": "Bersama Dinas Kominfo mengusulkan dua titik internet desa pada perubahan anggaran.",
    },
    "officers": {
        "cause": "Dua petugas mengundurkan diri karena bekerja di kota.",
        "step": "Pemilihan pengganti bersama pemerintah desa, pelatihan pada bulan berikutnya.",
    },
}


@dataclass(frozen=True)
class _Written:
    """A return and who wrote it."""

    row: MonthlyReturn
    officer: OfficerAssignment


def past_returns(now: datetime, *, hendro: Seat) -> list[tuple[type[Model], list[Any]]]:
    """Rows of half a year, to be copied in: returns of Randu and Bandung accepted by the coordinator, the
    last one waiting; duty reports of their officers; two calls to the village that writes nothing."""
    today = timezone.localdate(now)
    written = [one for plan in PLANS[:2] for one in _returns_of(plan.code, now, today, hendro)]
    steps = [step for one in written for step in _steps(one, hendro, now)]
    reports = list(_duty_reports(now, today, hendro))
    silent = next(plan.code for plan in PLANS if plan.quiet and plan.code[:5] == hendro.district_id)
    return [
        (MonthlyReturn, [one.row for one in written]),
        (ReturnStep, steps),
        (DutyReport, reports),
        (VillageCall, list(_calls(silent, now, today, hendro))),
        (YearWords, [_year_words(now, year, hendro) for year in (today.year - 1, today.year)]),
    ]


def _year_words(now: datetime, year: int, hendro: Seat) -> YearWords:
    """What the district wrote for its report of the year."""
    return YearWords(
        district=hendro.district,
        year=year,
        words=_YEAR_WORDS,
        written_by=hendro.user,
        written_at=now - timedelta(days=3),
    )


def _months(today: date) -> Iterator[Month]:
    month = Month.current(today)
    for _turn in range(MONTHS):
        month = month.previous()
        yield month


def _returns_of(code: str, now: datetime, today: date, hendro: Seat) -> Iterator[_Written]:
    village = Village.objects.select_related("district", "province").get(code=code)
    chance = Chance(f"{code} returns", now, village.zone)
    for turn, month in enumerate(_months(today)):
        due_on = form_of(month).due_on(month)
        sent_on = min(due_on + timedelta(days=chance.number(-3, 2)), today - timedelta(days=1))
        officer = (
            OfficerAssignment.objects.serving_on(sent_on).filter(village=village).order_by("slot").first()
        )
        if officer is None or sent_on <= month.last_day:
            continue
        row = MonthlyReturn(
            pk=chance.key(now),
            village=village,
            month=month.first_day,
            due_on=due_on,
            words=_words(chance),
            opened_at=_at(month.next().first_day, village.zone, 1),
            status=ReturnStatus.SUBMITTED if turn == 0 else ReturnStatus.ACCEPTED,
            first_submitted_on=sent_on,
            submitted_at=_at(sent_on, village.zone, 10),
            version=3,
        )
        row.counts = frozen_counts(row, seat=seat_of(officer.user) or hendro, today=sent_on)
        yield _Written(row, officer)


def _words(chance: Chance) -> dict[str, dict[str, str]]:
    (section, obstacles), (other, plans) = chance.pick(_OBSTACLES), chance.pick(_PLANS)
    words = {section: {"obstacles": obstacles, "plans": ""}}
    words.setdefault(other, {"obstacles": "", "plans": ""})["plans"] = plans
    return words


def _steps(written: _Written, hendro: Seat, now: datetime) -> Iterator[ReturnStep]:
    row, sent_at = written.row, written.row.submitted_at
    assert sent_at is not None
    made = [("submit", ReturnStatus.DRAFT, ReturnStatus.SUBMITTED, written.officer.user, sent_at)]
    if row.status == ReturnStatus.ACCEPTED:
        answered = sent_at + timedelta(days=2)
        made.append(("accept", ReturnStatus.SUBMITTED, ReturnStatus.ACCEPTED, hendro.user, answered))
    chance = Chance(f"{row.pk} steps", now, row.village.zone)
    for way, frm, to, who, at in made:
        yield ReturnStep(
            pk=chance.key(at),
            monthly_return=row,
            way=way,
            from_status=frm,
            to_status=to,
            made_by=who,
            made_at=at,
        )


def _duty_reports(now: datetime, today: date, hendro: Seat) -> Iterator[DutyReport]:
    village = Village.objects.select_related("district", "province").get(code=RANDU)
    officers = [row.user for row in OfficerAssignment.objects.serving_on(today).filter(village=village)]
    chance = Chance("duty reports", now, village.zone)
    for officer in officers:
        for turn, month in enumerate(_months(today)):
            assignment = assignment_in(officer, village, month)
            if assignment is None:
                continue
            at = min(_at(month.next().first_day, village.zone, 8), now)
            row = DutyReport(
                pk=chance.key(at),
                village=village,
                officer=officer,
                assignment=assignment,
                month=month.first_day,
                counts=duty_counts(officer, village, month),
                made_at=at,
            )
            if turn:
                row.status = DutyReportStatus.COUNTERSIGNED
                row.countersigned_at, row.countersigned_by = at + timedelta(days=3), hendro.user
                row.stipend_rupiah = assignment.stipend_rupiah
            yield row


def _calls(code: str, now: datetime, today: date, hendro: Seat) -> Iterator[VillageCall]:
    chance = Chance(f"{code} calls", now, hendro.zone)
    for days, outcome, reason, note in (
        (19, CallOutcome.NO_ANSWER, SilenceReason.UNKNOWN, ""),
        (12, CallOutcome.REACHED, SilenceReason.NO_OFFICER, "Petugas kedua pindah; sisa satu orang."),
    ):
        on = today - timedelta(days=days)
        yield VillageCall(
            pk=chance.key(now),
            village_id=code,
            called_on=on,
            outcome=outcome,
            reason=reason,
            note=note,
            called_by=hendro.user,
            logged_at=_at(on, hendro.zone, 11),
        )


def _at(day: date, zone: str, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo(zone))
