from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.visits import finish_follow_up, log_visit, withdraw_visit
from migrants.models import ServiceVisit
from migrants.queries.visits import follow_ups_due, visits_logged, with_last_logged
from tests.conftest import TODAY
from tests.factories import PersonFactory, ServiceVisitFactory
from villages.models import Village

NEW = "/visits/new/"
VISIT = {
    "key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6a1",
    "topic": "information",
    "channel": "walk_in",
    "outcome": "done",
    "visited_on": "23-11-2026",
}
FACTS = {"topic": "information", "channel": "walk_in", "outcome": "done", "visited_on": TODAY}


@pytest.fixture
def dwi(cast):
    return PersonFactory(village=cast.randu, full_name="Dwi Lestari", hamlet="Krajan")


def events(*names):
    return list(Event.objects.filter(name__in=names).order_by("id").values_list("name", flat=True))


# --- the officer's story ---------------------------------------------------------------------------------


def test_officer_logs_a_visit_in_four_entries_two_of_them_proposed(cast, dwi):
    client = cast.client("rina")
    page = client.get(NEW, {"person": str(dwi.pk)})
    form = page.context["form"]
    required = [name for name, field in form.fields.items() if field.required]
    assert required == ["topic", "channel", "outcome", "visited_on"]
    assert (form["visited_on"].value(), form["channel"].value()) == (
        "23-11-2026",
        "walk_in",
    )
    answer = client.post(NEW, VISIT | {"person": str(dwi.pk)})
    visit = ServiceVisit.objects.get()
    assert answer.url == reverse("migrants:visit-saved", args=[visit.pk])
    assert (visit.person, visit.village, visit.logged_by) == (dwi, cast.randu, cast.user("rina"))
    saved = client.get(answer.url).content.decode()
    assert visit.number in saved
    assert "Dwi Lestari" in saved
    assert "Langkah berikutnya" in saved
    assert events("visit.logged") == ["visit.logged"]


def test_service_and_way_of_the_last_visit_are_proposed(cast):
    ServiceVisitFactory(village=cast.randu, logged_by=cast.user("teguh"), topic="family")
    ServiceVisitFactory(village=cast.randu, logged_by=cast.user("rina"), topic="document", channel="whatsapp")
    form = cast.client("rina").get(NEW).context["form"]
    assert (form["topic"].value(), form["channel"].value(), form["outcome"].value()) == (
        "document",
        "whatsapp",
        None,
    )


def test_search_in_the_form_offers_people_and_keeps_what_was_typed(cast, dwi):
    PersonFactory(village=cast.kenanga, full_name="Dwi Lestari Kenanga")
    typed = VISIT | {"q": "dwi les", "note": "Bertanya lowongan", "find": "1", "outcome": ""}
    page = cast.client("rina").post(NEW, typed)
    assert page.status_code == 200
    form = page.context["form"]
    assert form.shown == [dwi]
    assert (form["note"].value(), form["key"].value()) == ("Bertanya lowongan", VISIT["key"])
    assert events("people.searched") == ["people.searched"]
    assert Event.objects.get(name="people.searched").subject_label == "name: dwi les"


def test_search_by_digits_leaves_no_digits_in_the_log(cast):
    cast.client("rina").post(NEW, VISIT | {"q": "0002", "find": "1"})
    assert Event.objects.get(name="people.searched").subject_label == "nik_tail"


def test_change_lets_go_of_the_person_and_keeps_the_rest(cast, dwi):
    page = cast.client("rina").post(NEW, VISIT | {"person": str(dwi.pk), "change": "1", "note": "Tetap"})
    form = page.context["form"]
    assert (page.status_code, form.picked, form["note"].value()) == (200, None, "Tetap")


def test_find_with_an_empty_box_means_save(cast):
    answer = cast.client("rina").post(NEW, VISIT | {"q": " ", "find": "1"})
    assert answer.status_code == 302
    assert ServiceVisit.objects.count() == 1


def test_typed_name_without_a_choice_asks_to_choose(cast, dwi):
    page = cast.client("rina").post(NEW, VISIT | {"q": "Dwi"})
    assert page.status_code == 422
    assert page.context["form"].errors == {
        "q": ["Pilih orang dari daftar, atau isi namanya di bawah."],
    }
    assert page.context["form"].shown == [dwi]


def test_visitor_need_not_be_registered_or_named(cast):
    client = cast.client("rina")
    client.post(NEW, VISIT)
    client.post(NEW, VISIT | {"key": str(new_key()), "visitor_name": "Bu Sri", "visitor_sex": "female"})
    who = ServiceVisit.objects.order_by("logged_at", "id").values_list("visitor_name", "visitor_sex")
    assert list(who) == [("", ""), ("Bu Sri", "female")]


