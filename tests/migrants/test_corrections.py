from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.cases import move_case, reopen_case
from migrants.actions.corrections import (
    approve_correction,
    ask_correction,
    change_case,
    refuse_correction,
)
from migrants.case_states import IllegalStep
from migrants.forms.corrections import correctable_fields
from migrants.models import Case, CaseEvent, Correction, Task
from migrants.models.cases import CORRECTABLE
from migrants.queries.corrections import as_text, from_text
from migrants.versions import ChangedMeanwhile
from tests.conftest import TODAY
from tests.factories import CaseFactory, CaseHandlerFactory, CorrectionFactory, PersonFactory

FACTS = {
    "type": "unpaid_wage",
    "severity": "high",
    "reporter": "spouse",
    "channel": "walk_in",
    "reported_on": "10-11-2026",
}


def closed(cast, **facts):
    over = {"status": "closed", "closed_on": TODAY, "close_reason": "solved", "result": "Gaji dibayar."}
    return CaseFactory(village=cast.randu, **over | facts)


def asked(cast, case, by="teguh", field="employer", value="PT Contoh", reason="Salah tulis"):
    return ask_correction(
        by=cast.seat(by), case=case, key=new_key(), field=field, value=value, reason=reason
    ).row


# --- an open case is changed --------------------------------------------------------------------------------


