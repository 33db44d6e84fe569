from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.documents import add_requirement, end_requirement, set_document
from migrants.case_states import IllegalStep
from migrants.models import Document, Requirement
from migrants.queries.documents import checklist_of, least_age, requirements_for
from migrants.versions import ChangedMeanwhile
from tests.conftest import TODAY
from tests.factories import DocumentFactory, MigrationFactory, PersonFactory, RequirementFactory


@pytest.fixture
def journey(cast):
    return MigrationFactory(person=PersonFactory(village=cast.randu, full_name="Dwi Lestari"))


@pytest.fixture
def write(cast, journey):
    def set_one(kind="health_cert", version=0, state="in_hand", by="rina", extra=None, **facts):
        return set_document(
            by=cast.seat(by),
            journey=journey,
            kind=kind,
            extra=extra,
            version=version,
            state=state,
            **facts,
        )

    return set_one


def states(journey, today=TODAY):
    checklist = checklist_of(journey, today)
    return {paper.code: str(paper.state) for paper in checklist.papers}


# --- papers -------------------------------------------------------------------------------------------------


def test_checklist_begins_with_the_eight_papers_of_the_law(journey):
    checklist = checklist_of(journey, TODAY)
    assert [(paper.code, str(paper.state)) for paper in checklist.papers] == [
        ("marital_letter", "missing"),
        ("family_permit", "missing"),
        ("competence_cert", "missing"),
        ("health_cert", "missing"),
        ("passport", "missing"),
        ("work_visa", "missing"),
        ("placement_agreement", "missing"),
        ("work_agreement", "missing"),
    ]
    assert [paper.code for paper in checklist.besides] == ["social_security", "stay_permit"]
    assert (checklist.extras, checklist.done) == ([], 0)


def test_paper_is_checked_by_somebody_and_expires_by_itself(cast, journey, write):
    paper = write(state="checked", number="SKS-1", expires_on=date(2026, 11, 23))
    assert (paper.verified_by, paper.version, paper.number) == (cast.user("rina"), 1, "SKS-1")
    assert checklist_of(journey, date(2026, 11, 23)).done == 1
    late = checklist_of(journey, date(2026, 11, 24))
    assert (str(late.paper("health_cert").state), late.done) == ("expired", 0)
    paper = write(version=1, state="in_hand", expires_on=date(2026, 11, 23))
    assert (paper.verified_by, paper.verified_at, paper.number) == (None, None, "SKS-1")
    paper = write(version=2, state="missing", expires_on=date(2026, 11, 23))
    assert (paper.number, paper.expires_on) == ("", None)


def test_number_lies_sealed_and_is_never_logged(write):
    write(state="in_hand", number="SKS-8871-2026")
    assert b"8871" not in bytes(Document.objects.get().number_sealed)
    assert Event.objects.get(name="document.set").changes == {"state": ["missing", "in_hand"]}


def test_same_paper_twice_writes_once_and_another_version_is_refused(write):
    write(number="A-1")
    assert write(number="A-1").version == 1
    with pytest.raises(ChangedMeanwhile):
        write(by="teguh", state="checked")
    assert Document.objects.get().state == "in_hand"


def test_passport_of_an_open_journey_becomes_the_persons(journey, write):
    write(kind="passport", state="checked", number="C1234567", expires_on=date(2036, 6, 1))
    journey.person.refresh_from_db()
    assert (journey.person.passport, journey.person.passport_expires_on) == ("C1234567", date(2036, 6, 1))


def test_passport_of_an_ended_journey_stays_there(cast, write, journey):
    journey.status, journey.returned_on = "returned", date(2026, 1, 1)
    journey.save()
    write(kind="passport", state="checked", number="C1234567", expires_on=date(2020, 6, 1))
    journey.person.refresh_from_db()
    assert journey.person.passport == ""


@pytest.mark.parametrize("name", ["sari", "hendro", "kades"])
def test_only_the_own_village_writes_papers(write, name):
    with pytest.raises(NotPermitted):
        write(by=name)


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "expired"},
        {"state": "checked"},
        {"state": "missing", "issued_on": date(2026, 1, 1)},
        {"issued_on": date(2026, 2, 1), "expires_on": date(2026, 1, 1)},
        {"kind": "extra"},
    ],
)
def test_database_refuses_a_paper_that_contradicts_itself(journey, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentFactory(migration=journey, **facts)


# --- what a district asks for -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({}, True),
        ({"destination": "TWN"}, True),
        ({"destination": "SGP"}, False),
        ({"job": "CARE"}, True),
        ({"job": "PLRT"}, False),
        ({"destination": "TWN", "job": "PLRT"}, False),
        ({"valid_from": date(2026, 11, 24)}, False),
        ({"valid_to": date(2026, 11, 22)}, False),
        ({"valid_to": date(2026, 11, 23)}, True),
    ],
)
def test_requirement_fits_by_country_work_and_day(journey, facts, asked):
    row = RequirementFactory(**facts)
    assert requirements_for(journey, TODAY) == ([row] if asked else [])


def test_requirement_of_another_district_is_not_asked(cast, journey):
    RequirementFactory(district=cast.kenanga.district)
    assert requirements_for(journey, TODAY) == []