def test_person_and_name_together_are_refused(cast, dwi):
    page = cast.client("rina").post(NEW, VISIT | {"person": str(dwi.pk), "visitor_name": "Bu Sri"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["visitor_name"])


def test_person_of_another_village_is_not_found(cast):
    other = PersonFactory(village=cast.kenanga)
    page = cast.client("rina").post(NEW, VISIT | {"person": str(other.pk)})
    assert page.status_code == 422
    assert page.context["form"].errors == {"q": ["Orang ini tidak ditemukan. Cari lagi."]}
    assert other.full_name not in page.content.decode()


# --- repeat-safe ------------------------------------------------------------------------------------------


def test_form_sent_twice_makes_one_visit_and_says_so(cast):
    client = cast.client("rina")
    first = client.post(NEW, VISIT)
    second = client.post(NEW, VISIT | {"note": "Lain"})
    visit = ServiceVisit.objects.get()
    assert (first.url, second.url) == (f"/visits/{visit.pk}/saved/", f"/visits/{visit.pk}/saved/?again=1")
    assert visit.note == ""
    assert "Formulir ini sudah tersimpan" in client.get(second.url).content.decode()
    assert events("visit.logged") == ["visit.logged"]


def test_key_of_another_village_is_refused_like_an_unknown_object(cast):
    key = new_key()
    log_visit(by=cast.seat("dewi"), key=key, **FACTS)
    with pytest.raises(Http404):
        log_visit(by=cast.seat("rina"), key=key, **FACTS)
    assert ServiceVisit.objects.get().village == cast.kenanga


@pytest.mark.django_db(transaction=True)
def test_two_deliveries_at_once_make_one_visit(cast):
    seat, key = cast.seat("rina"), new_key()

    def deliver(_turn):
        try:
            return log_visit(by=seat, key=key, **FACTS).made
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(deliver, range(4)))
    assert sorted(made) == [False, False, False, True]
    assert ServiceVisit.objects.count() == 1
    assert events("visit.logged") == ["visit.logged"]


# --- doubts and refusals ------------------------------------------------------------------------------------


def test_visit_before_the_designation_is_asked_once_and_then_saved(cast):
    designation = cast.randu_designation()
    designation.cohort_year = 2018
    designation.save()
    client = cast.client("rina")
    early = VISIT | {"visited_on": "31-12-2017"}
    page = client.post(NEW, early)
    assert (page.status_code, page.context["form"].errors) == (422, {})
    assert [doubt.sentence for doubt in page.context["form"].open_doubts] == [
        "Desa baru ditetapkan pada 1 Januari 2018. Apakah tanggal kunjungan sudah benar?"
    ]
    assert 'name="confirmed" value="early"' in page.content.decode()
    assert ServiceVisit.objects.count() == 0
    assert client.post(NEW, early | {"confirmed": "early"}).status_code == 302
    assert ServiceVisit.objects.get().visited_on == date(2017, 12, 31)


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({"visited_on": "24-11-2026"}, {"visited_on": ["Tanggal kunjungan tidak boleh setelah hari ini."]}),
        (
            {"visited_on": "31/02/2026"},
            {"visited_on": ["31-02-2026 tidak ada di kalender. Periksa hari dan bulan."]},
        ),
        (
            {"visited_on": "03/13/2026"},
            {"visited_on": ["Bulan 13 tidak ada. Tulis hari dahulu, lalu bulan."]},
        ),
        ({"visited_on": ""}, {"visited_on": ["Isi tanggal kunjungan."]}),
        ({"topic": ""}, {"topic": ["Pilih jenis layanan."]}),
        ({"topic": "sihir"}, {"topic": ["Pilih salah satu dari daftar."]}),
        ({"outcome": "follow_up"}, {"follow_up_on": ["Isi tanggal tindak lanjut."]}),
        ({"follow_up_on": "22-11-2026"}, {"follow_up_on": ["Tindak lanjut tidak boleh sebelum kunjungan."]}),
        ({"minutes": "1.5"}, {"minutes": ["Isi menit dengan angka bulat, misalnya 30."]}),
        ({"minutes": "0"}, {"minutes": ["Isi paling sedikit 1 menit, atau kosongkan."]}),
        ({"minutes": "9" * 40}, {"minutes": ["Kunjungan paling lama 1440 menit. Periksa angkanya."]}),
    ],
)
def test_entry_is_refused_in_a_sentence_and_everything_is_kept(cast, entries, errors):
    typed = VISIT | {"note": "Catatan panjang", "visitor_name": "Bu Sri"} | entries
    page = cast.client("rina").post(NEW, typed)
    form = page.context["form"]
    assert (page.status_code, form.errors) == (422, errors)
    assert {name: form[name].value() for name in typed} == typed
    assert ServiceVisit.objects.count() == 0
    assert "<title>Kesalahan: Catat layanan" in page.content.decode()


