from datetime import date

from accounts.keys import new_key
from migrants.actions.cases import move_case, open_case
from migrants.actions.referrals import refer_case
from migrants.queries.handover import open_work_lines
from tests.conftest import TODAY
from tests.factories import CaseHandlerFactory, ServiceVisitFactory
from villages.models import OfficerAssignment


def opened(cast, by, **entries):
    facts = {"reporter": "spouse", "reported_on": date(2026, 11, 10)}
    entries = {"type": "unpaid_wage", "narrative": "Gaji belum dibayar"} | entries
    return open_case(by=cast.seat(by), key=new_key(), facts=facts, **entries).row


def counts(cast, person="rina"):
    lines = open_work_lines(OfficerAssignment.objects.get(user=cast.user(person)))
    return {str(line.label): line.count for line in lines}


def test_nothing_is_open_at_first(cast, english):
    assert counts(cast) == {
        "Open cases handled by this officer": 0,
        "Referrals of these cases without an answer": 0,
        "Promised follow-ups": 0,
    }


def test_open_cases_waiting_referrals_and_promises_of_this_officer_alone_count(cast, english):
    mine = opened(cast, "rina")
    opened(cast, "rina", type="trafficking_suspected")
    opened(cast, "teguh")
    move_case(by=cast.seat("rina"), case=mine, to="verifying", on=TODAY)
    refer_case(by=cast.seat("rina"), case=mine, key=new_key(), body="disnaker", request="Mohon", on=TODAY)
    promised = {"village": cast.randu, "outcome": "follow_up", "follow_up_on": TODAY}
    ServiceVisitFactory(logged_by=cast.user("rina"), **promised)
    ServiceVisitFactory(logged_by=cast.user("teguh"), **promised)
    assert list(counts(cast).values()) == [2, 1, 1]


def test_case_of_a_village_left_behind_is_not_counted(cast, english):
    CaseHandlerFactory(case__village=cast.kenanga, user=cast.user("rina"))
    assert list(counts(cast).values()) == [0, 0, 0]


def test_page_that_ends_an_assignment_says_what_is_open(cast, english):
    opened(cast, "rina")
    row = OfficerAssignment.objects.get(user=cast.user("rina"))
    page = cast.client("hendro").get(f"/assignments/{row.pk}/end/")
    assert [(str(line.label), line.count) for line in page.context["open_work"]] == [
        ("Open cases handled by this officer", 1)
    ]
