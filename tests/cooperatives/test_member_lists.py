"""A body's list of members with what they saved, brought in from a workbook or a CSV."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.keys import new_key
from audit.models import Event
from cooperatives.chart import MANDATORY, MEMBERS_SHARE, PRINCIPAL, RESERVE, VOLUNTARY
from cooperatives.member_lists import ListReader, ListSheet, read_list
from cooperatives.models import JournalEntry, Member
from cooperatives.queries.checking import books_that_disagree
from cooperatives.queries.ledger import account_balances, balances_of
from migrants.registers.kinds import Column
from tests.factories import MemberFactory
from tests.factories.ledger import books, deposit
from villages.tables import TableRefused

LIST = """\
DAFTAR ANGGOTA KOPERASI RANDU;;;;;;;
No;Nama Anggota;L/P;Tgl Masuk;Status;Simpanan Pokok;Simp. Wajib;Sukarela;SHU belum dibayar
1;Siti Aminah;P;01-06-2025;Purna PMI;50.000;Rp 120.000,00;1.500.000;12.500
2;Darto Wibowo;L;1 Juli 2025;Keluarga;50000;-;;
3;Tumini;P;15/8/2025;;50.000;90.000;0;
Jumlah;;;;;150.000;210.000;1.500.000;12.500
Mengetahui, Ketua;;;;;;;
"""


@pytest.fixture
def rina(cast):
    return cast.seat("rina")


@pytest.fixture
def body(rina):
    return books(rina, name="Koperasi Randu")


@pytest.fixture
def send(cast, body):
    """Send a list, or go on from a check page, as an officer's browser does."""
    client, address = cast.client("rina"), reverse("cooperatives:member-list-new", args=[body.pk])

    def send(text=None, **facts):
        if text is not None:
            file = SimpleUploadedFile("anggota.csv", text.encode())
            return client.post(address, {"key": str(new_key()), "file": file})
        return client.post(address, facts)

    return send


def carried(page, **changes):
    """What the check page sends on."""
    form = page.context["form"]
    return {**{name: form[name].value() for name in form.fields}, **changes}


def read(text, today=date(2026, 11, 23)):
    sheet = read_list(text.encode(), "anggota.csv")
    reader = ListReader(sheet, {column: at for at, column in sheet.proposed.items()}, today)
    reader.read()
    return reader


def test_list_is_read_as_bodies_keep_it():
    reader = read(LIST)
    assert reader.faults == []
    assert [(row.row, row.number, row.name, row.sex, row.kind) for row in reader.rows] == [
        (3, 1, "Siti Aminah", "female", "returned"),
        (4, 2, "Darto Wibowo", "male", "family"),
        (5, 3, "Tumini", "female", None),
    ]
    assert [row.joined_on for row in reader.rows] == [
        date(2025, 6, 1),
        date(2025, 7, 1),
        date(2025, 8, 15),
    ]
    assert [row.amounts for row in reader.rows] == [
        {PRINCIPAL: 50_000, MANDATORY: 120_000, VOLUNTARY: 1_500_000, MEMBERS_SHARE: 12_500},
        {PRINCIPAL: 50_000},
        {PRINCIPAL: 50_000, MANDATORY: 90_000},
    ]
    assert ListSheet.from_text(reader.sheet.to_text()) == reader.sheet


def test_each_bad_cell_is_named_in_a_sentence(english):
    text = """\
No Anggota;Nama;L/P;Tanggal Masuk;Pokok;Wajib
satu;Siti Aminah;P;01-06-2025;50.000;
2;;L;01-06-2025;1,5;
3;Tumini;X;31-02-2025;1e6;-5
4;Wati;P;;99.000.000.000;
5;Yanti;P;01-06-2025;;
5;Yono;L;01-06-2025;;
"""
    assert [fault.sentence for fault in read(text).faults] == [
        "Row 2, column No Anggota, “satu”: Write the number of the member in digits, 1 to 99999.",
        "Row 3, column Nama: The name is missing. Fill it in and import the row again.",
        "Row 3, column Pokok, “1,5”: Part thousands with dots, without cents: 1.500 is one thousand five"
        " hundred.",
        "Row 4, column L/P, “X”: This says neither L nor P. Fill in L or P.",
        "Row 4, column Tanggal Masuk, “31-02-2025”: This date is not in the calendar. Correct it and import"
        " the row again.",
        "Row 4, column Pokok, “1e6”: Enter the amount in digits, for example 1.500.000.",
        "Row 4, column Wajib, “-5”: Enter an amount of 0 or more, without a minus sign.",
        "Row 5, column Tanggal Masuk: Write the day, for example 17-08-2026.",
        "Row 5, column Pokok, “99.000.000.000”: Check the amount: at most Rp10.000.000.000 at once.",
        "Row 6, column No Anggota, “5”: This number stands in the list more than once. Each member has a"
        " number of her own.",
        "Row 7, column No Anggota, “5”: This number stands in the list more than once. Each member has a"
        " number of her own.",
    ]
    with pytest.raises(TableRefused):
        read("Ini bukan daftar\n")