def test_least_age_is_eighteen_or_the_highest_asked(journey):
    assert least_age([]) == 18
    rows = [RequirementFactory(paper="", minimum_age=age) for age in (19, 21)]
    assert least_age([*rows, RequirementFactory()]) == 21


@pytest.mark.parametrize(
    ("born", "met"), [(date(2005, 11, 23), True), (date(2005, 11, 24), False), (None, None)]
)
def test_age_condition_follows_the_district(cast, born, met):
    RequirementFactory(paper="", minimum_age=21, destination="TWN")
    journey = MigrationFactory(person=PersonFactory(village=cast.randu, birth_date=born))
    assert checklist_of(journey, TODAY).conditions[0].met is met


def test_conditions_follow_the_papers(journey, write):
    write(kind="competence_cert", state="checked")
    write(kind="health_cert", state="in_hand", expires_on=date(2026, 1, 1))
    write(kind="social_security", state="not_required")
    assert [condition.met for condition in checklist_of(journey, TODAY).conditions] == [
        True,
        True,
        False,
        True,
        False,
    ]


def test_extra_paper_is_listed_and_stays_once_somebody_wrote_of_it(cast, journey, write):
    row = RequirementFactory()
    assert [paper.label for paper in checklist_of(journey, TODAY).extras] == ["Fotokopi akta kelahiran"]
    write(kind="extra", extra=row, state="checked")
    end_requirement(by=cast.seat("hendro"), requirement=row, last_day=date(2026, 11, 1))
    assert [str(paper.state) for paper in checklist_of(journey, TODAY).extras] == ["checked"]


def test_coordinator_sets_and_ends_for_the_own_district_only(cast):
    key = new_key()
    facts = {"source": "Perbup 1/2026", "valid_from": TODAY, "paper": "AK-1"}
    for _turn in range(2):
        row = add_requirement(by=cast.seat("hendro"), key=key, **facts).row
    assert (Requirement.objects.count(), row.district_id) == (1, "33.25")
    for name in ("rina", "lina", "maya"):
        with pytest.raises(NotPermitted):
            add_requirement(by=cast.seat(name), key=new_key(), **facts)
    with pytest.raises(NotPermitted):
        end_requirement(by=cast.seat("indra"), requirement=row, last_day=TODAY)
    with pytest.raises(IllegalStep):
        end_requirement(by=cast.seat("hendro"), requirement=row, last_day=date(2026, 1, 1))
    for _turn in range(2):
        end_requirement(by=cast.seat("hendro"), requirement=row, last_day=TODAY)
    with pytest.raises(IllegalStep):
        end_requirement(by=cast.seat("hendro"), requirement=row, last_day=date(2026, 12, 1))


@pytest.mark.parametrize(
    "facts",
    [{"minimum_age": 17, "paper": ""}, {"minimum_age": 19}, {"paper": ""}, {"valid_to": date(2020, 1, 1)}],
)
def test_database_refuses_a_requirement_of_neither_or_both(db, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        RequirementFactory(**facts)


# --- pages --------------------------------------------------------------------------------------------------


def test_page_writes_a_paper(cast, journey):
    client, address = cast.client("rina"), f"/journeys/{journey.pk}/papers/passport/"
    typed = {
        "version": "0",
        "state": "checked",
        "number": "c 1234567",
        "issued_on": "1-6-2026",
        "expires_on": "1-6-2036",
    }
    assert client.post(address, typed).url == f"/journeys/{journey.pk}/"
    assert client.post(address, typed).url == f"/journeys/{journey.pk}/"
    paper = Document.objects.get()
    assert (paper.number, paper.state, paper.version) == ("C1234567", "checked", 1)
    page = client.get(address).content.decode()
    assert "C1234567" not in page
    assert "Sekarang ........67." in page


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({"state": ""}, {"state": ["Pilih keadaan dokumen ini."]}),
        (
            {"state": "missing", "number": "C1234567", "expires_on": "1-1-2030"},
            {"state": ["Pilih “sudah ada” atau “sudah diperiksa”, atau kosongkan nomor dan tanggal."]},
        ),
        (
            {"issued_on": "2-1-2026", "expires_on": "1-1-2026"},
            {"expires_on": ["Dokumen tidak boleh habis berlaku sebelum terbit."]},
        ),
        ({"issued_on": "24-11-2026"}, {"issued_on": ["Tanggal terbit tidak boleh setelah hari ini."]}),
        ({"number": "C1234567"}, {"expires_on": ["Isi tanggal habis berlaku paspor."]}),
        ({"number": "!!"}, {"number": ["Isi nomor paspor dengan huruf dan angka, misalnya C1234567."]}),
    ],
)
def test_page_refuses_a_paper_in_a_sentence(cast, journey, entries, errors):
    typed = {"version": "0", "state": "in_hand"} | entries
    page = cast.client("rina").post(f"/journeys/{journey.pk}/papers/passport/", typed)
    assert (page.status_code, page.context["form"].errors) == (422, errors)


