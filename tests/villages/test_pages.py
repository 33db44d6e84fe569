"""The pages of villages: what they show, to whom, at which cost, and what happens to what is typed."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.keys import new_key
from tests.factories import (
    CohortTargetFactory,
    DesignationFactory,
    OfficerAssignmentFactory,
    PostingFactory,
    UserFactory,
    VillageFactory,
)
from villages import open_work
from villages.models import CohortTarget, Designation, OfficerAssignment, StageRecord

LIST = reverse("villages:village-list")


def texts(response):
    return " ".join(response.content.decode().split())


def names(response):
    return [line.village.name for line in response.context["lines"]]


def errors(response):
    assert response.status_code == 422
    return {name: list(found) for name, found in response.context["form"].errors.items()}


# --- the list ----------------------------------------------------------------------------------------------


def test_list_shows_the_programme_of_the_seats_place(cast):
    DesignationFactory(village=VillageFactory(code="33.25.14.2005", name="Siguci"), stage="proposed")
    VillageFactory(code="33.25.14.2006", name="Pretek")
    shown = {
        who: names(cast.client(who).get(LIST)) for who in ("rina", "hendro", "lina", "indra", "ratna", "maya")
    }
    assert shown == {
        "rina": ["Randu"],
        "hendro": ["Bandung", "Randu"],
        "lina": ["Bandung", "Randu"],
        "indra": ["Kenanga"],
        "ratna": ["Bandung", "Randu"],
        "maya": ["Kenanga", "Bandung", "Randu"],
    }


def test_list_says_officers_stage_and_cohort_in_both_languages(cast):
    client = cast.client("arif")
    page = texts(client.get(LIST))
    assert '<td role="cell" data-label="Petugas">2 dari 2</td>' in page
    assert '<td role="cell" data-label="Petugas">1 dari 2</td>' in page
    assert "Tidak diketahui" in page
    assert "3 desa" in page
    client.cookies["bahasa"] = "en"
    page = texts(client.get(LIST))
    assert "2 of 2" in page
    assert "Unknown" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=rand", ["Randu"]),
        ("q=33.25", ["Bandung", "Randu"]),
        ("q=bandung+kec+pecalungan", ["Bandung"]),
        ("q=kenanga+indramayu", ["Kenanga"]),
        ("district=32.12", ["Kenanga"]),
        ("cohort=2016", ["Kenanga"]),
        ("cohort=unknown", ["Bandung", "Randu"]),
        ("stage=trained", ["Bandung"]),
        ("stage=proposed", ["Siguci"]),
        ("stage=outside&district=33.25", ["Pretek"]),
        ("stage=outside&q=33.25.14", ["Pretek"]),
        ("stage=outside&q=pretek", ["Pretek"]),
        ("stage=outside", []),
        ("q=zzz", []),
        ("q=Kenangga", ["Kenanga"]),
        ("q=Ds.+Randu,+Kec.+Pecalungan", ["Randu"]),
        ("q=%25%25%25", []),
    ],
)
def test_list_finds_by_name_code_district_cohort_and_stage(cast, query, found):
    Designation.objects.filter(village=cast.bandung).update(stage="trained")
    DesignationFactory(village=VillageFactory(code="33.25.14.2005", name="Siguci"), stage="proposed")
    VillageFactory(code="33.25.14.2006", name="Pretek")
    response = cast.client("arif").get(f"{LIST}?{query}")
    assert (response.status_code, names(response)) == (200, found)


def test_coordinator_sees_villages_outside_the_programme_without_asking(cast):
    VillageFactory(code="33.25.14.2006", name="Pretek")
    VillageFactory(code="33.25.14.2007", name="Tutup").__class__.objects.filter(name="Tutup").update(
        valid_to=date(2025, 1, 1)
    )
    assert names(cast.client("hendro").get(f"{LIST}?stage=outside")) == ["Pretek"]


def test_village_outside_reach_is_not_found_by_any_filter(cast):
    for query in ("q=kenanga", "district=32.12", "cohort=2016", "stage=outside&q=kenanga"):
        assert "Kenanga" not in texts(cast.client("hendro").get(f"{LIST}?{query}"))


def test_filter_that_makes_no_sense_is_told_and_kept(cast):
    response = cast.client("arif").get(f"{LIST}?q=zq&stage=nowhere&cohort=1999&district=99.99")
    assert errors(response) == {
        "q": ["Isi paling sedikit tiga huruf atau angka."],
        "district": ["Pilih salah satu dari daftar."],
        "cohort": ["Pilih salah satu dari daftar."],
        "stage": ["Pilih salah satu dari daftar."],
    }
    page = texts(response)
    assert "<title>Kesalahan:" in page
    assert 'value="zq"' in page


@pytest.mark.parametrize("cursor", ["x", "bm90IGpzb24", "WyJhIl0", "%00", "WyIzMy4yNSIsICJyYW5kdSIsICJ4Il0"])
def test_cursor_made_by_hand_is_harmless(cast, cursor):
    assert cast.client("arif").get(f"{LIST}?after={cursor}").status_code in (200, 400)


def test_pages_follow_each_other_without_gap_or_repeat(cast):
    for number in range(100, 140):
        DesignationFactory(village=VillageFactory(code=f"33.25.14.2{number}", name=f"Desa {number}"))
    client, seen, query = cast.client("arif"), [], ""
    while True:
        response = client.get(f"{LIST}{query}")
        seen += names(response)
        after = response.context["lines"].after
        if not after:
            break
        query = f"?after={after}"
    assert len(seen) == len(set(seen)) == 43
    assert seen == ["Kenanga", "Bandung", *[f"Desa {number}" for number in range(100, 140)], "Randu"]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("hendro", 5), ("arif", 6)])
def test_list_costs_the_same_at_any_length(cast, django_assert_num_queries, rows, who, queries):
    Designation.objects.all().delete()
    for number in range(rows):
        village = VillageFactory(code=f"33.25.14.21{number:02}")
        DesignationFactory(village=village)
        OfficerAssignmentFactory(village=village)
    client = cast.client(who)
    with django_assert_num_queries(queries):
        assert len(names(client.get(LIST))) == rows


# --- one village -------------------------------------------------------------------------------------------


def detail(village):
    return reverse("villages:village-detail", args=[village.code])


def test_village_of_another_place_answers_as_one_that_does_not_exist(cast):
    client = cast.client("hendro")
    theirs, nobodys = client.get(detail(cast.kenanga)), client.get("/villages/99.99.99.2999/")
    assert (theirs.status_code, nobodys.status_code) == (404, 404)
    hidden = theirs.content.replace(cast.kenanga.code.encode(), b"X")
    assert hidden == nobodys.content.replace(b"99.99.99.2999", b"X")


def test_village_shows_officers_history_and_designation(cast):
    StageRecord.objects.create(
        designation=cast.randu_designation(),
        stage="trained",
        reached_on=date(2020, 3, 4),
        evidence="Berita acara 3/2020",
        recorded_by=cast.user("arif"),
    )
    page = texts(cast.client("maya").get(detail(cast.randu)))
    for words in (
        "Rina Wulandari",
        "Teguh Prasetyo",
        "Mantan Petugas",
        "4 Maret 2020",
        "Berita acara 3/2020",
    ):
        assert words in page
    assert "33.25.14.2004" in page
    assert "Akhiri" not in page
    assert "Catat tahap" not in page


def test_buttons_are_offered_to_those_who_may(cast):
    def offered(who, village):
        page = texts(cast.client(who).get(detail(village)))
        return [
            word
            for word in ("Tugaskan petugas", "Akhiri<span", "Catat tahap", "Akhiri penetapan")
            if word in page
        ]

    assert offered("hendro", cast.bandung) == ["Tugaskan petugas", "Akhiri<span"]
    assert offered("arif", cast.bandung) == [
        "Tugaskan petugas",
        "Akhiri<span",
        "Catat tahap",
        "Akhiri penetapan",
    ]
    assert [offered(who, cast.bandung) for who in ("sari", "lina", "ratna")] == [[], [], []]
    assert offered("rina", cast.randu) == []


def test_address_in_a_source_is_a_link_and_other_text_is_not(cast):
    Designation.objects.filter(village=cast.randu).update(
        source="javascript:alert(1) https://contoh.id/a?b=1&c=<x>", note="<script>alert(1)</script>"
    )
    page = cast.client("maya").get(detail(cast.randu)).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert 'href="https://contoh.id/a?b=1&amp;c=' in page


@pytest.mark.parametrize("rows", [1, 3])
def test_village_costs_the_same_with_any_history(cast, django_assert_num_queries, rows):
    held = cast.randu_designation()
    for number in range(rows):
        StageRecord.objects.create(designation=held, stage="trained", recorded_by=cast.user("arif"))
        OfficerAssignmentFactory(
            village=cast.randu,
            slot=2,
            starts_on=date(2010 + number, 1, 1),
            ends_on=date(2010 + number, 12, 31),
        )
        DesignationFactory(village=cast.randu, ended_on=date(2012 + number, 1, 1), end_reason="Selesai")
    client = cast.client("maya")
    with django_assert_num_queries(7):
        client.get(detail(cast.randu))


# --- assigning ---------------------------------------------------------------------------------------------


@pytest.fixture
def sri(cast):
    """An account made by the coordinator of Batang, without a post."""
    return UserFactory(username="sri", full_name="Sri Wahyuni", created_by=cast.user("hendro"))


def assign_url(cast, person):
    return reverse("villages:officer-assign", args=[cast.bandung.code, person.pk])


ENTRIES = {
    "starts_on": "1 Desember 2026",
    "ends_on": "",
    "slot": "2",
    "decree_number": "SK 7/2026",
    "stipend_rupiah": "Rp1.900.000",
    "funding": "ministry",
}


def test_people_without_a_post_in_reach_are_offered(cast, sri):
    elsewhere = UserFactory(full_name="Jauh Sekali")
    PostingFactory(user=UserFactory(full_name="Sudah Menjabat", created_by=cast.user("hendro")))
    UserFactory(
        full_name="Akun Tutup", created_by=cast.user("hendro"), is_active=False, disabled_at="2026-01-01T00Z"
    )
    client = cast.client("hendro")
    url = reverse("villages:officer-find", args=[cast.bandung.code])
    assert [person.full_name for person in client.get(url).context["people"]] == [
        "Mantan Petugas",
        "Sri Wahyuni",
    ]
    assert [person.full_name for person in client.get(f"{url}?q=wahyu").context["people"]] == ["Sri Wahyuni"]
    everybody = cast.client("arif").get(f"{url}?q=jauh").context["people"]
    assert everybody == [elsewhere]
    assert client.get(assign_url(cast, elsewhere)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_people_cost_the_same_at_any_length(cast, django_assert_num_queries, rows):
    for _person in range(rows):
        UserFactory(created_by=cast.user("hendro"))
    client = cast.client("hendro")
    with django_assert_num_queries(8):
        page = client.get(reverse("villages:officer-find", args=[cast.bandung.code]))
    assert len(page.context["people"]) == rows + 1


def test_form_is_preset_with_today_three_years_the_free_place_and_the_stipend(cast, sri):
    page = texts(cast.client("hendro").get(assign_url(cast, sri)))
    for value in ('value="23-11-2026"', 'value="22-11-2029"', 'value="1.900.000"'):
        assert value in page
    assert cast.client("hendro").get(assign_url(cast, sri)).context["form"].initial["slot"] == 2


def test_assigning_goes_over_a_check_page_to_the_assignment(cast, sri):
    client, url = cast.client("hendro"), assign_url(cast, sri)
    entries = ENTRIES | {"key": str(new_key())}
    check = client.post(url, entries)
    assert (check.status_code, OfficerAssignment.objects.filter(user=sri).exists()) == (200, False)
    page = texts(check)
    for words in ("1 Desember 2026", "30 November 2029", "Rp1.900.000", "SK 7/2026"):
        assert words in page
    changed = client.post(url, entries | {"change": "1"})
    assert (changed.status_code, 'value="1 Desember 2026"' in texts(changed)) == (200, True)
    saved = client.post(url, entries | {"confirmed": "1"})
    row = OfficerAssignment.objects.get(user=sri)
    assert (str(row.pk), row.slot, row.decree_number) == (entries["key"], 2, "SK 7/2026")
    assert (saved.status_code, saved.url) == (302, reverse("villages:assignment-detail", args=[row.pk]))
    assert "Sri Wahyuni" in texts(client.get(saved.url))
    again = client.post(url, entries | {"confirmed": "1"})
    assert (again.status_code, again.url) == (302, saved.url)
    assert OfficerAssignment.objects.filter(user=sri).count() == 1


def test_everything_wrong_at_once_is_told_and_kept(cast, sri):
    response = cast.client("hendro").post(
        assign_url(cast, sri),
        {
            "starts_on": "31/02/2026",
            "ends_on": "03/13/2026",
            "slot": "9",
            "decree_number": "x" * 81,
            "stipend_rupiah": "1,5",
            "funding": "",
        },
    )
    assert sorted(errors(response)) == [
        "decree_number",
        "ends_on",
        "funding",
        "slot",
        "starts_on",
        "stipend_rupiah",
    ]
    page = texts(response)
    for typed in ("31/02/2026", "03/13/2026", "1,5", "x" * 81):
        assert f'value="{typed}"' in page
    assert not OfficerAssignment.objects.filter(user=sri).exists()


def test_refusal_stands_beside_its_field_before_and_after_the_check_page(cast, sri):
    client = cast.client("hendro")
    busy = client.post(assign_url(cast, sri), ENTRIES | {"slot": "1"})
    assert errors(busy) == {"slot": ["Tempat 1 diisi Sari Utami sampai 31-12-2027. Pilih tempat 2."]}
    OfficerAssignmentFactory(village=cast.bandung, slot=2, user=UserFactory(full_name="Lebih Cepat"))
    late = client.post(assign_url(cast, sri), ENTRIES | {"confirmed": "1"})
    assert errors(late) == {
        "slot": ["Kedua tempat terisi: Sari Utami sampai 31-12-2027, Lebih Cepat sampai 31-12-2027."]
    }


def test_fields_the_form_does_not_have_change_nothing(cast, sri):
    extra = {"assigned_by": str(cast.user("sys").pk), "village": cast.kenanga.code, "ended_at": "2020-01-01"}
    cast.client("hendro").post(assign_url(cast, sri), ENTRIES | extra | {"confirmed": "1"})
    row = OfficerAssignment.objects.get(user=sri)
    assert (row.village, row.assigned_by, row.ended_at) == (cast.bandung, cast.user("hendro"), None)


# --- ending ------------------------------------------------------------------------------------------------

END = {"last_day": "30/11/2026", "reason": "moved", "open_work": "colleague", "note": ""}


@pytest.fixture
def teguh(cast):
    return OfficerAssignment.objects.get(user=cast.user("teguh"))


def test_ending_goes_over_a_check_page_and_twice_changes_nothing(cast, teguh):
    client, url = cast.client("hendro"), reverse("villages:assignment-end", args=[teguh.pk])
    assert client.post(url, END).status_code == 200
    teguh.refresh_from_db()
    assert teguh.ended_at is None
    for _delivery in range(2):
        saved = client.post(url, END | {"confirmed": "1"})
        assert saved.url == reverse("villages:assignment-detail", args=[teguh.pk])
    teguh.refresh_from_db()
    assert (teguh.ends_on, teguh.end_reason, teguh.open_work) == (date(2026, 11, 30), "moved", "colleague")
    page = texts(client.get(saved.url))
    assert "Pindah atau berganti pekerjaan" in page
    assert "Tugaskan pengganti" in page


def test_end_without_reason_or_successor_is_refused(cast, teguh):
    url = reverse("villages:assignment-end", args=[teguh.pk])
    found = errors(cast.client("hendro").post(url, {"last_day": "30/11/2026"}))
    assert sorted(found) == ["open_work", "reason"]
    assert errors(cast.client("hendro").post(url, END | {"last_day": "01/01/2028"})) == {
        "last_day": ["Penugasan ini memang berakhir 31-12-2027. Isi hari itu atau sebelumnya."]
    }


def test_open_work_is_asked_of_the_apps_above(cast, teguh, monkeypatch):
    monkeypatch.setattr(open_work, "_counters", [])
    open_work.count_with(lambda row: [open_work.OpenWorkLine("Kasus terbuka", 4, "/cases/")])
    open_work.count_with(lambda row: [open_work.OpenWorkLine("Tugas", 0)])
    page = texts(cast.client("hendro").get(reverse("villages:assignment-end", args=[teguh.pk])))
    assert len(open_work._counters) == 2
    open_work.count_with(open_work._counters[0])
    assert len(open_work._counters) == 2
    assert '<a href="/cases/">Kasus terbuka: 4</a>' in page
    assert "Tugas: 0" not in page


def test_stipend_and_phone_are_for_those_who_manage(cast, teguh):
    teguh.user.phone = "+628100000101"
    teguh.user.save()
    url = reverse("villages:assignment-detail", args=[teguh.pk])
    assert {
        who: "Rp1.900.000" in texts(cast.client(who).get(url)) for who in ("hendro", "arif", "rina", "maya")
    } == {
        "hendro": True,
        "arif": True,
        "rina": False,
        "maya": False,
    }
    assert "0810" not in texts(cast.client("maya").get(url)).split("<footer")[0]


# --- the programme -----------------------------------------------------------------------------------------


def test_designation_is_recorded_over_a_check_page_once(cast):
    siguci = VillageFactory(code="33.25.14.2005", name="Siguci")
    client, url = cast.client("arif"), reverse("villages:designation-new", args=[siguci.code])
    entries = {
        "key": str(new_key()),
        "stage": "designated",
        "cohort_year": "",
        "designated_on": "2 Mei 2024",
        "decree_number": "12/2024",
        "certainty": "official",
    }
    assert client.post(url, entries).status_code == 200
    assert not Designation.objects.filter(village=siguci).exists()
    for _delivery in range(2):
        saved = client.post(url, entries | {"confirmed": "1"})
        assert (saved.status_code, saved.url) == (302, detail(siguci))
    row = Designation.objects.get(village=siguci)
    assert (str(row.pk), row.cohort_year, row.designated_on) == (entries["key"], 2024, date(2024, 5, 2))


def test_designation_that_contradicts_itself_is_refused(cast):
    siguci = VillageFactory(code="33.25.14.2005", name="Siguci")
    url = reverse("villages:designation-new", args=[siguci.code])
    wrong = {
        "stage": "designated",
        "cohort_year": "dua ribu",
        "designated_on": "24-11-2026",
        "certainty": "practice",
    }
    found = errors(cast.client("arif").post(url, wrong))
    assert sorted(found) == ["certainty", "cohort_year", "designated_on"]
    assert found["cohort_year"] == ["Isi tahun dengan empat angka, misalnya 2019."]
    nothing = {"stage": "designated", "certainty": "confirmed"}
    assert errors(cast.client("arif").post(url, nothing)) == {
        "source": ["Isi nomor SK, atau sumber yang menyebut desa ini."]
    }


def test_stage_is_recorded_over_a_check_page_once(cast):
    row = cast.randu_designation()
    client, url = cast.client("arif"), reverse("villages:stage-new", args=[row.pk])
    entries = {"key": str(new_key()), "stage": "coached", "reached_on": "1/2/2026", "evidence": "BA 5/2026"}
    assert client.post(url, entries).status_code == 200
    for _delivery in range(2):
        assert client.post(url, entries | {"confirmed": "1"}).url == detail(cast.randu)
    row.refresh_from_db()
    assert (row.stage, row.stages.count()) == ("coached", 1)
    assert errors(client.post(url, {"stage": "trained"})) == {
        "note": ["Tulis alasannya: langkah ini mundur atau mengakhiri pekerjaan."]
    }


def test_designation_is_ended_when_no_officer_serves(cast):
    row = Designation.objects.get(village=cast.kenanga)
    client, url = cast.client("arif"), reverse("villages:designation-end", args=[row.pk])
    entries = {"ended_on": "22-11-2026", "reason": "Diserahkan kepada desa"}
    assert errors(client.post(url, entries)) == {
        "__all__": ["Masih ada petugas setelah hari itu. Akhiri dulu penugasannya."]
    }
    OfficerAssignment.objects.filter(village=cast.kenanga).update(ends_on=date(2026, 11, 1))
    assert client.post(url, entries).status_code == 200
    for _delivery in range(2):
        assert client.post(url, entries | {"confirmed": "1"}).url == detail(cast.kenanga)
    row.refresh_from_db()
    assert (row.ended_on, row.end_reason) == (date(2026, 11, 22), "Diserahkan kepada desa")
    assert "Penetapan sebelumnya" in texts(client.get(detail(cast.kenanga)))


# --- published figures -------------------------------------------------------------------------------------


def test_published_figures_stand_beside_what_is_recorded(cast):
    CohortTargetFactory(year=2016, published=2, source="Siaran pers")
    page = texts(cast.client("arif").get(reverse("villages:cohort-list")))
    assert "Siaran pers" in page
    assert "2 desa yang ditetapkan tanpa tahun tidak masuk baris mana pun." in page


def test_year_is_added_once_and_changed_later(cast):
    client, new = cast.client("arif"), reverse("villages:cohort-new")
    entries = {"year": "2019", "published": "150", "target_by_then": "1.000", "source": "Siaran pers"}
    for _delivery in range(2):
        assert client.post(new, entries).url == reverse("villages:cohort-list")
    held = CohortTarget.objects.get(year=2019)
    assert (held.published, held.target_by_then, held.provinces_by_then) == (150, 1000, None)
    assert errors(client.post(new, entries | {"published": "151"})) == {
        "year": ["Angka tahun ini sudah tercatat. Buka tahun itu."]
    }
    edit = reverse("villages:cohort-edit", args=[2019])
    assert 'value="1000"' in texts(client.get(edit))
    client.post(edit, {"year": "2030", "published": "", "source": "Lain"})
    held.refresh_from_db()
    assert (held.year, held.published, held.source) == (2019, None, "Lain")
    assert client.get(reverse("villages:cohort-edit", args=[2020])).status_code == 404


def test_figures_need_a_source_and_whole_numbers(cast):
    new = reverse("villages:cohort-new")
    found = errors(
        cast.client("arif").post(
            new, {"year": "19", "published": "-1", "target_by_then": "1,5", "source": ""}
        )
    )
    assert sorted(found) == ["published", "source", "target_by_then", "year"]
    assert found["year"] == ["Isi tahun dengan empat angka, misalnya 2019."]


@pytest.mark.parametrize("rows", [1, 3])
def test_published_figures_cost_the_same_at_any_length(cast, django_assert_num_queries, rows):
    for number in range(rows):
        CohortTargetFactory(year=2016 + number)
    client = cast.client("arif")
    with django_assert_num_queries(5):
        client.get(reverse("villages:cohort-list"))
