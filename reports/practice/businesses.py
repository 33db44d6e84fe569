"""Invented businesses of groups: papers, months with gaps, and what became of them."""

from __future__ import annotations

from datetime import date, timedelta

from periods.month import Month
from pillars.enums import BusinessStatus, PermitKind, SalesChannel, Sector, WhyStopped
from pillars.models import Business, BusinessGroup, BusinessPermit, BusinessStep, Turnover
from reports.practice.scenes import Scene

_PRODUCTS: dict[str, str] = {
    Sector.FOOD: "Keripik dan camilan",
    Sector.TAILORING: "Seragam dan mukena",
    Sector.CRAFT: "Kain batik dan anyaman",
    Sector.FARMING: "Sayur dan kopi",
    Sector.LIVESTOCK: "Kambing dan ayam",
    Sector.FISHERY: "Lele segar",
    Sector.TRADE: "Sembako",
    Sector.SERVICES: "Rias pengantin",
}
_PAPERS = (PermitKind.NIB, PermitKind.PIRT, PermitKind.HALAL)


def add_business(scene: Scene, group: BusinessGroup, ended: date | None) -> None:
    """What the group makes and sells since two months after it was formed, month by month."""
    chance = scene.chance
    started = group.formed_on + timedelta(days=chance.number(30, 60))
    if started >= scene.ago(35):
        return
    at, by = scene.logged(started)
    paused = ended is None and chance.happens(0.15)
    status = BusinessStatus.CLOSED if ended else BusinessStatus.PAUSED if paused else BusinessStatus.ALIVE
    closed = max(ended, started) if ended else None
    ready = (
        chance.day(started, scene.last) if status == BusinessStatus.ALIVE and chance.happens(0.2) else None
    )
    business = Business(
        pk=chance.key(at),
        village=scene.village,
        group=group,
        name=group.name,
        sector=group.sector,
        product=_PRODUCTS[group.sector],
        started_on=started,
        status=status,
        closed_on=closed,
        export_ready_on=ready,
        logged_by=by,
        logged_at=at,
    )
    scene.book.add(business)
    _add_steps(scene, business)
    _add_papers(scene, business)
    _add_months(scene, business)


def _add_steps(scene: Scene, business: Business) -> None:
    chance = scene.chance
    steps: list[tuple[str, str, date, str]] = [("", BusinessStatus.ALIVE, business.started_on, "")]
    if business.status != BusinessStatus.ALIVE:
        day = business.closed_on or chance.day(business.started_on, scene.last)
        why = chance.pick((WhyStopped.MARKET, WhyStopped.EQUIPMENT, WhyStopped.CAPITAL))
        steps.append((BusinessStatus.ALIVE, business.status, day, why))
    for before, after, day, reason in steps:
        at, by = scene.logged(day)
        scene.book.add(
            BusinessStep(
                pk=chance.key(at),
                business=business,
                from_status=before,
                to_status=after,
                happened_on=day,
                why=reason,
                logged_by=by,
                logged_at=at,
            )
        )


def _add_papers(scene: Scene, business: Business) -> None:
    chance = scene.chance
    for kind in _PAPERS[: chance.number(0, len(_PAPERS))]:
        issued = chance.day(business.started_on, business.closed_on or scene.last)
        at, by = scene.logged(issued)
        digits = "".join(str(chance.number(0, 9)) for _digit in range(13))
        expires = None if kind == PermitKind.NIB else issued + timedelta(days=5 * 365)
        scene.book.add(
            BusinessPermit(
                pk=chance.key(at),
                business=business,
                kind=kind,
                number=digits,
                issued_on=issued,
                expires_on=expires,
                logged_by=by,
                logged_at=at,
            )
        )


def _add_months(scene: Scene, business: Business) -> None:
    """Most months of the last two years; of some nobody asked, of some the business did not know."""
    chance = scene.chance
    usual = chance.number(8, 60) * 100_000
    last = min(business.closed_on or scene.ago(30), scene.ago(30))
    month = Month(last.year, last.month)
    for _turn in range(chance.number(8, 24)):
        if month.first_day < business.started_on:
            return
        if not chance.happens(0.2):
            known = not chance.happens(0.15)
            turnover = usual * chance.number(60, 150) // 100 if known else None
            at, by = scene.logged(month.last_day)
            scene.book.add(
                Turnover(
                    pk=chance.key(at),
                    business=business,
                    first_day=month.first_day,
                    turnover=turnover,
                    costs=turnover * chance.number(45, 85) // 100 if turnover is not None else None,
                    women=chance.number(2, 9),
                    men=chance.number(0, 4),
                    channel=chance.pick(list(SalesChannel)),
                    logged_by=by,
                    logged_at=at,
                )
            )
        month = month.previous()