def test_list_comes_in_after_its_totals_were_seen(send, body):
    checked = send(LIST)
    assert (checked.status_code, Member.objects.count(), JournalEntry.objects.count()) == (200, 0, 0)
    assert checked.context["form"].totals == [
        ("Simpanan pokok", 150_000),
        ("Simpanan wajib", 210_000),
        ("Simpanan sukarela", 1_500_000),
        ("SHU yang belum dibayar", 12_500),
    ]
    for _tap in range(2):  # a double tap
        assert send(**carried(checked, confirmed="1")).status_code == 302
    siti = Member.objects.get(body=body, number=1)
    assert balances_of(siti) == {
        PRINCIPAL: 50_000,
        MANDATORY: 120_000,
        VOLUNTARY: 1_500_000,
        MEMBERS_SHARE: 12_500,
    }
    entry = JournalEntry.objects.get()
    assert (entry.kind, entry.day, entry.amount) == ("opening", body.books_opened_on, 1_872_500)
    assert {row.account.code: row.moved for row in account_balances(body)}[RESERVE] == 1_872_500
    assert Event.objects.filter(name="body.member_joined").count() == 3
    assert books_that_disagree() == ([], 0)

    again = send(LIST)
    assert again.context["form"].plan.changes_nothing
    assert b'name="confirmed"' not in again.content


def test_columns_can_be_said_otherwise(send):
    page = send(LIST.replace("Simp. Wajib", "Iuran"))
    assert page.context["form"].totals[1] == ("Simpanan sukarela", 1_500_000)
    page = send(**carried(page, **{"column-6": Column.MANDATORY_SAVINGS.value}))
    assert page.context["form"].totals[1] == ("Simpanan wajib", 210_000)
    page = send(**carried(page, **{"column-6": Column.PRINCIPAL_SAVINGS.value, "column-1": "ignored"}))
    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == [
        "Dua kolom sama-sama berisi “Simpanan pokok”. Ubah salah satunya.",
        "Tunjukkan kolom yang berisi: Nama lengkap.",
    ]


def test_list_that_contradicts_the_books_changes_nothing(send, body):
    MemberFactory(body=body, number=2, name="Orang Lain", joined_on=date(2025, 7, 1))
    send(**carried(send(LIST.replace("Darto Wibowo", "Orang Lain")), confirmed="1"))
    entries = JournalEntry.objects.count()
    late = "4;Baru;P;02-02-2026;;50.000;;;\n5;Lama;P;01-01-2020;;;;;\n"
    changed = LIST.replace("90.000", "95.000").replace("Jumlah;", f"{late}Jumlah;")
    page = send(changed)
    assert page.status_code == 422
    assert page.context["form"].faults == [
        "Baris 4, kolom Nama Anggota, “Darto Wibowo”: Nomor ini tercatat atas nama Orang Lain. Perbaiki nomor"
        " atau namanya.",
        "Baris 5, kolom Simp. Wajib, “Rp95.000”: Saldo awal yang tercatat di sini Rp90.000. Perbaiki daftar,"
        " atau batalkan catatan itu.",
        "Baris 6, kolom Tgl Masuk, “02-02-2026”: Baru belum menjadi anggota saat pembukuan dibuka. Kosongkan"
        " jumlahnya.",
        "Baris 7, kolom Tgl Masuk, “01-01-2020”: Anggota tidak dapat bergabung sebelum badan didirikan.",
    ]
    assert send(**carried(page, confirmed="1")).status_code == 422
    assert (Member.objects.count(), JournalEntry.objects.count()) == (3, entries)


def test_balances_come_before_everything_else_in_the_books(send, rina, body):
    deposit(rina, MemberFactory(body=body, number=9), 10_000)
    assert send(LIST).status_code == 422
    without = "\n".join(";".join(line.split(";")[:5]) for line in LIST.splitlines())
    page = send(without)
    assert send(**carried(page, confirmed="1")).status_code == 302
    assert (body.members.count(), JournalEntry.objects.count()) == (4, 1)


@pytest.mark.parametrize(
    "sheet", ["", "[]", "{}", "[[],[],{}]", '[["a"],[[1,["b"]]],{"0":"x"}]', "[" * 100_000, "\x00"]
)
def test_carried_sheet_that_is_none_asks_for_the_file(send, sheet):
    assert send(sheet=sheet, confirmed="1").status_code == 422
    assert Member.objects.count() == 0
