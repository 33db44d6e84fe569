from datetime import date

import pytest

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.people import NikTaken, change_person, register_person, reveal_number
from migrants.models import Household, Person
from migrants.queries.people import Search, SearchKind, order_of, people_found, read_search
from migrants.versions import ChangedMeanwhile
from tests.conftest import TODAY
from tests.factories import CaseFactory, MigrationFactory, PersonFactory, ServiceVisitFactory

NIK = "9901016501900002"  # a woman born on 25 January 1990
NIK_MASKED = "990101........02"
KK = "9901010101200007"


def register(cast, name="Dwi Lestari", by="rina", **numbers):
    facts = {"full_name": name, "sex": "female", "phone": "+6281000000347"}
    return register_person(by=cast.seat(by), key=new_key(), category="cpmi", facts=facts, **numbers).row


# --- what a search asks for -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("", Search(SearchKind.NOTHING)),
        ("   \u200e ", Search(SearchKind.TOO_SHORT)),
        ("Dw", Search(SearchKind.TOO_SHORT)),
        ("Dwi", Search(SearchKind.NAME, "Dwi")),
        ("  dwi   lestari ", Search(SearchKind.NAME, "dwi lestari")),
        ("12", Search(SearchKind.TOO_SHORT)),
        ("0002", Search(SearchKind.NIK_TAIL, "0002")),
        ("9901 0165 0190 0002", Search(SearchKind.NIK, NIK)),
        ("9901017201900003", Search(SearchKind.TOO_SHORT)),
        ("0810-0000-0347", Search(SearchKind.PHONE, "+6281000000347")),
        ("+62 810 0000 0347", Search(SearchKind.PHONE, "+6281000000347")),
        ("c1234567", Search(SearchKind.PASSPORT, "C1234567")),
        ("x" * 50_000, Search(SearchKind.NAME, "x" * 120)),
        ("9" * 50_000, Search(SearchKind.TOO_SHORT)),
        ("a1b2", Search(SearchKind.TOO_SHORT)),
    ],
)
def test_search_is_read(text, search):
    assert read_search(text, TODAY) == search


def found(cast, name, text):
    search = read_search(text, TODAY)
    return [person.full_name for person in people_found(cast.seat(name), search).order_by(*order_of(search))]


def test_people_are_found_by_name_number_and_phone_in_the_own_village_only(cast):
    register(cast, nik=NIK, passport="C1234567")
    register(cast, "dwi Lestari kecil")
    register(cast, "Dwi Lestari Kenanga", by="dewi", nik=NIK, passport="C1234567")
    for text in ("0002", NIK, "C1234567"):
        assert found(cast, "rina", text) == ["Dwi Lestari"]
        assert found(cast, "sari", text) == []
    assert found(cast, "rina", "LESTARI dwi") == ["Dwi Lestari", "dwi Lestari kecil"]
    assert found(cast, "rina", "081000000347") == ["Dwi Lestari", "dwi Lestari kecil"]
    assert found(cast, "kades", "Dwi") == []


def test_coordinator_finds_people_of_the_whole_district_and_no_other(cast):
    register(cast, "Dwi Randu", nik=NIK)
    register(cast, "Dwi Bandung", by="sari", nik=NIK)
    register(cast, "Dwi Kenanga", by="dewi", nik=NIK)
    for text in ("Dwi", "0002", NIK):
        assert sorted(found(cast, "hendro", text)) == ["Dwi Bandung", "Dwi Randu"]


def test_percent_and_underscore_are_letters_not_wildcards(cast):
    register(cast)
    register(cast, "Kartono")
    assert found(cast, "rina", "Kar%_no") == ["Kartono"]  # it sounds alike
    assert found(cast, "rina", "%___zzz%") == []
    assert found(cast, "rina", "Les%%%%%%%no\\") == []


# --- the list ---------------------------------------------------------------------------------------------


