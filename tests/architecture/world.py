"""One object of every kind in Desa Randu, and its twin in Desa Kenanga, for the permission matrix."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from accounts.keys import new_key
from cooperatives.actions.books import open_books
from cooperatives.actions.collections import post_collection
from cooperatives.actions.ledger import Side, post_entry
from cooperatives.actions.loans import grant_loan
from cooperatives.collecting import Payment
from cooperatives.enums import InterestMethod, TransactionKind
from cooperatives.loan_terms import Terms
from migrants.attached_files import keep_file
from migrants.numbers import nik_digest, nik_fields
from reports.models import ReportEdition
from tests import factories as make
from tests.conftest import NOW, TODAY, Cast
from villages.models import ReturnStep

ASKED_FOR = "9901016501900777"
PSEUDONYM = "Bintang Kejora"  # a child of Randu: nobody outside the village may ever meet these words


HOSTILE = "<script>alert(1)</script>"


class _Undo(Exception):
    pass


@dataclass
class World:
    """What the URLs of the matrix point at."""

    cast: Cast
    things: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.things[name]
        except KeyError as error:
            raise AttributeError(name) from error

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Run one request and take back whatever it wrote."""
        try:
            with transaction.atomic():
                yield
                raise _Undo
        except _Undo:
            pass


def _document(migration: Any) -> Any:
    document = make.DocumentFactory(migration=migration)
    document.number = "SKS-12345"
    document.save()
    return document


def _led(cast: Cast, body: Any) -> Any:
    """wati: treasurer of the body, joko: its chair. They belong to the body, so they are not of the cast."""
    for username, name, office in (("wati", "Wati Rahayu", "treasurer"), ("joko", "Joko Susilo", "chair")):
        user = cast.people[username] = make.UserFactory(username=username, full_name=name)
        role = "treasurer" if office == "treasurer" else "board"
        make.PostingFactory(user=user, role=role, village=cast.randu)
        term = make.BoardTermFactory(body=body, office=office, name=name, user=user)
    return term


def _booked(cast: Cast, body: Any, member: Any) -> None:
    """Open books with an entry and a collection. Never rewritten, so the hostile words are there already."""
    rina = cast.seat("rina")
    open_books(by=rina, body=body, opened_on=date(2026, 10, 1))
    body.refresh_from_db()
    post_entry(
        by=rina,
        body=body,
        key=new_key(),
        kind="voluntary_in",
        day=TODAY,
        sides=[Side("101", 70_000), Side("201", -70_000, member)],
        text="<script>alert(1)</script>",
    )
    post_collection(
        by=rina,
        body=body,
        key=new_key(),
        day=TODAY,
        group="<script>alert(1)</script>",
        payments=[Payment(member, {TransactionKind.MANDATORY_IN: 10_000})],
        bag=10_000,
    )


def _lent_and_shared(cast: Cast, body: Any, member: Any) -> dict[str, Any]:
    """A loan, a meeting, and a share of a surplus."""
    terms = Terms(60_000, 3, 150, InterestMethod.FLAT, date(2027, 1, 1))
    loan = grant_loan(
        by=cast.seat("rina"), body=body, key=new_key(), member=member, terms=terms, day=TODAY, purpose="Modal"
    ).row
    meeting = make.AnnualMeetingFactory(body=body, written_by=cast.user("rina"))
    share = make.SurplusShareFactory(
        member=member,
        sharing__meeting=meeting,
        sharing__entry=loan.entry,
        sharing__shared_by=cast.user("rina"),
    )
    pack = make.MeetingPackFactory(body=body, requested_by=cast.user("rina"))
    return {"loan": loan, "meeting": meeting, "share": share, "pack": pack}


def _published() -> dict[str, Any]:
    """A published edition with one frozen figure of the nation."""
    edition = make.ReportEditionFactory(year=2018, number=1)
    frozen = make.FrozenFigureFactory(edition=edition)
    make.FrozenSetFactory(edition=edition)
    ReportEdition.objects.filter(pk=edition.pk).update(
        status="done", content={}, digest="0" * 64, data_as_of=NOW, finished_at=NOW
    )
    return {"published": ReportEdition.objects.get(pk=edition.pk), "frozen": frozen}