def test_officer_changes_the_facts_of_an_open_case(cast):
    case = CaseFactory(village=cast.randu, employer="")
    client, address = cast.client("rina"), f"/cases/{case.pk}/edit/"
    assert client.get(address).context["form"]["severity"].value() == "high"
    answer = client.post(address, FACTS | {"version": 1, "employer": "PT Contoh", "country": "TWN"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.employer, case.country, case.version) == ("PT Contoh", "TWN", 2)
    event = CaseEvent.objects.get(case=case)
    assert (event.kind, event.text) == (
        "changed",
        "Negara: – → Taiwan\nMajikan atau perusahaan: – → PT Contoh",
    )
    changes = Event.objects.get(name="case.changed").changes
    assert changes == {"country": ["", "TWN"], "employer": ["•••", "•••"]}
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "mengubah data kasus." in page


def test_nothing_changed_writes_nothing(cast):
    case = CaseFactory(village=cast.randu)
    assert change_case(by=cast.seat("rina"), case=case, version=1, facts={"severity": "high"}).version == 1
    assert not Event.objects.filter(name="case.changed").exists()


def test_second_of_two_officers_sees_both_versions_and_nothing_is_overwritten(cast):
    case = CaseFactory(village=cast.randu, employer="")
    address = f"/cases/{case.pk}/edit/"
    first, second = cast.client("rina"), cast.client("teguh")
    assert first.post(address, FACTS | {"version": 1, "employer": "PT Satu"}).status_code == 302
    page = second.post(address, FACTS | {"version": 1, "employer": "PT Dua"})
    assert page.status_code == 409
    assert [(d.stored, d.typed) for d in page.context["differences"]] == [("PT Satu", "PT Dua")]
    form = page.context["form"]
    assert (form["employer"].value(), form["version"].value()) == ("PT Dua", 2)
    case.refresh_from_db()
    assert case.employer == "PT Satu"
    assert second.post(address, FACTS | {"version": 2, "employer": "PT Dua"}).status_code == 302


def test_step_of_a_colleague_counts_as_a_change(cast):
    case = CaseFactory(village=cast.randu)
    move_case(by=cast.seat("teguh"), case=case, to="verifying", on=TODAY)
    with pytest.raises(ChangedMeanwhile) as refused:
        change_case(by=cast.seat("rina"), case=case, version=1, facts={"severity": "low"})
    assert refused.value.now.status == "verifying"


def test_double_tap_on_save_changes_once_and_says_so(cast):
    case = CaseFactory(village=cast.randu)
    client, entries = cast.client("rina"), FACTS | {"version": 1, "severity": "low"}
    answers = [client.post(f"/cases/{case.pk}/edit/", entries) for _tap in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert answers[1].context["differences"] == []
    assert Case.objects.get(pk=case.pk).version == 2


def test_restricted_kind_makes_the_case_restricted_and_nothing_takes_it_back(cast):
    case = CaseFactory(village=cast.randu)
    CaseHandlerFactory(case=case, user=cast.user("rina"))
    case = change_case(by=cast.seat("rina"), case=case, version=1, facts={"type": "sexual_violence"})
    case = change_case(by=cast.seat("rina"), case=case, version=2, facts={"type": "violence"})
    assert (case.type, case.restricted) == ("violence", True)


def test_urgency_moves_the_day_to_act_by(cast):
    since = date(2026, 11, 23)
    case = CaseFactory(village=cast.randu, holder="village", held_since=since, act_by=date(2026, 12, 2))
    case = change_case(by=cast.seat("rina"), case=case, version=1, facts={"severity": "critical"})
    assert case.act_by == date(2026, 11, 26)


def test_closed_case_is_not_changed_on_the_page_of_open_ones(cast):
    answer = cast.client("rina").get(f"/cases/{closed(cast).pk}/edit/")
    assert answer.status_code == 409
    assert "Minta koreksi" in answer.content.decode()


# --- a closed case is corrected by two ----------------------------------------------------------------------


def test_correction_needs_a_second_person(cast):
    case = closed(cast, employer="")
    page = cast.client("teguh").get(f"/cases/{case.pk}/corrections/new/").content.decode()
    assert f"/cases/{case.pk}/corrections/new/employer/" in page
    address = f"/cases/{case.pk}/corrections/new/employer/"
    entries = {"key": str(new_key()), "value": "PT Contoh", "reason": "Salah tulis"}
    for _tap in range(2):
        assert cast.client("teguh").post(address, entries).status_code == 302
    correction = Correction.objects.get()
    assert (correction.old, correction.new, correction.reason) == ("", "PT Contoh", "Salah tulis")
    assert b"PT Contoh" not in bytes(correction.new_sealed)
    task = Task.objects.get()
    assert (task.rule, task.status) == ("correction_asked", "open")
    decide = f"/corrections/{correction.pk}/"
    assert cast.client("teguh").post(decide, {"decision": "approve"}).status_code == 403
    page = cast.client("rina").get(decide).content.decode()
    assert all(words in page for words in ("PT Contoh", "Salah tulis", "Teguh Prasetyo"))
    assert cast.client("rina").post(decide, {"decision": "approve"}).status_code == 302
    case.refresh_from_db()
    correction.refresh_from_db()
    task.refresh_from_db()
    assert (case.employer, case.status, case.version) == ("PT Contoh", "closed", 2)
    assert (correction.status, correction.decided_by) == ("applied", cast.user("rina"))
    assert task.status == "done"
    event = CaseEvent.objects.get(case=case, kind="corrected")
    assert event.text == "Majikan atau perusahaan: – → PT Contoh\nDiminta Teguh Prasetyo: Salah tulis"
    assert cast.client("rina").post(decide, {"decision": "approve"}).status_code == 409


def test_refusal_says_why_and_changes_nothing(cast):
    case = closed(cast, employer="PT Lama")
    correction = asked(cast, case)
    decide = f"/corrections/{correction.pk}/"
    assert cast.client("hendro").post(decide, {"decision": "refuse"}).status_code == 422
    assert cast.client("hendro").post(decide, {"decision": "refuse", "words": "Benar"}).status_code == 302
    case.refresh_from_db()
    correction.refresh_from_db()
    assert (case.employer, correction.status, correction.words) == ("PT Lama", "refused", "Benar")


@pytest.mark.parametrize("field", CORRECTABLE)
def test_every_correctable_entry_keeps_its_value_as_text(field):
    values = {
        "reported_on": date(2026, 11, 1),
        "incident_on": date(2026, 10, 1),
        "recovered_rupiah": 1_500_000,
    }
    value = values.get(field, "x")
    assert from_text(field, as_text(value)) == value
    assert set(correctable_fields()) == set(CORRECTABLE)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("severity", "critical", "critical"),
        ("close_reason", "withdrawn", "withdrawn"),
        ("recovered_rupiah", "1.500.000", 1_500_000),
        ("incident_on", "1-11-2026", date(2026, 11, 1)),
        ("result", "Gaji dibayar separuh.", "Gaji dibayar separuh."),
        ("country", "", ""),
    ],
)
def test_value_goes_through_the_field_of_its_own_form(cast, field, typed, kept):
    case = closed(cast, country="HKG")
    address = f"/cases/{case.pk}/corrections/new/{field}/"
    assert cast.client("teguh").post(address, {"value": typed, "reason": "Salah"}).status_code == 302
    approve_correction(by=cast.seat("rina"), correction=Correction.objects.get())
    assert getattr(Case.objects.get(pk=case.pk), field) == kept