def test_searched_text_never_stands_in_an_address(cast):
    register(cast, nik=NIK)
    client = cast.client("rina")
    for asked in (client.post("/people/", {"q": NIK}), client.get("/people/", {"q": NIK})):
        assert asked.status_code == 302
        assert NIK not in asked.url
        page = client.get(asked.url)
        assert [person.full_name for person in page.context["rows"]] == ["Dwi Lestari"]
    assert list(Event.objects.filter(name="people.searched").values_list("subject_label", flat=True)) == [
        "nik",
        "nik",
    ]
    assert NIK not in str(client.session.items())


def test_kept_search_is_the_persons_own(cast):
    register(cast)
    address = cast.client("rina").post("/people/", {"q": "Dwi"}).url
    page = cast.client("teguh").get(address)
    assert page.context["text"] == ""


def test_too_short_a_search_says_what_to_type(cast):
    client = cast.client("rina")
    page = client.get(client.post("/people/", {"q": "Dw"}).url)
    assert "Ketik paling sedikit 3 huruf nama" in page.content.decode()
    assert Event.objects.filter(name="people.searched").count() == 0


def test_list_shows_masked_numbers_and_both_links(cast):
    person = register(cast, nik=NIK)
    html = cast.client("rina").get("/people/").content.decode()
    assert NIK not in html
    assert NIK_MASKED in html
    assert f'href="/people/{person.pk}/"' in html
    assert f'href="/visits/new/?person={person.pk}"' in html


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    for number in range(rows):
        register(cast, f"Warga {number}")
    client = cast.client("rina")
    with django_assert_num_queries(5):
        assert len(client.get("/people/").context["rows"]) == rows


def test_list_pages_by_name_with_no_name_in_the_address(cast):
    names = [f"Warga {number:02d}" for number in range(30)]
    for name in reversed(names):
        PersonFactory(village=cast.randu, full_name=name)
    client = cast.client("rina")
    first = client.get("/people/").context["rows"]
    second = client.get("/people/", {"after": first.after}).context["rows"]
    assert [person.full_name for person in [*first, *second]] == names
    assert first.after == str(first.rows[-1].pk)


# --- one person -------------------------------------------------------------------------------------------


def test_page_shows_the_person_masked_and_records_who_looked(cast):
    person = register(cast, nik=NIK, card=KK)
    sister = register(cast, "Sri Lestari", card=KK)
    MigrationFactory(person=person, destination="TWN", job="CARE")
    ServiceVisitFactory(village=cast.randu, person=person, logged_by=cast.user("rina"))
    html = cast.client("rina").get(f"/people/{person.pk}/").content.decode()
    for text in (NIK_MASKED, "Taiwan", "Perawat Lansia", "0810-0000-0347", sister.full_name):
        assert text in html
    assert NIK not in html
    assert KK not in html
    assert Event.objects.get(name="person.viewed").subject_label == "Dwi Lestari"


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    person = register(cast, card=KK)
    for number in range(rows):
        register(cast, f"Saudara {number}", card=KK)
        MigrationFactory(person=person, status="returned")
        ServiceVisitFactory(village=cast.randu, person=person, logged_by=cast.user("rina"))
        CaseFactory(village=cast.randu, person=person)
    client = cast.client("rina")
    with django_assert_num_queries(16):
        client.get(f"/people/{person.pk}/")


def test_restricted_case_does_not_show_on_the_persons_page(cast):
    person = PersonFactory(village=cast.randu)
    case = CaseFactory(village=cast.randu, person=person, type="trafficking_suspected")
    html = cast.client("rina").get(f"/people/{person.pk}/").content.decode()
    assert case.number not in html
    assert "Kasus terbuka" not in html
    assert case.number in cast.client("hendro").get(f"/people/{person.pk}/").content.decode()


def test_person_of_another_village_answers_as_one_that_does_not_exist(cast):
    client, other = cast.client("rina"), PersonFactory(village=cast.kenanga)
    for action in ("", "edit/", "reveal/", "saved/", "journeys/new/"):
        assert client.get(f"/people/{other.pk}/{action}").status_code == 404
    assert Event.objects.filter(name="person.viewed").count() == 0


# --- change -----------------------------------------------------------------------------------------------


