"""What was keyed by mistake stays with its reason, and stands in no list, calendar or figure."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from periods.month import Month
from pillars.actions.child_sessions import change_child_session
from pillars.actions.outreach import add_photo, set_attendance
from pillars.models import PlannedActivity
from pillars.queries.activities import month_of_activities
from pillars.queries.child_radar import facts_of
from pillars.queries.duty import proposals
from reports.access import own_place
from reports.figures import figure_table
from reports.queries.villages import last_logged
from tests.conftest import TODAY
from tests.factories import (
    AttendanceFactory,
    CarerPresentFactory,
    CarerSessionFactory,
    ChildFactory,
    ChildSessionFactory,
    LearningCentreFactory,
    OutreachSessionFactory,
    PlannedActivityFactory,
    RecruiterSightingFactory,
)

DAY = date(2026, 11, 5)
WHY = {"why": "twice", "words": ""}
COUNTED = {
    "outreach_sessions": 1,
    "outreach_women": 20,
    "recruiters_seen": 1,
    "child_sessions": 1,
    "children_served": 1,
    "child_attendance": 1,
    "carers_trained": 1,
}


@pytest.fixture
def rows(cast):
    """One of each, on one day, in Randu."""
    centre = LearningCentreFactory(village=cast.randu)
    session = ChildSessionFactory(centre=centre, held_on=DAY, theme="video_call")
    child = ChildFactory(centre=centre)
    AttendanceFactory(session=session, child=child)
    carers = CarerSessionFactory(village=cast.randu, held_on=DAY)
    CarerPresentFactory(session=carers)
    outreach = OutreachSessionFactory(village=cast.randu, held_on=DAY)
    outreach.officers.create(officer=cast.user("rina"))
    return {
        "outreach": outreach,
        "recruiter": RecruiterSightingFactory(village=cast.randu, seen_on=DAY),
        "child-session": session,
        "carer-session": carers,
    }


def withdraw(cast, rows, who="rina"):
    return {
        noun: cast.client(who).post(
            reverse(f"pillars:{noun}-withdraw", args=[row.pk]), WHY | {"key": str(new_key())}
        )
        for noun, row in rows.items()
    }


def figures(seat):
    place = own_place(seat)
    table = figure_table(COUNTED, [place], Month(2026, 11), seat=seat)
    return {code: table.cell(code, place).count for code in COUNTED}


def test_withdrawn_records_stay_and_count_nowhere(cast, rows):
    rina = cast.seat("rina")
    assert figures(rina) == COUNTED
    assert last_logged([cast.randu.code], TODAY) == {cast.randu.code: TODAY}
    for noun, answer in withdraw(cast, rows).items():
        assert answer.url == reverse(f"pillars:{noun}-detail", args=[rows[noun].pk])
        page = cast.client("rina").get(answer.url).content.decode()
        assert ("Tercatat dua kali" in page, f"{rows[noun].pk}/withdraw/" in page) == (True, False)
    assert figures(rina) == dict.fromkeys(COUNTED, 0)
    assert month_of_activities(rina, cast.randu, Month(2026, 11)).days == []
    assert proposals(cast.randu.code, [rina.user.pk], DAY, DAY) == {}
    for row in rows.values():
        row.refresh_from_db()
        assert (row.withdrawn_by, row.withdrawn_reason) == (rina.user, "Tercatat dua kali")
    centre = rows["child-session"].centre
    for path in (
        "/outreach/",
        "/recruiters/",
        f"/learning-centres/{centre.pk}/sessions/",
        "/carer-sessions/",
    ):
        page = cast.client("rina").get(path).content.decode()
        assert [str(row.pk) for row in rows.values() if str(row.pk) in page] == []
    (facts,) = facts_of(centre.children.all(), TODAY)
    assert facts.heard_on == date(2025, 6, 1)  # the video call counts no more


def test_withdrawing_twice_is_on_record_once_with_its_reason(cast, rows):
    withdraw(cast, rows)
    withdraw(cast, rows)
    for noun in rows:
        event = Event.objects.get(name=f"{noun.replace('-', '_')}.withdrawn")
        assert event.reason == "Tercatat dua kali"


def test_plan_of_a_withdrawn_session_is_open_again(cast, rows):
    plan = PlannedActivityFactory(village=cast.randu, held_on=DAY, session=rows["outreach"])
    withdraw(cast, rows)
    plan = PlannedActivity.objects.get(pk=plan.pk)
    assert (plan.is_open, plan.session) == (True, None)


def test_withdrawn_session_takes_nothing_more(cast, rows):
    rina = cast.seat("rina")
    withdraw(cast, rows)
    with pytest.raises(NotPermitted):
        set_attendance(by=rina, session=rows["outreach"], people=[], women=["Bu Yuni"])
    with pytest.raises(NotPermitted):
        add_photo(by=rina, session=rows["outreach"], key=new_key(), clean=None)
    again = {"held_on": DAY, "theme": "art", "leaders": [], "present": []}
    with pytest.raises(NotPermitted):
        change_child_session(by=rina, session=rows["child-session"], **again)


def test_reason_in_other_words_is_asked_for(cast, rows):
    path = reverse("pillars:outreach-withdraw", args=[rows["outreach"].pk])
    answer = cast.client("rina").post(path, {"key": str(new_key()), "why": "other"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["words"])


def test_calendar_shows_sessions_with_children_and_carers_to_officers_alone(cast, rows):
    def told(who):
        days = month_of_activities(cast.seat(who), cast.randu, Month(2026, 11)).days
        return sorted(each.url.split("/")[1] for day in days for each in day.held)

    assert told("rina") == ["carer-sessions", "child-sessions", "outreach"]
    assert told("kades") == told("hendro") == ["outreach"]