@pytest.mark.parametrize("spelling", ["17 Agustus 2026", "17/8/2026", "17-08-26", "17.8.2026", "17 Agu 2026"])
def test_date_is_read_as_people_write_it(cast, spelling):
    assert cast.client("rina").post(NEW, VISIT | {"visited_on": spelling}).status_code == 302
    assert ServiceVisit.objects.get().visited_on == date(2026, 8, 17)


def test_only_officers_of_a_village_log(cast):
    for name in ("hendro", "kades", "maya"):
        with pytest.raises(NotPermitted):
            log_visit(by=cast.seat(name), key=new_key(), **FACTS)
    with pytest.raises(NotPermitted):
        log_visit(by=cast.seat("rina"), key=new_key(), person=PersonFactory(village=cast.bandung), **FACTS)
    assert ServiceVisit.objects.count() == 0


# --- withdraw, undo, follow up ------------------------------------------------------------------------------


def test_withdrawn_visit_stays_struck_through_and_counts_nowhere(cast):
    client = cast.client("rina")
    visit = log_visit(by=cast.seat("rina"), key=new_key(), visitor_name="Bu Sri", **FACTS).row
    answer = client.post(f"/visits/{visit.pk}/withdraw/", {"why": "wrong_data", "words": "salah desa"})
    assert answer.url == f"/visits/{visit.pk}/"
    visit.refresh_from_db()
    assert (visit.withdrawn_by, visit.withdrawn_reason) == (cast.user("rina"), "Isian salah: salah desa")
    assert "<s>Bu Sri</s>" in client.get("/visits/").content.decode()
    assert visits_logged(TODAY, TODAY).count() == 0
    assert Event.objects.get(name="visit.withdrawn").reason == "Isian salah: salah desa"


def test_withdrawing_needs_a_reason_and_happens_once(cast):
    visit = ServiceVisitFactory(village=cast.randu)
    client = cast.client("rina")
    assert client.post(f"/visits/{visit.pk}/withdraw/", {}).status_code == 422
    page = client.post(f"/visits/{visit.pk}/withdraw/", {"why": "other"})
    assert page.context["form"].errors == {"words": ["Tulis alasannya dengan beberapa kata."]}
    withdraw_visit(by=cast.seat("rina"), visit=visit, reason="Tercatat dua kali")
    assert client.post(f"/visits/{visit.pk}/withdraw/", {"why": "twice"}).status_code == 403


def test_undo_is_for_the_one_who_logged_and_for_ten_minutes(cast, clock):
    visit = log_visit(by=cast.seat("rina"), key=new_key(), **FACTS).row
    undo = f"/visits/{visit.pk}/undo/"
    assert cast.client("teguh").post(undo).status_code == 403
    rina = cast.client("rina")
    clock.shift(timedelta(minutes=10, seconds=1))
    assert rina.post(undo).status_code == 403
    clock.shift(-timedelta(seconds=1))
    assert rina.post(undo).status_code == 302
    visit.refresh_from_db()
    assert visit.withdrawn_reason == "Langsung dibatalkan"


def test_follow_up_is_due_until_it_is_logged(cast, dwi):
    promised = ServiceVisitFactory(
        village=cast.randu, person=dwi, outcome="follow_up", follow_up_on=date(2026, 11, 23)
    )
    assert list(follow_ups_due(TODAY)) == [promised]
    assert list(follow_ups_due(TODAY - timedelta(days=1))) == []
    client = cast.client("rina")
    form = client.get(NEW, {"follows": str(promised.pk)}).context["form"]
    assert form.picked == dwi
    client.post(NEW, VISIT | {"person": str(dwi.pk), "follows": str(promised.pk)})
    promised.refresh_from_db()
    assert promised.followed_up_at is not None
    assert list(follow_ups_due(TODAY)) == []


