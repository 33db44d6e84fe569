import json

import pytest
from django.test import Client

from accounts.keys import new_key
from audit.models import Event
from migrants.models import ServiceVisit
from tests.factories import PersonFactory, ServiceVisitFactory
from tests.migrants.calling import told

VISITS = "/api/v1/visits/"


def entry(**changes):
    facts = {
        "id": "0193576c-8d1e-7c52-9a40-5f0c2f5be6a1",
        "topic": "information",
        "channel": "walk_in",
        "outcome": "done",
        "visited_on": "2026-11-23",
    }
    return {**facts, **changes}


def send(client, body):
    return client.post(
        VISITS, body if isinstance(body, str | bytes) else json.dumps(body), "application/json"
    )


def test_visit_is_made_once_by_its_own_id(cast):
    dwi = PersonFactory(village=cast.randu, full_name="Dwi Lestari")
    client = cast.client("rina")
    body = entry(person=str(dwi.pk), minutes=30, note=None)
    first, second = send(client, body), send(client, body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    visit = ServiceVisit.objects.get()
    assert first.json() == {
        "id": body["id"],
        "url": f"http://testserver{VISITS}{body['id']}/",
        "number": visit.number,
        "village": "33.25.14.2004",
        "person": str(dwi.pk),
        "person_name": "Dwi Lestari",
        "visitor_name": "",
        "visitor_sex": "",
        "visited_on": "2026-11-23",
        "topic": "information",
        "channel": "walk_in",
        "outcome": "done",
        "note": "",
        "minutes": 30,
        "follow_up_on": None,
        "followed_up_at": None,
        "withdrawn": False,
    }
    assert list(Event.objects.values_list("name", flat=True)) == ["visit.logged"]


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        (entry(topic="sihir"), {"topic": ["Pilih salah satu dari daftar."]}),
        (entry(visited_on="2026-11-24"), {"visited_on": ["Tanggal kunjungan tidak boleh setelah hari ini."]}),
        (
            entry(visited_on="03/13/2026"),
            {"visited_on": ["Bulan 13 tidak ada. Tulis hari dahulu, lalu bulan."]},
        ),
        (entry(note="x" * 4001), {"note": ["Tulis paling banyak 4000 huruf."]}),
        (entry(person=str(new_key())), {"person": ["Orang ini tidak ditemukan. Cari lagi."]}),
        (entry(village="32.12.16.2004"), {"village": ["Tidak ada isian dengan nama ini."]}),
        (
            entry(logged_by="x", restricted=True),
            {
                "logged_by": ["Tidak ada isian dengan nama ini."],
                "restricted": ["Tidak ada isian dengan nama ini."],
            },
        ),
        (entry(id="satu"), {"id": ["Kirim UUID Anda sendiri sebagai id."]}),
        (entry(id=None), {"id": ["Kirim UUID Anda sendiri sebagai id."]}),
        (entry(note={"a": 1}), {"note": ["Kirim isian ini sebagai teks atau angka bulat."]}),
        (entry(minutes=1.5), {"minutes": ["Kirim isian ini sebagai teks atau angka bulat."]}),
        ([], {"detail": "Isi kiriman tidak terbaca. Kirim satu objek JSON."}),
    ],
)
def test_entry_is_refused_in_a_sentence(cast, body, errors):
    answer = send(cast.client("rina"), body)
    assert (answer.status_code, told(answer)) == (400, errors)
    assert ServiceVisit.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [("{", 400), ('{"id": 1, "id": 2}', 400), ('{"note": "a\\u0000b"}', 400), ("[" * 50 + "]" * 50, 400)],
)
def test_hostile_json_is_refused(cast, body, status):
    assert send(cast.client("rina"), body).status_code == status


def test_malformed_body_answers_in_indonesian(cast):
    answer = send(cast.client("rina"), "{")
    assert told(answer) == {"detail": "Isi kiriman tidak terbaca. Kirim satu objek JSON."}
    answer = cast.client("rina").post(VISITS, "a=1", "application/x-www-form-urlencoded")
    assert (answer.status_code, told(answer)) == (415, {"detail": "Kirim isi sebagai application/json."})


