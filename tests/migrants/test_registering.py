from datetime import date
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from accounts.actions import hold_form
from accounts.keys import new_key
from audit.models import Event
from migrants.models import Migration, MigrationStep, Person
from tests.factories import PersonFactory, RequirementFactory

NEW = "/people/new/"
NIK = "9901016501900002"  # a woman born on 25 January 1990
ANSWERS = {
    "key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6a1",
    "standing": "prospective",
    "full_name": "Dwi Lestari",
    "sex": "female",
    "birth_date": "25-01-1990",
    "scheme": "p_to_p",
    "destination": "TWN",
    "job": "CARE",
    "procedural": "unknown",
    "registered_on": "23-11-2026",
    "next_of_kin_name": "Slamet Riyadi",
    "next_of_kin_relation": "spouse",
    "data_basis": "village_duty",
}


def check(client, **entries):
    """The answer of the check page."""
    return client.post(NEW, ANSWERS | {"step": "check"} | entries)


def save(client, page):
    return client.post(NEW, {"sealed": page.context["sealed"], "step": "save"})


# --- the officer's story ---------------------------------------------------------------------------------


def test_officer_registers_a_worker_in_at_most_twelve_required_entries(cast):
    client = cast.client("rina")
    form = client.get(NEW).context["form"]
    required = [name for name, field in form.fields.items() if field.required]
    assert len(required) == 11
    page = check(client, nik=NIK)
    html = page.content.decode()
    assert (page.status_code, Person.objects.count()) == (200, 0)
    assert NIK not in html
    for text in ("990101........02", "Taiwan", "25 Januari 1990", "Melalui P3MI (P to P)", "Slamet Riyadi"):
        assert text in html
    answer = save(client, page)
    person = Person.objects.get()
    assert answer.url == f"/people/{person.pk}/saved/"
    assert (str(person.pk), person.category, person.nik, person.birth_date) == (
        ANSWERS["key"],
        "cpmi",
        NIK,
        date(1990, 1, 25),
    )
    journey = Migration.objects.get()
    assert (journey.person, journey.status, journey.destination, journey.job) == (
        person,
        "prospective",
        "TWN",
        "CARE",
    )
    step = MigrationStep.objects.get()
    assert (step.from_status, step.to_status, step.happened_on) == ("", "prospective", date(2026, 11, 23))
    names = Event.objects.order_by("id").values_list("name", flat=True)
    assert list(names) == ["person.registered", "migration.logged"]
    done = client.get(answer.url).content.decode()
    assert "Dwi Lestari" in done
    assert f"/visits/new/?person={person.pk}" in done


def test_check_page_goes_back_with_everything_typed(cast):
    client = cast.client("rina")
    page = check(client, nik=NIK, agency="PT Contoh", phone="0810 0000 0347")
    back = client.post(NEW, {"sealed": page.context["sealed"], "step": "change"})
    form = back.context["form"]
    assert (back.status_code, form.errors) == (200, {})
    assert [form[name].value() for name in ("full_name", "nik", "agency", "phone", "key")] == [
        "Dwi Lestari",
        NIK,
        "PT Contoh",
        "0810 0000 0347",
        ANSWERS["key"],
    ]


def test_changed_check_page_is_refused_and_nothing_saved(cast):
    client = cast.client("rina")
    sealed = check(client).context["sealed"]
    for broken in (sealed[:-8] + "AAAAAAA=", "???", ""):
        assert client.post(NEW, {"sealed": broken, "step": "save"}).status_code == 400
    assert cast.client("teguh").post(NEW, {"sealed": sealed, "step": "save"}).status_code == 400
    assert Person.objects.count() == 0


def test_save_without_the_check_page_shows_the_check_page(cast):
    page = cast.client("rina").post(NEW, ANSWERS | {"step": "save"})
    assert (page.status_code, "sealed" in page.context, Person.objects.count()) == (200, True, 0)


def test_saving_twice_makes_one_person(cast):
    client = cast.client("rina")
    page = check(client, nik=NIK)
    first, second = save(client, page), save(client, page)
    person = Person.objects.get()
    assert (first.url, second.url) == (f"/people/{person.pk}/saved/", f"/people/{person.pk}/saved/?again=1")
    assert Migration.objects.count() == 1


