"""Every text field of every form of this app, fed what nobody should type (issue 2, section 9)."""

import pytest

from accounts.keys import new_key
from migrants.models import Case, CaseEvent, Migration, Person, Referral, ServiceVisit
from tests.conftest import TODAY
from tests.factories import (
    CaseFactory,
    CorrectionFactory,
    MigrationFactory,
    PersonFactory,
    ReferralFactory,
    ServiceVisitFactory,
    TaskFactory,
)
from tests.migrants.test_cases import CASE
from tests.migrants.test_registering import ANSWERS
from tests.migrants.test_visits import VISIT

HTML = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7*7 }}"
BIDI = "Dwi\u202eiratseL\u202c"
BREAK = "PT Contoh\x0b\u00a0Jaya\ufeff"
CONTROL = "Dwi\x07\x1b[31m Lestari\x7f"
MEGABYTE = "x" * 1_048_576
UNREADABLE = "Ketik ulang isian ini: ada karakter yang tidak terbaca."


@pytest.fixture
def place(cast):
    """The addresses of every form in Randu, what each needs besides, and its free text fields."""
    person = PersonFactory(village=cast.randu, full_name="Dwi Lestari")
    journey = MigrationFactory(person=person)
    case = CaseFactory(village=cast.randu, status="verifying")
    solved = CaseFactory(village=cast.randu, status="resolved")
    sent = ReferralFactory(case=CaseFactory(village=cast.randu, status="referred"), body="kbri")
    visit = ServiceVisitFactory(village=cast.randu)
    day = {"on": "23-11-2026"}
    over = CaseFactory(
        village=cast.randu, status="closed", closed_on=TODAY, close_reason="solved", result="Selesai."
    )
    edit = {
        "version": "1",
        "full_name": "Dwi",
        "sex": "female",
        "next_of_kin_name": "Slamet",
        "next_of_kin_relation": "spouse",
        "data_basis": "village_duty",
    }
    further = {
        name: ANSWERS[name] for name in ("scheme", "destination", "job", "procedural", "registered_on")
    }
    return {
        "visit": ("/visits/new/", VISIT, {"visitor_name": 120, "note": 4000}),
        "withdraw": (f"/visits/{visit.pk}/withdraw/", {"why": "other"}, {"words": 120}),
        "register": (
            "/people/new/",
            ANSWERS | {"step": "check", "passport_expires_on": "1-1-2030"},
            {
                "full_name": 120,
                "nickname": 60,
                "hamlet": 80,
                "neighbourhood": 9,
                "agency": 120,
                "employer": 120,
                "procedural_basis": 300,
                "next_of_kin_name": 120,
                "data_basis_note": 200,
            },
        ),
        "edit": (f"/people/{person.pk}/edit/", edit, {"full_name": 120, "hamlet": 80, "nickname": 60}),
        "reveal": (f"/people/{person.pk}/reveal/", {"kind": "nik", "why": "other"}, {"words": 120}),
        "journey": (
            f"/people/{person.pk}/journeys/new/",
            further | {"status_choice": "prospective"},
            {"agency": 120, "employer": 120},
        ),
        "move": (
            f"/journeys/{journey.pk}/move/",
            {"to": "cancelled", "happened_on": "23-11-2026"},
            {"reason": 300},
        ),
        "facts": (
            f"/journeys/{journey.pk}/edit/",
            {"version": "1", "scheme": "p_to_p", "destination": "HKG", "job": "PLRT"},
            {"agency": 120, "employer": 120},
        ),
        "milestone": (
            f"/journeys/{journey.pk}/milestones/visa/",
            {"happened_on": "3-11-2026"},
            {"note": 200},
        ),
        "permit": (
            f"/journeys/{journey.pk}/permit/",
            {"giver_relation": "spouse", "given_on": "23-11-2026"},
            {"giver_name": 120},
        ),
        "paper": (
            f"/journeys/{journey.pk}/papers/health_cert/",
            {"version": "0", "state": "in_hand"},
            {"number": 60},
        ),
        "extend": (
            f"/journeys/{journey.pk}/extend/",
            {"ends_on": "1-12-2027", "agreed_on": "3-11-2026"},
            {"note": 200},
        ),
        "assess": (f"/journeys/{journey.pk}/assess/", {"procedural": "procedural"}, {"basis": 300}),
        "case": (
            "/cases/new/",
            CASE,
            {"narrative": 8000, "subject_name": 120, "reporter_name": 120, "employer": 120, "agency": 120},
        ),
        "note": (f"/cases/{case.pk}/note/", day, {"text": 8000}),
        "step": (f"/cases/{case.pk}/move/", day | {"to": "handling"}, {"text": 4000}),
        "refer": (
            f"/cases/{case.pk}/refer/",
            day | {"body": "kbri", "request": "Mohon"},
            {"request": 4000, "office": 120, "letter_number": 60},
        ),
        "close": (f"/cases/{solved.pk}/close/", day | {"reason": "solved"}, {"result": 4000}),
        "reopen": (f"/cases/{solved.pk}/reopen/", day, {"reason": 4000}),
        "answer": (f"/referrals/{sent.pk}/answer/", day | {"decision": "answered"}, {"answer": 4000}),
        "edit_case": (
            f"/cases/{CaseFactory(village=cast.randu).pk}/edit/",
            {"version": "1", "type": "sick", "severity": "low", "reporter": "self", "channel": "phone"}
            | {"reported_on": "20-11-2026"},
            {"subject_name": 120, "reporter_name": 120, "employer": 120, "agency": 120},
        ),
        "correct": (
            f"/cases/{over.pk}/corrections/new/employer/",
            {"value": "PT Contoh", "reason": "Salah"},
            {"value": 120, "reason": 1000},
        ),
        "decide": (
            f"/corrections/{CorrectionFactory(case=over, asked_by=cast.user('teguh')).pk}/",
            {"decision": "refuse"},
            {"words": 1000},
        ),
        "task": ("/tasks/new/", {"due_on": "24-11-2026"}, {"text": 500}),
        "drop": (f"/tasks/{TaskFactory(village=cast.randu).pk}/drop/", {}, {"why": 500}),
    }