def test_doubt_is_answered_by_its_code(cast):
    designation = cast.randu_designation()
    designation.cohort_year = 2018
    designation.save()
    client, body = cast.client("rina"), entry(visited_on="2017-12-31")
    answer = send(client, body)
    sentence = "Desa baru ditetapkan pada 1 Januari 2018. Apakah tanggal kunjungan sudah benar?"
    assert (answer.status_code, told(answer)) == (
        400,
        {"confirmed": [sentence], "doubts": {"early": sentence}},
    )
    assert send(client, body | {"confirmed": "early"}).status_code == 201


def test_list_is_scoped_newest_first_and_pages_by_key(cast):
    for day in range(1, 31):
        ServiceVisitFactory(village=cast.randu, visited_on=f"2026-10-{day:02d}")
    ServiceVisitFactory(village=cast.kenanga)
    client = cast.client("rina")
    first = client.get(VISITS).json()
    second = client.get(VISITS, {"after": first["after"]}).json()
    days = [visit["visited_on"] for visit in first["visits"] + second["visits"]]
    assert days == [f"2026-10-{day:02d}" for day in range(30, 0, -1)]
    assert second["after"] == ""
    assert len(client.get(VISITS, {"month": "2026-11"}).json()["visits"]) == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    for _row in range(rows):
        ServiceVisitFactory(village=cast.randu, person=PersonFactory(village=cast.randu))
    client = cast.client("rina")
    with django_assert_num_queries(5):
        assert len(client.get(VISITS).json()["visits"]) == rows


def test_key_of_another_village_answers_as_nothing(cast):
    send(cast.client("dewi"), entry())
    answer = send(cast.client("rina"), entry())
    assert (answer.status_code, told(answer)) == (404, {"detail": "Ini tidak ada."})


def test_call_without_the_token_or_without_signing_in_is_refused(cast):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.user("rina"), backend="accounts.backends.AccountBackend")
    answer = send(strict, entry())
    assert (answer.status_code, told(answer)) == (
        403,
        {"detail": "Token formulir tidak ada. Muat halaman lagi dan kirim tokennya."},
    )
    answer = Client().get(VISITS)
    assert (answer.status_code, told(answer)) == (401, {"detail": "Masuk dahulu."})
    assert ServiceVisit.objects.count() == 0


def test_role_without_the_right_reads_why(cast):
    for name in ("kades", "lina", "maya", "stranger"):
        assert cast.client(name).get(VISITS).status_code == 403
    assert told(send(cast.client("hendro"), entry())) == {
        "detail": "Anda tidak memiliki akses ke halaman ini."
    }


def test_visit_is_followed_up_and_withdrawn_once(cast):
    rina = cast.client("rina")
    visit = ServiceVisitFactory(village=cast.randu, outcome="follow_up", follow_up_on="2026-11-25")
    address = f"{VISITS}{visit.pk}/"
    seen = rina.get(address)
    assert (seen.json()["followed_up_at"], seen.json()["withdrawn"]) == (None, False)

    def write(name, body, **headers):
        return rina.post(address + name, json.dumps(body), "application/json", headers=headers)

    assert write("follow-up/", {}, **{"If-Match": seen.headers["ETag"]}).json()["followed_up_at"] is not None
    stale = write("withdrawal/", {"why": "twice"}, **{"If-Match": seen.headers["ETag"]})
    assert (stale.status_code, told(write("withdrawal/", {"why": "other"}))) == (
        412,
        {"words": ["Tulis alasannya dengan beberapa kata."]},
    )
    assert write("withdrawal/", {"why": "twice"}).json()["withdrawn"] is True
    assert write("withdrawal/", {"why": "twice"}).status_code == 403
    names = Event.objects.order_by("id").values_list("name", flat=True)
    assert list(names) == ["visit.followed_up", "visit.withdrawn"]