# --- what the NIK proposes --------------------------------------------------------------------------------


def test_nik_proposes_sex_and_birth_date_on_the_button(cast):
    page = cast.client("rina").post(
        NEW, ANSWERS | {"step": "propose", "nik": NIK, "sex": "", "birth_date": ""}
    )
    form = page.context["form"]
    assert (page.status_code, form.is_bound) == (200, False)
    assert (form["sex"].value(), form["birth_date"].value()) == ("female", "25-01-1990")
    assert "25-01-1990" in page.content.decode()
    assert form["full_name"].value() == "Dwi Lestari"


def test_nik_fills_empty_answers_on_the_check_page_and_never_overrides(cast):
    client = cast.client("rina")
    filled = check(client, nik=NIK, sex="", birth_date="").context["form_checked"]
    assert (filled.cleaned_data["sex"], filled.cleaned_data["birth_date"]) == ("female", date(1990, 1, 25))
    page = check(client, nik=NIK, sex="male", birth_date="01-01-1991")
    html = page.content.decode()
    assert page.status_code == 200
    assert "Jenis kelamin berbeda dengan NIK. Cocokkan keduanya dengan KTP." in html
    assert "Tanggal lahir berbeda dengan NIK. Cocokkan keduanya dengan KTP." in html
    save(client, page)
    person = Person.objects.get()
    assert (person.sex, person.birth_date) == ("male", date(1991, 1, 1))


@pytest.mark.parametrize(
    ("nik", "sentence"),
    [
        ("", "Isi NIK dahulu, lalu jenis kelamin dan tanggal lahir dapat diusulkan."),
        ("123", "Isi NIK dengan 16 angka."),
        ("9901017201900003", "Periksa angka ke-7 dan ke-8 NIK: 72 bukan tanggal lahir."),
    ],
)
def test_impossible_nik_proposes_nothing_and_blames_nothing_else(cast, nik, sentence):
    page = cast.client("rina").post(NEW, {"key": ANSWERS["key"], "step": "propose", "nik": nik})
    assert (page.status_code, page.context["form"].errors) == (422, {"nik": [sentence]})


# --- the same NIK -----------------------------------------------------------------------------------------


def test_same_nik_in_the_village_leads_to_the_known_person(cast):
    client = cast.client("rina")
    save(client, check(client, nik=NIK))
    known = Person.objects.get()
    page = check(client, nik=NIK, key=str(new_key()), full_name="Lain")
    assert page.context["form"].errors == {
        "nik": ["NIK ini sudah terdaftar di desa Anda. Buka data yang ada."]
    }
    assert f'href="/people/{known.pk}/"' in page.content.decode()
    assert page.context["form"]["full_name"].value() == "Lain"


def test_same_nik_in_another_village_is_never_told(cast):
    client = cast.client("dewi")
    save(client, check(client, nik=NIK))
    neighbour = cast.client("rina")
    page = check(neighbour, nik=NIK, key=str(new_key()))
    first = check(neighbour, nik="9901016501900010", key=str(new_key()))
    assert [d.sentence for d in page.context["form_checked"].doubts] == [
        d.sentence for d in first.context["form_checked"].doubts
    ]
    save(neighbour, page)
    assert Person.objects.count() == 2


def test_nik_registered_by_a_colleague_meanwhile_is_refused_at_saving(cast):
    rina, teguh = cast.client("rina"), cast.client("teguh")
    page = check(rina, nik=NIK)
    save(teguh, check(teguh, nik=NIK, key=str(new_key())))
    answer = save(rina, page)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["nik"]
    assert Person.objects.count() == 1


