"""Two callers and one record: a write that saw an older one is refused (412, 409), and nothing is written."""

import json

import pytest

from tests.factories import CaseFactory, MigrationFactory, PersonFactory
from tests.migrants.calling import API, send, told


@pytest.fixture
def person(cast):
    known = {"next_of_kin_name": "Slamet", "next_of_kin_relation": "spouse"}
    return PersonFactory(village=cast.randu, full_name="Dwi Lestari", nickname="Dwi", **known)


def test_write_with_the_mark_of_an_older_record_is_refused(cast, person):
    case = CaseFactory(village=cast.randu, person=person)
    rina, teguh = cast.client("rina"), cast.client("teguh")
    address = f"cases/{case.pk}/"
    mark = rina.get(API + address).headers["ETag"]
    assert teguh.get(API + address).headers["ETag"] == mark
    facts = {"version": 1, "country": "TWN"}
    assert send(rina, f"{address}facts/", facts, **{"If-Match": f"W/{mark}"})[0] == 200
    late = {"version": 1, "country": "HKG"}
    status, problem = send(teguh, f"{address}facts/", late, **{"If-Match": mark})
    assert (status, problem) == (412, {"detail": "Catatan ini berubah setelah Anda membacanya. Baca lagi."})
    assert send(teguh, f"{address}facts/", late)[0] == 409
    case.refresh_from_db()
    assert (case.country, case.version) == ("TWN", 2)
    for noun, body in (("steps", {"to": "handling", "on": "2026-11-23"}), ("referrals", {})):
        assert send(teguh, f"{address}{noun}/", body, **{"If-Match": mark})[0] == 412
    now = teguh.get(API + address).headers["ETag"]
    step = {"to": "verifying", "on": "2026-11-23", "text": "Dihubungi"}
    status, answer = send(teguh, f"{address}steps/", step, **{"If-Match": f'"x", {now}'})
    assert status == 200, answer


def test_facts_of_a_person_are_changed_and_the_rest_stays(cast, person):
    rina, address = cast.client("rina"), f"persons/{person.pk}/facts/"
    status, changed = send(rina, address, {"version": 1, "nickname": "Lestari", "confirmed": "nik1"})
    assert status == 200, changed
    assert (changed["nickname"], changed["full_name"], changed["version"]) == ("Lestari", "Dwi Lestari", 2)
    status, problem = send(rina, address, {"version": 1, "nickname": "Wi"})
    assert (status, problem["now"]["nickname"], problem["sent"]["nickname"]) == (409, "Lestari", "Wi")
    assert send(rina, address, {"nickname": "Wi"}) == (400, {"version": ["Isi bagian ini."]})


def test_further_journey_is_begun_once_and_its_facts_are_changed(cast, person):
    rina = cast.client("rina")
    body = {
        "id": "0199a1b2-c3d4-7e5f-8a6b-000000000009",
        "status_choice": "prospective",
        "scheme": "p_to_p",
        "destination": "TWN",
        "job": "CARE",
        "registered_on": "2026-11-20",
        "procedural": "unknown",
    }
    first, again = (send(rina, f"persons/{person.pk}/journeys/", body) for _time in range(2))
    assert (first[0], again[0]) == (201, 200), first
    assert first[1]["person"] == str(person.pk)
    address = f"journeys/{body['id']}/facts/"
    status, changed = send(rina, address, {"version": first[1]["version"], "employer": "Toko Maju"})
    assert (status, changed["employer"], changed["destination"]) == (200, "Toko Maju", "TWN"), changed
    assert send(rina, address, {"version": first[1]["version"], "employer": "Lain"})[0] == 409


def test_journey_of_another_village_is_absent(cast):
    theirs = MigrationFactory(person__village=cast.kenanga)
    for address in (f"journeys/{theirs.pk}/facts/", f"persons/{theirs.person_id}/journeys/"):
        answer = cast.client("rina").post(API + address, json.dumps({}), "application/json")
        assert (answer.status_code, told(answer)) == (404, {"detail": "Ini tidak ada."})
