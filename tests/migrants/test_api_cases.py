import random

import pytest

from accounts.keys import new_key
from audit.models import Event
from migrants.case_states import STEPS
from migrants.enums import CaseStatus
from migrants.models import Case, CaseEvent
from tests.factories import CaseFactory, CaseHandlerFactory, PersonFactory, ReferralFactory
from tests.migrants.calling import API, get, send

ALLOWED = {(step.frm.value, step.to.value) for step in STEPS}
TODAY = "2026-11-23"


def entry(**changes):
    facts = {
        "id": str(new_key()),
        "type": "unpaid_wage",
        "reporter": "spouse",
        "channel": "walk_in",
        "reported_on": "2026-11-20",
        "narrative": "Gaji tiga bulan belum dibayar.",
    }
    return {**facts, **changes}


def test_case_is_opened_once(cast):
    dwi = PersonFactory(village=cast.randu, full_name="Dwi Lestari")
    client, body = cast.client("rina"), entry(person=str(dwi.pk))
    (status, first), again = send(client, "cases/", body), send(client, "cases/", body)
    assert status == 201, first
    assert again == (200, first)
    assert (first["subject"], first["severity"], first["status"], first["version"]) == (
        "Dwi Lestari",
        "high",
        "new",
        1,
    )
    assert first["narrative"] == body["narrative"]
    assert (first["ball"]["party"], first["ball"]["mine"]) == ("village", True)
    assert [step["to"] for step in first["next_steps"]] == ["verifying", "cancelled"]
    assert list(Event.objects.values_list("name", flat=True)) == ["case.opened"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"type": "sihir"}, "type"),
        ({"status": "closed"}, "status"),
        ({"restricted": "0"}, "restricted"),
        ({"incident_on": "2026-11-21"}, "incident_on"),
        ({"person": str(new_key())}, "person"),
        ({"narrative": ""}, "narrative"),
    ],
)
def test_entry_is_refused_by_the_form_of_the_page(cast, changes, field):
    status, refusal = send(cast.client("rina"), "cases/", entry(**changes))
    assert (status, list(refusal)) == (400, [field])
    assert Case.objects.count() == 0


def test_step_of_the_table_and_one_that_is_not(cast):
    case = CaseFactory(village=cast.randu, status="new")
    client, address = cast.client("rina"), f"cases/{case.pk}/steps/"
    assert send(client, address, {"to": "closed", "on": TODAY}) == (
        409,
        {
            "detail": "Dari “Baru” kasus tidak dapat ke “Ditutup”."
            " Yang dapat: “Verifikasi data”, “Dibatalkan”."
        },
    )
    assert send(client, address, {"to": "cancelled", "on": TODAY}) == (
        400,
        {"text": ["Tulis alasannya dengan beberapa kata."]},
    )
    status, told = send(client, address, {"to": "verifying", "on": TODAY})
    assert (status, told["status"], told["timeline"][0]["to_status"]) == (200, "verifying", "verifying")
    status, refusal = send(client, address, {"to": "referred", "on": TODAY})
    assert (status, refusal["detail"]) == (409, "Kirim atau jawab rujukan: kasus ikut berpindah.")
    assert send(client, address, {"to": "terbang"}) == (400, {"to": ["Pilih langkah berikutnya."]})
    assert send(cast.client("hendro"), address, {"to": "handling", "on": TODAY})[0] == 403


def test_facts_change_with_the_version_that_was_seen(cast):
    case = CaseFactory(village=cast.randu, country="HKG")
    client, address = cast.client("rina"), f"cases/{case.pk}/facts/"
    status, told = send(client, address, {"version": 1, "country": "TWN"})
    assert (status, told["country"], told["version"], told["reporter"]) == (200, "TWN", 2, "spouse")
    late = {"version": 1, "country": "MYS"}
    status, both = send(client, address, late)
    assert (status, both["now"]["country"], both["now"]["version"], both["sent"]) == (409, "TWN", 2, late)
    assert both["detail"] == (
        "Orang lain telah mengubah data ini. Perubahan Anda belum disimpan: bandingkan keduanya."
    )
    assert list(send(client, address, {"country": "MYS"})[1]) == ["version"]
    case.refresh_from_db()
    assert case.country == "TWN"


