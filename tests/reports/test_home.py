"""Each role lands on its own page; each number on it opens the list it counts."""

import re
from datetime import date
from html import unescape

import pytest

from periods.month import Year
from reports.access import nation, own_place
from reports.queries.reach import reach
from tests import factories as make
from tests.reports.pages import figure_links, number
from tests.reports.world import fill
from villages.models import CohortTarget

EVERYBODY = {
    "rina": 200,
    "kades": 200,
    "hendro": 200,
    "lina": 200,
    "ratna": 200,
    "maya": 200,
    "arif": 200,
    "sys": 200,
    "audi": 302,
    "stranger": 403,
    "former": 403,
}
QUEUE = re.compile(r'data-count>([0-9.]+)</span><div><a class="name" href="([^"]+)"')


def open_figures(page):
    """Every figure but the one that says "<5" of restricted cases themselves."""
    return [link for link in figure_links(page) if "restricted" not in link[0]]


@pytest.mark.parametrize("name", EVERYBODY)
def test_home_answers_everybody(cast, name):
    assert cast.client(name).get("/").status_code == EVERYBODY[name]


def test_nobody_signed_in_is_asked_to(client, db):
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(("name", "number_of_queues"), [("hendro", 5), ("lina", 4)])
def test_every_queue_is_as_long_as_it_says(cast, name, number_of_queues):
    fill(cast)
    client = cast.client(name)
    queues = QUEUE.findall(client.get("/").content.decode())
    assert len(queues) == number_of_queues
    for shown, address in queues:
        page = client.get(unescape(address)).content.decode()
        rows = page.count('class="name"') or page.count('<th role="rowheader"')
        assert rows == number(shown), address


def test_coordinator_has_restricted_cases_in_the_queue(cast):
    make.CaseFactory(village=cast.randu, type="sexual_violence", last_action_on=date(2026, 11, 1))
    page = cast.client("hendro").get("/queues/idle-cases/").content.decode()
    assert page.count('class="name"') == 1
    assert "KS-2611-" in page


def test_viewer_does_not_learn_of_restricted_cases(cast):
    make.ServiceVisitFactory(village=cast.randu)  # it writes anyway, so it is not silent before either
    before = cast.client("lina").get("/").content.decode()
    make.CaseFactory(village=cast.randu, type="sexual_violence", last_action_on=date(2026, 11, 1))
    after = cast.client("lina").get("/").content.decode()
    assert open_figures(after) == open_figures(before)
    assert QUEUE.findall(after) == QUEUE.findall(before)


def test_officer_sees_what_waits(cast):
    person = make.PersonFactory(village=cast.randu, full_name="Suparmi")
    make.ServiceVisitFactory(
        village=cast.randu, person=person, outcome="follow_up", follow_up_on=date(2026, 11, 21)
    )
    make.ServiceVisitFactory(
        village=cast.randu, person=person, outcome="follow_up", follow_up_on=date(2027, 1, 21)
    )
    mine = make.CaseFactory(
        village=cast.randu, person=person, status="handling", last_action_on=date(2026, 11, 20)
    )
    away = make.CaseFactory(
        village=cast.randu, person=person, status="referred", last_action_on=date(2026, 11, 19)
    )
    make.ReferralFactory(case=away, sent_on=date(2026, 11, 19), body="bpjs_tk")
    make.CaseFactory(village=cast.bandung, status="handling")
    page = cast.client("rina").get("/").content.decode()
    to_do, elsewhere = page.split('id="elsewhere"')
    assert to_do.count('class="name"') == 2
    assert str(mine.pk) in to_do
    assert elsewhere.count('class="name"') == 1
    assert str(away.pk) in elsewhere


def test_case_that_stands_still_elsewhere_is_the_officers_to_do(cast):
    away = make.CaseFactory(village=cast.randu, status="referred", last_action_on=date(2026, 11, 9))
    make.ReferralFactory(case=away, sent_on=date(2026, 11, 9))
    page = cast.client("rina").get("/").content.decode()
    assert 'id="elsewhere"' not in page
    assert str(away.pk) in page


def test_answered_referral_comes_back_to_the_officer(cast):
    case = make.CaseFactory(village=cast.randu, status="referred", last_action_on=date(2026, 11, 20))
    make.ReferralFactory(case=case, status="answered", answered_on=date(2026, 11, 20), answer="Sudah.")
    page = cast.client("rina").get("/").content.decode()
    assert 'id="elsewhere"' not in page
    assert str(case.pk) in page


def test_restricted_case_is_named_by_its_number_only(cast):
    person = make.PersonFactory(village=cast.randu, full_name="Dwi Lestari")
    case = make.CaseFactory(village=cast.randu, person=person, type="sexual_violence")
    make.CaseHandlerFactory(case=case, user=cast.user("rina"))
    page = cast.client("rina").get("/").content.decode()
    assert case.number in page
    assert "Dwi Lestari" not in page
    assert str(case.pk) not in cast.client("teguh").get("/").content.decode()


QUERIES = {"rina": 9, "kades": 5, "hendro": 15, "lina": 11, "ratna": 11, "maya": 11, "sys": 7}


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_does_not_grow(cast, django_assert_num_queries, name, rows):
    for turn in range(rows):
        village = make.VillageFactory(code=f"33.25.14.20{turn + 10}")
        make.DesignationFactory(village=village)
        make.CaseFactory(village=village)
        make.CaseFactory(village=cast.randu)
        make.ServiceVisitFactory(village=cast.randu, outcome="follow_up", follow_up_on=date(2026, 11, 21))
        make.ReportEditionFactory(year=2019 + turn)
    client = cast.client(name)
    client.get("/")
    with django_assert_num_queries(QUERIES[name]):
        client.get("/")


def test_district_reached_in_two_cohorts_counts_once(cast):
    """Reach is counted over all cohorts, never added up year by year (domain.md 1.8)."""
    year, seat = Year(2026), cast.seat("maya")
    before = reach(nation(), year, [], seat=seat)
    for turn, cohort in enumerate((2017, 2018)):  # Batang, Gringsing twice; a subdistrict once
        village = make.VillageFactory(code=f"33.25.14.20{turn + 20}")
        make.DesignationFactory(village=village, cohort_year=cohort)
    after = reach(nation(), year, [], seat=seat)
    assert [level.recorded for level in after] == [level.recorded for level in before] == [2, 2, 2]
    assert [level.recorded for level in reach(own_place(cast.seat("ratna")), year, [], seat=seat)] == [1, 1]
    targets = [CohortTarget(year=2019, provinces_by_then=12, districts_by_then=107, subdistricts_by_then=314)]
    assert [level.published for level in reach(nation(), year, targets, seat=seat)] == [12, 107, 314]
