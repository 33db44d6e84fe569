"""What the practice accounts do themselves, through the very actions of the pages: papers, consents, a merge,
requests between villages, tasks by hand, signs and judgements, a contract that ends soon.

Everything else is copied in as rows; these are few, hang on many rules, and so are lived rather than made.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from migrants.actions.assessments import assess_journey, log_red_flags
from migrants.actions.consents import give_consent, withdraw_consent
from migrants.actions.documents import add_requirement, set_document
from migrants.actions.expiring import watch_endings
from migrants.actions.merging import merge_people
from migrants.actions.people import register_person
from migrants.actions.permits import issue_permit
from migrants.actions.placements import change_journey, set_milestone
from migrants.actions.record_requests import answer_request, ask_for_record
from migrants.actions.tasks import add_task
from migrants.enums import (
    Category,
    ConsentManner,
    ConsentPurpose,
    MigrationStatus,
    Procedural,
    Relation,
    RequestDecision,
)
from migrants.milestones import Milestone
from migrants.models import Case, Document, Migration, Person
from migrants.papers import ARTICLE_13, DocumentKind, DocumentState
from migrants.red_flags import rules_on
from pillars.actions.child_radar import watch_children
from reports.practice.accounts import KENANGA, RANDU
from reports.practice.books import keep_books
from reports.practice.chance import Chance
from villages.access import Seat, seat_of

D, S = DocumentKind, DocumentState
SIGNS = 4  # how many of the questions are answered as a broker's offer would be


def do_deeds(now: datetime) -> None:
    """Rina of Randu, Dewi of Kenanga and Hendro of Batang have worked with the practice records.

    The log names them, as it names whoever presses a button.
    """
    rina, dewi, hendro = (_seat(name) for name in ("petugas.randu", "petugas.kenanga", "disnaker.batang"))
    deeds = _Deeds(now, rina)
    deeds.prepare_departures(hendro)
    deeds.watch_contracts()
    deeds.judge()
    deeds.take_consents()
    deeds.put_together(hendro)
    deeds.ask_between_villages(dewi)
    deeds.write_tasks()
    keep_books(now, by=rina)
    watch_endings(today=timezone.localdate(now))
    watch_children(today=timezone.localdate(now))


def _seat(username: str) -> Seat:
    seat = seat_of(User.objects.get(username=username))
    if seat is None:
        raise ValueError(f"{username} has no post today.")
    return seat


class _Deeds:
    """The officer of Randu at work, on the day of the practice set."""

    def __init__(self, now: datetime, rina: Seat) -> None:
        self.now, self.rina = now, rina
        self.today: date = timezone.localdate(now)
        self.chance = Chance("deeds", now, rina.zone)

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def key(self) -> UUID:
        return self.chance.key(self.now)

    def journeys(self, status: str, **facts: Any) -> list[Migration]:
        """The journeys of the village with this status, the newest first."""
        rows = Migration.objects.filter(village=RANDU, status=status, **facts).select_related("person")
        return list(rows.order_by("-registered_on", "pk"))

    def prepare_departures(self, hendro: Seat) -> None:
        """One CPMI has every paper, one is on the way and has an expired one, one has just begun."""
        add_requirement(
            by=hendro,
            key=self.key(),
            source="Surat Kepala Disnaker Kabupaten Batang 560/118/2026",
            valid_from=self.ago(120),
            paper="Fotokopi akta kelahiran",
        )
        ready, coming, beginning = self.journeys(MigrationStatus.PROSPECTIVE)[:3]
        for kind in (*ARTICLE_13, D.SOCIAL_SECURITY):
            if kind != D.FAMILY_PERMIT:
                self.paper(ready, kind, S.CHECKED)
        self.permit(ready)
        self.signed(ready)
        for kind in (D.MARITAL_LETTER, D.COMPETENCE_CERT):
            self.paper(coming, kind, S.CHECKED)
        self.paper(coming, D.HEALTH_CERT, S.CHECKED, expires_on=self.ago(12))
        self.paper(coming, D.PASSPORT, S.IN_HAND, expires_on=self.today + timedelta(days=55))
        self.permit(coming)
        self.paper(beginning, D.MARITAL_LETTER, S.IN_HAND)
        done = (Milestone.INFORMATION, Milestone.REGISTRATION, Milestone.PASSPORT)
        for number, milestone in enumerate(done):
            for journey, since in ((ready, 60), (coming, 40)):
                day = self.ago(since - 9 * number)
                set_milestone(by=self.rina, journey=journey, kind=milestone, day=day)

    def paper(self, journey: Migration, kind: str, state: str, expires_on: date | None = None) -> None:
        """Rina writes down what she holds in her hand, with an invented number."""
        endless = {D.MARITAL_LETTER, D.COMPETENCE_CERT}
        set_document(
            by=self.rina,
            journey=journey,
            kind=kind,
            extra=None,
            version=0,
            state=state,
            number=f"C99{self.chance.number(10_000, 99_999)}",
            issued_on=self.ago(35),
            expires_on=expires_on or (None if kind in endless else self.today + timedelta(days=400)),
        )

    def permit(self, journey: Migration) -> None:
        """The family permits the journey, and the village head knows of it."""
        person = journey.person
        issue_permit(
            by=self.rina,
            journey=journey,
            key=self.key(),
            giver_name=person.next_of_kin_name or person.full_name,
            giver_relation=person.next_of_kin_relation or Relation.RELATIVE,
            given_on=self.ago(20),
        )

    def signed(self, journey: Migration) -> None:
        """The village head has signed the permit, and Rina has seen it."""
        permit = Document.objects.get(migration=journey, kind=D.FAMILY_PERMIT)
        set_document(
            by=self.rina,
            journey=journey,
            kind=D.FAMILY_PERMIT,
            extra=None,
            version=permit.version,
            state=S.CHECKED,
            number=None,
            issued_on=permit.issued_on,
        )

    def watch_contracts(self) -> None:
        """Two contracts end soon."""
        for journey, days in zip(self.journeys(MigrationStatus.ABROAD)[2:4], (24, 80), strict=True):
            facts = {
                "contract_starts_on": journey.departed_on,
                "contract_ends_on": self.today + timedelta(days),
            }
            change_journey(by=self.rina, journey=journey, version=journey.version, facts=facts)

    def judge(self) -> None:
        """A broker's offer shows signs; somebody's path was judged by what the family showed."""
        rules = rules_on(self.today)
        offered = self.journeys(MigrationStatus.PROSPECTIVE)[3]
        other = {"yes": "no", "no": "yes"}
        answers = {
            flag.code: flag.answer if number < SIGNS else other[flag.answer]
            for number, flag in enumerate(rules.flags)
        }
        log_red_flags(
            by=self.rina, journey=offered, key=self.key(), rules=rules, answers=answers, asked_on=self.ago(3)
        )
        unknown = self.journeys(MigrationStatus.ABROAD, procedural=Procedural.UNKNOWN)
        if unknown:
            assess_journey(
                by=self.rina,
                journey=unknown[0],
                key=self.key(),
                procedural=Procedural.NON_PROCEDURAL,
                basis="Berangkat dengan visa kunjungan; keluarga menunjukkan tiketnya.",
            )

    def take_consents(self) -> None:
        """Three consents of returned people; one was withdrawn again."""
        people = [journey.person for journey in self.journeys(MigrationStatus.RETURNED)[:3]]
        given = (
            (ConsentPurpose.ASSISTANCE, "LBH Pekerja Migran Batang", ConsentManner.WRITTEN, ""),
            (ConsentPurpose.STORY, "Buletin Desa Randu", ConsentManner.SPOKEN, "Kepala Dusun Krajan"),
            (ConsentPurpose.FINANCE, "Bank desa", ConsentManner.WRITTEN, ""),
        )
        rows = [
            give_consent(
                by=self.rina,
                key=self.key(),
                person=person,
                facts={
                    "purpose": purpose,
                    "receiver": receiver,
                    "manner": manner,
                    "witness": witness,
                    "given_on": self.ago(16),
                    "expires_on": self.today + timedelta(days=349),
                },
            ).row
            for person, (purpose, receiver, manner, witness) in zip(people, given, strict=True)
        ]
        withdraw_consent(by=self.rina, consent=rows[1], reason="Tidak ingin fotonya dimuat lagi.")

    def put_together(self, hendro: Seat) -> None:
        """Two people were registered twice under a slip of the pen; one pair was put together since."""
        people = [journey.person for journey in self.journeys(MigrationStatus.ABROAD)[4:6]]
        for person, is_merged in zip(people, (True, False), strict=True):
            facts = {
                "full_name": _misspelt(person.full_name),
                "sex": person.sex,
                "birth_date": person.birth_date,
                "hamlet": person.hamlet,
                "next_of_kin_name": person.next_of_kin_name,
                "next_of_kin_relation": person.next_of_kin_relation,
            }
            twin = register_person(by=self.rina, key=self.key(), category=Category.FAMILY, facts=facts).row
            if is_merged:
                reason = "KTP dan KK sama; nama kedua salah tulis."
                merge_people(by=hendro, key=self.key(), kept=person, merged=twin, reason=reason)

    def ask_between_villages(self, dewi: Seat) -> None:
        """Kenanga waits for Randu's answer; Randu has got one from Kenanga."""
        ours, theirs = (
            Person.objects.filter(village=village, nik_digest__isnull=False, merged_into=None).order_by("pk")[
                7
            ]
            for village in (RANDU, KENANGA)
        )
        moved = "Pindah ke desa kami sejak bulan lalu."
        ask_for_record(by=dewi, key=self.key(), nik=ours.nik, reason=moved)
        asked = ask_for_record(by=self.rina, key=self.key(), nik=theirs.nik, reason=moved).row
        consent = {
            "manner": ConsentManner.WRITTEN,
            "witness": "",
            "given_on": self.today,
            "expires_on": self.today + timedelta(days=180),
        }
        answer_request(
            by=dewi,
            key=self.key(),
            request=asked,
            person=theirs,
            decision=RequestDecision.SHARED,
            consent=consent,
        )

    def write_tasks(self) -> None:
        """Tasks by hand: one overdue, one for today, one for this week."""
        people = [journey.person for journey in self.journeys(MigrationStatus.ABROAD)[:2]]
        case = Case.objects.open().filter(village=RANDU, restricted=False).order_by("reported_on", "pk")[0]
        for days, text, about in (
            (-2, "Telepon keluarga: apakah kiriman bulan ini sudah datang?", {"person": people[0]}),
            (0, "Antar salinan perjanjian kerja ke balai desa.", {"case": case}),
            (4, "Ingatkan perpanjangan paspor di perwakilan.", {"person": people[1]}),
        ):
            due_on = self.today + timedelta(days=days)
            add_task(by=self.rina, key=self.key(), text=text, due_on=due_on, **about)


def _misspelt(name: str) -> str:
    """The name as somebody hears it: one letter otherwise."""
    for heard, written in (("i", "y"), ("u", "oe"), ("h", ""), ("a", "ah")):
        if name.endswith(heard):
            return name[: -len(heard)] + written
    return f"{name}h"