def test_referral_is_sent_once_received_once_and_answered(cast):
    case = CaseFactory(village=cast.randu, status="verifying")
    rina, hendro = cast.client("rina"), cast.client("hendro")
    body = {"id": str(new_key()), "body": "disnaker", "request": "Mohon bantuan.", "on": TODAY}
    (status, first), again = (send(rina, f"cases/{case.pk}/referrals/", body) for _turn in range(2))
    assert status == 201, first
    assert again == (200, first)
    assert [line["id"] for line in get(hendro, "referrals/")["referrals"]] == [body["id"]]
    address = f"referrals/{body['id']}/steps/"
    assert send(rina, address, {"decision": "received", "on": TODAY}) == (
        403,
        {"detail": "Rujukan ini dijawab oleh dinas kabupaten."},
    )
    assert send(hendro, address, {"decision": "received", "on": TODAY})[0] == 200
    assert send(hendro, address, {"decision": "received", "on": TODAY}) == (
        409,
        {"detail": "Rujukan ini sudah diterima."},
    )
    assert list(send(hendro, address, {"decision": "answered", "on": TODAY})[1]) == ["answer"]
    status, told = send(hendro, address, {"decision": "answered", "answer": "Lunas.", "on": TODAY})
    assert (status, told["status"], told["answer"]) == (200, "answered", "Lunas.")
    assert send(hendro, address, {"decision": "answered", "answer": "Lagi", "on": TODAY}) == (
        409,
        {"detail": "Rujukan ini sudah dijawab."},
    )
    assert get(rina, f"cases/{case.pk}/")["status"] == "in_progress_external"


@pytest.mark.parametrize("seed", range(2))
def test_random_walk_through_the_api_reaches_no_other_state(cast, seed):
    chance, rina, hendro = random.Random(seed), cast.client("rina"), cast.client("hendro")
    case = CaseFactory(village=cast.randu, status="verifying")
    words = {"on": TODAY, "text": "Alasan", "reason": "solved", "result": "Selesai"}
    for _turn in range(40):
        before = Case.objects.get(pk=case.pk).status
        to = chance.choice(CaseStatus.values)
        names = {"closed": ("on", "reason", "result"), "handling": ("on", "reason")}.get(to, ("on", "text"))
        if to == "handling" and before not in ("resolved", "closed"):
            names = ("on", "text")
        body = {"to": to, **{name: words[name] for name in names}}
        status, _told = send(rina, f"cases/{case.pk}/steps/", body)
        now = Case.objects.get(pk=case.pk).status
        assert (status, now) in ((200, to), (409, before)), (before, to)
        assert status == 409 or (before, to) in ALLOWED
        refer_by_chance(chance, rina, hendro, case)
    moves = CaseEvent.objects.filter(case=case).exclude(to_status="").exclude(from_status="")
    assert {(event.from_status, event.to_status) for event in moves} <= ALLOWED
    assert moves.count() > 5


def refer_by_chance(chance, rina, hendro, case):
    """The steps of referrals, at any moment: sent, or received by the district."""
    before = Case.objects.get(pk=case.pk).status
    if chance.random() < 0.4:
        body = {"id": str(new_key()), "body": "disnaker", "request": "Mohon", "on": TODAY}
        send(rina, f"cases/{case.pk}/referrals/", body)
    waiting = case.referrals.filter(status="sent").first()
    if waiting and chance.random() < 0.5:
        send(hendro, f"referrals/{waiting.pk}/steps/", {"decision": "received", "on": TODAY})
    now = Case.objects.get(pk=case.pk).status
    assert now == before or now in ("referred", "in_progress_external")


