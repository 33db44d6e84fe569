"""Reads about papers: the checklist of a journey, the conditions of art. 5, what a district asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from migrants.models import Document, Migration, Requirement
from migrants.papers import ARTICLE_13, BASE_AGE, BESIDES, HINTS, SETTLED, DocumentKind, DocumentState


@dataclass(frozen=True)
class Paper:
    """One line of the checklist. `code` names it in addresses; `document`: None while nobody wrote of it."""

    code: str
    kind: DocumentKind
    label: str | Promise
    hint: str | Promise
    state: DocumentState
    document: Document | None
    extra: Requirement | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.state in SETTLED


@dataclass(frozen=True)
class Condition:
    """One of the five conditions of art. 5. `met`: None while it cannot be said."""

    label: str
    met: bool | None
    words: str


@dataclass(frozen=True)
class Checklist:
    """What a prospective worker still needs: the eight papers, what stands beside them, the conditions."""

    papers: list[Paper]
    extras: list[Paper]
    besides: list[Paper]
    conditions: list[Condition]

    @property
    def done(self) -> int:
        """How many of the eight are checked or not required."""
        return sum(paper.is_settled for paper in self.papers)

    def paper(self, code: str) -> Paper | None:
        """The line with this code; None for none."""
        every = (*self.papers, *self.extras, *self.besides)
        return next((paper for paper in every if paper.code == code), None)


def requirements_for(journey: Migration, day: date) -> list[Requirement]:
    """What the district asks of this journey on that day: for its destination and work, or for all.
    Queries: 1."""
    rows = _asked(journey.district_id, journey.destination, journey.job, day)
    return list(rows.order_by("paper", "id"))


def _asked(district: str, destination: str, job: str, day: date) -> QuerySet[Requirement]:
    return Requirement.objects.in_force(day).filter(
        Q(destination="") | Q(destination=destination), Q(job="") | Q(job=job), district=district
    )


def age_asked(*, district: str, destination: str, job: str, day: date) -> int:
    """The age the district asks for on that day: 18, or what it set for this destination and work, "" not
    known. Queries: 1."""
    return least_age(list(_asked(district, destination, job, day).filter(minimum_age__isnull=False)))


def least_age(asked: list[Requirement]) -> int:
    """The age somebody needs: 18, or the highest that is asked for."""
    return max([BASE_AGE, *(row.minimum_age for row in asked if row.minimum_age)])


def judged_on(journey: Migration, today: date) -> date:
    """The day by whose rules a journey is judged: of its departure, today while there is none."""
    return journey.departed_on or today


def checklist_of(journey: Migration, today: date) -> Checklist:
    """The checklist of a journey with its person. A paper the district no longer asks for stays once
    somebody wrote of it. Queries: 2."""
    asked = requirements_for(journey, judged_on(journey, today))
    rows = list(Document.objects.filter(migration=journey).select_related("verified_by", "extra"))
    known = {row.kind: row for row in rows if row.extra is None}
    of_extras = {row.extra_id: row for row in rows if row.extra is not None}
    extras = {row.pk: row for row in asked if row.paper}
    extras |= {row.extra.pk: row.extra for row in rows if row.extra is not None}
    papers = [_known_paper(kind, known.get(kind), today) for kind in ARTICLE_13]
    besides = [_known_paper(kind, known.get(kind), today) for kind in BESIDES]
    return Checklist(
        papers=papers,
        extras=[_extra_paper(extra, of_extras.get(key), today) for key, extra in extras.items()],
        besides=besides,
        conditions=_conditions(journey, asked, papers, besides, judged_on(journey, today)),
    )


def _known_paper(kind: DocumentKind, row: Document | None, today: date) -> Paper:
    state = row.state_on(today) if row else DocumentState.MISSING
    return Paper(kind.value, kind, kind.label, HINTS.get(kind, ""), state, row)


def _extra_paper(extra: Requirement, row: Document | None, today: date) -> Paper:
    state = row.state_on(today) if row else DocumentState.MISSING
    return Paper(str(extra.pk), DocumentKind.EXTRA, extra.paper, extra.source, state, row, extra)


def _conditions(
    journey: Migration, asked: list[Requirement], papers: list[Paper], besides: list[Paper], day: date
) -> list[Condition]:
    by_kind = {paper.kind: paper for paper in (*papers, *besides)}
    done = sum(paper.is_settled for paper in papers)
    return [
        _age_condition(journey, least_age(asked), day),
        _paper_condition(_("Competent for the work"), by_kind[DocumentKind.COMPETENCE_CERT]),
        _paper_condition(_("Healthy in body and mind"), by_kind[DocumentKind.HEALTH_CERT]),
        _paper_condition(_("Registered for social security"), by_kind[DocumentKind.SOCIAL_SECURITY]),
        Condition(
            _("All papers complete"),
            done == len(papers),
            _("%(done)s of %(all)s complete") % {"done": done, "all": len(papers)},
        ),
    ]


def _age_condition(journey: Migration, least: int, day: date) -> Condition:
    label = ngettext("At least %(age)s year old", "At least %(age)s years old", least) % {"age": least}
    age = journey.person.age_on(day)
    if age is None:
        return Condition(label, None, _("The birth date is not known."))
    return Condition(label, age >= least, ngettext("%(age)s year", "%(age)s years", age) % {"age": age})


def _paper_condition(label: str, paper: Paper) -> Condition:
    met = True if paper.is_settled else (False if paper.state == DocumentState.EXPIRED else None)
    return Condition(label, met, str(paper.state.label))