FORMS = (
    *("visit", "withdraw", "register", "edit", "journey", "move", "assess"),
    *("case", "note", "step", "refer", "close", "reopen", "answer", "task", "drop"),
    *("edit_case", "correct", "decide"),
    *("facts", "milestone", "permit", "paper", "extend"),
)


def counts():
    return [model.objects.count() for model in (Person, Migration, ServiceVisit, Case, CaseEvent, Referral)]


@pytest.mark.parametrize("form", [*FORMS, "reveal"])
def test_too_long_a_text_is_refused_in_a_sentence_and_kept(cast, place, form):
    client, before = cast.client("rina"), counts()
    address, needed, fields = place[form]
    if form == "reveal":
        fields = {}  # the person has no number: the page has no form
    for name, longest in fields.items():
        page = client.post(address, needed | {name: MEGABYTE, "key": str(new_key())})
        bound = page.context["form"]
        sentence = f"Tulis paling banyak {longest} huruf."
        assert (page.status_code, bound.errors[name]) == (422, [sentence])
        assert bound[name].value() == MEGABYTE
    assert counts() == before


@pytest.mark.parametrize("hostile", ["Dwi\0Lestari", CONTROL], ids=["nul", "control"])
@pytest.mark.parametrize("form", FORMS)
def test_control_characters_are_refused_beside_the_field_and_kept(cast, place, form, hostile):
    client, before = cast.client("rina"), counts()
    address, needed, fields = place[form]
    for name in fields:
        page = client.post(address, needed | {name: hostile})
        bound = page.context["form"]
        assert (page.status_code, bound.errors[name]) == (422, [UNREADABLE])
        assert bound[name].value() == hostile
    assert counts() == before