# --- people alike -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("known", "typed", "reasons"),
    [
        (
            {"full_name": "DWI LESTARI"},
            {},
            ["Namanya sama.", "Tanggal lahirnya sama.", "Jenis kelaminnya sama."],
        ),
        (
            {"full_name": "Dwi Lestary", "birth_date": date(1990, 1, 26)},
            {},
            [
                "Namanya memuat kata yang sama, atau bunyinya sama.",
                "Tanggal lahirnya selisih satu hari.",
                "Jenis kelaminnya sama.",
            ],
        ),
        (
            {"full_name": "Dwii Lestri", "birth_date": date(1990, 1, 24)},
            {},
            ["Bunyi namanya mirip.", "Tanggal lahirnya selisih satu hari.", "Jenis kelaminnya sama."],
        ),
        (
            {"full_name": "Dwi Lestari N", "birth_date": None, "phone": "+6281000000347", "sex": "male"},
            {"birth_date": "", "phone": "0810-0000-0347"},
            ["Namanya memuat kata yang sama, atau bunyinya sama.", "Nomor teleponnya sama."],
        ),
        ({"full_name": "Dwi Lestari", "birth_date": date(1990, 1, 27)}, {}, None),
        ({"full_name": "Dwi Lestari", "sex": "male"}, {}, None),
        ({"full_name": "Tarno Susilo"}, {}, None),
        ({"full_name": "Tarno Susilo", "phone": "+6281000000347"}, {"phone": "0810-0000-0347"}, None),
    ],
)
def test_somebody_alike_is_shown_with_every_reason(cast, known, typed, reasons):
    PersonFactory(village=cast.randu, **known)
    page = check(cast.client("rina"), **typed)
    alike = page.context["form_checked"].alike
    assert (page.status_code, [list(one.reasons) for one in alike]) == (200, [reasons] if reasons else [])
    assert ("Orang lain: simpan" in page.content.decode()) is bool(reasons)


def test_same_passport_is_a_reason_whatever_the_name(cast):
    client = cast.client("rina")
    expires = {"passport": "C1234567", "passport_expires_on": "1-1-2030"}
    save(client, check(client, **expires))
    page = check(client, key=str(new_key()), full_name="Tarno", sex="male", birth_date="1-1-1980", **expires)
    assert [one.reasons for one in page.context["form_checked"].alike] == [("Nomor paspornya sama.",)]


def test_officer_goes_on_with_another_person_and_nobody_is_merged(cast):
    client = cast.client("rina")
    first = PersonFactory(village=cast.randu, full_name="Dwi Lestari", version=3)
    page = check(client, agency="PT Contoh")
    assert f'href="/people/{first.pk}/"' in page.content.decode()
    assert save(client, page).status_code == 302
    first.refresh_from_db()
    assert (Person.objects.filter(full_name="Dwi Lestari").count(), first.version) == (2, 3)
    assert Migration.objects.get().agency == "PT Contoh"


def test_somebody_alike_of_another_village_is_not_shown(cast):
    PersonFactory(village=cast.bandung, full_name="Dwi Lestari")
    assert check(cast.client("rina")).context["form_checked"].alike == []


def test_somebody_alike_whom_a_colleague_registered_meanwhile_is_shown_before_saving(cast):
    client = cast.client("rina")
    page = check(client)
    other = PersonFactory(village=cast.randu, full_name="Dwi Lestari")
    again = save(client, page)
    assert (again.status_code, [one.person for one in again.context["form_checked"].alike]) == (200, [other])
    assert Person.objects.count() == 1
    assert save(client, again).status_code == 302


