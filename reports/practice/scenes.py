"""The practice villages: how much goes on in each, who serves there, and what has been written there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar, cast

from django.db.models import Model

from accounts.models import User
from reports.practice.chance import Chance
from reports.practice.names import JAWA, PANTURA, SASAK, Region
from villages.models import OfficerAssignment, Village

M = TypeVar("M", bound=Model)

FIRST_DAY = 1095  # days before today on which the oldest records lie


@dataclass(frozen=True)
class Term:
    """A place of an officer, in days before today. `ended` early, or when the three years are over (None).

    `username` "": a name is made, and nobody can sign in with it.
    """

    slot: int
    began: int
    username: str = ""
    ended: int | None = None
    end_reason: str = ""


def _pair(began: int) -> tuple[Term, ...]:
    return Term(1, began), Term(2, began)


def _cases(text: str) -> tuple[tuple[str, str, int], ...]:
    """Read "way kind days, way kind days"."""
    words = (one.split() for one in text.split(","))
    return tuple((way, kind, int(days)) for way, kind, days in words)


@dataclass(frozen=True)
class Plan:
    """A village and its life. `quiet`: for so many days nobody has written anything.

    `open_cases`: (way of `casework.WAYS`, kind of problem, days since the last action).
    """

    code: str
    region: Region
    people: int
    visits_a_month: float
    terms: tuple[Term, ...]
    open_cases: tuple[tuple[str, str, int], ...] = ()
    over_cases: int = 0
    quiet: int = 0
    is_busy: bool = False
    abroad: Mapping[str, Mapping[str, float]] | None = None

    @property
    def sends_many(self) -> bool:
        """People leave every month, by every path."""
        return self.is_busy or self.abroad is not None


# To Malaysia's plantations and Saudi homes rather than to East Asia (domain.md 2.10: NTB).
_FROM_LOMBOK: Mapping[str, Mapping[str, float]] = {
    "female": {"MYS": 4, "SAU": 4, "SGP": 1, "HKG": 1, "ARE": 1},
    "male": {"MYS": 9, "SAU": 1, "BRN": 1, "KOR": 0.5},
}

PLANS = (
    Plan(
        "33.25.14.2004",  # Randu
        JAWA,
        people=95,
        visits_a_month=14,
        is_busy=True,
        terms=(
            Term(1, 1094, ended=641, end_reason="moved"),
            Term(1, 640, "petugas.randu"),
            Term(2, 1094, ended=301, end_reason="resigned"),
            Term(2, 300, "petugas.randu2"),
        ),
        open_cases=_cases(
            "new unpaid_wage 1, new remittance_family 3, verifying overcharging 6,"
            " waiting failed_departure 21, handling social_security_claim 4, handling job_fraud 17,"
            " sent wants_return 9, outside lost_contact 12, answered unpaid_wage 2, resolved sick 3,"
            " reopened contract_mismatch 5, handling trafficking_suspected 7, sent child_neglect 4"
        ),
        over_cases=16,
    ),
    Plan(
        "33.25.14.2002",  # Bandung
        JAWA,
        people=44,
        visits_a_month=6,
        terms=(Term(1, 1030), Term(2, 1090, ended=421, end_reason="resigned"), Term(2, 410)),
        open_cases=_cases(
            "sent document_withheld 18, handling overcharging 5, answered wants_return 6,"
            " new social_security_claim 2"
        ),
        over_cases=6,
    ),
    Plan(
        "33.25.01.2004",  # Kedungmalang
        JAWA,
        people=22,
        visits_a_month=3,
        quiet=47,
        terms=(Term(1, 900), Term(2, 900, ended=150, end_reason="moved")),
        open_cases=_cases("handling unpaid_wage 52, waiting overstay 75"),
        over_cases=2,
    ),
    Plan(
        "33.25.09.2025",  # Kemiri Barat
        JAWA,
        people=34,
        visits_a_month=5,
        terms=_pair(760),
        open_cases=_cases("received accident 4, verifying unpaid_wage 2, handling sexual_violence 8"),
        over_cases=4,
    ),
    Plan(
        "33.25.09.2023",  # Gondang
        JAWA,
        people=28,
        visits_a_month=4,
        terms=_pair(620),
        open_cases=_cases("sent unpaid_wage 2, handling remittance_family 15"),
        over_cases=3,
    ),
    Plan(
        "33.25.06.2008",  # Wanar
        JAWA,
        people=30,
        visits_a_month=4,
        terms=_pair(840),
        open_cases=_cases("received death 26, resolved failed_departure 4, sent trafficking_suspected 5"),
        over_cases=4,
    ),
    Plan(
        "32.12.16.2004",  # Kenanga
        PANTURA,
        people=70,
        visits_a_month=11,
        is_busy=True,
        terms=(Term(1, 720, "petugas.kenanga"), Term(2, 1000)),
        open_cases=_cases(
            "new job_fraud 1, verifying sick 3, sent unpaid_wage 11, received wants_return 7,"
            " outside detained 20, answered overcharging 1, handling violence 3,"
            " sent trafficking_suspected 6"
        ),
        over_cases=9,
    ),
    Plan(
        "33.07.10.2004",  # Kuripan
        JAWA,
        people=40,
        visits_a_month=6,
        terms=_pair(800),
        open_cases=_cases("handling unpaid_wage 8, sent failed_departure 13, waiting deported 33"),
        over_cases=5,
    ),
    Plan(
        "52.03.13.2008",  # Dasan Borok
        SASAK,
        people=48,
        visits_a_month=7,
        abroad=_FROM_LOMBOK,
        terms=_pair(680),
        open_cases=_cases(
            "sent overstay 6, outside deported 16, verifying failed_departure 4,"
            " handling trafficking_suspected 9, answered unpaid_wage 3"
        ),
        over_cases=6,
    ),
    Plan(
        "52.02.12.2001",  # Lantan
        SASAK,
        people=26,
        visits_a_month=4,
        abroad=_FROM_LOMBOK,
        terms=_pair(540),
        open_cases=_cases("handling lost_contact 5, new wants_return 2"),
        over_cases=3,
    ),
    Plan(
        "35.07.11.2008",  # Arjowilangun
        JAWA,
        people=56,
        visits_a_month=9,
        terms=(Term(1, 950), Term(2, 1050)),
        open_cases=_cases(
            "sent mental_health 10, handling overcharging 2, further unpaid_wage 8,"
            " resolved document_withheld 6"
        ),
        over_cases=8,
    ),
    Plan(
        "35.04.14.2011",  # Tunggangri
        JAWA,
        people=42,
        visits_a_month=6,
        terms=_pair(590),
        open_cases=_cases("verifying dismissal 3, sent social_security_claim 7, handling child_neglect 6"),
        over_cases=5,
    ),
)


class Book:
    """Rows made so far, by model, not yet saved."""

    def __init__(self) -> None:
        self._rows: dict[type[Model], list[Model]] = defaultdict(list)

    def add(self, row: M) -> M:
        self._rows[type(row)].append(row)
        return row

    def rows(self, model: type[M]) -> list[M]:
        return cast("list[M]", self._rows[model])


@dataclass
class Scene:
    """One village while its practice data are made. Days run from `first` to `last`, both with an officer."""

    plan: Plan
    village: Village
    today: date
    chance: Chance
    book: Book
    officers: list[OfficerAssignment]
    coordinator: User
    first: date = field(init=False)
    last: date = field(init=False)

    def __post_init__(self) -> None:
        began = min(term.starts_on for term in self.officers)
        self.first = max(began, self.today - timedelta(days=FIRST_DAY))
        self.last = self.today - timedelta(days=self.plan.quiet)

    def officer(self, day: date) -> User:
        """One of those who served on that day."""
        serving = [term.user for term in self.officers if term.starts_on <= day <= term.ends_on]
        return self.chance.pick(serving)

    def logged(self, day: date) -> tuple[datetime, User]:
        """When and by whom something of that day was written down: then, or up to two days later."""
        written = min(day + timedelta(days=self.chance.weighted({0: 6, 1: 2, 2: 1})), self.last)
        return self.chance.moment(written), self.officer(written)

    def ago(self, days: int) -> date:
        """The day so long before today, within the days of the village."""
        return min(max(self.today - timedelta(days=days), self.first), self.last)
