"""Totals as JSON: whole rupiah, and no member's name."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from rest_framework.request import Request
from rest_framework.reverse import reverse

from cooperatives.models import FinanceBody
from cooperatives.queries.ledger import AccountBalance
from cooperatives.queries.loans import Lateness
from cooperatives.queries.overview import BooksToday
from cooperatives.queries.pack import Pack


class BodyLine(TypedDict):
    """A body as a list has it."""

    id: str
    url: str
    name: str
    kind: str
    village: str
    founded_on: date | None
    ended_on: date | None
    legal_number: str
    books_opened_on: date | None
    members: int


LateClass = TypedDict("LateClass", {"class": str, "loans": int, "owed_rupiah": int})


class Totals(TypedDict):
    """The money of a body today."""

    savings_rupiah: int
    loans_rupiah: int
    lateness: list[LateClass]


class BodyDetail(BodyLine):
    """One body; `totals` is null before its books are opened."""

    totals: Totals | None


class AccountLine(TypedDict):
    code: str
    name: str
    rupiah: int


class YearOfBooks(TypedDict):
    """What the papers of the annual meeting say of a year."""

    year: int
    assets_rupiah: int
    debts_rupiah: int
    capital_rupiah: int
    income_rupiah: int
    costs_rupiah: int
    surplus_rupiah: int
    savings_rupiah: int
    loans_rupiah: int
    members: int
    joined: int
    left: int
    accounts: list[AccountLine]
    shared: dict[str, int] | None


def body_data(body: FinanceBody, request: Request) -> BodyLine:
    """A body of `bodies_with_members`: what it is, and how many members it has."""
    return {
        "id": str(body.pk),
        "url": reverse("cooperatives-api:body-detail", args=[body.pk], request=request),
        "name": body.name,
        "kind": body.kind,
        "village": body.village_id,
        "founded_on": body.founded_on,
        "ended_on": body.ended_on,
        "legal_number": body.legal_number,
        "books_opened_on": body.books_opened_on,
        "members": body.members_now,  # type: ignore[attr-defined]
    }


def totals_data(books: BooksToday, lateness: list[Lateness]) -> Totals:
    """What the page of the body says of its money today: savings, loans, and how late those are."""
    return {
        "savings_rupiah": books.savings,
        "loans_rupiah": books.loans,
        "lateness": [
            {"class": row.kind.value, "loans": row.loans, "owed_rupiah": row.owed_rupiah} for row in lateness
        ],
    }


def year_data(pack: Pack) -> YearOfBooks:
    """What the papers of the annual meeting say of a year, as numbers. Accounts carry their side as people
    read it."""
    return {
        "year": pack.year,
        "assets_rupiah": pack.assets_rupiah,
        "debts_rupiah": pack.debts_rupiah,
        "capital_rupiah": pack.capital_rupiah,
        "income_rupiah": pack.result.income_rupiah,
        "costs_rupiah": pack.result.costs_rupiah,
        "surplus_rupiah": pack.result.surplus_rupiah,
        "savings_rupiah": pack.saved_rupiah,
        "loans_rupiah": pack.lent_rupiah,
        "members": len(pack.members_at_end),
        "joined": pack.joined,
        "left": pack.left,
        "accounts": [_account(row) for row in pack.balances if row.moved],
        "shared": dict(pack.sharing.parts) if pack.sharing else None,
    }


def _account(row: AccountBalance) -> AccountLine:
    return {"code": row.account.code, "name": row.account.name, "rupiah": row.balance}
