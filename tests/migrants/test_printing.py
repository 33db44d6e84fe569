"""What is printed or handed over: what stands on a sheet, and above all what does not."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from audit.models import Event
from migrants.numbers import nik_fields
from tests.conftest import TODAY
from tests.factories import (
    CaseFactory,
    CaseHandlerFactory,
    PersonFactory,
    ReferralFactory,
    ServiceVisitFactory,
    TaskFactory,
)

NAME, NIK, TOLD = "Siti Rohmah", "9925104507900007", "Gaji tiga bulan tidak dibayar majikan"


def sheet(client, name, *args, query=""):
    answer = client.get(reverse(f"migrants:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def siti(cast):
    person = PersonFactory(village=cast.randu, full_name=NAME, phone="+6281000000777")
    for column, value in nik_fields(NIK, person=person.pk, village=person.village_id).items():
        setattr(person, column, value)
    person.save()
    return person


@pytest.fixture
def case(cast, siti):
    return CaseFactory(village=cast.randu, person=siti, type="unpaid_wage", narrative=TOLD)


@pytest.fixture
def restricted(cast, siti):
    case = CaseFactory(village=cast.randu, person=siti, type="sexual_violence", narrative=TOLD)
    CaseHandlerFactory(case=case, user=cast.user("rina"))
    return case


@pytest.mark.parametrize(("query", "size"), [("", "a4"), ("?paper=roll", "roll"), ("?paper=poster", "a4")])
def test_receipt_says_number_and_service_and_keeps_the_note_back(cast, siti, query, size):
    visit = ServiceVisitFactory(
        village=cast.randu, person=siti, topic="document", note="Suami melarang", logged_by=cast.user("rina")
    )
    page = sheet(cast.client("rina"), "visit-receipt", visit.pk, query=query)
    assert [word in page for word in (visit.number, NAME, "992510", "Bantuan dokumen", "Rina Wulandari")] == (
        [True] * 5
    )
    assert (NIK in page, "Suami melarang" in page) == (False, False)
    assert (f'<body class="paper {size}">' in page, "<nav" in page) == (True, False)


def test_receipt_of_a_withdrawn_visit_says_so(cast):
    visit = ServiceVisitFactory(
        village=cast.randu,
        withdrawn_at=f"{TODAY}T03:00Z",
        withdrawn_by=cast.user("rina"),
        withdrawn_reason="x",
    )
    assert "tidak dihitung" in sheet(cast.client("rina"), "visit-receipt", visit.pk)


def test_case_sheet_holds_the_whole_case_and_its_printing_is_recorded(cast, case):
    ReferralFactory(case=case, office="BP3MI Jawa Tengah", letter_number="12/DS/2026")
    page = sheet(cast.client("rina"), "case-sheet", case.pk)
    shown = (case.number, NAME, TOLD, "BP3MI Jawa Tengah", "12/DS/2026", "Dicetak", "Rina Wulandari")
    assert [word in page for word in shown] == [True] * 7
    assert (NIK in page, "<nav" in page) == (False, False)
    assert Event.objects.filter(name="case.viewed", subject_id=str(case.pk)).count() == 1


def test_sheet_of_a_restricted_case_is_for_its_handlers_and_offers_the_exit(cast, restricted):
    page = sheet(cast.client("rina"), "case-sheet", restricted.pk)
    assert ("hanya untuk Rina Wulandari dan koordinator" in page, "js/exit" in page) == (True, True)
    for name in ("case-sheet", "case-card", "case-summary"):
        answer = cast.client("teguh").get(reverse(f"migrants:{name}", args=[restricted.pk]))
        assert answer.status_code == 404


@pytest.mark.parametrize("kind", ["case", "restricted"])
def test_card_names_nobody_of_the_family_and_not_the_problem(cast, request, settings, kind):
    settings.HOTLINES = ["Pusat bantuan: 0810-0000-001", "Perwakilan: peduli.example"]
    case = request.getfixturevalue(kind)
    page = sheet(cast.client("rina"), "case-card", case.pk)
    assert ("<dt>Pusat bantuan</dt><dd> 0810-0000-001</dd>" in page, case.number in page) == (True, True)
    hidden = (NAME, NIK, "992510", TOLD, str(case.get_type_display()), "0810-0000-0777")
    assert [word in page for word in hidden] == [False] * 6


def test_words_to_send_say_who_has_the_ball_and_nothing_personal(cast, case):
    case.status = "referred"
    case.save()
    ReferralFactory(case=case, body="police", office="Aiptu Budi Contoh, Polres")
    page = sheet(cast.client("rina"), "case-summary", case.pk)
    words = page[page.index("<textarea") : page.index("</textarea>")]
    shown = (case.number, str(cast.randu), "Dirujuk", "Polisi")
    assert [word in words for word in shown] == [True] * 4
    hidden = (NAME, "Siti", NIK, TOLD, str(case.get_type_display()), "Budi", "0810")
    assert [word in words for word in hidden] == [False] * 7


def test_restricted_case_has_no_words_to_send(cast, restricted):
    client = cast.client("rina")
    assert client.get(reverse("migrants:case-summary", args=[restricted.pk])).status_code == 404
    assert (
        "/summary/" not in client.get(reverse("migrants:case-detail", args=[restricted.pk])).content.decode()
    )


def test_week_lists_what_is_due_and_overdue_and_names_no_restricted_case(cast, siti, restricted):
    for days, text in ((-3, "Antar surat"), (6, "Telepon keluarga"), (7, "Pekan depan")):
        TaskFactory(village=cast.randu, person=siti, text=text, due_on=TODAY + timedelta(days=days))
    TaskFactory(village=cast.randu, case=restricted, person=siti, text="Dampingi visum", due_on=TODAY)
    page = sheet(cast.client("rina"), "task-week")
    assert [
        word in page for word in ("Antar surat", "Telepon keluarga", "Pekan depan", "Dampingi visum")
    ] == ([True, True, False, False])
    assert (page.count("Terlambat"), page.count(NAME), restricted.number in page) == (1, 2, True)
    assert "Dampingi visum" not in sheet(cast.client("teguh"), "task-week")
    assert restricted.number not in sheet(cast.client("teguh"), "task-week")


@pytest.mark.parametrize("rows", [1, 3])
def test_week_asks_the_same_number_of_questions(cast, django_assert_num_queries, rows):
    for turn in range(rows):
        person = PersonFactory(village=cast.randu, full_name=f"Warga {turn}")
        TaskFactory(village=cast.randu, person=person, text=f"Tugas {turn}", due_on=date(2026, 11, 1))
    client = cast.client("rina")
    client.get("/tasks/week/")
    with django_assert_num_queries(4):
        assert client.get("/tasks/week/").content.decode().count('class="tick"') == rows


def test_week_that_does_not_fit_says_so(cast, monkeypatch):
    monkeypatch.setattr("migrants.views.printing.WEEK_ROWS", 2)
    for turn in range(3):
        TaskFactory(village=cast.randu, text=f"Tugas {turn}", due_on=TODAY)
    page = sheet(cast.client("rina"), "task-week")
    assert (page.count('class="tick"'), "tidak muat" in page) == (2, True)
