"""Who may do what, as a manager could read and approve it.

A role is never stored on the user: it comes from a dated OfficerAssignment or Posting
(villages app), so access ends when the posting ends.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(StrEnum):
    """How far a role sees."""

    VILLAGE = "village"
    DISTRICT = "district"
    PROVINCE = "province"
    NATION = "nation"
    NOWHERE = "nowhere"


class Permission(StrEnum):
    """One thing a person may do; checked in rules, never by role name."""

    LOG_RECORDS = "log_records"  # create and change visits, people, migrations, cases, pillar records
    SEE_PEOPLE = "see_people"  # open named persons and visits
    SEE_CASES = "see_cases"  # open case narratives (restricted ones need a named handler besides)
    SEE_STUCK_CASES = "see_stuck_cases"  # where cases of the province wait for too long, without names
    REVEAL_NUMBERS = "reveal_numbers"  # full NIK, KK, passport, with a reason
    IMPORT_REGISTERS = "import_registers"  # bring in files for the own place
    ANSWER_REFERRALS = "answer_referrals"
    MERGE_PEOPLE = "merge_people"  # make two records of one person one, and undo it
    SEE_PERMITS = "see_permits"  # family permits: the letters that the village head knows of
    SET_REQUIREMENTS = "set_requirements"  # minimum ages and further papers of the own district
    SEE_FIGURES = "see_figures"
    SEE_RECORD_ROWS = "see_record_rows"  # de-identified rows behind a figure
    SEE_VILLAGES = "see_villages"
    SEE_PILLARS = "see_pillars"  # named pillar records and member registers
    PUBLISH_NOTICES = "publish_notices"  # on the information board of the own village, or of the district's
    SEE_CHILDREN = "see_children"  # children of the learning centres: the village's officers alone
    SEE_BODIES = "see_bodies"  # finance bodies: their facts, totals and arrears classes, no member
    SEE_BOOKS = "see_books"  # the members of a body, their accounts, and its journal
    KEEP_BOOKS = "keep_books"  # write down members, savings, loans and other transactions
    APPOINT_BOARD = "appoint_board"  # write down who leads a body, and which account opens its books
    CLOSE_BOOKS = "close_books"  # count the cash, close months and years, write down members' meetings
    SEE_RETURNS = (
        "see_returns"  # monthly returns and duty reports of the own place; the chain says who does what
    )
    MANAGE_OFFICERS = "manage_officers"
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_PROGRAMME = "manage_programme"  # targets, designations, areas
    REQUEST_REPORTS = "request_reports"  # the ministry's of the nation and any district, a district's its own
    READ_REPORTS = "read_reports"  # of the own place and places within
    READ_AUDIT = "read_audit"
    SUBSCRIBE = "subscribe"  # let a program of the office be told of events of the place, without persons


class Role(StrEnum):
    OFFICER = "officer"
    VILLAGE_HEAD = "village_head"
    TREASURER = "treasurer"
    BOARD = "board"
    DISTRICT_COORDINATOR = "district_coordinator"
    DISTRICT_VIEWER = "district_viewer"
    PROVINCE_VIEWER = "province_viewer"
    MINISTRY_ANALYST = "ministry_analyst"
    MINISTRY_ADMIN = "ministry_admin"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    AUDITOR = "auditor"


@dataclass(frozen=True)
class RoleCard:
    """What a role is called, how far it sees, and what it may do."""

    label: str | Promise
    description: str | Promise
    level: Level
    permissions: frozenset[Permission]
    grants: frozenset[Role] = frozenset()  # roles this one may hand out (C12: never above the own)


P = Permission
_FIGURES = frozenset({P.SEE_FIGURES, P.SEE_VILLAGES})
_BOOKS = frozenset({P.SEE_BODIES, P.SEE_BOOKS, P.CLOSE_BOOKS})

ROLES: dict[Role, RoleCard] = {
    Role.OFFICER: RoleCard(
        label=_("Desmigratif officer"),
        description=_("Logs visits, people, journeys, cases and pillar records of the own village."),
        level=Level.VILLAGE,
        permissions=_FIGURES
        | _BOOKS
        | {
            P.APPOINT_BOARD,
            P.KEEP_BOOKS,
            P.LOG_RECORDS,
            P.SEE_RETURNS,
            P.PUBLISH_NOTICES,
            P.SEE_PERMITS,
            P.SEE_PEOPLE,
            P.SEE_CASES,
            P.REVEAL_NUMBERS,
            P.IMPORT_REGISTERS,
            P.SEE_RECORD_ROWS,
            P.SEE_PILLARS,
            P.SEE_CHILDREN,
        },
    ),
    Role.VILLAGE_HEAD: RoleCard(
        label=_("Village head"),
        description=_("Reads the totals, the pillar records and the family permits of the own village."),
        level=Level.VILLAGE,
        permissions=_FIGURES | {P.SEE_PILLARS, P.SEE_BODIES, P.SEE_PERMITS, P.SEE_RETURNS},
    ),
    # The two below belong to a finance body, not to the village: which one, a board term says (cooperatives).
    Role.TREASURER: RoleCard(
        label=_("Treasurer of a finance body"),
        description=_("Keeps the books of the own cooperative or finance body, and nothing else."),
        level=Level.VILLAGE,
        permissions=_BOOKS | {P.KEEP_BOOKS},
    ),
    Role.BOARD: RoleCard(
        label=_("Board or supervisor of a finance body"),
        description=_("Reads the books of the own body, counts its cash and closes its months."),
        level=Level.VILLAGE,
        permissions=_BOOKS,
    ),
    Role.DISTRICT_COORDINATOR: RoleCard(
        label=_("District coordinator"),
        description=_("Follows all villages of the district, answers referrals, manages officers."),
        level=Level.DISTRICT,
        permissions=_FIGURES
        | {
            P.SEE_PEOPLE,
            P.SEE_CASES,
            P.REVEAL_NUMBERS,
            P.IMPORT_REGISTERS,
            P.ANSWER_REFERRALS,
            P.MERGE_PEOPLE,
            P.SET_REQUIREMENTS,
            P.SEE_PERMITS,
            P.SEE_RECORD_ROWS,
            P.SEE_PILLARS,
            P.PUBLISH_NOTICES,
            P.SEE_BODIES,
            P.APPOINT_BOARD,
            P.SEE_RETURNS,
            P.MANAGE_OFFICERS,
            P.MANAGE_ACCOUNTS,
            P.SUBSCRIBE,
            P.REQUEST_REPORTS,
            P.READ_REPORTS,
        },
        grants=frozenset({Role.OFFICER, Role.VILLAGE_HEAD, Role.TREASURER, Role.BOARD}),
    ),
    Role.DISTRICT_VIEWER: RoleCard(
        label=_("District viewer"),
        description=_("Reads the district's figures and rows without names."),
        level=Level.DISTRICT,
        permissions=_FIGURES | {P.SEE_RECORD_ROWS, P.READ_REPORTS},
    ),
    Role.PROVINCE_VIEWER: RoleCard(
        label=_("Province viewer"),
        description=_("Reads the province's figures and sees where late cases wait, without names."),
        level=Level.PROVINCE,
        permissions=_FIGURES | {P.READ_REPORTS, P.SEE_STUCK_CASES},
    ),
    Role.MINISTRY_ANALYST: RoleCard(
        label=_("Ministry analyst"),
        description=_("Reads national figures and makes the yearly report."),
        level=Level.NATION,
        permissions=_FIGURES | {P.REQUEST_REPORTS, P.READ_REPORTS, P.SUBSCRIBE},
    ),
    Role.MINISTRY_ADMIN: RoleCard(
        label=_("Ministry administrator"),
        description=_("Manages accounts, officers, designations and targets; reads national figures."),
        level=Level.NATION,
        permissions=_FIGURES
        | {
            P.MANAGE_OFFICERS,
            P.MANAGE_ACCOUNTS,
            P.MANAGE_PROGRAMME,
            P.IMPORT_REGISTERS,
            P.REQUEST_REPORTS,
            P.READ_REPORTS,
            P.SUBSCRIBE,
        },
        grants=frozenset(set(Role) - {Role.MINISTRY_ADMIN}),
    ),
    Role.SYSTEM_ADMINISTRATOR: RoleCard(
        label=_("System administrator"),
        description=_("Keeps the system running; sees no case data."),
        level=Level.NOWHERE,
        permissions=frozenset(),
    ),
    Role.AUDITOR: RoleCard(
        label=_("Auditor"),
        description=_("Reads the log of who did what."),
        level=Level.NOWHERE,
        permissions=frozenset({P.READ_AUDIT}),
    ),
}

# Roles that belong to one finance body, not to a whole village.
BODY_ROLES = frozenset({Role.TREASURER, Role.BOARD})
