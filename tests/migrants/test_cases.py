from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.access import visible_cases, visible_referrals
from migrants.actions.cases import close_case, move_case, name_handler, note_case, open_case, reopen_case
from migrants.actions.referrals import answer_referral, receive_referral, refer_case
from migrants.case_states import IllegalStep
from migrants.models import Case, CaseEvent, CaseHandler, Referral
from migrants.queries.cases import (
    ball_of,
    cases_closed,
    cases_idle,
    cases_in_list,
    cases_open,
    cases_reported,
    referrals_for_district,
    referrals_waiting,
)
from tests.conftest import TODAY
from tests.factories import (
    CaseFactory,
    CaseHandlerFactory,
    PersonFactory,
    ReferralFactory,
    ServiceVisitFactory,
)

NEW = "/cases/new/"
SECRET = "Majikan menahan paspor dan memukul"
CASE = {
    "key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6a1",
    "type": "unpaid_wage",
    "reporter": "spouse",
    "narrative": SECRET,
    "channel": "walk_in",
    "reported_on": "20-11-2026",
}


def opened(cast, by="rina", **entries):
    facts = {"reporter": "spouse", "reported_on": date(2026, 11, 10)}
    entries = {"type": "unpaid_wage", "narrative": SECRET} | entries
    return open_case(by=cast.seat(by), key=new_key(), facts=facts, **entries).row


def referred(cast, case=None, body="disnaker", by="rina", **entries):
    case = case or opened(cast, by=by, **entries)
    move_case(by=cast.seat(by), case=case, to="verifying", on=TODAY)
    referral = refer_case(
        by=cast.seat(by), case=case, key=new_key(), body=body, request="Mohon bantuan", on=TODAY
    ).row
    case.refresh_from_db()
    return case, referral


def logged(*names):
    return list(Event.objects.filter(name__in=names).order_by("id").values_list("name", flat=True))


# --- open ---------------------------------------------------------------------------------------------------


def test_officer_opens_a_case_on_one_page(cast):
    dwi = PersonFactory(village=cast.randu, full_name="Dwi Lestari")
    client = cast.client("rina")
    form = client.get(NEW, {"person": str(dwi.pk)}).context["form"]
    required = [name for name, field in form.fields.items() if field.required]
    assert required == ["type", "reporter", "narrative", "channel", "reported_on"]
    answer = client.post(NEW, CASE | {"person": str(dwi.pk)})
    case = Case.objects.get()
    assert answer.url == f"/cases/{case.pk}/saved/"
    assert (case.person, case.severity, case.status, case.restricted) == (dwi, "high", "new", False)
    assert case.number.startswith("KS-2611-")
    saved = client.get(answer.url).content.decode()
    assert case.number in saved
    assert f'href="/cases/{case.pk}/"' in saved
    assert list(CaseEvent.objects.values_list("kind", "to_status")) == [("opened", "new")]


@pytest.mark.parametrize(
    ("type", "severity"), [("death", "critical"), ("deported", "medium"), ("other", "low")]
)
def test_urgency_is_proposed_by_the_kind_and_may_be_changed(cast, type, severity):  # noqa: A002
    client = cast.client("rina")
    client.post(NEW, CASE | {"type": type})
    client.post(NEW, CASE | {"type": type, "key": str(new_key()), "severity": "high"})
    assert list(Case.objects.order_by("opened_at", "id").values_list("severity", flat=True)) == [
        severity,
        "high",
    ]


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({"type": ""}, {"type": ["Pilih jenis masalah."]}),
        ({"reporter": ""}, {"reporter": ["Pilih siapa yang melapor."]}),
        ({"narrative": " \n "}, {"narrative": ["Tulis apa yang terjadi dalam beberapa kalimat."]}),
        ({"reported_on": "24-11-2026"}, {"reported_on": ["Tanggal laporan tidak boleh setelah hari ini."]}),
        ({"incident_on": "21-11-2026"}, {"incident_on": ["Kejadian tidak boleh setelah laporan."]}),
        ({"country": "ZZZ"}, {"country": ["Pilih salah satu dari daftar."]}),
        (
            {"reporter": "anonymous", "reporter_name": "Bu Sri"},
            {"reporter_name": ["Kosongkan: pelapor tidak mau disebut namanya."]},
        ),
        (
            {"reporter_phone": "nol"},
            {
                "reporter_phone": [
                    "Isi nomor telepon dengan angka, misalnya 0812-3456-7890 atau +852 9123 4567."
                ]
            },
        ),
    ],
)
def test_entry_is_refused_in_a_sentence_and_everything_is_kept(cast, entries, errors):
    typed = CASE | {"employer": "PT Contoh", "severity": "critical"} | entries
    page = cast.client("rina").post(NEW, typed)
    form = page.context["form"]
    assert (page.status_code, form.errors) == (422, errors)
    assert {name: form[name].value() for name in typed} == typed
    assert (Case.objects.count(), CaseEvent.objects.count()) == (0, 0)


