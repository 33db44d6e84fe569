from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.consents import give_consent, withdraw_consent
from migrants.actions.merging import merge_people
from migrants.actions.people import register_person
from migrants.actions.record_requests import MOST_A_DAY, answer_request, ask_for_record
from migrants.case_states import IllegalStep
from migrants.models import Consent, RecordAnswer, RecordRequest
from migrants.queries.consents import may_share
from tests.conftest import TODAY
from tests.factories import CaseFactory, ConsentFactory, MigrationFactory, PersonFactory, ReferralFactory

NIK = "9901016501900002"
UNKNOWN = "9901016501900010"
SENTENCE = "Jika ada desa yang mengenal orang ini"
TERMS = {"manner": "spoken", "witness": "Slamet", "given_on": "23-11-2026", "expires_on": ""}
CONSENT = {"purpose": "assistance", "receiver": "Yayasan Contoh", **TERMS}


def registered(cast, by, facts):
    return register_person(by=cast.seat(by), key=new_key(), category="resident", facts=facts, nik=NIK).row


@pytest.fixture
def dwi(cast):
    """A worker whom Kenanga knows; Randu will ask for her."""
    facts = {
        "full_name": "Dwi Lestari",
        "sex": "female",
        "birth_date": date(1990, 1, 25),
        "phone": "+6281000000347",
        "next_of_kin_name": "Slamet Riyadi",
        "next_of_kin_relation": "spouse",
    }
    person = register_person(
        by=cast.seat("dewi"), key=new_key(), category="resident", facts=facts, nik=NIK
    ).row
    MigrationFactory(person=person, status="abroad", destination="TWN")
    return person


def ask(cast, nik=NIK, by="rina"):
    client = cast.client(by)
    answer = client.post(
        "/record-requests/new/", {"key": str(new_key()), "nik": nik, "reason": "Pindah ke Randu."}
    )
    assert answer.status_code == 302
    return RecordRequest.objects.latest("asked_at", "id"), client.get(answer.url)


def share(cast, asked, by="dewi", **changes):
    typed = {"key": str(new_key()), "decision": "shared", "reason": "", **TERMS} | changes
    return cast.client(by).post(f"/record-requests/{asked.pk}/answer/", typed)


# --- consent ----------------------------------------------------------------------------------------------


def test_consent_is_written_down_with_the_text_that_was_read_out(cast):
    person = PersonFactory(village=cast.randu)
    client, address = cast.client("rina"), f"/people/{person.pk}/consents/new/"
    page = client.get(address).content.decode()
    assert "Saya mengizinkan desa membagikan data saya" in page
    typed = CONSENT | {"key": str(new_key()), "expires_on": "1-1-2027"}
    for _twice in range(2):
        assert client.post(address, typed).url == f"/people/{person.pk}/"
    row = Consent.objects.get()
    assert (row.purpose, row.receiver, row.text_version, row.manner, row.witness) == (
        "assistance",
        "Yayasan Contoh",
        "2026-1",
        "spoken",
        "Slamet",
    )
    assert (row.given_on, row.expires_on, row.logged_by) == (TODAY, date(2027, 1, 1), cast.user("rina"))
    assert Event.objects.filter(name="consent.given").count() == 1
    html = client.get(f"/people/{person.pk}/").content.decode()
    assert ("Yayasan Contoh" in html, f"/consents/{row.pk}/withdraw/" in html) == (True, True)


def test_consent_covers_one_purpose_one_receiver_and_its_days(cast):
    row = ConsentFactory(village=cast.randu, person__village=cast.randu, expires_on=date(2026, 12, 1))

    def covers(purpose="assistance", receiver="yayasan contoh", on=TODAY):
        return may_share(row.person_id, purpose=purpose, receiver=receiver, on=on)

    assert (covers(), covers(purpose="finance"), covers(receiver="Bank")) == (True, False, False)
    assert [covers(on=day) for day in (date(2026, 11, 1), date(2026, 12, 1), date(2026, 12, 2))] == [
        False,
        True,
        False,
    ]
    withdraw_consent(by=cast.seat("rina"), consent=row)
    assert covers() is False


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"purpose": ""}, "purpose"),
        ({"purpose": "share_record"}, "purpose"),
        ({"receiver": ""}, "receiver"),
        ({"receiver": "x" * 1_048_576}, "receiver"),
        ({"receiver": "a\0b"}, "receiver"),
        ({"witness": ""}, "witness"),
        ({"witness": "a\x07b"}, "witness"),
        ({"manner": "x"}, "manner"),
        ({"given_on": "24-11-2026"}, "given_on"),
        ({"given_on": "31-02-2026"}, "given_on"),
        ({"expires_on": "22-11-2026"}, "expires_on"),
    ],
)
def test_hostile_consent_is_refused(cast, typed, field):
    person = PersonFactory(village=cast.randu)
    page = cast.client("rina").post(f"/people/{person.pk}/consents/new/", CONSENT | typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert Consent.objects.count() == 0


def test_withdrawal_is_written_once_and_only_by_the_village(cast):
    row = ConsentFactory(village=cast.randu, person__village=cast.randu)
    with pytest.raises(NotPermitted):
        withdraw_consent(by=cast.seat("sari"), consent=row)
    client, address = cast.client("rina"), f"/consents/{row.pk}/withdraw/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "Berubah pikiran."}).url == f"/people/{row.person_id}/"
    assert client.post(address, {"reason": ""}).status_code == 409
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawn_reason) == (cast.user("rina"), "Berubah pikiran.")
    assert "Dicabut pada 23 November 2026: Berubah pikiran." in (
        client.get(f"/people/{row.person_id}/").content.decode()
    )