def test_follow_up_of_another_village_is_not_touched(cast):
    foreign = ServiceVisitFactory(village=cast.kenanga, outcome="follow_up", follow_up_on=TODAY)
    cast.client("rina").post(NEW, VISIT | {"follows": str(foreign.pk)})
    foreign.refresh_from_db()
    assert foreign.followed_up_at is None
    with pytest.raises(NotPermitted):
        finish_follow_up(by=cast.seat("rina"), visit=foreign)


def test_follow_up_is_finished_once(cast):
    promised = ServiceVisitFactory(village=cast.randu, outcome="follow_up", follow_up_on=TODAY)
    client = cast.client("rina")
    for _turn in range(2):
        assert client.post(f"/visits/{promised.pk}/followed-up/").status_code == 302
    assert events("visit.followed_up") == ["visit.followed_up"]


# --- lists and reads --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    for _row in range(rows):
        ServiceVisitFactory(
            village=cast.randu, person=PersonFactory(village=cast.randu), logged_by=cast.user("rina")
        )
    client = cast.client("rina")
    with django_assert_num_queries(4):
        assert len(client.get("/visits/").context["rows"]) == rows


def test_list_is_newest_first_narrowed_by_month_and_service(cast):
    old = ServiceVisitFactory(village=cast.randu, visited_on=date(2026, 10, 31)).pk
    new = ServiceVisitFactory(village=cast.randu, visited_on=date(2026, 11, 1), topic="document").pk
    ServiceVisitFactory(village=cast.bandung)
    client = cast.client("rina")
    shown = {
        query: [line.id for line in client.get(f"/visits/?{query}").context["rows"]]
        for query in ("", "month=2026-10", "month=2026-11", "topic=document", "month=13", "topic=sihir")
    }
    assert shown == {
        "": [new, old],
        "month=2026-10": [old],
        "month=2026-11": [new],
        "topic=document": [new],
        "month=13": [new, old],
        "topic=sihir": [new, old],
    }


def test_list_pages_by_key_without_losing_or_repeating(cast):
    made = [ServiceVisitFactory(village=cast.randu, visited_on=date(2026, 11, 20)).pk for _row in range(30)]
    client = cast.client("rina")
    first = client.get("/visits/").context["rows"]
    second = client.get("/visits/", {"after": first.after}).context["rows"]
    assert (len(first), len(second)) == (25, 5)
    assert sorted(line.id for line in [*first, *second]) == sorted(made)


def test_coordinator_sees_the_visits_of_the_district(cast):
    here = [
        ServiceVisitFactory(
            village=village, visited_on=date(2026, 11, 20), visitor_name="Siti", topic="document"
        )
        for village in (cast.randu, cast.bandung)
    ]
    ServiceVisitFactory(village=cast.kenanga)
    shown = cast.client("hendro").get("/visits/").context["rows"]
    assert {(line.id, line.name, line.hint) for line in shown} == {
        (visit.pk, "Siti", f"Bantuan dokumen · 20-11-2026 · {visit.village}") for visit in here
    }


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({}, ("done", "Selesai")),
        ({"outcome": "referred"}, ("now", "Dirujuk ke lembaga lain")),
        ({"follow_up_on": date(2026, 12, 1)}, ("warn", "Perlu tindak lanjut")),
        (
            {"follow_up_on": date(2026, 12, 1), "followed_up_at": timezone.now()},
            ("done", "Sudah ditindaklanjuti"),
        ),
    ],
)
def test_line_of_the_list_says_how_the_visit_stands(cast, facts, shown):
    ServiceVisitFactory(village=cast.randu, visitor_name="Siti", **facts)
    [line] = cast.client("rina").get("/visits/").context["rows"]
    assert (line.name, line.crossed, line.standing) == ("Siti", False, shown)


def test_last_logged_visit_of_each_village(cast):
    visit = ServiceVisitFactory(village=cast.randu)
    found = dict(
        with_last_logged(Village.objects.filter(code__in=[cast.randu.code, cast.bandung.code])).values_list(
            "code", "visit_logged_at"
        )
    )
    assert found == {cast.randu.code: visit.logged_at, cast.bandung.code: None}


def test_visit_of_another_village_answers_as_one_that_does_not_exist(cast):
    client, other = cast.client("rina"), ServiceVisitFactory(village=cast.kenanga)
    for action in ("", "saved/", "withdraw/"):
        there, nowhere = (
            client.get(f"/visits/{other.pk}/{action}"),
            client.get(f"/visits/{new_key()}/{action}"),
        )
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert there.content.replace(str(other.pk).encode(), b"") == nowhere.content.replace(
            nowhere.wsgi_request.path.split("/")[2].encode(), b""
        )
