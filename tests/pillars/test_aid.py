from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.attached_files import path_of
from migrants.models import Task
from pillars.actions.aid import add_item, log_check, remove_item
from pillars.actions.watching import watch_equipment
from pillars.models import EquipmentCheck, EquipmentGrant, EquipmentItem, EquipmentPhoto
from pillars.queries.aid import items_of
from tests.conftest import TODAY
from tests.factories import (
    BusinessGroupFactory,
    EquipmentCheckFactory,
    EquipmentGrantFactory,
    EquipmentItemFactory,
)

GRANT = {
    "key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6c1",
    "source": "apbn",
    "year": "2026",
    "giver": "Kementerian Ketenagakerjaan",
    "handed_on": "1/4/2026",
    "bast_number": "BAST/12/2026",
}
ITEM = {"name": "Mesin obras", "quantity": "5", "unit_price": "2.500.000", "handed_on": "1/4/2026"}


def at(name, *keys):
    return reverse(f"pillars:{name}", args=[getattr(key, "pk", key) for key in keys])


def check(cast, item, day=TODAY, reason="", **parts):
    return log_check(
        by=cast.seat("rina"), item=item, key=new_key(), checked_on=day, parts=parts, reason=reason
    )


# --- grants and items ---------------------------------------------------------------------------------------


def test_grant_and_items_are_saved_once_and_add_up(cast):
    group, client = BusinessGroupFactory(village=cast.randu), cast.client("rina")
    answers = [client.post(at("aid-new"), GRANT | {"group": str(group.pk)}) for _tap in range(2)]
    grant = EquipmentGrant.objects.get()
    assert [answer.url for answer in answers] == [at("aid-detail", grant)] * 2
    assert (grant.group, grant.business, grant.handed_on) == (group, None, date(2026, 4, 1))
    for _tap in range(2):
        client.post(at("item-new", grant), ITEM | {"key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6c2"})
    assert EquipmentItem.objects.get().value == 12_500_000
    assert client.get(at("aid-detail", grant)).context["total"] == 12_500_000
    assert client.get(at("aid-list")).context["page_of_rows"].rows[0].total == 12_500_000


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({}, {"group": ["Pilih kelompok atau usaha."]}),
        ({"group": "theirs"}, {"group": ["Pilih kelompok dari daftar."]}),
        ({"group": "ours", "year": "2027"}, {"year": ["Tahun tidak boleh setelah tahun ini."]}),
        ({"group": "ours", "year": "2015"}, {"year": ["Program dimulai tahun 2016. Periksa tahunnya."]}),
        (
            {"group": "ours", "handed_on": "24-11-2026"},
            {"handed_on": ["Tanggal tidak boleh setelah hari ini."]},
        ),
        ({"group": "ours", "source": "sihir"}, {"source": 1}),
        ({"group": "ours", "giver": "x" * 121}, {"giver": 1}),
    ],
)
def test_grant_form_says_what_to_mend(cast, entries, errors):
    groups = {
        "ours": str(BusinessGroupFactory(village=cast.randu).pk),
        "theirs": str(BusinessGroupFactory(village=cast.kenanga).pk),
    }
    entries = {name: groups.get(value, value) for name, value in entries.items()}
    answer = cast.client("rina").post(at("aid-new"), GRANT | entries)
    found = answer.context["form"].errors
    assert (answer.status_code, list(found)) == (422, list(errors))
    assert all(sentences in (1, found[name]) for name, sentences in errors.items())


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "10001"}, "quantity"),
        ({"quantity": "1,5"}, "quantity"),
        ({"unit_price": ""}, "unit_price"),
        ({"unit_price": "-1"}, "unit_price"),
        ({"unit_price": "99999999999999999999"}, "unit_price"),
        ({"handed_on": "31/3/2026"}, "handed_on"),
        ({"replaces": "0193576c-8d1e-7c52-9a40-5f0c2f5be6ff"}, "replaces"),
        ({"replaces": "x"}, "replaces"),
    ],
)
def test_item_form_says_what_to_mend(cast, entries, field):
    grant = EquipmentGrantFactory(village=cast.randu)
    answer = cast.client("rina").post(at("item-new", grant), ITEM | entries)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert EquipmentItem.objects.count() == 0


def test_item_taken_out_only_while_nobody_looked_at_it(cast):
    item = EquipmentItemFactory(grant__village=cast.randu)
    seen = EquipmentCheckFactory(item=EquipmentItemFactory(grant=item.grant)).item
    with pytest.raises(NotPermitted):
        remove_item(by=cast.seat("rina"), item=seen)
    cast.client("rina").post(at("item-remove", item))
    assert EquipmentItem.objects.get() == seen
    assert Event.objects.filter(name="aid.item_removed").count() == 1


# --- checks -------------------------------------------------------------------------------------------------