def test_page_asks_back_about_an_expired_paper(cast, journey):
    typed = {"version": "0", "state": "in_hand", "expires_on": "1-1-2026"}
    page = cast.client("rina").post(f"/journeys/{journey.pk}/papers/health_cert/", typed)
    assert [doubt.code for doubt in page.context["form"].open_doubts] == ["expired"]


def test_two_officers_on_one_paper_both_versions_are_shown(cast, journey, write):
    write(by="teguh", state="in_hand")
    client, address = cast.client("rina"), f"/journeys/{journey.pk}/papers/health_cert/"
    typed = {"version": "0", "state": "checked", "number": "SKS-1"}
    page = client.post(address, typed)
    assert page.status_code == 409
    assert [(each.stored, each.typed) for each in page.context["differences"]] == [
        ("Sudah ada", "Sudah diperiksa")
    ]
    again = typed | {"version": page.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302


@pytest.mark.parametrize("code", ["nonsense", "extra", "0193576c-8d1e-7c52-9a40-0193576c8d1e"])
def test_unknown_paper_does_not_exist(cast, journey, code):
    assert cast.client("rina").get(f"/journeys/{journey.pk}/papers/{code}/").status_code == 404


def test_number_is_shown_with_a_reason_and_recorded(cast, journey, write):
    write(number="SKS-8871")
    client, address = cast.client("hendro"), f"/journeys/{journey.pk}/papers/health_cert/number/"
    assert "SKS-8871" not in client.get(address).content.decode()
    assert client.post(address, {"why": "other"}).status_code == 422
    assert "SKS-8871" in client.post(address, {"why": "check"}).content.decode()
    assert Event.objects.get(name="document.number_revealed").reason == "Untuk mencocokkan dengan KTP"
    assert client.get(f"/journeys/{journey.pk}/papers/passport/number/").status_code == 404


def test_checklist_to_print_masks_numbers_at_the_same_cost(cast, journey, write, django_assert_num_queries):
    client, address = cast.client("rina"), f"/journeys/{journey.pk}/checklist/"
    write(number="SKS-8871", state="checked")
    client.get(address)
    with django_assert_num_queries(CHECKLIST_QUERIES):
        page = client.get(address).content.decode()
    assert ("SKS-8871" in page, "........71" in page) == (False, True)
    assert "Dicetak 23 November 2026, 08.15 WIB oleh Rina Wulandari." in page
    for row in (RequirementFactory(), RequirementFactory(paper="AK-1")):
        write(kind="extra", extra=row, state="checked")
    with django_assert_num_queries(CHECKLIST_QUERIES):
        client.get(address)


CHECKLIST_QUERIES = 9


@pytest.mark.parametrize("rows", [1, 3])
def test_requirements_cost_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    for number in range(rows):
        RequirementFactory(paper=f"Surat {number}", made_by=cast.user("hendro"))
    client = cast.client("hendro")
    client.get("/requirements/")
    with django_assert_num_queries(4):
        page = client.get("/requirements/")
    assert len(page.context["rows"].rows) == rows


def test_coordinator_adds_and_ends_on_pages(cast):
    client = cast.client("hendro")
    typed = {
        "key": str(new_key()),
        "what": "age",
        "minimum_age": "21",
        "destination": "SGP",
        "job": "-",
        "source": "Surat Kepala Disnaker 1/2026",
        "valid_from": "1-11-2026",
    }
    assert [client.post("/requirements/new/", typed).status_code for _turn in range(2)] == [302, 302]
    row = Requirement.objects.get()
    assert (row.minimum_age, row.destination, row.job, row.paper) == (21, "SGP", "", "")
    address = f"/requirements/{row.pk}/end/"
    page = client.post(address, {"last_day": "31-10-2026"})
    assert page.context["form"].errors == {
        "last_day": ["Tanggal terakhir tidak boleh sebelum tanggal mulai."]
    }
    assert client.post(address, {"last_day": "30-11-2026"}).url == "/requirements/"
    assert client.post(address, {"last_day": "1-12-2026"}).status_code == 409


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({"what": ""}, {"what": ["Pilih usia atau dokumen."]}),
        ({"minimum_age": "17"}, {"minimum_age": ["Undang-undang meminta 18 tahun: isi 18 atau lebih."]}),
        ({"minimum_age": ""}, {"minimum_age": ["Isi usia dalam tahun."]}),
        ({"minimum_age": "99999"}, {"minimum_age": ["Isi usia paling tinggi 60."]}),
        ({"what": "paper"}, {"paper": ["Isi nama dokumen."]}),
        ({"source": ""}, {"source": ["Sebutkan keputusan atau surat yang memintanya."]}),
        ({"source": "x\0"}, {"source": ["Ketik ulang isian ini: ada karakter yang tidak terbaca."]}),
    ],
)
def test_page_refuses_a_requirement_in_a_sentence(cast, entries, errors):
    typed = {
        "what": "age",
        "minimum_age": "21",
        "destination": "-",
        "job": "-",
        "source": "Perbup",
        "valid_from": "1-1-2026",
    }
    page = cast.client("hendro").post("/requirements/new/", typed | entries)
    assert (page.status_code, page.context["form"].errors) == (422, errors)