@pytest.mark.parametrize("form", FORMS)
def test_html_is_shown_as_text_when_a_form_comes_back(cast, place, form):
    client = cast.client("rina")
    address, needed, fields = place[form]
    broken = {name: "" for name in needed if name not in ("step", "key", "version")}
    html = client.post(address, broken | dict.fromkeys(fields, HTML)).content.decode()
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html


def test_hostile_text_is_cleaned_saved_and_shown_as_text_everywhere(cast):
    client = cast.client("rina")
    page = client.post(
        "/people/new/", ANSWERS | {"step": "check", "full_name": HTML, "hamlet": BIDI, "agency": BREAK}
    )
    assert "<script>alert(1)" not in page.content.decode()
    client.post("/people/new/", {"sealed": page.context["sealed"], "step": "save"})
    person = Person.objects.get()
    assert (person.full_name, person.hamlet) == (HTML, "DwiiratseL")
    assert person.migrations.get().agency == "PT Contoh Jaya"
    client.post("/visits/new/", VISIT | {"person": str(person.pk), "note": HTML})
    client.post("/cases/new/", CASE | {"person": str(person.pk), "narrative": HTML, "employer": HTML})
    case, visit = Case.objects.get(), ServiceVisit.objects.get()
    client.post(f"/cases/{case.pk}/move/", {"to": "verifying", "text": HTML, "on": "23-11-2026"})
    client.post(
        f"/cases/{case.pk}/refer/",
        {"body": "disnaker", "request": HTML, "office": HTML, "letter_number": HTML[:60], "on": "23-11-2026"},
    )
    referral = Referral.objects.get()
    client.post(f"/visits/{visit.pk}/withdraw/", {"why": "other", "words": HTML[:120]})
    for name, pages in {
        "rina": [
            "/people/",
            f"/people/{person.pk}/",
            f"/people/{person.pk}/edit/",
            f"/people/{person.pk}/saved/",
            f"/people/{person.pk}/reveal/",
            f"/journeys/{person.migrations.get().pk}/move/",
            f"/visits/new/?person={person.pk}",
            "/visits/",
            f"/visits/{visit.pk}/",
            f"/visits/{visit.pk}/saved/",
            "/cases/",
            f"/cases/{case.pk}/",
            f"/cases/{case.pk}/saved/",
            f"/cases/{case.pk}/note/",
            "/referrals/",
        ],
        "hendro": ["/referrals/", f"/referrals/{referral.pk}/answer/", f"/cases/{case.pk}/"],
    }.items():
        reader = cast.client(name)
        for address in pages:
            answer = reader.get(address)
            html = answer.content.decode()
            assert (address, answer.status_code) == (address, 200)
            assert "<script>alert(1)" not in html
            assert "<img src=x" not in html
            assert "&lt;script&gt;" in html or address in ("/visits/", f"/visits/{visit.pk}/")


@pytest.mark.parametrize("key", ["", "nonsense", "0193576c-8d1e-7c52-9a40", "' OR 1=1 --"])
def test_nonsense_as_key_is_replaced_by_a_fresh_one(cast, key):
    answer = cast.client("rina").post("/visits/new/", VISIT | {"key": key})
    assert answer.status_code in (302, 422)


@pytest.mark.parametrize("query", ["after=%00", "after=x&after=y"])
def test_hostile_query_is_refused(cast, query):
    assert cast.client("rina").get(f"/visits/?{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["after=nonsense", "after=W10", "month=2026-13", "month=9999999999", "topic='"]
)
def test_odd_query_narrows_nothing(cast, query):
    visit = ServiceVisitFactory(village=cast.randu)
    shown = cast.client("rina").get(f"/visits/?{query}").context["rows"]
    assert [line.id for line in shown] == [visit.pk]
