"""The pages of children and sessions: what is typed is kept, every look is on record, costs do not grow."""

import pytest
from django.urls import reverse

from audit.models import Event
from migrants.models import Case
from pillars.models import Attendance, CarerSession, Child, ChildSession, Concern, Facilitator
from tests.factories import (
    AttendanceFactory,
    CarerSessionFactory,
    ChildFactory,
    ChildSessionFactory,
    FacilitatorFactory,
    LearningCentreFactory,
)

CHILD = {
    "key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6a1",
    "pseudonym": "Bintang",
    "birth_year": "2016",
    "sex": "female",
    "level": "primary",
    "absent_parent": "mother",
    "joined_on": "2-11-2026",
    "school": "attending",
    "carer_kind": "grandparent",
    "carer_name": "Mbah",
    "guardian": "grandparent",
    "guardian_name": "Mbah",
    "manner": "written",
    "given_on": "2-11-2026",
}


@pytest.fixture
def centre(cast):
    return LearningCentreFactory(village=cast.randu)


def new(centre, noun="child"):
    return reverse(f"pillars:{noun}-new", args=[centre.pk])


def test_child_form_saves_and_leads_to_the_record(cast, centre):
    client = cast.client("rina")
    answers = [client.post(new(centre), CHILD) for _ in range(2)]
    child = Child.objects.get()
    assert {answer.url for answer in answers} == {reverse("pillars:child-detail", args=[child.pk])}
    assert (child.pseudonym, child.birth_year, child.consents.get().photos) == ("Bintang", 2016, False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pseudonym", ""),
        ("pseudonym", "Siti Nur Rohmah"),
        ("pseudonym", "9901016501900777"),
        ("pseudonym", "x" * 21),
        ("birth_year", "dua ribu"),
        ("birth_year", "1999"),
        ("birth_year", "2027"),
        ("birth_year", "99999999999999999999"),
        ("sex", "lain"),
        ("level", "s3"),
        ("migration", "0193576c-8d1e-7c52-9a40-5f0c2f5be6ff"),
        ("person", "x"),
        ("joined_on", "31-02-2026"),
        ("joined_on", "24-11-2026"),
        ("given_on", "24-11-2026"),
        ("guardian_name", ""),
        ("manner", "guardian"),
        ("note", "x" * 4001),
        ("carer_name", "\x00"),
    ],
)
def test_child_form_refuses_and_keeps_what_was_typed(cast, centre, field, value):
    answer = cast.client("rina").post(new(centre), CHILD | {field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert all(len(str(error).split()) <= 20 for error in answer.context["form"].errors[field])
    assert answer.context["form"]["carer_kind"].value() == "grandparent"
    assert Child.objects.count() == 0


def test_spoken_consent_needs_a_witness(cast, centre):
    answer = cast.client("rina").post(new(centre), CHILD | {"manner": "spoken"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["witness"])


def test_markup_in_words_about_a_child_is_shown_as_text(cast, centre):
    hostile = "<script>alert(1)</script>"
    child = ChildFactory(centre=centre, note=hostile)
    cast.client("rina").post(
        reverse("pillars:home-visit-new", args=[child.pk]), {"visited_on": "23-11-2026", "seen": hostile}
    )
    page = cast.client("rina").get(reverse("pillars:child-detail", args=[child.pk])).content.decode()
    assert (hostile in page, page.count("&lt;script&gt;alert(1)&lt;/script&gt;")) == (False, 2)


@pytest.mark.parametrize(
    ("route", "event"),
    [
        ("child-list", "children.listed"),
        ("attendance-sheet", "children.listed"),
        ("month-list", "children.listed"),
        ("child-session-new", "children.listed"),
    ],
)
def test_every_look_at_a_list_is_on_record(cast, centre, route, event):
    cast.client("rina").get(reverse(f"pillars:{route}", args=[centre.pk]))
    assert list(Event.objects.values_list("name", "subject_label")) == [(event, centre.name)]


def test_every_look_at_a_child_is_on_record(cast, centre):
    child = ChildFactory(centre=centre)
    cast.client("rina").get(reverse("pillars:child-detail", args=[child.pk]))
    assert list(Event.objects.values_list("name", "subject_label")) == [("child.viewed", child.reference)]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("route", "queries"),
    [
        ("child-list", 8),
        ("child-session-list", 5),
        ("child-session-new", 15),
        ("attendance-sheet", 8),
        ("month-list", 10),
    ],
)
def test_list_costs_the_same_at_any_length(cast, centre, django_assert_num_queries, route, queries, rows):
    for _one in range(rows):
        session = ChildSessionFactory(centre=centre)
        AttendanceFactory(session=session, child=ChildFactory(centre=centre))
        FacilitatorFactory(centre=centre)
    client = cast.client("rina")
    with django_assert_num_queries(queries):
        client.get(reverse(f"pillars:{route}", args=[centre.pk]))


@pytest.mark.parametrize("rows", [1, 3])
def test_radar_and_classes_cost_the_same_at_any_length(cast, centre, django_assert_num_queries, rows):
    ChildFactory.create_batch(rows, centre=centre)
    CarerSessionFactory.create_batch(rows, village=cast.randu)
    client = cast.client("rina")
    with django_assert_num_queries(14):
        answer = client.get(reverse("pillars:child-radar"))
    assert len(answer.context["children"]) == rows
    with django_assert_num_queries(4):
        client.get(reverse("pillars:carer-session-list"))


def test_session_form_begins_with_everybody_nobody_or_as_last_time(cast, centre):
    children = [ChildFactory(centre=centre, pseudonym=name) for name in ("A.", "B.", "C.")]
    leader = FacilitatorFactory(centre=centre)
    client, keys = cast.client("rina"), [str(child.pk) for child in children]
    sent = {"held_on": "20-11-2026", "theme": "art", "leaders": [str(leader.pk)], "children": keys[:2]}
    answer = client.post(new(centre, "child-session"), sent)
    session = ChildSession.objects.get()
    assert answer.url == reverse("pillars:child-session-detail", args=[session.pk])
    assert Attendance.objects.filter(present=True).count() == 2
    started = {
        start: client.get(new(centre, "child-session"), {"start": start}).context["form"]["children"].value()
        for start in ("", "none", "last")
    }
    assert (started[""], started["none"], sorted(started["last"])) == (keys, [], sorted(keys[:2]))


def test_session_form_refuses_an_unsigned_facilitator_and_remembers_the_ticks(cast, centre):
    child, unsigned = ChildFactory(centre=centre), FacilitatorFactory(centre=centre, agreement_signed_on=None)
    sent = {"held_on": "20-11-2026", "theme": "art", "leaders": [unsigned.pk], "children": [child.pk]}
    answer = cast.client("rina").post(new(centre, "child-session"), sent)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["leaders"])
    assert unsigned.name in form.errors["leaders"][0]
    assert form["children"].value() == [str(child.pk)]
    assert ChildSession.objects.count() == 0


def test_agreement_is_signed_by_form_and_only_once(cast, centre):
    one = FacilitatorFactory(centre=centre, agreement_signed_on=None)
    client, url = cast.client("rina"), reverse("pillars:facilitator-sign", args=[one.pk])
    sent = {"signed_on": "1-11-2026", "sure": "on"}
    assert (client.post(url, sent).status_code, client.post(url, sent).status_code) == (302, 422)
    assert Facilitator.objects.get().agreement_signed_on.day == 1


def test_home_visit_with_a_concern_asks_and_the_officer_decides(cast, centre):
    child, client = ChildFactory(centre=centre), cast.client("rina")
    visit = {"visited_on": "23-11-2026", "seen": "Memar di lengan.", "concern": "on"}
    asked = client.post(reverse("pillars:home-visit-new", args=[child.pk]), visit)
    concern = Concern.objects.get()
    assert asked.url == reverse("pillars:concern-decide", args=[concern.pk])
    assert Case.objects.count() == 0
    page = client.get(asked.url).content.decode()
    assert "Memar di lengan" not in page
    decided = client.post(asked.url, {"decision": "child_neglect", "words": "Diduga dipukul."})
    case = Case.objects.get()
    assert decided.url == reverse("migrants:case-detail", args=[case.pk])
    assert (case.type, case.restricted, case.narrative) == ("child_neglect", True, "Diduga dipukul.")


def test_class_for_carers_by_form(cast):
    sent = {"held_on": "23-11-2026", "place": "Balai", "topic": "talking", "women": "7", "men": ""}
    client = cast.client("rina")
    answer = client.post(reverse("pillars:carer-session-new"), sent)
    assert answer.url == reverse("pillars:carer-session-detail", args=[CarerSession.objects.get().pk])
    empty = client.post(reverse("pillars:carer-session-new"), sent | {"women": ""})
    assert (empty.status_code, list(empty.context["form"].errors)) == (422, ["women"])
    like = client.get(reverse("pillars:carer-session-new"), {"like": "last"}).context["form"]
    assert (like["place"].value(), like["topic"].value(), like["held_on"].value()) == (
        "Balai",
        "talking",
        "23-11-2026",
    )
