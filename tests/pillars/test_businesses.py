"""Businesses: started, changed, paused, closed; their papers and months; what they refuse."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.html import strip_tags

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.case_states import IllegalStep
from migrants.models import Task
from migrants.versions import ChangedMeanwhile
from periods.month import Month
from pillars.actions.business import (
    change_business,
    move_business,
    note_turnover,
    start_business,
)
from pillars.actions.watching import watch_business_permits
from pillars.business_states import MOVES, check_move
from pillars.enums import BusinessStatus
from pillars.models import Business, BusinessStep, Turnover
from pillars.queries.business import months_of, not_asked
from pillars.templatetags.months import months_line
from tests.conftest import TODAY
from tests.factories import (
    BusinessFactory,
    BusinessGroupFactory,
    BusinessPermitFactory,
    PersonFactory,
    TurnoverFactory,
)

FACTS = {
    "name": "Keripik Bu Siti",
    "sector": "food",
    "product": "Keripik pisang",
    "started_on": date(2026, 1, 10),
    "export_ready_on": None,
    "note": "",
}
ENTRY = {
    "key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6a1",
    "name": "Keripik Bu Siti",
    "sector": "food",
    "product": "Keripik pisang",
    "started_on": "10-01-2026",
}
OCTOBER = Month(2026, 10)


def started(cast, **changes):
    group = changes.pop("group", None) or BusinessGroupFactory(village=cast.randu)
    return start_business(
        by=cast.seat("rina"), key=new_key(), group=group, owner=None, facts=FACTS | changes
    ).row


def told(cast, business, month=OCTOBER, version=0, **facts):
    whole = {"turnover": None, "costs": None, "women": None, "men": None, "channel": ""} | facts
    return note_turnover(by=cast.seat("rina"), business=business, month=month, version=version, facts=whole)


# --- start and change ---------------------------------------------------------------------------------------


def test_officer_starts_a_business_of_a_group_once(cast):
    group = BusinessGroupFactory(village=cast.randu, name="Melati")
    client = cast.client("rina")
    first, second = (client.post("/businesses/new/", ENTRY | {"group": str(group.pk)}) for _ in range(2))
    business = Business.objects.get()
    assert (first.status_code, first.url, second.url) == (302, f"/businesses/{business.pk}/", first.url)
    assert (business.belongs_to, business.status, business.village) == ("Melati", "alive", cast.randu)
    step = BusinessStep.objects.get()
    assert (step.from_status, step.to_status, step.happened_on) == ("", "alive", date(2026, 1, 10))


def test_officer_starts_a_business_of_a_household_with_the_search_of_the_form(cast):
    siti = PersonFactory(village=cast.randu, full_name="Siti Rahayu")
    client = cast.client("rina")
    found = client.post("/businesses/new/", ENTRY | {"q": "siti", "find": "1"})
    assert (found.status_code, "Siti Rahayu" in found.content.decode()) == (200, True)
    client.post("/businesses/new/", ENTRY | {"person": str(siti.pk)})
    assert Business.objects.get().owner == siti


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({}, {"q": ["Pilih kelompok, atau cari orang yang menjalankannya."]}),
        ({"name": ""}, {"name": ["Isi bagian ini."]}),
        ({"started_on": "24-11-2026"}, {"started_on": ["Tanggal tidak boleh setelah hari ini."]}),
        (
            {"export_ready_on": "01-01-2026"},
            {"export_ready_on": ["Tidak boleh siap ekspor sebelum usaha dimulai."]},
        ),
    ],
)
def test_form_refuses_in_a_sentence_and_keeps_what_was_typed(cast, entries, errors):
    group = "" if not entries else str(BusinessGroupFactory(village=cast.randu).pk)
    answer = cast.client("rina").post("/businesses/new/", ENTRY | {"group": group} | entries)
    form = answer.context["form"]
    assert (answer.status_code, form.errors) == (422, errors)
    assert form["product"].value() == "Keripik pisang"
    assert Business.objects.count() == 0


def test_business_is_of_a_group_or_a_household_of_the_village_never_both(cast):
    group, person = BusinessGroupFactory(village=cast.randu), PersonFactory(village=cast.randu)
    elsewhere = BusinessGroupFactory(village=cast.kenanga)
    over = BusinessGroupFactory(village=cast.randu, ended_on=TODAY)
    for wrong in ((group, person), (None, None), (elsewhere, None), (over, None)):
        with pytest.raises(NotPermitted):
            start_business(by=cast.seat("rina"), key=new_key(), group=wrong[0], owner=wrong[1], facts=FACTS)
    with pytest.raises(IntegrityError, match="of_a_group_or_household"), transaction.atomic():
        BusinessFactory(village=cast.randu, group=group, owner=person)


def test_two_officers_on_one_business_see_both_versions(cast):
    business = started(cast)
    rina, teguh = cast.client("rina"), cast.client("teguh")
    typed = {name: ENTRY[name] for name in ("name", "sector", "product", "started_on")} | {"version": "1"}
    assert teguh.post(f"/businesses/{business.pk}/edit/", typed | {"product": "Sale"}).status_code == 302
    answer = rina.post(f"/businesses/{business.pk}/edit/", typed | {"product": "Dodol"})
    page = strip_tags(answer.content.decode())
    assert (answer.status_code, "Sale" in page, "Dodol" in page) == (409, True, True)
    business.refresh_from_db()
    assert (business.product, business.version) == ("Sale", 2)
    again = answer.context["form"]["version"].value()
    assert rina.post(f"/businesses/{business.pk}/edit/", typed | {"product": "Dodol", "version": again}).url
    with pytest.raises(ChangedMeanwhile):
        change_business(by=cast.seat("rina"), business=business, version=1, facts=FACTS)


def test_unchanged_facts_write_nothing(cast):
    business = started(cast)
    row = change_business(by=cast.seat("rina"), business=business, version=1, facts=FACTS)
    assert (row.version, Event.objects.filter(name="business.changed").count()) == (1, 0)


# --- status -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("frm", BusinessStatus.values)
@pytest.mark.parametrize("to", BusinessStatus.values)
def test_only_moves_of_the_table_are_possible(frm, to):
    if (frm, to) in {(move.frm, move.to) for move in MOVES}:
        assert check_move(frm, to).to == to
    else:
        with pytest.raises(IllegalStep):
            check_move(frm, to)


def test_business_pauses_runs_again_and_closes_with_its_reasons(cast):
    business = started(cast)
    rina, address = cast.client("rina"), f"/businesses/{business.pk}/move/"
    refused = rina.post(address, {"to": "paused", "on": "01-03-2026"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["why"])
    rina.post(address, {"to": "paused", "on": "01-03-2026", "why": "capital", "words": "Modal habis"})
    rina.post(address, {"to": "alive", "on": "01-05-2026", "why": "capital"})
    rina.post(address, {"to": "closed", "on": "20-11-2026", "why": "abroad"})
    business.refresh_from_db()
    assert (business.status, business.closed_on) == ("closed", date(2026, 11, 20))
    steps = BusinessStep.objects.order_by("happened_on").values_list("to_status", "why")
    assert list(steps) == [("alive", ""), ("paused", "capital"), ("alive", ""), ("closed", "abroad")]
    late = rina.post(address, {"to": "alive", "on": "21-11-2026"})
    assert late.status_code == 422
    with pytest.raises(IllegalStep):
        move_business(by=cast.seat("rina"), business=business, to="alive", on=TODAY)


def test_move_before_the_last_one_is_a_conflict(cast):
    business = started(cast)
    move_business(by=cast.seat("rina"), business=business, to="paused", on=TODAY, why="season")
    answer = cast.client("rina").post(f"/businesses/{business.pk}/move/", {"to": "alive", "on": "01-02-2026"})
    assert answer.status_code == 409
    assert "Tanggalnya tidak boleh sebelum catatan terakhir." in answer.content.decode()


@pytest.mark.parametrize(
    "statement", ["UPDATE pillars_businessstep SET words = 'x'", "DELETE FROM pillars_businessstep"]
)
def test_history_is_never_changed(cast, statement):
    from django.db import connection

    started(cast)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# --- papers -------------------------------------------------------------------------------------------------


def test_paper_is_written_once_and_its_number_checked(cast):
    business = started(cast)
    rina, address = cast.client("rina"), f"/businesses/{business.pk}/permits/new/"
    entry = {"key": str(new_key()), "kind": "nib", "number": "9120 0011 2233", "issued_on": "01-02-2026"}
    refused = rina.post(address, entry)
    assert refused.context["form"].errors == {"number": ["NIB terdiri atas 13 angka."]}
    good = entry | {"number": "9120 0011 22334"}
    assert [rina.post(address, good).status_code for _ in range(2)] == [302, 302]
    assert business.permits.get().number == "9120001122334"
    again = rina.post(address, good | {"key": str(new_key())})
    assert again.status_code == 403
    page = strip_tags(rina.get(f"/businesses/{business.pk}/").content.decode())
    assert "9120001122334" in page


def test_paper_that_ends_soon_becomes_a_task_once_a_step(cast):
    business = BusinessFactory(village=cast.randu, name="Keripik")
    BusinessPermitFactory(business=business, kind="pirt", expires_on=TODAY + timedelta(days=80))
    BusinessPermitFactory(business=business, kind="halal", expires_on=TODAY + timedelta(days=91))
    BusinessPermitFactory(business=business, kind="bpom", expires_on=TODAY + timedelta(days=10))
    BusinessPermitFactory(  # renewed
        business=business, kind="bpom", issued_on=date(2026, 10, 1), expires_on=TODAY + timedelta(days=900)
    )
    gone = BusinessFactory(village=cast.randu, status="closed", closed_on=TODAY)
    BusinessPermitFactory(business=gone, expires_on=TODAY + timedelta(days=10))
    assert [watch_business_permits(today=TODAY) for _ in range(2)] == [1, 0]
    task = Task.objects.get()
    assert (task.about, task.village, task.event_on) == (
        "Keripik: Izin pangan rumahan (PIRT)",
        cast.randu,
        TODAY + timedelta(days=80),
    )
    page = cast.client("rina").get(f"/tasks/{task.pk}/").content.decode()
    assert f'href="/businesses/{business.pk}/"' in page
    assert watch_business_permits(today=TODAY + timedelta(days=21)) == 2  # 59 days: the next step; and halal


# --- months -------------------------------------------------------------------------------------------------


def test_month_is_written_once_and_unknown_is_not_zero(cast):
    business = started(cast)
    rina, address = cast.client("rina"), f"/businesses/{business.pk}/turnover/2026-10/"
    entry = {"version": "0", "turnover": "Rp 1.500.000", "costs": "", "women": "3", "men": ""}
    assert [rina.post(address, entry).status_code for _ in range(2)] == [302, 302]
    row = Turnover.objects.get()
    assert (row.turnover, row.costs, row.women, row.men, row.version, row.surplus) == (
        1_500_000,
        None,
        3,
        None,
        1,
        None,
    )
    page = strip_tags(rina.get(f"/businesses/{business.pk}/").content.decode())
    assert "Rp1.500.000" in page
    assert "1 dari 10 bulan diketahui" in page


@pytest.mark.parametrize(
    ("text", "errors"),
    [("-1", 1), ("1,5", 1), ("1e6", 1), ("abc", 1), ("999.999.999.999.999", 1), ("1.500", 0), ("0", 0)],
)
def test_amounts_are_read_as_rupiah_or_refused(cast, text, errors):
    business = started(cast)
    answer = cast.client("rina").post(
        f"/businesses/{business.pk}/turnover/2026-10/", {"version": "0", "turnover": text}
    )
    assert answer.status_code == (422 if errors else 302)
    sentences = answer.context["form"].errors["turnover"] if errors else []
    assert (len(sentences), all(len(said.split()) <= 20 for said in sentences)) == (errors, True)


def test_two_officers_on_one_month_see_both_versions(cast):
    business = started(cast)
    told(cast, business, turnover=900_000)
    answer = cast.client("teguh").post(
        f"/businesses/{business.pk}/turnover/2026-10/", {"version": "0", "turnover": "700.000"}
    )
    page = strip_tags(answer.content.decode())
    assert (answer.status_code, "900000" in page.replace(".", ""), Turnover.objects.get().turnover) == (
        409,
        True,
        900_000,
    )
    with pytest.raises(ChangedMeanwhile):
        told(cast, business, turnover=1)


def test_month_before_the_start_after_the_end_or_to_come_is_refused(cast):
    business = started(cast)
    with pytest.raises(NotPermitted):
        told(cast, business, month=Month(2025, 12))
    move_business(by=cast.seat("rina"), business=business, to="closed", on=date(2026, 9, 30), why="market")
    with pytest.raises(NotPermitted):
        told(cast, business, month=OCTOBER)
    rina = cast.client("rina")
    for month in ("2026-12", "2026-13", "x"):
        assert rina.get(f"/businesses/{business.pk}/turnover/{month}/").status_code == 404


def test_twelve_months_know_their_median_and_their_gaps(cast):
    business = BusinessFactory(village=cast.randu, started_on=date(2026, 6, 15))
    for month, amount in ((7, 900_000), (8, None), (10, 2_000_000)):
        TurnoverFactory(business=business, first_day=date(2026, month, 1), turnover=amount)
    months = months_of(business, TODAY)
    assert [line.month.slug for line in months.lines] == [
        "2026-10", "2026-09", "2026-08", "2026-07", "2026-06"
    ]  # fmt: skip
    assert (months.drawn, months.median) == ([None, 900_000, None, None, 2_000_000], 900_000)
    assert months_of(BusinessFactory(village=cast.randu, started_on=TODAY), TODAY).lines == []


def test_line_has_gaps_where_nothing_is_known():
    line = months_line([1_000, 2_000, None, 3_000])
    assert (line.count("<polyline"), line.count("<circle")) == (1, 1)
    assert 'points="4,28 41.3,16"' in line
    assert months_line([None, 5, None]) == ""


def test_sheet_of_the_month_names_whom_nobody_asked(cast):
    asked = BusinessFactory(village=cast.randu, name="Sudah ditanya")
    TurnoverFactory(business=asked, turnover=None)
    BusinessFactory(village=cast.randu, name="Belum ditanya")
    BusinessFactory(village=cast.randu, name="Belum mulai", started_on=date(2026, 11, 2))
    BusinessFactory(village=cast.randu, name="Sudah tutup", status="closed", closed_on=date(2026, 9, 30))
    BusinessFactory(village=cast.kenanga, name="Desa lain")
    assert [row.name for row in not_asked(cast.seat("rina"), OCTOBER)] == ["Belum ditanya"]
    page = cast.client("rina").get("/turnover/2026-10/").content.decode()
    assert [name in page for name in ("Belum ditanya", "Sudah ditanya", "Desa lain")] == [True, False, False]


# --- lists --------------------------------------------------------------------------------------------------


def test_list_shows_what_is_open_until_asked_otherwise(cast):
    BusinessFactory(village=cast.randu, name="Masih jalan", status="paused")
    BusinessFactory(village=cast.randu, name="Sudah tutup", status="closed", closed_on=TODAY)
    client = cast.client("rina")
    for query, names in (("", [True, False]), ("?status=closed", [False, True]), ("?status=", [True, True])):
        page = client.get(f"/businesses/{query}").content.decode()
        assert [name in page for name in ("Masih jalan", "Sudah tutup")] == names, query


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("address", "queries"), [("/businesses/", 4), ("/turnover/2026-10/", 4)], ids=["list", "month"]
)
def test_lists_cost_the_same_for_one_and_three(cast, rows, address, queries, django_assert_num_queries):
    for _ in range(rows):
        BusinessFactory(village=cast.randu)
    client = cast.client("rina")
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    business = started(cast)
    for month in range(1, rows + 1):
        TurnoverFactory(business=business, first_day=date(2026, month, 1))
        BusinessPermitFactory(business=business)
    client = cast.client("rina")
    client.get(f"/businesses/{business.pk}/")
    with django_assert_num_queries(10):
        client.get(f"/businesses/{business.pk}/")
