"""Reads about files people bring in: kinds of rows, one page of them, what an import left behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet

from migrants.enums import ImportKind, RowDecision, RowEffect
from migrants.intake.contents import RowContent, content_of
from migrants.intake.deciding import Doubt
from migrants.intake.wording import difference_words, reasons_title
from migrants.models import Migration, Person, PlacementCompany, RegisterImport, RegisterRow
from migrants.queries.built_on import built_on, companies_built_on, created_rows
from migrants.registers.facts import CompanyFacts, PersonFacts
from migrants.registers.reasons import Finding, Outcome, Reason, cure, sentence
from migrants.vocabulary import destination_label

NAMES_SHOWN = 50


@dataclass
class RowKind:
    """Rows of a file that stay out or wait for the same reasons. `about`: the place as written, where the
    place is in doubt; `decided`: how many rows got which decision ("" none)."""

    outcome: str
    reasons: tuple[str, ...]
    about: str
    is_matched: bool
    count: int = 0
    decided: dict[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return f"{reasons_title(self.reasons)}: {self.about}" if self.about else reasons_title(self.reasons)

    @property
    def cures(self) -> list[str]:
        """What to do about rows of this kind, one sentence for each reason."""
        said = (cure(Reason(code)) for code in self.reasons)
        return [sentence for sentence in said if "…" not in sentence]  # what only one row can tell

    @property
    def undecided(self) -> int:
        return self.decided.get("", 0)

    @property
    def answers(self) -> list[tuple[str, int]]:
        """Decisions taken, in words, with how many rows got each."""
        return [(str(RowDecision(code).label), n) for code, n in sorted(self.decided.items()) if code]

    @property
    def doubt(self) -> Doubt:
        return Doubt(frozenset(self.reasons), self.is_matched)

    @property
    def address(self) -> dict[str, str]:
        """What names this kind in an address; never a person."""
        given = {"outcome": self.outcome, "reasons": ".".join(self.reasons)}
        if self.about:
            given["about"] = self.about
        if self.is_matched:
            given["matched"] = "1"
        return given

    @property
    def query(self) -> str:
        """`address` as it stands behind the path."""
        return f"?{urlencode(self.address)}"


_MATCHED = Q(match__isnull=False) | Q(company__isnull=False)


def kinds_of_rows(register: RegisterImport) -> list[RowKind]:
    """Every kind of row that stays out or waits, the most frequent first. Queries: 1."""
    rows = (
        register.rows.exclude(outcome=Outcome.IMPORTED)
        .annotate(is_matched=_MATCHED)
        .values_list("outcome", "reasons", "about", "is_matched", "decision")
        .annotate(count=Count("pk"))
        .order_by()
    )
    found: dict[tuple[Any, ...], RowKind] = {}
    for outcome, reasons, about, is_matched, decision, count in rows:
        matched = is_matched and outcome == Outcome.REVIEW
        key = (outcome, tuple(reasons), about, matched)
        kind = found.setdefault(key, RowKind(outcome, tuple(reasons), about, matched))
        kind.count += count
        kind.decided[decision] = kind.decided.get(decision, 0) + count
    return sorted(found.values(), key=lambda kind: (-kind.count, kind.reasons, kind.about))


def kind_named(kinds: Iterable[RowKind], given: Any) -> RowKind | None:
    """The kind an address names; None for one the file has not."""
    for kind in kinds:
        address = kind.address
        if all(
            given.get(name, "") == address.get(name, "")
            for name in ("outcome", "reasons", "about", "matched")
        ):
            return kind
    return None


def rows_of_kind(register: RegisterImport, kind: RowKind) -> QuerySet[RegisterRow]:
    """The rows of a kind, in file order by `number`."""
    rows = register.rows.filter(outcome=kind.outcome, reasons=list(kind.reasons), about=kind.about)
    if kind.outcome == Outcome.REVIEW:
        rows = rows.filter(_MATCHED) if kind.is_matched else rows.exclude(_MATCHED)
    return rows.order_by("number")


@dataclass(frozen=True)
class ShownRow:
    """A row as a page shows it. `who`: name and what tells people apart; `differences`: what, here, there."""

    row: RegisterRow
    sheet: str
    who: str
    hint: str
    sentences: list[str]
    differences: list[tuple[Any, Any, Any]]

    @property
    def decision_label(self) -> str:
        return str(RowDecision(self.row.decision).label) if self.row.decision else ""


def shown_row(register: RegisterImport, row: RegisterRow) -> ShownRow:
    """The row unsealed, its sentences in the language of the page."""
    content = content_of(row)
    sheet = sheet_name(register, row)
    who, hint = _who(content)
    return ShownRow(
        row=row,
        sheet=sheet,
        who=who,
        hint=hint,
        sentences=[said(found, sheet=sheet, row=row.sheet_row) for found in content.findings],
        differences=[difference_words(item) for item in content.differences],
    )


def said(found: Finding, *, sheet: str, row: int) -> str:
    """The sentence about one finding."""
    return sentence(found, sheet=sheet, row=row)


def sheet_name(register: RegisterImport, row: RegisterRow) -> str:
    """The name of the row's sheet; "" for a CSV."""
    names = register.sheet_names
    return str(names[row.sheet]) if row.sheet < len(names) else ""


