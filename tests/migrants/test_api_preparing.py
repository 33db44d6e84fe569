"""Papers, red flags and the path, the return and the care at home for programs."""

import pytest

from audit.models import Event
from migrants.models import Document, Household, ProceduralAssessment, RedFlagCheck
from migrants.red_flags import rules_on
from tests.conftest import TODAY
from tests.factories import HouseholdFactory, MigrationFactory, PersonFactory, RequirementFactory
from tests.migrants.calling import API, get, send

ID = "0199a1b2-c3d4-7e5f-8a6b-00000000000"


@pytest.fixture
def journey(cast):
    return MigrationFactory(person__village=cast.randu, person__full_name="Dwi Lestari")


def events():
    return list(Event.objects.order_by("id").values_list("name", flat=True))


def test_paper_is_written_from_the_version_that_was_seen_and_its_number_stays_masked(cast, journey):
    rina, address = cast.client("rina"), f"journeys/{journey.pk}/papers/passport/"
    seen = rina.get(API + address).headers["ETag"]
    body = {"version": 0, "state": "in_hand", "number": "C1234567", "expires_on": "04-05-2031"}
    status, told = send(rina, address, body, **{"If-Match": seen})
    assert (status, told["number"], told["expires_on"], told["version"]) == (
        200,
        "........67",
        "2031-05-04",
        1,
    )
    assert send(rina, address, {"version": 1, "state": "checked"}, **{"If-Match": seen})[0] == 412
    status, checked = send(rina, address, {"version": 1, "state": "checked"})
    assert (checked["checked_by"], checked["expires_on"], checked["number"]) == (
        cast.user("rina").full_name,
        "2031-05-04",
        "........67",
    )
    status, conflict = send(rina, address, {"version": 1, "expires_on": "2032-05-04"})
    assert (status, conflict["now"], conflict["sent"]["version"]) == (409, checked, 1)
    assert send(rina, address, {"state": "missing"})[1].keys() >= {"version"}
    assert send(rina, address, {"version": 2, "state": "lost"})[0] == 400
    journey.person.refresh_from_db()
    assert journey.person.passport_masked.endswith("67")
    assert "1234567" not in str(rina.get(API + address).content)
    assert Document.objects.count() == 1
    assert events() == [
        "person.viewed",
        "person.changed",
        "document.set",
        "document.set",
        "person.viewed",
    ]


def test_checklist_holds_what_the_district_asks_for_and_papers_of_others_are_absent(cast, journey):
    extra = RequirementFactory(made_by=cast.user("hendro"), paper="Akta kelahiran", minimum_age=None)
    rina = cast.client("rina")
    told = get(rina, f"journeys/{journey.pk}/papers/")
    assert [paper["code"] for paper in told["papers"]][8:] == [
        str(extra.pk),
        "social_security",
        "stay_permit",
    ]
    assert ({paper["state"] for paper in told["papers"]}, told["settled"]) == ({"missing"}, 0)
    address = f"journeys/{journey.pk}/papers/{extra.pk}/"
    assert send(rina, address, {"version": 0, "state": "not_required"})[1]["state"] == "not_required"
    for client, path in ((rina, "birth_cert"), (cast.client("sari"), "passport")):
        body = {"version": 0, "state": "in_hand"}
        assert send(client, f"journeys/{journey.pk}/papers/{path}/", body)[0] == 404
        assert client.get(f"{API}journeys/{journey.pk}/papers/{path}/").status_code == 404
    assert cast.client("hendro").get(API + address).status_code == 200
    assert send(cast.client("hendro"), address, {"version": 1, "state": "missing"})[0] == 403


def test_questions_of_today_are_answered_once(cast, journey):
    rina, address = cast.client("rina"), f"journeys/{journey.pk}/red-flags/"
    questions = get(rina, "red-flag-questions/")
    rules = rules_on(TODAY)
    assert [flag["code"] for flag in questions["flags"]] == [flag.code for flag in rules.flags]
    answers = {flag["code"]: "unknown" for flag in questions["flags"]}
    first = questions["flags"][0]
    body = {"id": f"{ID}1", "asked_on": "2026-11-20", **answers, first["code"]: first["answer"]}
    status, told = send(rina, address, body)
    assert (status, told["hits"], told["rule_version"]) == (201, [first["code"]], questions["version"])
    assert send(rina, address, body) == (200, told)
    assert get(rina, address) == {"red-flags": [told], "after": ""}
    left_out = {name: value for name, value in body.items() if name != first["code"]} | {"id": f"{ID}2"}
    assert send(rina, address, left_out) == (400, {first["code"]: ["Pilih jawabannya."]})
    assert send(rina, address, {**body, "id": f"{ID}2", "invented": "yes"})[0] == 400
    assert send(cast.client("sari"), address, body)[0] == 404
    assert RedFlagCheck.objects.count() == 1


