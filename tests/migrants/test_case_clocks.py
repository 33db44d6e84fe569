"""The clock: who holds a case, since when, to act by which day, and who sees a breach."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given
from hypothesis import settings as property_settings
from hypothesis import strategies as st

from accounts.keys import new_key
from accounts.rules import NotPermitted
from migrants.actions.cases import close_case, move_case, note_case, open_case, reopen_case
from migrants.actions.referrals import answer_referral, receive_referral, refer_case
from migrants.case_clocks import answer_day, days_late, limit_of, limits
from migrants.case_states import IllegalStep, Party, Waiting, holder_of
from migrants.enums import CaseStatus, Severity
from migrants.models import Case
from migrants.queries.case_paper import case_states_as_markdown
from migrants.queries.cases import cases_climbed, cases_stuck, referrals_unanswered
from tests.conftest import TODAY
from tests.factories import CaseFactory, CaseHandlerFactory, PersonFactory, ReferralFactory
from tests.migrants.test_case_states import ALLOWED

PAPER = settings.BASE_DIR / "docs" / "case-states.md"


def opened(cast, on=TODAY, **entries):
    facts = {"reporter": "self", "reported_on": on}
    entries = {"type": "unpaid_wage", "narrative": "Gaji"} | entries
    return open_case(by=cast.seat("rina"), key=new_key(), facts=facts, **entries).row


def wound(case):
    case.refresh_from_db()
    return case.holder, case.held_since, case.act_by, case.days_used


def test_every_urgency_and_holder_has_a_limit():
    parties = (Party.VILLAGE, Party.DISTRICT, Party.OTHER_BODY)
    assert {(line.severity, line.holder) for line in limits()} == {
        (severity, party) for severity in Severity for party in parties
    }
    assert limit_of("high", "village", date(2020, 1, 1)) == 7  # before the first rules: the first rules


def test_clock_starts_when_the_case_is_reported(cast):
    case = opened(cast, on=date(2026, 11, 20))  # Friday; high: 7 working days
    assert wound(case) == ("village", date(2026, 11, 20), date(2026, 12, 1), 0)


def test_villages_clock_stands_still_while_others_hold_the_ball(cast, clock_to):
    case = opened(cast, on=date(2026, 11, 20))
    move_case(by=cast.seat("rina"), case=case, to="verifying", on=TODAY)
    assert wound(case) == ("village", date(2026, 11, 20), date(2026, 12, 1), 0)
    clock_to(date(2026, 11, 25))
    sent = refer_case(
        by=cast.seat("rina"),
        case=case,
        key=new_key(),
        body="disnaker",
        request="Mohon",
        on=date(2026, 11, 25),
    ).row
    assert wound(case) == ("district", date(2026, 11, 25), date(2026, 12, 2), 3)
    clock_to(date(2026, 12, 10))
    answer_referral(by=cast.seat("hendro"), referral=sent, answer="Sudah", on=date(2026, 12, 10))
    # 3 of 7 working days were used; Christmas and the collective day before it do not count here
    assert wound(case) == ("village", date(2026, 12, 10), date(2026, 12, 16), 3)


def test_waiting_for_papers_is_the_reporters_turn_for_thirty_days(cast):
    case = opened(cast, on=TODAY)
    move_case(by=cast.seat("rina"), case=case, to="verifying", on=TODAY)
    move_case(by=cast.seat("rina"), case=case, to="waiting_data", on=TODAY)
    assert wound(case) == ("reporter", TODAY, TODAY + timedelta(days=30), 0)
    move_case(by=cast.seat("rina"), case=case, to="verifying", on=TODAY)
    assert wound(case)[0] == "village"


def test_whoever_gets_the_ball_back_has_a_day_at_least(cast, clock_to):
    case = opened(cast, on=date(2026, 10, 1))
    move_case(by=cast.seat("rina"), case=case, to="verifying", on=TODAY)
    sent = refer_case(
        by=cast.seat("rina"), case=case, key=new_key(), body="disnaker", request="Mohon", on=TODAY
    ).row
    answer_referral(by=cast.seat("hendro"), referral=sent, answer="Sudah", on=TODAY)
    assert wound(case)[2:] == (date(2026, 11, 24), 37)


def test_note_winds_nothing(cast):
    case = opened(cast, on=date(2026, 11, 20))
    before = wound(case)
    note_case(by=cast.seat("rina"), case=case, key=new_key(), text="Telepon", on=TODAY)
    assert wound(case) == before


def test_further_body_has_its_own_time(cast):
    case = opened(cast)
    move_case(by=cast.seat("rina"), case=case, to="verifying", on=TODAY)
    for body in ("bp3mi", "kbri"):
        refer_case(by=cast.seat("rina"), case=case, key=new_key(), body=body, request="Mohon", on=TODAY)
    assert wound(case)[::2] == ("other_body", answer_day("high", "kbri", TODAY))


def test_case_that_is_over_has_no_holder_and_opened_again_its_whole_time(cast):
    case = opened(cast, on=date(2026, 11, 2))
    for to in ("verifying", "handling", "resolved"):
        move_case(by=cast.seat("rina"), case=case, to=to, on=TODAY, text="Sudah")
    close_case(by=cast.seat("rina"), case=case, reason="solved", result="Beres", on=TODAY)
    assert wound(case)[:3] == ("", None, None)
    reopen_case(by=cast.seat("rina"), case=case, reason="Belum", on=TODAY)
    assert wound(case) == ("village", TODAY, date(2026, 12, 2), 0)


def test_database_refuses_two_truths(cast):
    case = opened(cast)
    for broken in ({"act_by": None}, {"holder": ""}, {"holder": "nobody"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**broken)


MOVES = st.lists(st.sampled_from([*CaseStatus.values, "further", "answered", "rejected"]), max_size=14)


@property_settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_random_walk_stays_in_the_table_and_has_one_holder(cast, moves):
    rina, hendro = cast.seat("rina"), cast.seat("hendro")
    case = opened(cast)
    for to in moves:
        before = case.status
        with suppress(IllegalStep, NotPermitted):
            _make(rina, hendro, case, to)
        case.refresh_from_db()
        assert case.status == before or case.status in ALLOWED[before]
        sent = [Waiting(r.body, r.status) for r in case.referrals.order_by("sent_at", "id")]
        party = holder_of(case.status, sent)
        assert case.holder == ("" if party == Party.NOBODY else party)


def _make(rina, hendro, case, to):
    waiting = case.referrals.filter(status__in=["sent", "received"]).last()
    if to in ("referred", "further"):
        refer_case(by=rina, case=case, key=new_key(), body="disnaker", request="Mohon", on=TODAY)
    elif to in ("in_progress_external", "answered", "rejected"):
        if waiting is None:
            raise IllegalStep("nothing was sent")
        if to == "in_progress_external":
            receive_referral(by=hendro, referral=waiting, on=TODAY)
        else:
            answer_referral(by=hendro, referral=waiting, answer="x", on=TODAY, rejected=to == "rejected")
    elif to == "closed":
        close_case(by=rina, case=case, reason="solved", result="Selesai", on=TODAY)
    elif to == "handling" and case.status in ("resolved", "closed"):
        reopen_case(by=rina, case=case, reason="Belum", on=TODAY)
    else:
        move_case(by=rina, case=case, to=to, on=TODAY, text="Alasan")


# --- who sees a breach --------------------------------------------------------------------------------------


def held(cast, act_by, **facts):
    since = date(2026, 11, 2)
    return CaseFactory(village=cast.randu, holder="village", held_since=since, act_by=act_by, **facts)


def test_breach_climbs_to_the_district_by_urgency(cast):
    assert days_late(date(2026, 11, 20), TODAY) == 1
    at_once = held(cast, date(2026, 11, 20), severity="critical")
    later = held(cast, date(2026, 11, 17), severity="low")
    held(cast, date(2026, 11, 18), severity="high")  # three working days late: not yet
    held(cast, TODAY, severity="critical")  # today is still in time
    assert list(cases_climbed(cast.seat("hendro"), TODAY)) == [later, at_once]
    page = cast.client("hendro").get("/queues/late-cases/").content.decode()
    assert page.count('class="name"') == 2
    detail = cast.client("rina").get(f"/cases/{at_once.pk}/").content.decode()
    assert "Terlambat 1 hari kerja" in detail
    assert "Dinas kabupaten sekarang melihat kasus ini dalam antreannya." in detail


def test_breach_climbs_on_to_the_province_without_names(cast):
    """Rina reads the same line as the coordinator and the province; the province reads no name."""
    stuck = held(
        cast,
        date(2026, 11, 6),
        severity="low",
        person=PersonFactory(village=cast.randu, full_name="Nama Rahasia"),
    )
    at_once = held(cast, date(2026, 11, 13), severity="critical")
    held(cast, date(2026, 11, 9), severity="low")  # ten working days late: not yet
    held(cast, date(2026, 11, 2), type="sexual_violence", severity="critical")
    ratna = cast.seat("ratna")
    assert list(cases_stuck(ratna, TODAY)) == [stuck, at_once]
    answer = cast.client("ratna").get("/queues/stuck-cases/")
    page = answer.content.decode()
    assert page.count('class="name"') == 2
    assert [name in page for name in ("Nama Rahasia", str(stuck.pk), stuck.number)] == [False, False, True]
    assert "Terlambat 11 hari kerja" in page
    line = "Bola di Desa Randu · sejak 02-11-2026 · paling lambat 06-11-2026"
    for name, address in (("ratna", "/queues/stuck-cases/"), ("hendro", "/queues/late-cases/")):
        assert line in strip_tags(cast.client(name).get(address).content.decode())
    assert line.replace("Bola di Desa Randu", "Giliran Anda") in strip_tags(
        cast.client("rina").get("/cases/").content.decode()
    )
    assert "data-count>2</span>" in cast.client("ratna").get("/").content.decode()
    detail = cast.client("rina").get(f"/cases/{stuck.pk}/").content.decode()
    assert "Dinas kabupaten dan provinsi sekarang melihat kasus ini dalam antreannya." in detail


def test_queue_of_the_province_is_no_page_for_others(cast):
    names = ("ratna", "rina", "kades", "hendro", "lina", "maya", "arif", "sys", "audi")
    found = {name: cast.client(name).get("/queues/stuck-cases/").status_code for name in names}
    assert found == dict.fromkeys(names, 404) | {"ratna": 200}


@pytest.mark.parametrize("rows", [1, 3])
def test_stuck_cases_cost_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    for _ in range(rows):
        held(cast, date(2026, 11, 2))
    client = cast.client("ratna")
    client.get("/queues/stuck-cases/")
    with django_assert_num_queries(5):
        client.get("/queues/stuck-cases/")


def test_restricted_breach_is_seen_by_coordinator_and_handlers_only(cast):
    case = held(cast, date(2026, 11, 2), type="sexual_violence", severity="critical")
    CaseHandlerFactory(case=case, user=cast.user("rina"))
    assert {
        name: cases_climbed(cast.seat(name), TODAY).count() for name in ("rina", "teguh", "hendro", "indra")
    } == {"rina": 1, "teguh": 0, "hendro": 1, "indra": 0}


def test_unanswered_referral_goes_to_the_district_which_may_write_the_answer(cast):
    case = CaseFactory(village=cast.randu, status="referred")
    late = ReferralFactory(case=case, body="bp3mi", answer_by=date(2026, 11, 20))
    in_time = ReferralFactory(
        case=CaseFactory(village=cast.randu, status="referred"), body="bp3mi", answer_by=TODAY
    )
    assert list(referrals_unanswered(cast.seat("hendro"), TODAY)) == [late]
    page = cast.client("hendro").get("/queues/unanswered-referrals/").content.decode()
    assert str(case.pk) in page
    client = cast.client("hendro")
    assert client.get(f"/referrals/{in_time.pk}/answer/").status_code == 403
    entries = {"decision": "answered", "answer": "BP3MI menelepon agensi.", "on": "23-11-2026"}
    assert client.post(f"/referrals/{late.pk}/answer/", entries).status_code == 302
    late.refresh_from_db()
    assert (late.status, late.answered_by) == ("answered", cast.user("hendro"))


def test_page_names_a_year_whose_holidays_are_not_known(cast):
    case = held(cast, date(2028, 1, 7))
    page = cast.client("rina").get(f"/cases/{case.pk}/").content.decode()
    assert "Hari libur tahun 2028 belum diketahui: hanya akhir pekan yang dilewati." in page


@pytest.mark.parametrize("name", ["rina", "hendro"])
def test_the_same_line_says_who_has_the_ball_to_everybody(cast, name):
    case = opened(cast, on=date(2026, 11, 20))
    page = cast.client(name).get(f"/cases/{case.pk}/").content.decode()
    assert "sejak 20 November 2026" in page
    assert "Paling lambat 1 Desember 2026." in page
    listed = cast.client(name).get("/cases/").content.decode()
    assert "paling lambat 01-12-2026" in listed


# --- the paper ----------------------------------------------------------------------------------------------


def test_paper_is_current():
    assert PAPER.read_text(encoding="utf-8") == case_states_as_markdown(), (
        "Run ./run manage case_states --out docs/case-states.md"
    )


def test_command_writes_the_paper(tmp_path):
    call_command("case_states", out=str(tmp_path / "paper.md"))
    assert (tmp_path / "paper.md").read_text(encoding="utf-8") == case_states_as_markdown()


@pytest.fixture
def clock_to(clock):
    """Let the standing clock stand at another day, 08.15 in Batang."""
    from datetime import UTC, datetime

    return lambda day: clock.move_to(datetime(day.year, day.month, day.day, 1, 15, tzinfo=UTC))
