"""A figure as of a past day: from the dates of the records, equal to what the page of that day said."""

from datetime import UTC, date, datetime

import pytest

from accounts.keys import new_key
from cooperatives.models import FinanceBody, Member
from migrants.actions.cases import move_case, note_case, open_case
from migrants.actions.referrals import answer_referral, refer_case
from periods.month import Month, Year
from reports.access import PUBLISHED, nation
from reports.figures import figure_table, rows_behind
from reports.indicators import CATALOGUE, Kind
from reports.places import Place
from tests import factories as make
from tests.conftest import TODAY
from tests.factories.ledger import deposit
from tests.reports.pages import counted, figure_links
from tests.reports.world import fill

NOVEMBER = Month(2026, 11)
NOW_ONLY = {"papers_complete", "finance_bodies_numbered"}


def numbers(place, period, seat, **when):
    table = figure_table(CATALOGUE, [place], period, seat=seat, **when)
    return {code: (table.cell(code).count, table.cell(code).over) for code in CATALOGUE}


def at(clock, month, day):
    clock.move_to(datetime(2026, month, day, 2, 0, tzinfo=UTC))


def test_as_of_today_is_today(cast):
    fill(cast)
    for place, seat in ((nation(), PUBLISHED), (Place("33.25", "Batang"), cast.seat("hendro"))):
        for period in (NOVEMBER, Year(2026), Month(2026, 10)):
            assert numbers(place, period, seat, day=TODAY) == numbers(place, period, seat)


def test_yesterday_is_what_its_own_page_said(cast, clock):
    """Records are written on 2 and on 23 November and again on 25 November; then the 23rd is asked for."""
    rina, hendro, place = cast.seat("rina"), cast.seat("hendro"), Place("33.25", "Batang")
    at(clock, 11, 2)
    facts = {"reporter": "self", "reported_on": date(2026, 11, 2)}
    cases = [
        open_case(by=rina, key=new_key(), type="sick", narrative="x", facts=facts).row for _two in range(2)
    ]
    move_case(by=rina, case=cases[1], to="verifying", on=date(2026, 11, 2))
    sent = refer_case(
        by=rina, case=cases[1], key=new_key(), body="disnaker", request="x", on=date(2026, 11, 2)
    ).row
    at(clock, 11, 23)
    fill(cast)
    told = numbers(place, NOVEMBER, hendro)

    at(clock, 11, 25)
    note_case(by=rina, case=cases[0], key=new_key(), text="x", on=date(2026, 11, 25))
    answer_referral(by=hendro, referral=sent, answer="x", on=date(2026, 11, 25))
    make.ServiceCentreFactory(village=cast.bandung)
    make.ServiceVisitFactory(village=cast.randu, visited_on=date(2026, 11, 25))
    member = Member.objects.filter(body__in=FinanceBody.objects.filter(books_opened_on__isnull=False)).first()
    deposit(rina, member, 5_000, day=date(2026, 11, 25))

    past = numbers(place, NOVEMBER, hendro, day=date(2026, 11, 23))
    small = {code for code, entry in CATALOGUE.items() if entry.small_cells and code != "restricted_cases"}
    asked = set(CATALOGUE) - NOW_ONLY - small - {"idle_cases"}
    assert {past[code] for code in small} == {(None, None)}
    assert {code: past[code] for code in asked} == {code: told[code] for code in asked}
    assert {past[code] for code in NOW_ONLY} <= {(None, None)}
    mine = {case.pk for case in cases}

    def idle(**when):
        rows = rows_behind("idle_cases", place, NOVEMBER, seat=hendro, **when)
        return mine & set(rows.values_list("pk", flat=True))

    assert (idle(day=date(2026, 11, 23)), idle(day=date(2026, 11, 10)), idle()) == (mine, set(), set())
    now = numbers(place, NOVEMBER, hendro)
    moved = {code: now[code][0] - past[code][0] for code in asked if now[code][0] != past[code][0]}
    assert moved == {
        "visits": 1,
        "service_centres": 1,
        "referrals_waiting": -1,
        "member_savings": 5_000,
    }


def test_figures_that_are_known_of_today_only_say_so():
    assert {code for code, entry in CATALOGUE.items() if entry.kind == Kind.NOW} == NOW_ONLY


def test_page_of_a_past_day_opens_the_records_of_that_day(cast):
    fill(cast)
    make.ServiceVisitFactory(village=cast.randu, visited_on=TODAY)
    client = cast.client("hendro")
    page = client.get("/figures/?day=2026-11-22&split=topic").content.decode()
    links = figure_links(page)
    assert {"day=2026-11-22" in address for address, _number in links} == {True}
    assert [(address, shown) for address, shown in links if counted(client, address)[0] != shown] == []
    assert "22 November 2026" in page
    assert "Dihitung hanya untuk hari ini." in page
    lines = b"".join(client.get("/figures/visits/rows.csv?day=2026-11-22").streaming_content)
    whole = [n for address, n in links if "/visits/rows/?place=33.25&" in address and "split" not in address]
    assert set(whole) == {lines.count(b"\n") - 1}


@pytest.mark.parametrize("day", ["2026-11-24", "31-02-2026", "kemarin dulu"])
def test_day_that_is_none_is_refused_in_words(cast, day):
    page = cast.client("hendro").get("/figures/", {"day": day})
    assert (page.status_code, "error" in page.content.decode()) == (422, True)
    assert cast.client("hendro").get("/api/v1/figures/", {"day": day}).status_code == 404
