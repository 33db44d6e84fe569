"""The start of the API, its description, its problems, and the calls about places."""

import base64
import json
import re

import pytest
from django.test import Client
from django.urls import get_resolver, resolve

from tests.architecture.test_permissions import walk
from tests.factories import ProvinceFactory, VillageFactory
from tests.migrants.calling import API, get, told
from villages.api.problems import MEDIA_TYPE, PROBLEMS
from villages.api.views.start import described


def codes(client, name, **query):
    return [row.get("code") or row["village"] for row in get(client, f"{name}/", **query)[name]]


def test_areas_reach_as_far_as_the_seat(cast):
    ProvinceFactory(code="52")
    rina, hendro, maya = cast.client("rina"), cast.client("hendro"), cast.client("maya")
    assert [codes(rina, name) for name in ("provinces", "districts", "subdistricts", "villages")] == [
        ["33"],
        ["33.25"],
        ["33.25.14"],
        [cast.randu.code],
    ]
    assert codes(hendro, "villages") == sorted([cast.randu.code, cast.bandung.code])
    assert codes(maya, "provinces") == ["32", "33", "52"]
    assert codes(maya, "villages", within="32.12") == [cast.kenanga.code]
    assert codes(maya, "villages", within="32.1") == []
    serving = codes(maya, "officers", within="33.25", on="2026-11-23")
    assert serving == sorted([cast.randu.code, cast.randu.code, cast.bandung.code])
    assert codes(hendro, "designations", stage="trained") == []
    assert told(maya.get(f"{API}officers/", {"on": "kemarin"}))["on"]


def test_lists_of_places_page_by_code(cast):
    for number in range(2001, 2004):
        VillageFactory(code=f"33.25.15.{number}")
    hendro = cast.client("hendro")
    first = get(hendro, "villages/", size=3)
    rest = get(hendro, "villages/", size=3, after=first["after"])
    found = [row["code"] for row in first["villages"] + rest["villages"]]
    assert (found, rest["after"]) == (sorted(found), "")
    assert len(found) == 5
    for value in ("\0", "\ud800"):
        cursor = base64.urlsafe_b64encode(json.dumps([value]).encode()).decode()
        assert get(hendro, "villages/", size=3, after=cursor) == first


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", ["villages", "designations", "officers"])
def test_lists_of_places_cost_the_same_for_one_and_three(cast, name, rows, django_assert_num_queries):
    client = cast.client("maya")
    client.get(f"{API}{name}/", {"size": 1})
    with django_assert_num_queries(5):
        assert len(get(client, f"{name}/", size=rows)[name]) == rows


def test_stipend_of_an_officer_is_told_to_those_who_manage_officers(cast):
    address = f"officers/{cast.user('rina').assignments.get().pk}/"
    for name, knows in (("hendro", True), ("arif", True), ("lina", False), ("rina", False), ("maya", False)):
        told_to = get(cast.client(name), address)
        assert (told_to["officer"], "stipend_rupiah" in told_to) == ("Rina Wulandari", knows), name


def test_record_that_did_not_change_is_not_sent_again(cast):
    client, address = cast.client("rina"), f"{API}villages/{cast.randu.code}/"
    first = client.get(address)
    mark = first.headers["ETag"]
    again = client.get(address, headers={"If-None-Match": f'"other", W/{mark}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", mark)
    cast.randu.name = "Randu Baru"
    cast.randu.save()
    changed = client.get(address, headers={"If-None-Match": mark})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != mark


def test_every_kind_of_problem_is_told_alike(cast):
    client = cast.client("rina")
    answers = {
        "sign-in": Client().get(API),
        "absent": client.get(f"{API}tidak-ada/"),
        "method": client.put(f"{API}visits/", "{}", "application/json"),
        "not-acceptable": client.get(f"{API}visits/", headers={"Accept": "text/html"}),
        "media-type": client.post(f"{API}visits/", "a=1", "application/x-www-form-urlencoded"),
        "unreadable": client.post(f"{API}visits/", "{", "application/json"),
        "refused": cast.client("lina").get(f"{API}visits/"),
    }
    for code, answer in answers.items():
        body = answer.json()
        assert (answer.headers["Content-Type"], body["type"]) == (MEDIA_TYPE, f"/api/v1/problems/{code}/")
        assert body["status"] == answer.status_code == PROBLEMS[code].status
        assert get(client, f"problems/{code}/")["title"] == body["title"]
    assert answers["method"].headers["Allow"] == "GET, POST, HEAD"
    assert client.get(f"{API}problems/tidak-ada/").status_code == 404
    client.cookies["bahasa"] = "en"
    assert client.get(f"{API}tidak-ada/").json()["detail"] == "This does not exist."


def test_fault_of_ours_is_a_problem_too(cast, monkeypatch):
    def broken(*_args):
        raise RuntimeError

    monkeypatch.setattr("villages.api.views.places.visible_areas", broken)
    client = cast.client("rina")
    client.raise_request_exception = False
    answer = client.get(f"{API}provinces/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, MEDIA_TYPE)
    assert answer.json()["type"] == "/api/v1/problems/fault/"


def test_description_holds_every_call(cast):
    description = described()
    paths = set()
    for name in walk(get_resolver()):
        if re.match(r"(\w+)-api:", name) and name != "villages-api:reading":
            paths.add(name)
    said = {
        resolve(
            re.sub(r"{key}", "0199a1b2-c3d4-7e5f-8a6b-000000000001", path)
            .replace("{code}", "a")
            .replace("{year}", "2026")
        ).view_name
        for path in description["paths"]
    }
    assert said == paths
    assert description["openapi"] == "3.1.0"
    operations = [one for path in description["paths"].values() for one in path.values()]
    assert len({one["operationId"] for one in operations}) == len(operations)
    assert [one["operationId"] for one in operations if not one["summary"]] == []
    assert get(cast.client("sys"), "schema/")["info"] == description["info"]