# --- standings and dates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "category", "journey"),
    [
        ({"standing": "abroad", "departed_on": "1-2-2025"}, "pmi_active", "abroad"),
        (
            {"standing": "returned", "departed_on": "1-2-2023", "returned_on": "1-2-2025"},
            "pmi_returned",
            "returned",
        ),
        ({"standing": "returned", "returned_on": "1-2-2025"}, "pmi_returned", "returned"),
        ({"standing": "family", "scheme": "", "destination": "", "job": ""}, "family", None),
        ({"standing": "resident", "scheme": "", "destination": "", "job": ""}, "resident", None),
        ({"destination": "-", "job": "-"}, "cpmi", "prospective"),
    ],
)
def test_standing_decides_the_journey(cast, entries, category, journey):
    client = cast.client("rina")
    save(client, check(client, **entries))
    assert Person.objects.get().category == category
    found = Migration.objects.first()
    assert (found.status if found else None) == journey


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({"full_name": " "}, {"full_name": ["Isi nama lengkap."]}),
        ({"sex": ""}, {"sex": ["Pilih jenis kelamin."]}),
        ({"standing": ""}, {"standing": ["Pilih siapa orang ini."]}),
        ({"birth_date": "24-11-2026"}, {"birth_date": ["Tanggal lahir tidak boleh setelah hari ini."]}),
        (
            {"birth_date": "31/02/1990"},
            {"birth_date": ["31-02-1990 tidak ada di kalender. Periksa hari dan bulan."]},
        ),
        ({"nik": "9901012501900000"}, {"nik": ["Periksa empat angka terakhir NIK: tidak boleh 0000."]}),
        ({"card": "12"}, {"card": ["Isi Nomor KK dengan 16 angka."]}),
        ({"passport": "C1234567"}, {"passport_expires_on": ["Isi tanggal habis berlaku paspor."]}),
        ({"next_of_kin_relation": ""}, {"next_of_kin_relation": ["Pilih hubungan keluarga."]}),
        ({"scheme": "sihir"}, {"scheme": ["Pilih salah satu dari daftar."]}),
        ({"destination": "ZZZ"}, {"destination": ["Pilih salah satu dari daftar."]}),
        ({"standing": "abroad"}, {"departed_on": ["Isi tanggal berangkat; perkiraan pun boleh."]}),
        ({"standing": "returned"}, {"returned_on": ["Isi tanggal pulang; perkiraan pun boleh."]}),
        ({"departed_on": "1-2-2025"}, {"departed_on": ["Kosongkan: orang ini belum berangkat."]}),
        (
            {"standing": "returned", "departed_on": "1-2-2025", "returned_on": "31-1-2025"},
            {"returned_on": ["Tanggal pulang tidak boleh sebelum berangkat."]},
        ),
        (
            {"procedural": "non_procedural"},
            {"procedural_basis": ["Tulis dari mana Anda mengetahuinya."]},
        ),
        (
            {"registered_on": "24-11-2026"},
            {"registered_on": ["Tanggal pendaftaran tidak boleh setelah hari ini."]},
        ),
    ],
)
def test_answer_is_refused_in_a_sentence_and_everything_is_kept(cast, entries, errors):
    typed = ANSWERS | {"hamlet": "Krajan", "agency": "PT Contoh"} | entries
    page = cast.client("rina").post(NEW, typed)
    form = page.context["form"]
    assert (page.status_code, form.errors) == (422, errors)
    assert {name: form[name].value() for name in typed} == typed
    assert (Person.objects.count(), Migration.objects.count()) == (0, 0)


def test_minor_is_a_doubt_that_the_check_page_shows(cast):
    page = check(cast.client("rina"), birth_date="24-11-2008")
    assert [doubt.sentence for doubt in page.context["form_checked"].doubts] == [
        "Belum 18 tahun pada 23 November 2026. Undang-undang mensyaratkan 18 tahun."
    ]
    page = check(cast.client("rina"), birth_date="23-11-2008")
    assert page.context["form_checked"].doubts == []


def test_age_the_district_asks_for_is_a_doubt_of_the_check_page(cast):
    RequirementFactory(minimum_age=19, destination="", paper="")
    page = check(cast.client("rina"), birth_date="01-11-2008")
    assert [doubt.code for doubt in page.context["form_checked"].doubts] == ["too_young"]


def test_judged_path_keeps_who_and_when(cast):
    client = cast.client("rina")
    save(client, check(client, procedural="procedural", procedural_basis="Visa kerja dilihat"))
    journey = Migration.objects.get()
    assert (journey.procedural, journey.procedural_by, journey.procedural_basis) == (
        "procedural",
        cast.user("rina"),
        "Visa kerja dilihat",
    )
    assert journey.procedural_at is not None


def test_entries_held_when_the_session_ended_come_back(cast):
    client = cast.client("rina")
    sealed = check(client, nik=NIK).context["sealed"]
    for typed in ({"full_name": "Dwi Lestari", "nik": NIK}, {"sealed": sealed, "step": "save"}):
        hold_form(by=cast.user("rina"), path=NEW, typed=QueryDict(urlencode(typed)))
        form = client.get(f"{NEW}?held=1").context["form"]
        assert (form["full_name"].value(), form["nik"].value()) == ("Dwi Lestari", NIK)