def test_check_of_one_piece_is_a_tap_and_a_reason(cast):
    item = EquipmentItemFactory(grant__village=cast.randu)
    client, url = cast.client("rina"), at("check-new", item)
    refused = client.post(url, {"checked_on": "20-11-2026", "condition": "idle"})
    assert (refused.status_code, refused.context["form"].errors) == (
        422,
        {"reason": ["Tulis mengapa tidak terpakai."]},
    )
    entry = {
        "key": str(new_key()),
        "checked_on": "20-11-2026",
        "condition": "idle",
        "reason": "Listrik kurang",
    }
    for _tap in range(2):
        client.post(url, entry)
    row = EquipmentCheck.objects.get()
    assert (row.idle, row.in_use, row.reason, row.logged_by) == (1, 0, "Listrik kurang", cast.user("rina"))


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({"in_use": "3"}, {"in_use": ["Jumlah semua kondisi harus 5. Sekarang jumlahnya 3."]}),
        ({"in_use": "3", "lost": "3"}, {"in_use": ["Jumlah semua kondisi harus 5. Sekarang jumlahnya 6."]}),
        ({"in_use": "3", "broken": "2"}, {"reason": ["Tulis mengapa tidak terpakai."]}),
        ({"in_use": "-1"}, {"in_use": ["Angka tidak boleh kurang dari nol."]}),
        (
            {"in_use": "5", "checked_on": "31-03-2026"},
            {"checked_on": ["Pemeriksaan tidak boleh sebelum serah terima."]},
        ),
        ({"in_use": "5", "checked_on": ""}, {"checked_on": 1}),
    ],
)
def test_check_of_several_pieces_adds_up(cast, entries, errors):
    item = EquipmentItemFactory(grant__village=cast.randu, quantity=5)
    entries = {"checked_on": "20-11-2026"} | entries
    answer = cast.client("rina").post(at("check-new", item), entries)
    found = answer.context["form"].errors
    assert (answer.status_code, list(found)) == (422, list(errors))
    assert all(sentences in (1, found[name]) for name, sentences in errors.items())