def test_path_is_judged_once_and_asked_back_when_the_record_shows_less(cast, journey):
    rina, address = cast.client("rina"), f"journeys/{journey.pk}/assessments/"
    before = get(rina, f"journeys/{journey.pk}/path/")
    assert (before["procedural"], before["proposed"], before["facts"]["visa"]) == ("unknown", "unknown", None)
    body = {"id": f"{ID}1", "procedural": "procedural", "basis": "Ada visa kerja."}
    status, refused = send(rina, address, body)
    assert (status, list(refused["doubts"])) == (400, ["facts"])
    status, told = send(rina, address, body | {"confirmed": "facts"})
    assert (status, told["assessed_by"], told["facts"]["age"]) == (201, cast.user("rina").full_name, True)
    assert send(rina, address, body) == (200, told)
    assert send(rina, address, {"id": f"{ID}2", "procedural": "non_procedural"})[0] == 400  # no basis
    assert get(rina, address) == {"assessments": [told], "after": ""}
    assert get(rina, f"journeys/{journey.pk}/path/")["basis"] == "Ada visa kerja."
    assert ProceduralAssessment.objects.count() == 1


def test_return_is_written_when_the_journey_ended_and_keeps_what_is_left_out(cast, journey):
    rina = cast.client("rina")
    body = {"version": 0, "reason": "contract_end", "needs": "debt, business", "plan": "stay"}
    status, refused = send(rina, f"journeys/{journey.pk}/return/", body)
    assert (status, sorted(refused)) == (409, ["detail"])  # nobody is home yet
    home = MigrationFactory(person__village=cast.randu, status="returned", returned_on="2026-06-01")
    address = f"journeys/{home.pk}/return/"
    assert rina.get(API + address).status_code == 404
    assert send(rina, address, body, **{"If-Match": '"seen"'})[0] == 412
    status, told = send(rina, address, body)
    assert (status, told["needs"], told["version"]) == (200, ["debt", "business"], 1)
    seen = rina.get(API + address).headers["ETag"]
    more = {"version": 1, "needs": "", "handed_over_on": "2026-06-02", "received_by": "Pak Slamet"}
    status, changed = send(rina, address, more, **{"If-Match": seen})
    assert (status, changed["needs"], changed["plan"], changed["received_by"]) == (
        200,
        [],
        "stay",
        "Pak Slamet",
    )
    assert send(rina, address, {"version": 2, "plan": "undecided"}, **{"If-Match": seen})[0] == 412
    assert send(rina, address, {"version": 1, "plan": "undecided"})[1]["now"] == changed
    assert send(rina, address, {"version": 2, "needs": "money"})[0] == 400
    assert send(cast.client("sari"), address, more)[0] == 404
    assert events() == ["return.set", "person.viewed", "return.set"]


def test_care_is_noted_for_a_household_and_children_are_counted_for_its_officers_alone(cast):
    household = HouseholdFactory(village=cast.randu)
    sri = PersonFactory(village=cast.randu, household=household, full_name="Sri Contoh")
    rina, address = cast.client("rina"), f"households/{household.pk}/"
    assert get(rina, f"persons/{sri.pk}/")["household"] == str(household.pk)
    seen = rina.get(API + address).headers["ETag"]
    body = {"version": 1, "children": 2, "carer_kind": "grandparent", "carer": str(sri.pk)}
    status, told = send(rina, f"{address}care/", body, **{"If-Match": seen})
    assert (status, told["children"], told["carer"], told["version"]) == (200, 2, str(sri.pk), 2)
    assert [member["full_name"] for member in told["members"]] == ["Sri Contoh"]
    assert get(cast.client("hendro"), address) == told | {"children": None}
    assert send(rina, f"{address}care/", body, **{"If-Match": seen})[0] == 412
    assert send(rina, f"{address}care/", body)[1]["now"] == told
    sibling = {"version": 2, "carer_kind": "sibling", "carer": "", "carer_name": "Kakak Bunga"}
    status, told = send(rina, f"{address}care/", sibling)
    assert (status, told["children"], told["carer"], told["carer_name"]) == (200, 2, None, "")
    assert Household.objects.get().carer_name == "Kakak Bunga"  # a brother or sister may be a child
    for call, answer in (
        ("get", cast.client("sari").get(API + address).status_code),
        ("post", send(cast.client("sari"), f"{address}care/", body)[0]),
    ):
        assert answer == 404, call


def test_family_permit_is_given_once_and_withdrawn_with_a_reason(cast, journey):
    rina, address = cast.client("rina"), f"journeys/{journey.pk}/permits/"
    body = {"id": f"{ID}1", "giver_name": "Slamet", "giver_relation": "spouse", "given_on": "2026-11-20"}
    status, told = send(rina, address, body)
    assert (status, told["reference"], told["person_name"]) == (201, "001/IK/2026", "Dwi Lestari")
    assert send(rina, address, body) == (200, told)
    assert send(rina, address, {**body, "id": f"{ID}2"})[0] == 409  # it has a valid one
    assert get(rina, f"journeys/{journey.pk}/papers/family_permit/")["state"] == "in_hand"
    assert get(cast.client("kades"), "family-permits/") == {"family-permits": [told], "after": ""}
    seen = {"If-Match": rina.get(f"{API}family-permits/{ID}1/").headers["ETag"]}
    assert send(cast.client("sari"), f"family-permits/{ID}1/withdrawal/", {"reason": "x"})[0] == 404
    status, after = send(rina, f"family-permits/{ID}1/withdrawal/", {"reason": "Batal"}, **seen)
    assert (status, after["withdrawn_reason"]) == (200, "Batal")
    assert send(rina, f"family-permits/{ID}1/withdrawal/", {"reason": "Batal"}, **seen)[0] == 412
