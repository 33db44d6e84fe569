from datetime import date

import pytest
from django.urls import reverse

from audit.models import Event
from pillars.models import RecruiterSighting
from pillars.queries.recruiters import repeated_names, with_listing
from tests.factories import PlacementCompanyFactory, RecruiterSightingFactory

NEW = "/recruiters/new/"
SEEN = {
    "key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6e1",
    "seen_on": "6-11-2026",
    "where": "Pasar desa",
    "company": "PT. Contoh Jaya",
    "field_officer": "Parjo",
}


def listing(row):
    (line,) = with_listing([row])
    return line.listing


def test_recruiter_is_written_down_once(cast):
    client = cast.client("rina")
    first, second = (
        client.post(NEW, SEEN | {"task_letter": "ST/12", "task_letter_on": "1-11-2026"}) for _ in "ab"
    )
    row = RecruiterSighting.objects.get()
    assert first.url == second.url == reverse("pillars:recruiter-detail", args=[row.pk])
    assert (row.village, row.district_id, row.company_key) == (cast.randu, "33.25", "contohjaya")
    assert Event.objects.get(name="recruiter.seen").subject_label == "PT. Contoh Jaya"


@pytest.mark.parametrize(
    ("listed", "seen", "said"),
    [
        ({"valid_until": date(2026, 12, 31)}, {}, "licensed"),
        ({"valid_until": date(2026, 11, 6)}, {}, "licensed"),
        ({"valid_until": date(2026, 11, 5)}, {}, "expired"),
        ({"valid_until": None}, {}, "expired"),
        ({"valid_until": date(2026, 12, 31), "licence": "SIP 1"}, {"licence": "SIP.1"}, "licensed"),
        ({"valid_until": date(2026, 12, 31), "licence": "SIP 1"}, {"licence": "SIP 2"}, "other_number"),
        ({"name": "PT Lain", "name_key": "lain"}, {}, "unlisted"),
        ({}, {"company": ""}, "unnamed"),
    ],
)
def test_company_is_checked_against_the_list_for_the_day(cast, listed, seen, said):
    known = {"name": "CONTOH JAYA, PT", "name_key": "contohjaya", "licence": ""}
    PlacementCompanyFactory(**(known | listed))
    assert listing(RecruiterSightingFactory(village=cast.randu, **seen)) == said


def test_names_that_sound_alike_across_villages_come_up_for_the_district_alone(cast):
    RecruiterSightingFactory(village=cast.randu, company="PT Maju Rahasia", field_officer="Moh. Sulaeman")
    RecruiterSightingFactory(village=cast.bandung, company="MAJU RAHASIA", field_officer="Muhammad Sulaiman")
    RecruiterSightingFactory(village=cast.kenanga, company="PT Maju Rahasia", field_officer="Yatno Jauh")
    RecruiterSightingFactory(village=cast.bandung, company="PT Sekali", field_officer="Bambang")
    found = repeated_names(cast.seat("hendro"))
    assert [(one.is_company, len(one.villages), one.times) for one in found] == [(True, 2, 2), (False, 2, 2)]
    assert found[1].spellings == ["Moh. Sulaeman", "Muhammad Sulaiman"]
    assert [repeated_names(cast.seat(name)) for name in ("rina", "kades", "sari", "indra")] == [[]] * 4
    page = cast.client("hendro").get("/recruiters/").content.decode()
    assert "Moh. Sulaeman / Muhammad Sulaiman" in page


def test_village_learns_nothing_of_the_neighbours_sightings(cast):
    own = RecruiterSightingFactory(village=cast.randu, company="PT Maju Rahasia", field_officer="Sulaeman")
    theirs = RecruiterSightingFactory(
        village=cast.bandung, company="PT Maju Rahasia", field_officer="Sulaiman Bocor", where="Rumah Bocor"
    )
    for name in ("rina", "kades"):
        client = cast.client(name)
        pages = [
            client.get(url) for url in ("/recruiters/", reverse("pillars:recruiter-detail", args=[own.pk]))
        ]
        assert all("Bocor" not in page.content.decode() for page in pages)
        assert all("Bandung" not in page.content.decode() for page in pages)
        assert client.get(reverse("pillars:recruiter-detail", args=[theirs.pk])).status_code == 404
    seen = cast.client("hendro").get(reverse("pillars:recruiter-detail", args=[own.pk]))
    assert "Bocor" in seen.content.decode()


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"company": "", "field_officer": ""}, "company"),
        ({"task_letter_on": "1-11-2026"}, "task_letter"),
        ({"seen_on": "24-11-2026"}, "seen_on"),
        ({"seen_on": "31-02-2026"}, "seen_on"),
        ({"where": ""}, "where"),
        ({"company": "x" * 121}, "company"),
        ({"licence": "x" * 81}, "licence"),
        ({"field_officer": "Par\x00jo"}, "field_officer"),
    ],
)
def test_form_refuses_and_writes_nothing(cast, said, wrong):
    answer = cast.client("rina").post(NEW, SEEN | said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [wrong])
    assert RecruiterSighting.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_at_any_length(cast, django_assert_num_queries, rows):
    RecruiterSightingFactory.create_batch(rows, village=cast.randu)
    client = cast.client("rina")
    with django_assert_num_queries(5):
        client.get("/recruiters/")
