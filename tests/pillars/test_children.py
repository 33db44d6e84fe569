"""Children of a learning centre: written down, watched, visited; for the officers of the village alone."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.access import visible_tasks
from migrants.models import Case, Task
from pillars.actions.child_radar import watch_children
from pillars.actions.child_sessions import change_child_session, log_carer_session, log_child_session
from pillars.actions.children import (
    end_child,
    log_home_visit,
    note_carer,
    note_contact,
    note_school,
    register_child,
    withdraw_guardian_consent,
)
from pillars.actions.concerns import dismiss_concern, note_concern, open_case_of_concern
from pillars.actions.parenting import add_facilitator, end_facilitator, sign_agreement
from pillars.child_access import visible_children, visible_concerns
from pillars.models import (
    Attendance,
    CarerPresent,
    Child,
    ChildSession,
    GuardianConsent,
    HomeVisit,
    SessionLeader,
)
from tests.conftest import TODAY
from tests.factories import (
    AttendanceFactory,
    ChildFactory,
    ChildSessionFactory,
    FacilitatorFactory,
    LearningCentreFactory,
    MigrationFactory,
    PersonFactory,
)

NAME = "Bintang Kecil"
FACTS = {
    "pseudonym": NAME,
    "birth_year": 2016,
    "sex": "male",
    "level": "primary",
    "absent_parent": "mother",
    "migration": None,
    "joined_on": date(2026, 11, 2),
    "note": "Takut gelap.",
}
CARE = {"carer_kind": "grandparent", "person": None, "carer_name": "Mbah Sari"}
CONSENT = {
    "guardian": "grandparent",
    "guardian_name": "Mbah Sari",
    "manner": "spoken",
    "witness": "Bu RT",
    "given_on": date(2026, 11, 2),
    "photos": False,
}


@pytest.fixture
def centre(cast):
    return LearningCentreFactory(village=cast.randu)


def register(cast, centre, *, who="rina", key=None, **facts):
    given = {"facts": FACTS | facts, "care": CARE, "consent": CONSENT}
    return register_child(by=cast.seat(who), key=key or new_key(), centre=centre, **given).row


def test_child_stands_on_the_list_with_carer_school_and_consent(cast, centre):
    child = register(cast, centre)
    child.refresh_from_db()
    assert (child.village, child.district_id, child.note) == (cast.randu, "33.25", "Takut gelap.")
    assert (child.cares.get().who, child.school.get().status) == ("Mbah Sari", "attending")
    consent = child.consents.get()
    assert (consent.text_version, consent.photos, consent.witness) == ("2026-1", False, "Bu RT")


def test_words_about_a_child_lie_sealed_and_the_log_knows_no_pseudonym(cast, centre):
    child = register(cast, centre)
    seen = "Rumah gelap, anak lapar."
    log_home_visit(by=cast.seat("rina"), child=child, key=new_key(), visited_on=TODAY, seen=seen)
    assert b"gelap" not in bytes(HomeVisit.objects.values_list("seen_sealed", flat=True).get())
    told = [f"{event.subject_label} {event.changes} {event.reason}" for event in Event.objects.all()]
    assert [line for line in told if NAME in line or "gelap" in line or "Mbah" in line] == []
    assert {event.subject_label for event in Event.objects.filter(name__startswith="child.")} == {
        child.reference
    }


def test_same_form_twice_is_one_child(cast, centre):
    key = new_key()
    assert register(cast, centre, key=key) == register(cast, centre, key=key)
    assert (Child.objects.count(), GuardianConsent.objects.count()) == (1, 1)


@pytest.mark.parametrize("name", ["kades", "hendro", "lina", "ratna", "maya", "arif", "sys", "audi", "sari"])
def test_nobody_but_officers_of_the_village_writes_or_reads(cast, centre, name):
    with pytest.raises(NotPermitted):
        register(cast, centre, who=name)
    ChildFactory(centre=centre)
    assert visible_children(cast.seat(name)).count() == 0
    assert visible_children(cast.seat("teguh")).count() == 1


def test_facilitator_without_a_signed_agreement_is_refused_and_the_database_refuses_too(cast, centre):
    rina, child = cast.seat("rina"), ChildFactory(centre=centre)
    facts = {"name": "Bu Ani", "kind": "teacher", "began_on": date(2026, 1, 5), "agreement_signed_on": None}
    ani = add_facilitator(by=rina, centre=centre, key=new_key(), **facts)
    given = {"centre": centre, "held_on": TODAY, "theme": "art", "roll": [child], "present": [child]}
    with pytest.raises(NotPermitted, match="Bu Ani"):
        log_child_session(by=rina, key=new_key(), leaders=[ani], **given)
    session = ChildSessionFactory(centre=centre, held_on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        SessionLeader.objects.create(session=session, facilitator=ani)
    ani = sign_agreement(by=rina, facilitator=ani, signed_on=TODAY)
    log_child_session(by=rina, key=new_key(), leaders=[ani], **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(ani).objects.filter(pk=ani.pk).update(agreement_signed_on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChildSession.objects.filter(leaders__facilitator=ani).update(held_on=TODAY - timedelta(days=1))
    with pytest.raises(NotPermitted):
        end_facilitator(by=rina, facilitator=ani, left_on=TODAY - timedelta(days=1))


def test_session_keeps_who_was_there_and_who_was_away(cast, centre):
    rina, leader = cast.seat("rina"), FacilitatorFactory(centre=centre)
    children = [ChildFactory(centre=centre, pseudonym=name) for name in ("A.", "B.", "C.")]
    late = ChildFactory(centre=centre, pseudonym="D.", joined_on=TODAY)
    day, key = TODAY - timedelta(days=1), new_key()
    given = {"centre": centre, "held_on": day, "theme": "homework", "leaders": [leader], "note": "Ramai"}
    first = log_child_session(by=rina, key=key, roll=[*children, late], present=children[:2], **given)
    again = log_child_session(by=rina, key=key, roll=children, present=[], **given)
    assert (first.row, again.made) == (again.row, False)
    roll = Attendance.objects.order_by("child__pseudonym").values_list("child__pseudonym", "present")
    assert list(roll) == [("A.", True), ("B.", True), ("C.", False)]
    changed = {"held_on": day, "theme": "art", "leaders": [leader], "present": children[2:]}
    change_child_session(by=rina, session=first.row, **changed)
    assert list(roll.all()) == [("A.", False), ("B.", False), ("C.", True)]
    with pytest.raises(NotPermitted):
        log_child_session(by=rina, key=new_key(), roll=[late], present=[late], **given)


def test_child_of_another_village_stands_on_no_roll(cast, centre):
    session = ChildSessionFactory(centre=centre)
    theirs = ChildFactory(centre__village=cast.bandung)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(session=session, child=theirs, village=cast.randu, present=True)


def test_consent_is_only_ever_withdrawn_and_then_the_child_is_forgotten(cast, centre):
    child = register(cast, centre, migration=MigrationFactory(person__village=cast.randu))
    with pytest.raises(IntegrityError), transaction.atomic():
        GuardianConsent.objects.update(photos=True)
    log_home_visit(by=cast.seat("rina"), child=child, key=new_key(), visited_on=TODAY, seen="Lapar.")
    child = withdraw_guardian_consent(by=cast.seat("rina"), child=child)
    assert (child.pseudonym, child.left_on, child.note, child.migration) == ("–", TODAY, "", None)
    assert (child.cares.get().who, child.visits.get().seen) == ("", "–")
    assert child.consents.get().withdrawn_by == cast.user("rina")
    with pytest.raises(NotPermitted):
        note_carer(by=cast.seat("rina"), child=child, key=new_key(), since=TODAY, **CARE)


def test_school_standing_knows_what_it_was_before(cast, centre):
    rina, child = cast.seat("rina"), register(cast, centre)
    for status, day in (("at_risk", 9), ("attending", 16)):
        note_school(by=rina, child=child, key=new_key(), status=status, since=date(2026, 11, day), why="")
    assert list(child.school.values_list("status", "before")) == [
        ("attending", "at_risk"),
        ("at_risk", "attending"),
        ("attending", ""),
    ]
    with pytest.raises(NotPermitted):
        note_school(by=rina, child=child, key=new_key(), status="at_risk", since=date(2026, 11, 3), why="")


def test_child_who_stood_on_a_later_roll_does_not_leave_before(cast, centre):
    child = ChildFactory(centre=centre)
    AttendanceFactory(session=ChildSessionFactory(centre=centre, held_on=TODAY), child=child)
    with pytest.raises(NotPermitted):
        end_child(by=cast.seat("rina"), child=child, left_on=TODAY - timedelta(days=1), reason="moved")


def test_carers_are_counted_by_name_and_by_number(cast):
    siti = PersonFactory(village=cast.randu, sex="female")
    facts = {"held_on": TODAY, "place": "Balai desa", "topic": "raising", "speakers": "", "note": ""}
    given = {"facts": facts, "people": [siti], "women": 2, "men": 1}
    log_carer_session(by=cast.seat("rina"), key=new_key(), **given)
    heads = CarerPresent.objects.order_by("sex").values_list("sex", "person_id", "district_id")
    assert sorted(map(str, heads)) == sorted(
        map(str, [("female", siti.pk, "33.25"), *[("female", None, "33.25")] * 2, ("male", None, "33.25")])
    )
    with pytest.raises(NotPermitted):
        log_carer_session(by=cast.seat("rina"), key=new_key(), facts=facts, people=[], women=0, men=0)


# The radar


def test_radar_raises_each_task_once_and_a_visit_finishes_it(cast, centre):
    child = ChildFactory(centre=centre, pseudonym=NAME, joined_on=TODAY - timedelta(days=20))
    for days in (9, 6, 2):
        session = ChildSessionFactory(centre=centre, held_on=TODAY - timedelta(days=days))
        AttendanceFactory(session=session, child=child, present=False)
    assert (watch_children(today=TODAY), watch_children(today=TODAY)) == (1, 0)
    task = Task.objects.get()
    assert (task.rule, task.subject, task.event_on) == (
        "child_absent",
        str(child.pk),
        TODAY - timedelta(days=9),
    )
    assert (task.village, task.person, task.about, task.due_on) == (
        cast.randu,
        None,
        "",
        TODAY + timedelta(days=7),
    )
    log_home_visit(by=cast.seat("rina"), child=child, key=new_key(), visited_on=TODAY, seen="Sakit.")
    task.refresh_from_db()
    assert (task.status, watch_children(today=TODAY)) == ("done", 0)


def test_radar_reads_carer_contact_and_school_from_the_records(cast, centre):
    rina = cast.seat("rina")
    away = MigrationFactory(person__village=cast.randu, status="abroad", departed_on=date(2025, 1, 1))
    child = ChildFactory(centre=centre, migration=away, joined_on=date(2026, 6, 1))
    note_carer(by=rina, child=child, key=new_key(), since=date(2026, 11, 9), **CARE)
    note_school(by=rina, child=child, key=new_key(), status="dropped_out", since=date(2026, 11, 16), why="")
    assert watch_children(today=TODAY) == 3
    assert set(Task.objects.values_list("rule", "occurrence")) == {
        ("child_carer_changed", "2026-11-09"),
        ("child_no_contact", "2026-06-01"),
        ("child_dropped_out", "2026-11-16"),
    }
    note_contact(by=rina, child=child, key=new_key(), contacted_on=TODAY, way="video_call")
    assert Task.objects.get(rule="child_no_contact").status == "done"


def test_task_about_a_child_is_seen_by_those_alone_who_may_see_children(cast, centre):
    ChildFactory(centre=centre, pseudonym=NAME, joined_on=date(2026, 6, 1))
    watch_children(today=TODAY)
    seen = {name: visible_tasks(cast.seat(name)).count() for name in ("rina", "teguh", "sari", "hendro")}
    assert seen == {"rina": 1, "teguh": 1, "sari": 0, "hendro": 0}
    task = Task.objects.get()
    assert cast.client("hendro").get(f"/tasks/{task.pk}/").status_code == 404
    pages = [cast.client("rina").get(url).content.decode() for url in ("/tasks/", "/tasks/week/", "/")]
    assert [NAME in page for page in pages] == [False, False, False]


# Suspected violence or neglect


def test_concern_becomes_a_restricted_case_in_the_officers_own_words(cast, centre):
    rina, child = cast.seat("rina"), register(cast, centre)
    visit = log_home_visit(by=rina, child=child, key=new_key(), visited_on=TODAY, seen="Memar.").row
    concern = note_concern(by=rina, child=child, key=new_key(), visit=visit).row
    assert Case.objects.count() == 0
    key, words = new_key(), "Anak memar dan takut pulang."
    given = {"concern": concern, "key": key, "type": "child_neglect", "narrative": words}
    case = open_case_of_concern(by=rina, **given).row
    assert open_case_of_concern(by=rina, **given).row == case
    assert (case.restricted, case.narrative, case.person, case.subject_name) == (True, words, None, "")
    assert [line.user for line in case.handlers.all()] == [cast.user("rina")]
    assert visible_concerns(rina).count() == 1
    assert visible_concerns(cast.seat("teguh")).count() == 0
    page = cast.client("teguh").get(f"/children/{child.pk}/").content.decode()
    assert (case.number in page, "kekerasan</a>" in page, str(concern.pk) in page) == (False, False, False)
    trail = cast.client("audi").get("/audit/").content.decode()
    assert ("kekhawatiran tentang anak" in trail, "mencatat kunjungan rumah" in trail) == (False, True)


def test_concern_is_decided_once_and_may_open_no_case(cast, centre):
    rina = cast.seat("rina")
    concern = note_concern(by=rina, child=ChildFactory(centre=centre), key=new_key()).row
    dismiss_concern(by=rina, concern=concern, why="Jatuh dari sepeda, ada saksi.")
    with pytest.raises(NotPermitted):
        dismiss_concern(by=rina, concern=concern, why="Lagi")
    assert Case.objects.count() == 0