def _who(content: RowContent) -> tuple[str, str]:
    facts = content.facts
    if isinstance(facts, CompanyFacts):
        return facts.name, facts.licence
    if not isinstance(facts, PersonFacts):
        return "", ""
    born = f"{facts.birth_date:%d-%m-%Y}" if facts.birth_date else ""
    abroad = destination_label(facts.journey.destination) if facts.journey else ""
    return facts.full_name, " · ".join(part for part in (born, abroad) if part)


@dataclass(frozen=True)
class UndoPlan:
    """What undoing would do: people (or companies) and journeys that go, updates put back, people who stay
    because something was built on them (the first of them by name)."""

    removed: int
    journeys: int
    updated: int
    kept: int
    names: list[str]


def undo_plan(register: RegisterImport) -> UndoPlan:
    """What undoing the import would do now. Queries: one for each relation to people, and six more."""
    created = created_rows(register)
    updated = register.rows.filter(effect=RowEffect.UPDATED).count()
    if register.kind == ImportKind.COMPANIES:
        changed = companies_built_on(register)
        companies = PlacementCompany.objects.filter(pk__in=changed).order_by("name_key")[:NAMES_SHOWN]
        gone = created.count() - len(changed)
        return UndoPlan(gone, 0, updated, len(changed), [company.name for company in companies])
    stays = built_on(register)
    goes = created.exclude(pk__in=stays)
    names = Person.objects.filter(pk__in=stays).order_by("full_name").values_list("full_name", flat=True)
    return UndoPlan(
        removed=goes.count(),
        journeys=Migration.objects.filter(pk__in=goes.values("pk")).count(),
        updated=updated,
        kept=len(stays),
        names=list(names[:NAMES_SHOWN]),
    )


def kept_companies(register: RegisterImport) -> list[PlacementCompany]:
    """Companies that stayed as they are when the import was undone, by name."""
    rows = register.rows.filter(effect=RowEffect.KEPT)
    found = PlacementCompany.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=rows.values("company")))
    return list(found.order_by("name_key")[:NAMES_SHOWN])


def kept_people(register: RegisterImport) -> list[Person]:
    """People who stayed when the import was undone, by name."""
    rows = register.rows.filter(effect=RowEffect.KEPT)
    people = Person.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk__in=rows.values("match")))
    return list(people.order_by("full_name")[:NAMES_SHOWN])


def earlier_import(register: RegisterImport) -> RegisterImport | None:
    """The same file, imported before for the same place; None when it is new. Queries: 1."""
    return (
        RegisterImport.objects.filter(
            digest=register.digest,
            village=register.village_id,
            district=register.district_id,
            imported_at__isnull=False,
        )
        .exclude(pk=register.pk)
        .order_by("-imported_at")
        .first()
    )


def companies_listed() -> QuerySet[PlacementCompany]:
    """Every placement company, by name."""
    return PlacementCompany.objects.order_by("name_key", "id")


def notes_of(register: RegisterImport) -> Iterable[tuple[RegisterRow, str]]:
    """Every row with the sentences for its Keterangan, in file order, read as it goes."""
    for row in register.rows.order_by("number").iterator(2_000):
        sheet = sheet_name(register, row)
        found = content_of(row).findings if row.reasons else ()
        words = [said(item, sheet=sheet, row=row.sheet_row) for item in found]
        if row.decision:
            words.append(str(RowDecision(row.decision).label))
        yield row, " ".join(words)
