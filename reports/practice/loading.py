"""Load everything: known villages, accounts, officers, and twelve villages' invented records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg import sql

from accounts.events import ACCOUNT_MADE
from accounts.models import User
from accounts.roles import ROLES, Level, Role
from audit.actions import record
from cooperatives.models import FinanceBody, Member
from migrants.models import (
    Case,
    CaseEvent,
    CaseHandler,
    Household,
    Migration,
    MigrationStep,
    Person,
    Referral,
    ServiceVisit,
)
from pillars.models import (
    AbroadEstimate,
    Attendance,
    Business,
    BusinessGroup,
    BusinessPermit,
    BusinessStep,
    CarerPresent,
    CarerSession,
    CentreEquipment,
    Child,
    ChildCare,
    ChildSession,
    Contribution,
    DutyDay,
    DutyPlan,
    EquipmentCheck,
    EquipmentGrant,
    EquipmentItem,
    Facilitator,
    GroupMember,
    GuardianConsent,
    HomeVisit,
    LearningCentre,
    MarketingPartner,
    MentoringVisit,
    Notice,
    OutreachAttendee,
    OutreachSession,
    ParentContact,
    PlannedActivity,
    RecruiterSighting,
    SchoolStatus,
    ServiceCentre,
    SessionLeader,
    SessionOfficer,
    Training,
    TrainingParticipant,
    Turnover,
)
from reports.actions.reminding import watch_returns
from reports.events import PRACTICE_LOADED
from reports.practice.accounts import ACCOUNTS, PASSWORD, SILENT_COORDINATORS, PracticeAccount
from reports.practice.casework import add_cases
from reports.practice.centre import add_centre_life
from reports.practice.chance import Chance
from reports.practice.children import add_children
from reports.practice.deeds import do_deeds
from reports.practice.estimates import add_estimates
from reports.practice.names import full_name
from reports.practice.notices import add_notices
from reports.practice.people import Register
from reports.practice.pillar_records import add_pillar_records
from reports.practice.returns import past_returns
from reports.practice.scenes import PLANS, Book, Plan, Scene, Term
from reports.practice.visits import add_visits
from villages.access import seat_of
from villages.actions import load_known_villages
from villages.enums import OpenWork
from villages.events import OFFICER_ASSIGNED, POSTING_MADE
from villages.models import OfficerAssignment, Posting, Village
from villages.models.officers import TERM_YEARS
from villages.rules import years_later

# In this order: a row's relations come before it.
_MODELS: tuple[type[Model], ...] = (
    User,
    OfficerAssignment,
    Posting,
    Household,
    Person,
    Migration,
    MigrationStep,
    ServiceVisit,
    Case,
    CaseHandler,
    CaseEvent,
    Referral,
    OutreachSession,
    SessionOfficer,
    OutreachAttendee,
    ServiceCentre,
    CentreEquipment,
    DutyPlan,
    DutyDay,
    PlannedActivity,
    RecruiterSighting,
    Notice,
    BusinessGroup,
    GroupMember,
    Business,
    BusinessStep,
    BusinessPermit,
    Turnover,
    Training,
    TrainingParticipant,
    EquipmentGrant,
    EquipmentItem,
    EquipmentCheck,
    MentoringVisit,
    MarketingPartner,
    Contribution,
    AbroadEstimate,
    LearningCentre,
    Facilitator,
    Child,
    GuardianConsent,
    ChildCare,
    SchoolStatus,
    ParentContact,
    HomeVisit,
    ChildSession,
    SessionLeader,
    Attendance,
    CarerSession,
    CarerPresent,
    FinanceBody,
    Member,
)


class PracticeRefused(Exception):
    """Practice data must not or need not be loaded; the text says why."""


@transaction.atomic
def load_practice(*, now: datetime | None = None) -> int:
    """The empty database holds the known villages and the practice set. Returns how many rows were invented.

    `now`: the moment everything counts back from; this moment when None. The same moment gives the same data
    but for sealed values and keys of the known villages. Raises `PracticeRefused` outside local mode, and
    when there is any account already. Records `practice.loaded`, and who was given which account and post.
    """
    if not settings.LOCAL:
        raise PracticeRefused(_("Practice data are for local mode only. Nothing was loaded."))
    if User.objects.exists():
        raise PracticeRefused(_("There are accounts already. Nothing was loaded."))
    load_known_villages()
    now = now or timezone.now()
    book = Book()
    coordinators = _add_accounts(book, now)
    for plan in PLANS:
        _add_village(book, plan, now, coordinators[plan.code[:5]])
    invented = sum(_copy_in(model, book.rows(model)) for model in _MODELS)
    _record(book, invented)
    do_deeds(now)
    hendro = seat_of(User.objects.get(username="disnaker.batang"))
    assert hendro is not None
    invented += sum(_copy_in(model, rows) for model, rows in past_returns(now, hendro=hendro))
    watch_returns(today=timezone.localdate(now))
    _count_tables()
    return invented


def _add_village(book: Book, plan: Plan, now: datetime, coordinator: User) -> None:
    village = Village.objects.select_related("province").get(code=plan.code)
    chance = Chance(plan.code, now, village.zone)
    today = timezone.localdate(now)
    officers = [_officer(book, village, plan, term, chance, today) for term in plan.terms]
    scene = Scene(plan, village, today, chance, book, officers, coordinator)
    residents = Register(scene).fill()
    add_visits(scene, residents)
    add_cases(scene, residents)
    add_pillar_records(scene, residents)
    add_centre_life(scene, residents)
    add_children(scene, residents, Chance(f"{plan.code} children", now, village.zone))
    add_notices(scene)
    add_estimates(scene, residents)


# --- who signs in, who serves ------------------------------------------------------------------------------


def _add_accounts(book: Book, now: datetime) -> dict[str, User]:
    """The accounts with their postings; officers are posted by their villages. Returns the coordinators."""
    began = timezone.localdate(now) - timedelta(days=1190)
    chance = Chance("accounts", now, "Asia/Jakarta")
    password = make_password(PASSWORD)  # one digest for all: nobody is meant to be kept out
    coordinators = {}
    for account in (*ACCOUNTS, *SILENT_COORDINATORS):
        opened = account in ACCOUNTS
        user = _user(book, chance, account.username, account.full_name, began, password if opened else "")
        if account.role == Role.OFFICER:
            continue
        if account.role == Role.DISTRICT_COORDINATOR:
            coordinators[account.place] = user
        book.add(_posting(account, user, chance, began))
    return coordinators


def _posting(account: PracticeAccount, user: User, chance: Chance, began: date) -> Posting:
    level = ROLES[account.role].level
    at = chance.moment(began)
    return Posting(
        pk=chance.key(at),
        user=user,
        role=account.role,
        village_id=account.place if level == Level.VILLAGE else None,
        district_id=account.place if level == Level.DISTRICT else None,
        province_id=account.place if level == Level.PROVINCE else None,
        title=account.title,
        starts_on=began,
        made_at=at,
    )


def _user(book: Book, chance: Chance, username: str, name: str, began: date, password: str) -> User:
    at = chance.moment(began)
    return book.add(
        User(
            pk=chance.key(at),
            username=username,
            full_name=name,
            phone=f"+62810{chance.number(10_000_000, 99_999_999)}",
            password=password or UNUSABLE_PASSWORD_PREFIX + "latihan",
            created_at=at,
        )
    )


def _officer(
    book: Book, village: Village, plan: Plan, term: Term, chance: Chance, today: date
) -> OfficerAssignment:
    began = today - timedelta(days=term.began)
    named = {account.username: account for account in ACCOUNTS}.get(term.username)
    if named:
        user = next(row for row in book.rows(User) if row.username == named.username)
    else:
        place = village.name.lower().replace(" ", "-")
        count = sum(row.username.startswith(f"petugas.{place}") for row in book.rows(User))
        username = f"petugas.{place}{count + 1 if count else ''}"
        name = full_name(plan.region, chance.pick(("female", "male")), chance)
        user = _user(book, chance, username, name, began, "")
    ended = today - timedelta(days=term.ended) if term.ended is not None else None
    at = chance.moment(began)
    return book.add(
        OfficerAssignment(
            pk=chance.key(at),
            village=village,
            user=user,
            slot=term.slot,
            starts_on=began,
            ends_on=ended or years_later(began, TERM_YEARS),
            decree_number=f"KEP.CONTOH-{began.toordinal() % 900 + 100}/{began.year}",
            ended_at=datetime.combine(ended, time(9), tzinfo=ZoneInfo(village.zone)) if ended else None,
            end_reason=term.end_reason,
            end_note="Dicatat untuk latihan." if ended else "",
            open_work=OpenWork.COLLEAGUE if ended else "",
            assigned_at=at,
        )
    )


# --- writing it down ---------------------------------------------------------------------------------------


def _copy_in(model: type[Model], rows: Sequence[Model]) -> int:
    """Write the rows by COPY: fast, and with the moments they carry, which `auto_now_add` would overwrite."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields])
    command = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            _place(row)
            copy.write_row(
                [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
            )
    return len(rows)


def _count_tables() -> None:
    """The planner knows how many rows there are: PostgreSQL advises ANALYZE after a bulk load ("Populating a
    Database"), since until autovacuum comes by it plans for tables that were empty."""
    tables = [sql.Identifier(model._meta.db_table) for model in apps.get_models() if model._meta.managed]
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("ANALYZE {}").format(sql.SQL(", ").join(tables)))


def _place(row: Model) -> None:
    """District and province of a placed row follow from its village's code, as `Placed.save` has it."""
    if getattr(row, "village_id", None) and not isinstance(row, Posting):
        row.district_id, row.province_id = row.village_id[:5], row.village_id[:2]  # type: ignore[attr-defined]


def _record(book: Book, invented: int) -> None:
    """The log says truly what happened: the system made these accounts and posts, and loaded the rest."""
    for user in book.rows(User):
        record(ACCOUNT_MADE, by=None, subject=user, subject_label=f"{user.full_name} ({user.username})")
    for assignment in book.rows(OfficerAssignment):
        record(
            OFFICER_ASSIGNED,
            by=None,
            subject=assignment,
            subject_label=f"{assignment.user.full_name}: {assignment.village}",
            village=assignment.village_id,
        )
    for posting in book.rows(Posting):
        record(
            POSTING_MADE,
            by=None,
            subject=posting,
            subject_label=f"{posting.user.full_name}: {ROLES[Role(posting.role)].label}",
            village=posting.village_id or posting.district_id or posting.province_id,
        )
    record(PRACTICE_LOADED, by=None, subject_label=str(invented))