def test_database_refuses_parts_that_do_not_add_up_and_silence(cast):
    item = EquipmentItemFactory(grant__village=cast.randu, quantity=5)
    for wrong in ({"in_use": 4}, {"quantity": 4, "in_use": 4}, {"in_use": 3, "broken": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EquipmentCheckFactory(item=item, **wrong)
            transaction.get_connection().check_constraints()
    EquipmentCheckFactory(item=item, in_use=3, broken=2, reason="Jatuh")
    with pytest.raises(IntegrityError), transaction.atomic():
        EquipmentItem.objects.update(quantity=6)


def test_page_shows_first_what_is_not_in_use(cast):
    grant = EquipmentGrantFactory(village=cast.randu)
    names = ("A terpakai", "B belum", "C rusak", "D diganti", "E pengganti")
    used, _unseen, broken, old, new = (EquipmentItemFactory(grant=grant, name=name) for name in names)
    EquipmentCheckFactory(item=used)
    for item in (broken, old):
        EquipmentCheckFactory(item=item, in_use=0, broken=1, reason="Jatuh")
    EquipmentItem.objects.filter(pk=new.pk).update(replaces=old)
    assert [line.item.name for line in items_of(grant)] == [
        "C rusak",
        "B belum",
        "E pengganti",
        "A terpakai",
        "D diganti",
    ]
    client = cast.client("kades")
    lists = {which: client.get(at("item-list"), {"which": which}).context["lines"] for which in ("", "all")}
    assert [line.item.name for line in lists[""]] == ["C rusak"]
    assert len(lists["all"]) == 4


def test_idle_machine_is_replaced_once_and_by_its_own_group(cast):
    grant = EquipmentGrantFactory(village=cast.randu)
    old = EquipmentItemFactory(grant=grant)
    check(cast, old, idle=1, reason="Terlalu besar")
    client = cast.client("rina")
    client.post(at("item-new", grant), ITEM | {"quantity": "1", "replaces": str(old.pk)})
    new = EquipmentItem.objects.get(replaces=old)
    page = client.get(at("item-detail", old))
    assert (page.context["line"].replaced_by, page.context["may_log"]) == (new, False)
    with pytest.raises(NotPermitted):
        check(cast, old, in_use=1)
    with pytest.raises(NotPermitted):
        add_item(by=cast.seat("rina"), grant=grant, key=new_key(), replaces=old, name="Lagi", quantity=1)
    other = EquipmentGrantFactory(village=cast.randu)
    with pytest.raises(NotPermitted):
        add_item(by=cast.seat("rina"), grant=other, key=new_key(), replaces=new, name="Lain", quantity=1)


# --- tasks --------------------------------------------------------------------------------------------------


def test_equipment_nobody_looks_at_becomes_one_task_and_a_check_ends_it(cast):
    today = date(2026, 11, 23)
    grant = EquipmentGrantFactory(village=cast.randu, handed_on=today - timedelta(days=90))
    items = EquipmentItemFactory.create_batch(2, grant=grant, handed_on=grant.handed_on)
    EquipmentItemFactory(
        grant=EquipmentGrantFactory(village=cast.randu), handed_on=today - timedelta(days=89)
    )
    assert (watch_equipment(today=today), watch_equipment(today=today)) == (1, 0)
    task = Task.objects.get()
    assert (task.rule, task.about, task.about_key, task.event_on) == (
        "equipment_unseen",
        grant.group.name,
        grant.pk,
        grant.handed_on,
    )
    assert at("aid-detail", grant) in cast.client("rina").get(f"/tasks/{task.pk}/").content.decode()
    check(cast, items[0], in_use=1)
    task.refresh_from_db()
    assert task.status == "open"
    check(cast, items[1], in_use=1)
    task.refresh_from_db()
    assert task.status == "done"
    assert watch_equipment(today=today + timedelta(days=89)) == 1  # the other grant alone
    assert watch_equipment(today=today + timedelta(days=90)) == 1


def test_idle_equipment_is_asked_about_after_thirty_days(cast):
    item = EquipmentItemFactory(grant__village=cast.randu)
    seen = check(cast, item, day=TODAY - timedelta(days=29), idle=1, reason="Tidak ada bahan")
    assert watch_equipment(today=TODAY) == 0
    assert (watch_equipment(today=TODAY + timedelta(days=1)), watch_equipment(today=TODAY)) == (1, 0)
    task = Task.objects.get()
    assert (task.rule, task.about, task.event_on) == ("equipment_idle", item.name, seen.checked_on)
    check(cast, item, idle=1, reason="Masih sama")
    task.refresh_from_db()
    assert (task.status, watch_equipment(today=TODAY + timedelta(days=1))) == ("done", 0)
    check(cast, item, in_use=1)
    assert watch_equipment(today=TODAY + timedelta(days=80)) == 0


# --- photos -------------------------------------------------------------------------------------------------


def test_photo_is_kept_sealed_served_as_a_download_and_taken_back(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    item = EquipmentItemFactory(grant__village=cast.randu)
    client, form = cast.client("rina"), at("item-photo-new", item)
    assert client.post(form, {"file": SimpleUploadedFile("a.jpg", b"<svg/>")}).status_code == 422
    sent = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(sent, "JPEG")
    client.post(form, {"file": SimpleUploadedFile("a.jpg", sent.getvalue()), "caption": "Pelat"})
    photo = EquipmentPhoto.objects.get()
    assert b"JFIF" not in path_of(photo).read_bytes()
    answer = client.get(at("item-photo-download", photo))
    assert answer["Content-Disposition"].startswith('attachment; filename="alat-')
    assert (answer["Content-Type"], answer.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert cast.client("sari").get(at("item-photo-download", photo)).status_code == 404
    client.post(at("item-photo-remove", photo))
    assert client.get(at("item-photo-download", photo)).status_code == 404
    names = Event.objects.filter(name__startswith="aid.photo").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["aid.photo_added", "aid.photo_opened", "aid.photo_removed"]


# --- pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_at_any_length(cast, django_assert_num_queries, rows):
    for grant in EquipmentGrantFactory.create_batch(rows, village=cast.randu):
        for item in EquipmentItemFactory.create_batch(rows, grant=grant):
            EquipmentCheckFactory.create_batch(rows, item=item, in_use=0, idle=1, reason="Listrik")
    client = cast.client("rina")
    for name, keys, queries in (
        ("aid-list", [], 4),
        ("aid-detail", [grant], 6),
        ("aid-minutes", [grant], 6),
        ("item-list", [], 5),
        ("item-detail", [item], 7),
    ):
        with django_assert_num_queries(queries):
            client.get(at(name, *keys))


def test_minutes_carry_the_total_in_words_and_leave_out_replacements(cast):
    grant = EquipmentGrantFactory(village=cast.randu, giver="Disnaker Batang")
    old = EquipmentItemFactory(grant=grant, quantity=2, unit_price=750_000)
    EquipmentItemFactory(grant=grant, replaces=old)
    page = cast.client("rina").get(at("aid-minutes", grant))
    text = page.content.decode()
    assert (page.context["items"], page.context["total"]) == ([old], 1_500_000)
    assert "satu juta lima ratus ribu rupiah" in text.lower()
    boxes = text.split('<div class="signs">')[1].split("</div>")[0]
    assert (boxes.count("<p>"), "Yang menyerahkan<br>Disnaker Batang" in boxes) == (2, True)


def test_aid_of_another_village_does_not_exist(cast):
    item = EquipmentItemFactory(grant__village=cast.bandung)
    client = cast.client("rina")
    pages = [at("aid-detail", item.grant), at("item-detail", item), at("check-new", item)]
    assert [client.get(url).status_code for url in pages] == [404] * 3
