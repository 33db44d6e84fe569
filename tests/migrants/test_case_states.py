"""The table of steps: complete, closed under a random walk, and the same for the database and the pages."""

import ast
import random
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from accounts.keys import new_key
from accounts.rules import NotPermitted
from migrants import events
from migrants.actions.cases import close_case, move_case, open_case, reopen_case
from migrants.actions.referrals import receive_referral, refer_case
from migrants.case_states import (
    OWNERS,
    STEPS,
    IllegalStep,
    Party,
    Waiting,
    Way,
    holder_of,
    next_sentence,
    step_between,
)
from migrants.enums import OPEN_STATUSES, CaseStatus
from migrants.models import CaseEvent
from tests.architecture.sources import modules, tree
from tests.conftest import TODAY

# domain.md 2.7, written out once more: "reopened" is the step back into the village's hands.
ALLOWED = {
    "new": {"verifying", "cancelled"},
    "verifying": {"handling", "referred", "waiting_data"},
    "waiting_data": {"verifying", "closed"},
    "handling": {"referred", "resolved"},
    "referred": {"in_progress_external", "resolved"},
    "in_progress_external": {"resolved", "closed"},
    "resolved": {"closed", "handling"},
    "closed": {"handling"},
    "cancelled": set(),
}


def test_table_is_that_of_the_domain():
    table = {status.value: set() for status in CaseStatus}
    for step in STEPS:
        table[step.frm.value].add(step.to.value)
    assert table == ALLOWED


def test_every_state_has_one_owner_and_every_open_one_a_next_sentence(english):
    assert set(OWNERS) == set(CaseStatus)
    assert {status for status, owner in OWNERS.items() if owner == Party.NOBODY} == set(CaseStatus) - set(
        OPEN_STATUSES
    )
    for status, owner in OWNERS.items():
        assert next_sentence(status, owner).startswith("Next: ") == (owner != Party.NOBODY)


def test_every_step_has_an_event_of_this_app_and_somebody_who_may_make_it():
    names = {value for name, value in vars(events).items() if name.isupper()}
    assert {step.event for step in STEPS} <= names
    assert all(step.by for step in STEPS)
    assert {(step.frm.value, step.to.value) for step in STEPS if Party.DISTRICT in step.by} == {
        ("referred", "in_progress_external")
    }


@pytest.mark.parametrize(
    ("status", "referrals", "holder"),
    [
        ("handling", [], Party.VILLAGE),
        ("handling", [("disnaker", "sent")], Party.VILLAGE),
        ("referred", [("disnaker", "sent")], Party.DISTRICT),
        ("referred", [("bp3mi", "sent")], Party.OTHER_BODY),
        ("referred", [("disnaker", "rejected")], Party.VILLAGE),
        ("in_progress_external", [("disnaker", "received")], Party.DISTRICT),
        ("in_progress_external", [("disnaker", "answered")], Party.VILLAGE),
        ("in_progress_external", [("disnaker", "answered"), ("kbri", "sent")], Party.OTHER_BODY),
        ("in_progress_external", [("kbri", "sent"), ("disnaker", "answered")], Party.OTHER_BODY),
        ("resolved", [("disnaker", "sent")], Party.VILLAGE),
        ("closed", [], Party.NOBODY),
    ],
)
def test_ball_is_at_exactly_one_party(status, referrals, holder):
    assert holder_of(status, [Waiting(body, state) for body, state in referrals]) == holder


def test_refusal_says_what_is_possible_instead(english):
    with pytest.raises(IllegalStep) as refused:
        step_between("new", "closed")
    assert refused.value.sentence == (
        "From “New” a case cannot go to “Closed”. Possible: “Checking the data”, “Cancelled”."
    )


def attempt(cast, case, to):
    """Make any step through the action that owns it."""
    rina, hendro = cast.seat("rina"), cast.seat("hendro")
    if to == "referred":
        refer_case(by=rina, case=case, key=new_key(), body="disnaker", request="Mohon", on=TODAY)
    elif to == "in_progress_external":
        referral = case.referrals.filter(status="sent").last()
        if referral is None:
            raise IllegalStep("nothing was sent")
        receive_referral(by=hendro, referral=referral, on=TODAY)
    elif to == "closed":
        close_case(by=rina, case=case, reason="solved", result="Selesai", on=TODAY)
    elif to == "handling" and case.status in ("resolved", "closed"):
        reopen_case(by=rina, case=case, reason="Belum selesai", on=TODAY)
    else:
        move_case(by=rina, case=case, to=to, on=TODAY, text="Alasan")


@pytest.mark.parametrize("seed", range(3))
def test_random_walk_reaches_no_other_state(cast, seed):
    chance = random.Random(seed)
    case = open_case(
        by=cast.seat("rina"),
        key=new_key(),
        type="unpaid_wage",
        narrative="Gaji",
        facts={"reporter": "self", "reported_on": date(2026, 11, 20)},
    ).row
    for _turn in range(25):
        before = case.status
        to = chance.choice([status.value for status in CaseStatus])
        with suppress(IllegalStep):
            attempt(cast, case, to)
        case.refresh_from_db()
        assert case.status == before or case.status in ALLOWED[before]
        assert case.status == before or case.status == to
    moves = CaseEvent.objects.filter(case=case).exclude(to_status="").exclude(from_status="")
    assert all(event.to_status in ALLOWED[event.from_status] for event in moves)


def test_step_of_another_page_is_refused_on_the_plain_one(cast, english):
    case = open_case(
        by=cast.seat("rina"),
        key=new_key(),
        type="unpaid_wage",
        narrative="Gaji",
        facts={"reporter": "self", "reported_on": TODAY},
    ).row
    move_case(by=cast.seat("rina"), case=case, to="verifying", on=TODAY)
    with pytest.raises(IllegalStep):
        move_case(by=cast.seat("rina"), case=case, to="referred", on=TODAY)
    with pytest.raises(NotPermitted):
        move_case(by=cast.seat("hendro"), case=case, to="handling", on=TODAY)
    assert {step.way for step in STEPS} == set(Way)


def test_status_of_a_case_is_written_in_one_place():
    """Pages, calls and whatever comes later reach it through `make_step`, and that asks the table."""
    writing = {
        str(file)
        for file in modules()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node).endswith("case.status")
    }
    assert writing == {"migrants/actions/cases.py", "reports/practice/casework.py"}
    for file in ("migrants/views/cases.py", "migrants/api/views/cases.py", "migrants/actions/cases.py"):
        names = {node.id for node in ast.walk(tree(Path(file))) if isinstance(node, ast.Name)}
        assert "step_between" in names, file


def test_status_of_a_journey_is_written_in_one_place():
    """The import moves journeys through the same function as pages and calls, and that asks its table."""
    for file in ("migrants/intake/writing.py", "migrants/actions/journeys.py"):
        names = {node.id for node in ast.walk(tree(Path(file))) if isinstance(node, ast.Name)}
        assert "write_move" in names or "move_journey" in names, file
    writing = {
        str(file)
        for file in modules()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node).endswith(("journey.status", "migration.status"))
    }
    assert writing == {"migrants/actions/journeys.py"}