def _sent(cast: Cast) -> Any:
    """A return of Randu that waits for the district, after it was sent back once; and a call to the village.
    Step and call are never rewritten, so the hostile words are there already."""
    make.VillageCallFactory(village=cast.randu, called_by=cast.user("hendro"), note=HOSTILE)
    row = make.MonthlyReturnFactory(village=cast.randu, month=date(2026, 9, 1), sent=True)
    ReturnStep.objects.create(
        monthly_return=row,
        way="send_back",
        from_status="submitted",
        to_status="returned",
        note=HOSTILE,
        made_by=cast.user("hendro"),
    )
    return row


def build(cast: Cast) -> World:
    """Everything belongs to Randu; restricted things are handled by rina."""
    household = make.HouseholdFactory(village=cast.randu)
    person = make.PersonFactory(village=cast.randu, full_name="Dwi Lestari", household=household)
    migration = make.MigrationFactory(person=person)
    case = make.CaseFactory(village=cast.randu, person=person)
    restricted = make.CaseFactory(village=cast.randu, type="sexual_violence", severity="critical")
    make.CaseHandlerFactory(case=restricted, user=cast.user("rina"))
    closed = make.CaseFactory(
        village=cast.randu, status="closed", closed_on=TODAY, close_reason="solved", result="Selesai."
    )
    correction = make.CorrectionFactory(case=closed, asked_by=cast.user("teguh"))
    known = make.PersonFactory(village=cast.randu, full_name="Siti Aminah")
    known.__dict__.update(nik_fields(ASKED_FOR, person=known.pk, village=known.village_id))
    known.save()
    twin = make.PersonFactory(village=cast.randu, full_name="Dwi Lestary")
    merged = make.PersonFactory(village=cast.randu, full_name="D. Lestari")
    merge = make.PersonMergeFactory(kept=person, merged=merged)
    attachment = make.AttachmentFactory(case=restricted, kind="pdf", added_by=cast.user("rina"))
    keep_file(attachment, b"%PDF-1.4\n%%EOF\n")
    register = make.RegisterImportFactory.checked(of=cast.randu, kind="extract", rows_read=1, rows_review=1)
    make.RegisterRowFactory(register=register, village=cast.randu)
    group = make.BusinessGroupFactory(village=cast.randu)
    grant = make.EquipmentGrantFactory(village=cast.randu, group=group)
    item = make.EquipmentItemFactory(grant=grant)
    make.EquipmentCheckFactory(item=item, in_use=0, idle=1, reason="<script>alert(1)</script>")
    item_photo = make.EquipmentPhotoFactory(item=item, added_by=cast.user("rina"))
    keep_file(item_photo, b"\xff\xd8\xff")
    training = make.TrainingFactory(village=cast.randu, group=group)
    outreach = make.OutreachSessionFactory(village=cast.randu, by_list=True)
    make.OutreachAttendeeFactory(session=outreach, person=person, name="")
    make.OutreachAttendeeFactory(session=outreach)
    photo = make.OutreachPhotoFactory(session=outreach, added_by=cast.user("rina"))
    keep_file(photo, b"\xff\xd8\xff")
    centre = make.LearningCentreFactory(village=cast.randu)
    child = make.ChildFactory(centre=centre, pseudonym=PSEUDONYM, note="Suka membaca.")
    child_photo = make.ChildPhotoFactory(child=child, added_by=cast.user("rina"))
    keep_file(child_photo, b"\xff\xd8\xff")
    facilitator = make.FacilitatorFactory(centre=centre, agreement_signed_on=None)
    child_session = make.ChildSessionFactory(centre=centre, note="Ramai")
    make.AttendanceFactory(session=child_session, child=child)
    make.HomeVisitFactory(child=child, next_step="Datang lagi")
    body = make.FinanceBodyFactory(village=cast.randu)
    term = _led(cast, body)
    member = make.MemberFactory(body=body)
    _booked(cast, body, member)
    # Never rewritten, so the hostile words are there from the beginning.
    make.ProceduralAssessmentFactory(
        migration=migration, assessed_by=cast.user("rina"), basis="<script>alert(1)</script>"
    )
    return World(
        cast,
        {
            "person": person,
            "household": household,
            "twin": twin,
            "consent": make.ConsentFactory(person=person),
            "asked": make.RecordRequestFactory(village=cast.randu),
            "asked_of_us": make.RecordRequestFactory(village=cast.bandung, nik_digest=nik_digest(ASKED_FOR)),
            "merge": merge,
            "migration": migration,
            "requirement": make.RequirementFactory(made_by=cast.user("hendro")),
            "document": _document(migration),
            "home": make.ReturnRecordFactory(
                migration__person__village=cast.randu, logged_by=cast.user("rina"), skills="Menjahit"
            ),
            "permit": make.FamilyPermitFactory(migration=migration, issued_by=cast.user("rina")),
            "red_flags": make.RedFlagCheckFactory(migration=migration, logged_by=cast.user("rina")),
            "milestone": make.JourneyMilestoneFactory(migration=migration, note="Dari petugas"),
            "visit": make.ServiceVisitFactory(village=cast.randu, person=person),
            "case": case,
            "restricted": restricted,
            "register": register,
            "correction": correction,
            "attachment": attachment,
            "task": make.TaskFactory(case=restricted, village=cast.randu, made_by=cast.user("rina")),
            "referral": make.ReferralFactory(case=case),
            "outreach": outreach,
            "photo": photo,
            "recruiter": make.RecruiterSightingFactory(village=cast.randu),
            "notice": make.NoticeFactory(village=cast.randu, made_by=cast.user("rina")),
            "activity": make.PlannedActivityFactory(village=cast.randu),
            "service": make.ServiceCentreFactory(village=cast.randu),
            "duty": make.DutyDayFactory(village=cast.randu, officer=cast.user("teguh")),
            "group": group,
            "business": make.TurnoverFactory(business__village=cast.randu, business__group=group).business,
            "group_member": make.GroupMemberFactory(group=group),
            "training": training,
            "grant": grant,
            "item": item,
            "item_photo": item_photo,
            "new_item": make.EquipmentItemFactory(grant=grant),
            "mentoring": make.MentoringVisitFactory(village=cast.randu, group=group),
            "market": make.MarketingPartnerFactory(village=cast.randu, group=group),
            "contribution": make.ContributionFactory(village=cast.randu),
            "estimate": make.AbroadEstimateFactory(village=cast.randu),
            "participant": make.TrainingParticipantFactory(training=training, has_certificate=True),
            "centre": centre,
            "child": child,
            "child_photo": child_photo,
            "facilitator": facilitator,
            "child_session": child_session,
            "concern": make.ConcernFactory(child=child),
            "carer_session": make.CarerSessionFactory(village=cast.randu),
            "body": body,
            "edition": make.ReportEditionFactory(status="failed", failure="stalled"),
            **_published(),
            "year_words": make.YearWordsFactory(
                district=cast.randu.district,
                words={"general": {"cause": "<script>alert(1)</script>", "step": "Sosialisasi"}},
                written_by=cast.user("hendro"),
                written_at=NOW,
            ),
            "member": member,
            **_lent_and_shared(cast, body, member),
            "term": term,
            "written": make.MonthlyReturnFactory(
                village=cast.randu,
                words={"business": {"obstacles": "<script>alert(1)</script>", "plans": ""}},
            ),
            "sent": _sent(cast),
            "saved_view": make.SavedViewFactory(owner=cast.user("rina"), name=HOSTILE),
            "told": make.NotificationFactory(user=cast.user("rina"), about=HOSTILE),
            "duty_report": make.DutyReportFactory(assignment=cast.user("rina").assignments.get()),
            "stipend": make.DutyReportFactory(
                assignment=cast.user("teguh").assignments.get(), month=date(2026, 9, 1), signed=True
            ),
            "assignment": cast.user("rina").assignments.get(),
            "hand_over": make.HandOverFactory(
                assignment=cast.user("rina").assignments.get(), receiver=cast.user("teguh")
            ),
            "webhook": make.WebhookDeliveryFactory(webhook__owner=cast.user("hendro")).webhook,
            "token": make.ApiTokenFactory(owner=cast.user("rina")),
            "designation": cast.randu_designation(),
            "cohort": make.CohortTargetFactory(year=2019),
        },
    )