def entries(person, **changes):
    typed = {
        "key": str(new_key()),
        "version": person.version,
        "full_name": person.full_name,
        "sex": person.sex,
        "birth_date": "25-01-1990",
        "phone": "0810-0000-0347",
        "next_of_kin_name": "Slamet",
        "next_of_kin_relation": "spouse",
        "data_basis": "village_duty",
    }
    return {**typed, **changes}


def test_change_is_saved_with_its_difference_in_the_log(cast):
    person = PersonFactory(village=cast.randu, full_name="Dwi Lestari", phone="+6281000000001")
    client = cast.client("rina")
    form = client.get(f"/people/{person.pk}/edit/").context["form"]
    assert form["phone"].value() == "+6281000000001"
    answer = client.post(f"/people/{person.pk}/edit/", entries(person, hamlet="Krajan"))
    assert answer.url == f"/people/{person.pk}/"
    person.refresh_from_db()
    assert (person.hamlet, person.phone, person.version) == ("Krajan", "+6281000000347", 2)
    changes = Event.objects.get(name="person.changed").changes
    assert changes["hamlet"] == ["", "Krajan"]
    assert changes["phone"] == ["+6..........01", "+6..........47"]


def test_change_without_a_difference_writes_nothing(cast):
    person = PersonFactory(village=cast.randu)
    facts = {"full_name": person.full_name, "sex": person.sex}
    change_person(by=cast.seat("rina"), person=person, version=1, facts=facts)
    person.refresh_from_db()
    assert (person.version, Event.objects.filter(name="person.changed").count()) == (1, 0)


def test_second_of_two_officers_sees_both_versions_and_nothing_is_overwritten(cast):
    person = PersonFactory(village=cast.randu, full_name="Dwi Lestari")
    address = f"/people/{person.pk}/edit/"
    first, second = cast.client("rina"), cast.client("teguh")
    assert first.post(address, entries(person, hamlet="Krajan")).status_code == 302
    page = second.post(address, entries(person, hamlet="Dukuh Lor", neighbourhood="002/001"))
    assert page.status_code == 409
    differences = [(d.label, d.stored, d.typed) for d in page.context["differences"]]
    assert differences == [("Dusun", "Krajan", "Dukuh Lor"), ("RT/RW", "–", "002/001")]
    form = page.context["form"]
    assert (form["hamlet"].value(), form["version"].value()) == ("Dukuh Lor", 2)
    person.refresh_from_db()
    assert (person.hamlet, person.version) == ("Krajan", 2)
    assert second.post(address, entries(person, hamlet="Dukuh Lor", version=2)).status_code == 302
    person.refresh_from_db()
    assert (person.hamlet, person.version) == ("Dukuh Lor", 3)


def test_old_version_is_refused_in_the_action_too(cast):
    person = PersonFactory(village=cast.randu, version=4)
    with pytest.raises(ChangedMeanwhile) as refused:
        change_person(by=cast.seat("rina"), person=person, version=3, facts={"hamlet": "Lain"})
    assert refused.value.now.hamlet == ""


def test_empty_number_keeps_what_is_known_and_a_new_one_replaces_it(cast):
    person = register(cast, nik=NIK)
    client, address = cast.client("rina"), f"/people/{person.pk}/edit/"
    assert NIK_MASKED in client.get(address).content.decode()
    client.post(address, entries(person))
    person.refresh_from_db()
    assert person.nik == NIK
    other = "9901016501900010"
    asked = client.post(address, entries(person, nik=other))
    assert asked.status_code == 422  # province 99 exists only in practice: asked once
    client.post(address, entries(person, nik=other, confirmed=asked.context["form"].doubt_codes))
    person.refresh_from_db()
    assert person.nik == other
    assert Event.objects.order_by("id").filter(name="person.changed").last().changes == {
        "nik": [NIK_MASKED, "990101........10"]
    }