@pytest.mark.parametrize(
    ("field", "value"),
    [("country", "ZZZ"), ("recovered_rupiah", "-5"), ("incident_on", "22-11-2026"), ("severity", "high")],
)
def test_value_that_cannot_be_is_refused(cast, field, value):
    case = closed(cast)
    address = f"/cases/{case.pk}/corrections/new/{field}/"
    page = cast.client("teguh").post(address, {"value": value, "reason": "Salah"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["value"])
    assert not Correction.objects.exists()


@pytest.mark.parametrize("field", ["status", "number", "nonsense"])
def test_no_other_column_can_be_corrected(cast, field):
    assert cast.client("rina").get(f"/cases/{closed(cast).pk}/corrections/new/{field}/").status_code == 404


def test_name_of_a_registered_person_is_not_corrected_here(cast):
    case = closed(cast, person=PersonFactory(village=cast.randu))
    assert cast.client("rina").get(f"/cases/{case.pk}/corrections/new/subject_name/").status_code == 404


def test_only_a_closed_case_is_corrected(cast):
    with pytest.raises(IllegalStep):
        asked(cast, CaseFactory(village=cast.randu))
    case = closed(cast)
    correction = asked(cast, case)
    with pytest.raises(IllegalStep):  # it waits already
        asked(cast, case, by="rina")
    reopen_case(by=cast.seat("rina"), case=case, reason="Belum", on=TODAY)
    with pytest.raises(IllegalStep):
        approve_correction(by=cast.seat("rina"), correction=correction)


def test_value_that_was_corrected_meanwhile_is_not_overwritten(cast):
    case = closed(cast)
    correction = CorrectionFactory(case=case, field="employer", new="B", asked_by=cast.user("teguh"))
    reopen_case(by=cast.seat("rina"), case=case, reason="Belum", on=TODAY)
    Case.objects.filter(pk=case.pk).update(
        status="closed",
        closed_on=TODAY,
        close_reason="solved",
        employer="C",
        holder="",
        held_since=None,
        act_by=None,
    )
    with pytest.raises(IllegalStep):
        approve_correction(by=cast.seat("rina"), correction=correction)
    refuse_correction(by=cast.seat("rina"), correction=correction, words="Sudah lain")


@pytest.mark.parametrize("name", ["kades", "lina", "maya"])
def test_whoever_cannot_write_on_cases_decides_nothing(cast, name):
    correction = asked(cast, closed(cast))
    with pytest.raises(NotPermitted):
        approve_correction(by=cast.seat(name), correction=correction)


# --- and the database insists -------------------------------------------------------------------------------


def test_database_refuses_the_same_person_twice(cast):
    correction = asked(cast, closed(cast))
    same = {"status": "approved", "decided_by": cast.user("teguh"), "decided_at": "2026-11-23T01:15Z"}
    with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
        Correction.objects.filter(pk=correction.pk).update(**same)


@pytest.mark.parametrize("change", [{"employer": "Lain"}, {"close_reason": "withdrawn"}, {"type": "sick"}])
def test_database_keeps_a_closed_case_as_it_is(cast, change):
    case = closed(cast)
    asked(cast, case)  # asked is not approved
    with pytest.raises(DatabaseError, match="second person"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)


def test_database_keeps_what_was_asked(cast):
    correction = asked(cast, closed(cast))
    for change in ({"field": "agency"}, {"new_sealed": b"x"}, {"asked_by": cast.user("rina")}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Correction.objects.filter(pk=correction.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        correction.delete()