def test_restricted_case_is_absent_for_everybody_but_its_handlers(cast):
    case = CaseFactory(village=cast.randu, type="sexual_violence", status="referred")
    CaseHandlerFactory(case=case, user=cast.user("rina"))
    referral = ReferralFactory(case=case)
    addresses = [f"cases/{case.pk}/", f"referrals/{referral.pk}/"]
    posts = [f"cases/{case.pk}/{what}/" for what in ("steps", "facts", "referrals")]
    for name, status in (("rina", 200), ("hendro", 200), ("teguh", 404), ("sari", 404), ("dewi", 404)):
        client = cast.client(name)
        assert [client.get(API + address).status_code for address in addresses] == [status, status], name
        if status == 404 and name != "hendro":
            assert [send(client, address, {})[0] for address in posts] == [404] * 3
            assert send(client, f"referrals/{referral.pk}/steps/", {})[0] == 404
    assert [len(get(cast.client(name), "cases/")["cases"]) for name in ("rina", "hendro", "teguh")] == [
        1,
        1,
        0,
    ]
    assert get(cast.client("teguh"), "referrals/")["referrals"] == []


def test_list_is_narrowed_as_on_the_page(cast):
    open_one = CaseFactory(village=cast.randu)
    closed = CaseFactory(
        village=cast.randu, status="closed", closed_on=TODAY, close_reason="solved", result="Selesai."
    )
    client = cast.client("rina")
    found = {
        state: sorted(line["id"] for line in get(client, "cases/", state=state)["cases"])
        for state in ("", "closed", "all")
    }
    assert found == {
        "": [str(open_one.pk)],
        "closed": [str(closed.pk)],
        "all": sorted([str(open_one.pk), str(closed.pk)]),
    }
    assert get(client, "cases/", state="closed")["cases"][0]["ball"] is None


@pytest.mark.parametrize(("address", "queries"), [("cases/", 6), ("referrals/", 5)])
@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(cast, rows, address, queries, django_assert_num_queries):
    for _row in range(rows):
        case = CaseFactory(village=cast.randu, status="referred", person=PersonFactory(village=cast.randu))
        ReferralFactory(case=case)
    client = cast.client("rina")
    with django_assert_num_queries(queries):
        (lines,) = [rows for rows in get(client, address).values() if isinstance(rows, list)]
    assert len(lines) == rows


def test_note_is_written_once_by_its_handler_and_not_on_a_case_that_is_over(cast):
    case = CaseFactory(village=cast.randu)
    note = {
        "id": "0199a1b2-c3d4-7e5f-8a6b-000000000001",
        "text": "Agen berjanji menjawab.",
        "on": "2026-11-20",
    }
    status, told = send(cast.client("rina"), f"cases/{case.pk}/notes/", note)
    assert (status, [line["text"] for line in told["timeline"]]) == (201, [note["text"]])
    assert send(cast.client("rina"), f"cases/{case.pk}/notes/", note) == (200, told)
    assert send(cast.client("sari"), f"cases/{case.pk}/notes/", note)[0] == 404
    over = CaseFactory(
        village=cast.randu, status="closed", closed_on=TODAY, close_reason="solved", result="Selesai."
    )
    assert send(cast.client("hendro"), f"cases/{over.pk}/notes/", {**note, "id": str(new_key())})[0] == 409


def test_correction_is_asked_for_once_and_decided_by_somebody_else(cast):
    closed = CaseFactory(
        village=cast.randu, status="closed", closed_on=TODAY, close_reason="solved", result="Selesai."
    )
    rina, teguh, address = cast.client("rina"), cast.client("teguh"), f"cases/{closed.pk}/corrections/"
    body = {"id": str(new_key()), "field": "employer", "value": "Toko Maju", "reason": "Salah tulis"}
    status, told = send(rina, address, body)
    assert (status, told["old"], told["new"], told["status"]) == (201, "", "Toko Maju", "asked")
    assert send(rina, address, body) == (200, told)
    assert get(teguh, address) == {"corrections": [told], "after": ""}
    assert send(rina, address, {**body, "id": str(new_key()), "field": "status"}) == (
        400,
        {"field": ["Pilih satu dari daftar."]},
    )
    decision, ok = f"corrections/{body['id']}/decision/", {"decision": "approve"}
    assert send(rina, decision, ok)[0] == 403  # who has asked does not decide
    assert send(cast.client("sari"), decision, ok)[0] == 404
    status, told = send(teguh, decision, ok)
    assert (status, told["status"], told["decided_by"]) == (200, "applied", cast.user("teguh").full_name)
    assert send(teguh, decision, ok)[0] == 409
    assert get(rina, f"cases/{closed.pk}/")["employer"] == "Toko Maju"