def test_database_lets_a_consent_only_be_withdrawn(cast):
    row = ConsentFactory(village=cast.randu, person__village=cast.randu)
    for changes in (
        {"receiver": "Lain"},
        {"expires_on": date(2030, 1, 1)},
        {"given_on": date(2020, 1, 1)},
        {"text_version": "x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.filter(pk=row.pk).update(**changes)
    withdraw_consent(by=cast.seat("rina"), consent=row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=row.pk).update(withdrawn_at=None, withdrawn_by=None)


def test_consent_follows_a_merged_person(cast):
    row = ConsentFactory(village=cast.randu, person__village=cast.randu)
    kept = PersonFactory(village=cast.randu)
    merge_people(by=cast.seat("hendro"), key=new_key(), kept=kept, merged=row.person, reason="Sama.")
    assert Consent.objects.get().person == kept


@pytest.mark.parametrize(
    ("body", "consent", "named"),
    [
        ("kbri", {}, True),  # by duty, without consent
        ("lbh", None, False),
        ("lbh", {"receiver": "lbh batang"}, True),
        ("lbh", {"receiver": "LBH Lain"}, False),
        ("lbh", {"receiver": "LBH Batang", "purpose": "finance"}, False),
        ("lbh", {"receiver": "LBH Batang", "expires_on": date(2026, 11, 22)}, False),
    ],
)
def test_slip_for_a_body_outside_the_government_names_nobody_without_consent(cast, body, consent, named):
    case = CaseFactory(village=cast.randu, person=PersonFactory(village=cast.randu, full_name="Dwi Lestari"))
    referral = ReferralFactory(case=case, body=body, office="LBH Batang")
    row = ConsentFactory(person=case.person, village=cast.randu, **consent) if consent else None
    address = f"/referrals/{referral.pk}/slip/"

    def says_the_name():
        return "Dwi Lestari" in cast.client("rina").get(address).content.decode()

    assert says_the_name() is named
    if row and named:
        withdraw_consent(by=cast.seat("rina"), consent=row)
        assert says_the_name() is False


# --- asking another village -------------------------------------------------------------------------------


def masked_page(page, asked):
    """The page without what differs between any two requests."""
    body = page.content.decode().split("<main", 1)[1].split("</main", 1)[0]
    for own in (str(asked.pk), asked.nik_masked):
        body = body.replace(own, "")
    return body


def test_asking_tells_nothing_whether_or_not_somebody_is_known(cast, dwi):
    known, page = ask(cast)
    unknown, other = ask(cast, nik=UNKNOWN)
    assert SENTENCE in page.content.decode()
    assert masked_page(page, known) == masked_page(other, unknown)
    client = cast.client("rina")
    assert share(cast, known, decision="declined", reason="Tidak setuju.").status_code == 302
    again = client.get(f"/record-requests/{known.pk}/")
    assert masked_page(again, known) == masked_page(other, unknown)
    listed = client.get("/record-requests/").content.decode()
    assert ("Tidak setuju" in listed, "Dwi Lestari" in listed) == (False, False)


def test_village_that_knows_the_person_sees_the_request_and_nobody_else(cast, dwi):
    asked, _page = ask(cast)
    assert [row.pk for row in cast.client("dewi").get("/record-requests/").context["theirs"]] == [asked.pk]
    waiting = "1 permintaan desa lain menunggu jawaban Anda"
    assert waiting in cast.client("dewi").get("/people/").content.decode()
    assert waiting not in cast.client("rina").get("/people/").content.decode()
    for name in ("sari", "rina", "teguh"):
        assert list(cast.client(name).get("/record-requests/").context["theirs"]) == []
        assert cast.client(name).get(f"/record-requests/{asked.pk}/answer/").status_code == 404
    assert cast.client("dewi").get(f"/record-requests/{asked.pk}/").status_code == 404
    page = cast.client("dewi").get(f"/record-requests/{asked.pk}/answer/").content.decode()
    for text in ("Dwi Lestari", "Desa Randu", "Pindah ke Randu.", "Saya mengizinkan desa"):
        assert text in page


def test_shared_record_is_seen_until_the_consent_is_withdrawn(cast, dwi):
    asked, _page = ask(cast)
    assert share(cast, asked).url == "/record-requests/"
    rina = cast.client("rina")
    html = rina.get(f"/record-requests/{asked.pk}/").content.decode()
    for text in ("Dibagikan oleh Desa Kenanga", "Dwi Lestari", "Slamet Riyadi", "Taiwan", "25 Januari 1990"):
        assert text in html
    assert NIK not in html
    assert Event.objects.filter(name="record.seen", village_code=cast.kenanga.code).count() == 1
    consent = Consent.objects.get()
    assert (consent.purpose, consent.receiver, consent.receiver_village) == (
        "share_record",
        "Desa Randu",
        cast.randu,
    )
    assert cast.client("dewi").post(f"/consents/{consent.pk}/withdraw/", {"reason": ""}).status_code == 302
    html = rina.get(f"/record-requests/{asked.pk}/").content.decode()
    assert ("Dwi Lestari" in html, SENTENCE in html) == (False, True)


def test_shared_record_is_gone_after_the_consents_last_day(cast, dwi, clock):
    asked, _page = ask(cast)
    share(cast, asked, expires_on="30-11-2026")
    clock.shift(timedelta(days=7))
    assert "Dwi Lestari" in cast.client("rina").get(f"/record-requests/{asked.pk}/").content.decode()
    clock.shift(timedelta(days=1))
    assert "Dwi Lestari" not in cast.client("rina").get(f"/record-requests/{asked.pk}/").content.decode()


def test_second_answer_of_a_village_is_a_conflict(cast, dwi):
    asked, _page = ask(cast)
    assert share(cast, asked).status_code == 302
    conflict = share(cast, asked, decision="declined", reason="Tidak.")
    assert (conflict.status_code, "sudah menjawab" in conflict.content.decode()) == (409, True)
    assert RecordAnswer.objects.count() == 1


def test_same_delivery_twice_counts_once(cast, dwi):
    key, answer_key = new_key(), new_key()
    for _twice in range(2):
        asked = ask_for_record(by=cast.seat("rina"), key=key, nik=NIK, reason="Pindah.").row
    for _twice in range(2):
        answer_request(
            by=cast.seat("dewi"),
            key=answer_key,
            request=asked,
            person=dwi,
            decision="declined",
            reason="Tidak.",
        )
    assert (RecordRequest.objects.count(), RecordAnswer.objects.count()) == (1, 1)


def test_own_people_are_pointed_at_instead_of_asked_for(cast):
    own = register_person(
        by=cast.seat("rina"),
        key=new_key(),
        category="resident",
        facts={"full_name": "A", "sex": "male"},
        nik=NIK,
    ).row
    page = cast.client("rina").post("/record-requests/new/", {"nik": NIK, "reason": "x"})
    assert (page.status_code, page.context["form"].known) == (422, own)
    assert RecordRequest.objects.count() == 0


def test_village_asks_a_limited_number_of_times_a_day(cast):
    for _nth in range(MOST_A_DAY):
        ask_for_record(by=cast.seat("rina"), key=new_key(), nik=UNKNOWN, reason="x")
    with pytest.raises(IllegalStep):
        ask_for_record(by=cast.seat("teguh"), key=new_key(), nik=NIK, reason="x")
    ask_for_record(by=cast.seat("sari"), key=new_key(), nik=NIK, reason="x")


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"nik": "", "reason": "x"}, ["nik"]),
        ({"nik": "0002", "reason": "x"}, ["nik"]),
        ({"nik": "9" * 5000, "reason": "x"}, ["nik"]),
        ({"nik": UNKNOWN, "reason": ""}, ["reason"]),
        ({"nik": UNKNOWN, "reason": "x" * 1_048_576}, ["reason"]),
        ({"nik": UNKNOWN, "reason": "a\0b"}, ["reason"]),
    ],
)
def test_hostile_request_is_refused(cast, typed, fields):
    page = cast.client("rina").post("/record-requests/new/", typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, fields)
    assert RecordRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"decision": ""}, ["decision"]),
        ({"decision": "declined", "reason": ""}, ["reason"]),
        ({"decision": "declined", "reason": "a\x07b"}, ["reason"]),
        ({"decision": "shared", "witness": ""}, ["witness"]),
        ({"decision": "shared", "given_on": ""}, ["given_on"]),
    ],
)
def test_hostile_answer_is_refused(cast, dwi, typed, fields):
    asked, _page = ask(cast)
    page = share(cast, asked, **typed)
    assert (page.status_code, list(page.context["form"].errors)) == (422, fields)
    assert (RecordAnswer.objects.count(), Consent.objects.count()) == (0, 0)


def test_declining_keeps_its_reason_in_the_village_and_needs_no_consent(cast, dwi):
    asked, _page = ask(cast)
    share(cast, asked, decision="declined", reason="Tidak setuju.", manner="", witness="", given_on="")
    row = RecordAnswer.objects.get()
    assert (row.reason, row.consent, row.village) == ("Tidak setuju.", None, cast.kenanga)
    assert Event.objects.get(name="record.declined").village_code == cast.kenanga.code


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(cast, dwi, rows, django_assert_num_queries):
    for _nth in range(rows):
        ask(cast)
        ask(cast, by="dewi", nik=UNKNOWN)
    client = cast.client("dewi")
    with django_assert_num_queries(5):
        client.get("/record-requests/")


def test_only_the_village_writes_a_consent(cast):
    person = PersonFactory(village=cast.randu)
    with pytest.raises(NotPermitted):
        give_consent(by=cast.seat("hendro"), key=new_key(), person=person, facts={})