def test_number_of_somebody_else_in_the_village_is_refused_with_the_way_there(cast):
    known, person = register(cast, nik=NIK), register(cast, "Sri")
    page = cast.client("rina").post(f"/people/{person.pk}/edit/", entries(person, nik=NIK))
    assert page.status_code == 422
    assert page.context["form"].errors["nik"] == ["NIK ini sudah terdaftar di desa Anda. Buka data yang ada."]
    assert f'href="/people/{known.pk}/"' in page.content.decode()
    with pytest.raises(NikTaken):
        change_person(by=cast.seat("rina"), person=person, version=1, facts={}, nik=NIK)


def test_change_that_makes_two_people_alike_is_asked_once_and_an_old_pair_is_not(cast):
    PersonFactory(village=cast.randu, full_name="Dwi Lestari")
    person = PersonFactory(village=cast.randu, full_name="Dewi")
    client, address = cast.client("rina"), f"/people/{person.pk}/edit/"
    asked = client.post(address, entries(person, full_name="Dwi Lestary"))
    form = asked.context["form"]
    assert (asked.status_code, len(form.alike), form["full_name"].value()) == (422, 1, "Dwi Lestary")
    assert "Tanggal lahirnya sama." in asked.content.decode()
    typed = entries(person, full_name="Dwi Lestary", confirmed=form.doubt_codes)
    assert client.post(address, typed).status_code == 302
    person.refresh_from_db()
    assert client.post(address, entries(person, hamlet="Krajan")).status_code == 302


def test_same_card_is_one_household(cast):
    people = [register(cast, name, card=KK) for name in ("Dwi", "Sri")]
    assert Household.objects.get().members.count() == 2
    register(cast, "Dwi Kenanga", by="dewi", card=KK)
    assert Household.objects.count() == 2
    assert people[0].household == people[1].household


# --- the full number --------------------------------------------------------------------------------------


def test_full_number_needs_a_reason_is_shown_once_and_recorded(cast):
    person = register(cast, nik=NIK, card=KK)
    client, address = cast.client("rina"), f"/people/{person.pk}/reveal/"
    page = client.post(address, {"kind": "nik"})
    assert (page.status_code, page.context["form"].errors) == (422, {"why": ["Pilih alasan."]})
    assert NIK not in page.content.decode()
    page = client.post(address, {"kind": "nik", "why": "form", "words": "formulir paspor"})
    assert NIK in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    event = Event.objects.get(name="person.number_revealed")
    assert (event.reason, event.subject_label) == (
        "Untuk mengisi formulir resmi: formulir paspor",
        "Dwi Lestari: nik",
    )
    assert KK in client.post(address, {"kind": "kk", "why": "check"}).content.decode()
    assert client.post(address, {"kind": "passport", "why": "check"}).status_code == 422


def test_full_number_is_refused_to_a_role_without_the_right(cast):
    person = register(cast, nik=NIK)
    with pytest.raises(NotPermitted):
        reveal_number(by=cast.seat("lina"), person=person, kind="nik", reason="x")
    assert Event.objects.filter(name="person.number_revealed").count() == 0


def test_reason_that_holds_a_number_is_masked_in_the_log(cast):
    person = register(cast, nik=NIK)
    cast.client("rina").post(
        f"/people/{person.pk}/reveal/", {"kind": "nik", "why": "other", "words": f"cek {NIK}"}
    )
    assert NIK not in Event.objects.get(name="person.number_revealed").reason


def test_numbers_lie_sealed_and_do_not_open_in_another_row(cast):
    from accounts.sealing import SealBroken

    person, other = register(cast, nik=NIK), register(cast, "Sri")
    raw = Person.objects.values("nik_sealed", "nik_digest", "nik_tail_digest").get(pk=person.pk)
    assert NIK.encode() not in b"".join(bytes(value) for value in raw.values())
    Person.objects.filter(pk=other.pk).update(
        nik_sealed=raw["nik_sealed"], nik_digest=b"x" * 16, nik_tail_digest=b"x" * 16
    )
    other.refresh_from_db()
    with pytest.raises(SealBroken):
        _ = other.nik


def test_age_is_counted_in_completed_years():
    person = Person(birth_date=date(2008, 11, 24))
    assert (person.age_on(date(2026, 11, 23)), person.age_on(date(2026, 11, 24))) == (17, 18)