def test_form_sent_twice_opens_one_case(cast):
    client = cast.client("rina")
    first, second = (client.post(NEW, CASE) for _turn in range(2))
    assert second.url == f"{first.url}?again=1"
    assert (Case.objects.count(), CaseEvent.objects.count(), CaseHandler.objects.count()) == (1, 1, 1)
    assert logged("case.opened") == ["case.opened"]


# --- what was told ------------------------------------------------------------------------------------------


def test_what_was_told_lies_sealed_and_never_in_the_log(cast):
    case, referral = referred(cast)
    note_case(by=cast.seat("rina"), case=case, key=new_key(), text=SECRET, on=TODAY)
    answer_referral(by=cast.seat("hendro"), referral=referral, answer=SECRET, on=TODAY)
    move_case(by=cast.seat("rina"), case=case, to="resolved", on=TODAY, text=SECRET)
    close_case(by=cast.seat("rina"), case=case, reason="solved", result=SECRET, on=TODAY)
    with connection.cursor() as cursor:
        for table in ("migrants_case", "migrants_caseevent", "migrants_referral", "audit_event"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s", ["%paspor%"])
            assert (table, cursor.fetchone()[0]) == (table, 0)
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s", [f"%{b'paspor'.hex()}%"])
            assert (table, cursor.fetchone()[0]) == (table, 0)
    case.refresh_from_db()
    referral.refresh_from_db()
    assert (case.narrative, case.result, referral.answer) == (SECRET, SECRET, SECRET)


def test_sealed_text_does_not_open_in_another_case(cast):
    from accounts.sealing import SealBroken

    case, other = opened(cast), opened(cast)
    Case.objects.filter(pk=other.pk).update(narrative_sealed=case.narrative_sealed)
    other.refresh_from_db()
    with pytest.raises(SealBroken):
        _ = other.narrative


@pytest.mark.parametrize(
    "statement", ["UPDATE migrants_caseevent SET kind = 'note'", "DELETE FROM migrants_caseevent"]
)
def test_timeline_is_never_rewritten(cast, statement):
    opened(cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert CaseEvent.objects.count() == 1


def test_database_keeps_restricted_types_restricted_and_closed_cases_dated(cast):
    case = opened(cast)
    for change in ({"type": "trafficking_suspected"}, {"status": "closed"}, {"closed_on": TODAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(**change)


# --- restricted cases ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("type", ["trafficking_suspected", "sexual_violence", "child_neglect"])
def test_restricted_case_exists_for_its_handler_and_the_district_coordinator_only(cast, type):  # noqa: A002
    case, referral = referred(cast, opened(cast, type=type))
    seen = {
        name: (
            visible_cases(cast.seat(name)).filter(pk=case.pk).exists(),
            visible_referrals(cast.seat(name)).filter(pk=referral.pk).exists(),
        )
        for name in ("rina", "teguh", "sari", "kades", "hendro", "lina", "indra", "maya", "sys", "audi")
    }
    assert {name for name, rows in seen.items() if rows == (True, True)} == {"rina", "hendro"}
    assert {rows for name, rows in seen.items() if name not in ("rina", "hendro")} == {(False, False)}


def test_restricted_case_leaves_no_trace_on_the_colleagues_pages(cast):
    dwi = PersonFactory(village=cast.randu, full_name="Dwi Lestari")
    case, referral = referred(cast, opened(cast, type="sexual_violence", person=dwi))
    colleague = cast.client("teguh")
    pages = [
        "/cases/",
        "/cases/?state=all",
        "/cases/?state=mine",
        "/cases/?kind=sexual_violence",
        "/referrals/",
        f"/people/{dwi.pk}/",
        "/visits/",
    ]
    assert [page for page in pages if case.number in colleague.get(page).content.decode()] == []
    for action in ("", "note/", "move/", "refer/", "close/", "reopen/", "handlers/", "saved/"):
        there = colleague.get(f"/cases/{case.pk}/{action}")
        nowhere = colleague.get(f"/cases/{new_key()}/{action}")
        assert (there.status_code, nowhere.status_code) == (404, 404)
    assert colleague.get(f"/referrals/{referral.pk}/answer/").status_code == 404


def test_two_handlers_do_not_double_a_case_in_lists(cast):
    case = CaseFactory(village=cast.randu)
    for name in ("rina", "teguh"):
        CaseHandlerFactory(case=case, user=cast.user(name))
    ReferralFactory(case=case)
    assert visible_cases(cast.seat("rina")).count() == 1
    assert visible_referrals(cast.seat("rina")).count() == 1


def test_handler_lets_a_colleague_in_and_it_is_recorded(cast):
    case = opened(cast, type="trafficking_suspected")
    client, address = cast.client("rina"), f"/cases/{case.pk}/handlers/"
    assert [label for _key, label in client.get(address).context["form"].fields["user"].choices] == [
        "Teguh Prasetyo"
    ]
    assert client.post(address, {"user": str(cast.user("teguh").pk)}).status_code == 302
    assert cast.client("teguh").get(f"/cases/{case.pk}/").status_code == 200
    assert Event.objects.get(name="handler.named").subject_label == f"{case.number}: Teguh Prasetyo"


def test_only_serving_officers_of_the_village_become_handlers(cast):
    case = opened(cast, type="trafficking_suspected")
    for name in ("sari", "former", "kades", "maya"):
        with pytest.raises(NotPermitted):
            name_handler(by=cast.seat("rina"), case=case, user=cast.user(name))
    with pytest.raises(NotPermitted):
        name_handler(by=cast.seat("rina"), case=opened(cast), user=cast.user("teguh"))
    assert CaseHandler.objects.filter(case=case).count() == 1


def test_protection_pages_have_the_quick_exit_and_others_have_not(cast):
    client = cast.client("rina")
    pages = {
        case.restricted: client.get(f"/cases/{case.pk}/").content.decode()
        for case in (opened(cast), opened(cast, type="sexual_violence"))
    }
    assert {restricted: "data-exit" in html for restricted, html in pages.items()} == {
        False: False,
        True: True,
    }


# --- handle -------------------------------------------------------------------------------------------------


def test_case_walks_from_the_village_to_the_district_and_back(cast):
    case, referral = referred(cast)
    rina, hendro = cast.client("rina"), cast.client("hendro")
    waiting = hendro.get("/referrals/").context["rows"]
    assert list(waiting) == [referral]
    page = hendro.get(f"/cases/{case.pk}/")
    assert page.context["ball"].mine is True
    assert rina.get(f"/cases/{case.pk}/").context["ball"].where == "Dinas Tenaga Kerja (Disnaker)"
    answer = f"/referrals/{referral.pk}/answer/"
    hendro.post(answer, {"decision": "received", "on": "23-11-2026"})
    case.refresh_from_db()
    assert case.status == "in_progress_external"
    hendro.post(answer, {"decision": "answered", "answer": "Agensi akan membayar", "on": "23-11-2026"})
    page = rina.get(f"/cases/{case.pk}/")
    assert (page.context["ball"].mine, page.context["ball"].next) == (
        True,
        "Berikutnya: sampaikan jawaban ke keluarga, lalu tandai selesai.",
    )
    html = page.content.decode()
    assert "Agensi akan membayar" in html
    assert "<strong>Hendro Wibowo</strong> mencatat jawaban rujukan." in html
    rina.post(f"/cases/{case.pk}/move/", {"to": "resolved", "text": "Gaji diterima", "on": "23-11-2026"})
    rina.post(
        f"/cases/{case.pk}/close/",
        {"reason": "solved", "result": "Lunas", "recovered_rupiah": "Rp18.600.000", "on": "23-11-2026"},
    )
    case.refresh_from_db()
    assert (case.status, case.closed_on, case.close_reason, case.recovered_rupiah) == (
        "closed",
        TODAY,
        "solved",
        18_600_000,
    )
    assert logged(
        "case.opened", "case.moved", "case.referred", "referral.received", "referral.answered", "case.closed"
    ) == [
        "case.opened",
        "case.moved",
        "case.referred",
        "referral.received",
        "referral.answered",
        "case.moved",
        "case.closed",
    ]


def test_answer_of_another_body_is_written_down_by_the_village(cast):
    case, referral = referred(cast, body="bp3mi")
    with pytest.raises(NotPermitted):
        answer_referral(by=cast.seat("hendro"), referral=referral, answer="x", on=TODAY)
    assert cast.client("hendro").get(f"/referrals/{referral.pk}/answer/").status_code == 403
    answer_referral(by=cast.seat("rina"), referral=referral, answer="Diterima BP3MI", on=TODAY)
    case.refresh_from_db()
    referral.refresh_from_db()
    assert (case.status, referral.status, referral.received_on) == ("in_progress_external", "answered", TODAY)


def test_answer_is_a_note_and_may_name_the_visit_that_brought_it(cast):
    """The form offers visits of this person since the referral, none of somebody else or withdrawn."""
    siti = PersonFactory(village=cast.randu)
    case, referral = referred(cast, body="bp3mi", person=siti)
    brought = ServiceVisitFactory(person=siti, village=cast.randu, visited_on=TODAY)
    ServiceVisitFactory(village=cast.randu, visited_on=TODAY)
    ServiceVisitFactory(person=siti, village=cast.randu, visited_on=date(2026, 11, 2))
    gone = {"withdrawn_at": timezone.now(), "withdrawn_by": cast.user("rina"), "withdrawn_reason": "salah"}
    ServiceVisitFactory(person=siti, village=cast.randu, visited_on=TODAY, **gone)
    rina = cast.client("rina")
    address = f"/referrals/{referral.pk}/answer/"
    offered = rina.get(address).context["form"].fields["visit"].choices
    assert [key for key, _words in offered] == ["", str(brought.pk)]
    entries = {"decision": "answered", "answer": "Sudah dibayar", "on": "23-11-2026"}
    assert rina.post(address, entries | {"visit": str(siti.pk)}).status_code == 422
    rina.post(address, entries | {"visit": str(brought.pk)})
    referral.refresh_from_db()
    assert (referral.answer_visit, referral.answer_event.text) == (brought, "Sudah dibayar")
    page = rina.get(f"/cases/{case.pk}/").content.decode()
    assert f'href="/visits/{brought.pk}/">Kunjungan {brought.number}, 23 November 2026</a>' in page
    assert f'href="#note-{referral.answer_event_id}"' in page
    assert f'id="note-{referral.answer_event_id}"' in page


def test_visit_about_somebody_else_brings_no_answer(cast):
    _case, referral = referred(cast, body="bp3mi", person=PersonFactory(village=cast.randu))
    other = ServiceVisitFactory(village=cast.randu, visited_on=TODAY)
    with pytest.raises(IllegalStep):
        answer_referral(by=cast.seat("rina"), referral=referral, answer="x", on=TODAY, visit=other)


def test_referral_that_waits_has_no_answer_in_the_database(cast):
    _case, referral = referred(cast)
    visit = ServiceVisitFactory(village=cast.randu)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(answer_visit=visit)


def test_rejected_referral_brings_the_ball_home_and_may_be_followed_by_a_further_one(cast):
    case, referral = referred(cast)
    answer_referral(
        by=cast.seat("hendro"), referral=referral, answer="Bukan wewenang", on=TODAY, rejected=True
    )
    case.refresh_from_db()
    seat = cast.seat("rina")
    assert (case.status, ball_of(case, list(case.referrals.all()), seat).mine) == ("referred", True)
    refer_case(by=seat, case=case, key=new_key(), body="kbri", request="Mohon", on=TODAY)
    case.refresh_from_db()
    assert case.status == "referred"
    assert ball_of(case, list(case.referrals.order_by("sent_at")), seat).where == "KBRI atau konsulat"
    assert logged("referral.rejected") == ["referral.rejected"]


def test_referral_is_answered_once_and_not_before_it_was_sent(cast):
    _case, referral = referred(cast)
    with pytest.raises(IllegalStep):
        answer_referral(by=cast.seat("hendro"), referral=referral, answer="x", on=date(2026, 11, 22))
    receive_referral(by=cast.seat("hendro"), referral=referral, on=TODAY)
    with pytest.raises(IllegalStep):
        receive_referral(by=cast.seat("hendro"), referral=referral, on=TODAY)
    answer_referral(by=cast.seat("hendro"), referral=referral, answer="x", on=TODAY)
    page = cast.client("hendro").post(
        f"/referrals/{referral.pk}/answer/", {"decision": "answered", "answer": "y", "on": "23-11-2026"}
    )
    assert page.status_code == 409


def test_illegal_step_answers_409_with_what_is_possible(cast):
    case = opened(cast)
    page = cast.client("rina").post(
        f"/cases/{case.pk}/move/", {"to": "resolved", "text": "x", "on": "23-11-2026"}
    )
    assert page.status_code == 409
    html = page.content.decode()
    assert "Dari “Baru” kasus tidak dapat ke “Selesai”. Yang dapat: “Verifikasi data”, “Dibatalkan”." in html
    case.refresh_from_db()
    assert case.status == "new"


def test_note_moves_the_day_of_the_last_action_and_is_saved_once(cast):
    case = CaseFactory(village=cast.randu)
    client, address, key = cast.client("rina"), f"/cases/{case.pk}/note/", str(new_key())
    for _turn in range(2):
        client.post(address, {"key": key, "text": "Sudah ditelepon", "on": "22-11-2026"})
    case.refresh_from_db()
    assert case.last_action_on == TODAY
    assert list(case.events.values_list("kind", "happened_on")) == [("note", date(2026, 11, 22))]
    assert case.events.get().text == "Sudah ditelepon"


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("9-11-2026", "Tanggal tidak boleh sebelum kasus dilaporkan."),
        ("24-11-2026", "Tanggal tidak boleh setelah hari ini."),
        ("", "Isi tanggal."),
    ],
)
def test_day_of_a_note_lies_between_the_report_and_today(cast, on, sentence):
    case = CaseFactory(village=cast.randu, reported_on=date(2026, 11, 10))
    page = cast.client("rina").post(f"/cases/{case.pk}/note/", {"text": "x", "on": on})
    assert page.context["form"].errors == {"on": [sentence]}


def test_closing_asks_reason_result_and_whole_rupiah(cast):
    case = CaseFactory(village=cast.randu, status="resolved")
    client, address = cast.client("rina"), f"/cases/{case.pk}/close/"
    page = client.post(address, {"on": "23-11-2026"})
    assert list(page.context["form"].errors) == ["reason", "result"]
    page = client.post(
        address, {"reason": "solved", "result": "x", "recovered_rupiah": "1,5", "on": "23-11-2026"}
    )
    assert page.context["form"].errors == {
        "recovered_rupiah": ["Pisahkan ribuan dengan titik, tanpa sen: 1.500 berarti seribu lima ratus."]
    }
    case.refresh_from_db()
    assert case.status == "resolved"


def test_closed_case_is_opened_again_with_a_reason_and_keeps_its_result_in_the_timeline(cast):
    case = opened(cast)
    for to in ("verifying", "handling", "resolved"):
        move_case(by=cast.seat("rina"), case=case, to=to, on=TODAY, text="x")
    close_case(by=cast.seat("rina"), case=case, reason="solved", result="Lunas", on=TODAY)
    client = cast.client("rina")
    assert client.post(f"/cases/{case.pk}/reopen/", {"on": "23-11-2026"}).status_code == 422
    client.post(f"/cases/{case.pk}/reopen/", {"reason": "Belum lunas", "on": "23-11-2026"})
    case.refresh_from_db()
    assert (case.status, case.closed_on, case.close_reason, case.result) == ("handling", None, "", "")
    assert "Lunas" in [event.text for event in case.events.all()]
    with pytest.raises(IllegalStep):
        reopen_case(by=cast.seat("rina"), case=case, reason="x", on=TODAY)


def test_nobody_writes_on_a_case_that_is_over(cast):
    case = CaseFactory(village=cast.randu, status="closed", closed_on=TODAY, close_reason="solved")
    page = cast.client("rina").post(f"/cases/{case.pk}/note/", {"text": "x", "on": "23-11-2026"})
    assert page.status_code == 409


def test_coordinator_may_note_and_may_not_move(cast):
    case = opened(cast)
    note_case(by=cast.seat("hendro"), case=case, key=new_key(), text="Dipantau", on=TODAY)
    with pytest.raises(NotPermitted):
        move_case(by=cast.seat("hendro"), case=case, to="verifying", on=TODAY)
    with pytest.raises(NotPermitted):
        refer_case(by=cast.seat("hendro"), case=case, key=new_key(), body="kbri", request="x", on=TODAY)


def test_opening_the_page_is_recorded(cast):
    case = CaseFactory(village=cast.randu)
    cast.client("hendro").get(f"/cases/{case.pk}/")
    event = Event.objects.get(name="case.viewed")
    assert (event.actor_name, event.actor_role, event.subject_label) == (
        "Hendro Wibowo",
        "district_coordinator",
        case.number,
    )


# --- lists and reads ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    for _row in range(rows):
        case = CaseFactory(village=cast.randu, person=PersonFactory(village=cast.randu), status="referred")
        ReferralFactory(case=case)
    client = cast.client("rina")
    with django_assert_num_queries(5):
        assert len(client.get("/cases/").context["listed"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    case = opened(cast, type="trafficking_suspected", person=PersonFactory(village=cast.randu))
    for _row in range(rows):
        ReferralFactory(case=case)
        note_case(by=cast.seat("rina"), case=case, key=new_key(), text="x", on=TODAY)
    client = cast.client("rina")
    with django_assert_num_queries(13):
        client.get(f"/cases/{case.pk}/")


@pytest.mark.parametrize("rows", [1, 3])
def test_referral_list_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    for _row in range(rows):
        ReferralFactory(case=CaseFactory(village=cast.randu, status="referred", person=PersonFactory()))
    client = cast.client("hendro")
    with django_assert_num_queries(4):
        assert len(client.get("/referrals/").context["rows"]) == rows


def test_open_cases_come_by_last_action_and_filters_narrow(cast):
    old = CaseFactory(village=cast.randu, last_action_on=date(2026, 10, 1))
    new = CaseFactory(village=cast.randu, last_action_on=date(2026, 11, 1), type="sick", status="referred")
    ReferralFactory(case=new)
    done = CaseFactory(village=cast.randu, status="closed", closed_on=TODAY, close_reason="solved")
    client = cast.client("rina")
    shown = {
        query: [line.case for line in client.get(f"/cases/?{query}").context["listed"]]
        for query in ("", "state=mine", "state=closed", "kind=sick", "state=sihir&kind=sihir")
    }
    assert shown == {
        "": [old, new],
        "state=mine": [old],
        "state=closed": [done],
        "kind=sick": [new],
        "state=sihir&kind=sihir": [old, new],
    }
    assert [line.case for line in cast.client("hendro").get("/cases/?state=mine").context["listed"]] == [new]


def test_list_of_whose_turn_it_is_agrees_with_the_ball(cast):
    for status in ("new", "handling", "referred", "in_progress_external", "resolved"):
        for body, state in (("disnaker", "sent"), ("kbri", "sent"), ("disnaker", "answered")):
            case = CaseFactory(village=cast.randu, status=status)
            answered = {"answered_on": TODAY, "answer": "x"} if state == "answered" else {}
            ReferralFactory(case=case, body=body, status=state, **answered)
    for name in ("rina", "hendro"):
        seat = cast.seat(name)
        mine = {
            case.pk for case in cases_in_list(seat) if ball_of(case, list(case.referrals.all()), seat).mine
        }
        assert {case.pk for case in cases_in_list(seat, mine=True)} == mine


def test_reads_count_open_reported_closed_and_idle_cases(cast):
    old = CaseFactory(village=cast.randu, reported_on=date(2026, 1, 5), last_action_on=date(2026, 1, 5))
    CaseFactory(
        village=cast.randu,
        reported_on=date(2026, 2, 1),
        status="closed",
        closed_on=date(2026, 3, 1),
        close_reason="solved",
    )
    CaseFactory(
        village=cast.randu, reported_on=date(2026, 2, 2), status="cancelled", closed_on=date(2026, 2, 3)
    )
    february = (date(2026, 2, 1), date(2026, 2, 28))
    assert list(cases_open()) == [old]
    assert [cases_open(on=day).count() for day in (date(2026, 1, 31), date(2026, 2, 28), TODAY)] == [1, 2, 1]
    assert [cases_reported(*february).count(), cases_closed(date(2026, 3, 1), TODAY).count()] == [1, 1]
    assert [cases_idle(day).count() for day in (date(2026, 1, 5), date(2026, 1, 6))] == [0, 1]


def test_waiting_referrals_are_those_of_cases_with_other_bodies(cast):
    _case, waiting = referred(cast)
    ReferralFactory(
        case=CaseFactory(village=cast.randu, status="closed", closed_on=TODAY, close_reason="solved")
    )
    other_case, other = referred(cast, body="kbri")
    assert set(referrals_waiting()) == {waiting, other}
    assert list(referrals_for_district(cast.seat("hendro"))) == [waiting]
    assert list(referrals_for_district(cast.seat("indra"))) == []
    assert Referral.objects.filter(case=other_case).count() == 1
