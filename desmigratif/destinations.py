"""Which pages exist for which role: the five entries of the bar and the menu page both come from this table.

A page whose address does not exist yet is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission, Role
from villages.access import Seat


@dataclass(frozen=True)
class Destination:
    """A page one can go to. `needs` is the permission that opens it; None means every seat.

    `covers`: beginnings of URL names that belong to it, so that the bar knows where the reader is.
    """

    name: str
    label: str | Promise
    icon: str
    needs: Permission | None = None
    covers: tuple[str, ...] = ()
    hint: str | Promise = ""
    only: frozenset[Role] = frozenset()

    def is_for(self, seat: Seat) -> bool:
        if self.only and seat.role not in self.only:
            return False
        return self.needs is None or seat.may(self.needs)

    @property
    def address(self) -> str | None:
        try:
            return reverse(self.name)
        except NoReverseMatch:
            return None


P = Permission

HOME = {
    Role.OFFICER: _("Today"),
    Role.VILLAGE_HEAD: _("Today"),
    Role.DISTRICT_COORDINATOR: _("To do"),
    Role.DISTRICT_VIEWER: _("To do"),
    Role.MINISTRY_ANALYST: _("Progress"),
    Role.MINISTRY_ADMIN: _("Progress"),
}

PAGES: tuple[tuple[str | Promise, tuple[Destination, ...]], ...] = (
    (
        _("Daily work"),
        (
            Destination("home", _("Home"), "hari"),
            Destination(
                "migrants:visit-new",
                _("Log a service"),
                "tambah",
                P.LOG_RECORDS,
                hint=_("Visit, telephone or WhatsApp"),
            ),
            Destination(
                "migrants:visit-list", _("Services logged"), "jam", P.SEE_PEOPLE, ("migrants:visit-",)
            ),
            Destination(
                "migrants:person-list",
                _("People"),
                "orang",
                P.SEE_PEOPLE,
                (
                    "migrants:person-",
                    "migrants:migration-",
                    "migrants:household-",
                    "migrants:consent-",
                    "migrants:merge-",
                ),
                _("Prospective, working and returned migrants"),
            ),
            Destination(
                "migrants:request-list",
                _("Records between villages"),
                "tukar",
                P.LOG_RECORDS,
                ("migrants:request-",),
                _("Ask for or share a person's record"),
            ),
            Destination(
                "migrants:import-list",
                _("Files brought in"),
                "unggah",
                P.IMPORT_REGISTERS,
                ("migrants:import-",),
                _("Registers you keep in spreadsheets"),
            ),
            Destination(
                "migrants:case-list",
                _("Cases"),
                "kasus",
                P.SEE_CASES,
                ("migrants:case-", "migrants:referral-"),
                _("Complaints and problems being handled"),
            ),
            Destination(
                "migrants:referral-list",
                _("Referrals"),
                "tukar",
                P.SEE_CASES,
                hint=_("Cases handed to another office"),
            ),
        ),
    ),
    (
        _("Activities"),
        (
            Destination(
                "pillars:home",
                _("Activities"),
                "kegiatan",
                P.SEE_PILLARS,
                ("pillars:", "cooperatives:"),
                _("The four pillars of the village"),
            ),
            Destination(
                "pillars:notice-import",
                _("Lists of job orders"),
                "unggah",
                P.IMPORT_REGISTERS,
                hint=_("For the information boards of the villages"),
                only=frozenset({Role.DISTRICT_COORDINATOR, Role.MINISTRY_ADMIN}),
            ),
            Destination("pillars:outreach-list", _("Outreach sessions"), "suara", P.SEE_PILLARS),
            Destination("pillars:group-list", _("Productive businesses"), "toko", P.SEE_PILLARS),
            Destination("pillars:centre-list", _("Community parenting"), "rumah", P.SEE_PILLARS),
            Destination(
                "cooperatives:body-list", _("Cooperatives"), "uang", P.SEE_BODIES, ("cooperatives:",)
            ),
        ),
    ),
    (
        _("Villages and figures"),
        (
            Destination(
                "villages:village-list",
                _("Villages"),
                "lokasi",
                P.SEE_VILLAGES,
                (
                    "villages:village-",
                    "villages:officer-",
                    "villages:assignment-",
                    "villages:designation-",
                    "villages:stage-",
                    "villages:cohort-",
                ),
                _("Stage, officers and history of each village"),
            ),
            Destination(
                "villages:cohort-list",
                _("Published figures"),
                "berkas",
                P.MANAGE_PROGRAMME,
                ("villages:cohort-",),
                _("New villages per year and the target, with their source"),
            ),
            Destination(
                "migrants:permit-list",
                _("Family permits"),
                "berkas",
                P.SEE_PERMITS,
                ("migrants:permit-",),
                _("Letters that the village head knows of"),
            ),
            Destination(
                "migrants:requirement-list",
                _("What the district asks for besides"),
                "berkas",
                P.SEE_PEOPLE,
                ("migrants:requirement-",),
                _("Minimum ages and papers, by country and work"),
            ),
            Destination(
                "migrants:company-list",
                _("Placement companies"),
                "toko",
                P.SEE_VILLAGES,
                hint=_("P3MI with their licences"),
            ),
            Destination(
                "reports:figures",
                _("Figures"),
                "grafik",
                P.SEE_FIGURES,
                ("reports:figures", "reports:rows", "reports:definitions"),
                _("Each figure opens the records it counts"),
            ),
            Destination(
                "reports:pivot",
                _("Two ways at once"),
                "grafik",
                P.SEE_FIGURES,
                ("reports:pivot",),
                _("One figure by rows and columns of your choice"),
            ),
            Destination(
                "reports:view-list",
                _("Saved views"),
                "hari",
                None,
                ("reports:view-",),
                _("Pages with their filters that you saved"),
            ),
            Destination(
                "reports:return-list",
                _("Monthly returns"),
                "berkas",
                P.SEE_RETURNS,
                ("reports:return-", "reports:village-calls"),
                _("What the village reports of a month, and what the district answers"),
            ),
            Destination(
                "reports:stipend-list",
                _("Stipend list"),
                "uang",
                P.MANAGE_OFFICERS,
                ("reports:stipend",),
                _("What officers are paid of a month, from countersigned duty reports"),
            ),
            Destination(
                "reports:edition-list",
                _("Reports"),
                "berkas",
                P.READ_REPORTS,
                ("reports:edition-",),
                _("The yearly report as PDF"),
            ),
        ),
    ),
    (
        _("Administration"),
        (
            Destination(
                "villages:staff-list",
                _("Accounts"),
                "kunci",
                P.MANAGE_ACCOUNTS,
                ("villages:staff-", "villages:posting-"),
                _("Who signs in, and one-time links"),
            ),
            Destination(
                "reports:audit-list",
                _("Trail"),
                "jam",
                P.READ_AUDIT,
                ("reports:audit-",),
                _("Who did what, and when"),
            ),
        ),
    ),
    (
        _("You"),
        (
            Destination(
                "accounts:account",
                _("My account"),
                "kunci",
                None,
                ("accounts:session-", "accounts:password-", "accounts:mail", "account_change_password"),
                _("Password and signed-in devices"),
            ),
            Destination(
                "accounts:notification-list",
                _("Notifications"),
                "suara",
                None,
                ("accounts:notification",),
                _("Reports that are ready, returns that came back"),
            ),
            Destination("privacy", _("Privacy notice"), "perisai"),
            Destination("accessibility", _("Accessibility"), "lihat"),
        ),
    ),
)

MENU = Destination("menu", _("Menu"), "menu")
TELL_UNREAD = ("menu", "accounts:notification-list")

_VILLAGE = ("home", "migrants:person-list", "migrants:case-list", "pillars:home")
_DISTRICT = ("home", "migrants:case-list", "villages:village-list", "reports:figures")
_ABOVE = ("home", "villages:village-list", "reports:figures", "reports:edition-list")
BAR = {
    Role.OFFICER: _VILLAGE,
    Role.VILLAGE_HEAD: ("home", "pillars:home", "reports:figures", "villages:village-list"),
    Role.TREASURER: ("cooperatives:body-list",),
    Role.BOARD: ("cooperatives:body-list",),
    Role.DISTRICT_COORDINATOR: _DISTRICT,
    Role.DISTRICT_VIEWER: _DISTRICT,
    Role.PROVINCE_VIEWER: _ABOVE,
    Role.MINISTRY_ANALYST: _ABOVE,
    Role.MINISTRY_ADMIN: _ABOVE,
    Role.SYSTEM_ADMINISTRATOR: ("home",),
    Role.AUDITOR: ("home", "reports:audit-list"),
}
