"""The pages of the books, as a treasurer goes through them."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.keys import new_key
from audit.models import Event
from cooperatives.actions.ledger import Side, post_entry
from cooperatives.actions.loans import grant_loan
from cooperatives.chart import CASH, GRANTS, MANDATORY, MEMBERS_SHARE, PRINCIPAL, SURPLUS, VOLUNTARY
from cooperatives.loan_terms import Terms
from cooperatives.models import ClosedMonth, Collection, FinanceBody, JournalEntry
from cooperatives.queries.ledger import balances_of, money_in
from tests.factories import FinanceBodyFactory, MemberFactory
from tests.factories.ledger import books, deposit


@pytest.fixture
def rina(cast):
    return cast.seat("rina")


@pytest.fixture
def client(cast):
    return cast.client("rina")


@pytest.fixture
def body(rina):
    return books(rina, name="Koperasi Randu")


@pytest.fixture
def siti(body):
    return MemberFactory(body=body, number=1, name="Siti Aminah")


def record(client, body, kind, **data):
    """Send the form of a kind, read its check page, and confirm; the answer to the last press."""
    address = reverse("cooperatives:transaction-new", args=[body.pk, kind])
    data = {"key": str(new_key()), "day": "23-11-2026", **data}
    checked = client.post(address, data)
    if checked.status_code != 200:
        return checked
    return client.post(address, data | {"confirmed": "1"})


def words(answer):
    """The page as one line of text without marks."""
    import re

    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def errors(answer):
    return {name: [str(one) for one in found] for name, found in answer.context["form"].errors.items()}


def test_books_are_opened_by_form(client, rina):
    body = FinanceBodyFactory(village=rina.village)
    address = reverse("cooperatives:books-open", args=[body.pk])
    refused = client.post(address, {"opened_on": "1-1-2024"})
    assert errors(refused) == {"opened_on": ["Pembukuan tidak dapat dibuka sebelum badan didirikan."]}
    answer = client.post(address, {"opened_on": "1 Januari 2026"})
    assert answer.url == reverse("cooperatives:books-detail", args=[body.pk])
    assert FinanceBody.objects.get().books_opened_on == date(2026, 1, 1)
    assert client.get(answer.url).status_code == 200


def test_a_transaction_says_what_it_records_before_it_is_saved(client, body, siti):
    address = reverse("cooperatives:transaction-new", args=[body.pk, "voluntary_in"])
    data = {"key": str(new_key()), "member": siti.pk, "amount": "Rp 1.500.000,00", "day": "23-11-2026"}
    checked = client.post(address, data)
    page = words(checked)
    assert "Yang akan dicatat Siti Aminah menyetor simpanan sukarela Rp1.500.000." in page
    assert "satu juta lima ratus ribu rupiah" in page
    assert "Kas bertambah Rp1.500.000. Simpanan sukarela Siti Aminah bertambah Rp1.500.000." in page
    assert "debit" not in page.lower()
    assert JournalEntry.objects.count() == 0
    changed = client.post(address, data | {"change": "1"})
    assert (changed.status_code, 'value="Rp 1.500.000,00"' in changed.content.decode()) == (200, True)
    saved = client.post(address, data | {"confirmed": "1"})
    entry = JournalEntry.objects.get()
    assert saved.url == reverse("cooperatives:entry-detail", args=[entry.pk])
    again = client.post(address, data | {"confirmed": "1"})
    assert (again.url, JournalEntry.objects.count()) == (f"{saved.url}?again=1", 1)
    assert "tidak ada yang dicatat dua kali" in words(client.get(again.url))


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("", "Isi jumlahnya."),
        ("0", "Isi jumlah lebih dari nol."),
        ("-5000", "Isi jumlah 0 atau lebih, tanpa tanda minus."),
        ("1,5", "Pisahkan ribuan dengan titik, tanpa sen: 1.500 berarti seribu lima ratus."),
        ("1e6", "Isi jumlah dengan angka, misalnya 1.500.000."),
        ("99.999.999.999", "Periksa jumlahnya: paling banyak Rp10.000.000.000 sekali catat."),
        ("9" * 30, "Isi jumlah paling banyak 15 angka."),
    ],
)
def test_an_amount_that_is_none_is_refused_in_words(client, body, amount, sentence):
    answer = record(client, body, "grant", amount=amount)
    assert (answer.status_code, errors(answer)) == (422, {"amount": [sentence]})


@pytest.mark.parametrize("amount", ["1.500", "1500", "Rp1.500", "Rp 1.500,00", "Rp. 1.500,-"])
def test_an_amount_as_people_write_it_is_read(client, body, amount):
    record(client, body, "grant", amount=amount)
    assert JournalEntry.objects.get().amount == 1500


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("31-12-2025", "Pembukuan dibuka 01-01-2026. Pilih tanggal itu atau sesudahnya."),
        ("24-11-2026", "Tanggal tidak boleh setelah hari ini."),
        ("13/13/2026", "Bulan 13 tidak ada. Tulis hari dahulu, lalu bulan."),
    ],
)
def test_a_day_that_is_not_open_is_refused_in_words(client, body, day, sentence):
    answer = record(client, body, "grant", amount="1000", day=day)
    assert (answer.status_code, errors(answer)) == (422, {"day": [sentence]})


def test_principal_savings_are_paid_once_and_go_back_on_leaving(client, body, siti):
    assert record(client, body, "principal_in", member=siti.pk, amount="100.000").status_code == 302
    twice = record(client, body, "principal_in", member=siti.pk, amount="100.000")
    assert errors(twice) == {
        "member": ["Siti Aminah sudah menyetor simpanan pokok. Simpanan pokok hanya sekali."]
    }
    early = record(client, body, "principal_out", member=siti.pk, amount="100.000")
    assert errors(early) == {"member": ["Pilih salah satu dari daftar."]}
    siti.left_on = date(2026, 11, 20)
    siti.save()
    assert record(client, body, "principal_out", member=siti.pk, amount="100.000").status_code == 302
    assert (balances_of(siti), money_in(body, CASH)) == ({PRINCIPAL: 0}, 0)


def test_a_withdrawal_above_the_balance_names_the_balance(client, body, siti):
    record(client, body, "voluntary_in", member=siti.pk, amount="25.000")
    answer = record(client, body, "voluntary_out", member=siti.pk, amount="25.001")
    assert errors(answer) == {"amount": ["Saldo Siti Aminah hanya Rp25.000. Isi jumlah itu atau kurang."]}
    assert JournalEntry.objects.count() == 1


def test_a_payment_before_joining_and_money_that_is_not_there_are_refused(client, rina):
    body = books(rina, opened_on=date(2025, 1, 20))
    siti = MemberFactory(body=body, name="Siti Aminah", joined_on=date(2025, 2, 1))
    early = record(client, body, "mandatory_in", member=siti.pk, amount="5000", day="31-1-2025")
    assert errors(early) == {"day": ["Siti Aminah bergabung 01-02-2025. Pilih tanggal itu atau sesudahnya."]}
    broke = record(client, body, "purchase", amount="5000")
    assert errors(broke) == {"amount": ["Uang yang ada hanya Rp0. Rp5.000 tidak dapat dikeluarkan."]}


def test_a_member_of_another_body_is_no_choice(client, body, rina):
    stranger = MemberFactory(body=books(rina))
    answer = record(client, body, "mandatory_in", member=stranger.pk, amount="5000")
    assert errors(answer) == {"member": ["Pilih salah satu dari daftar."]}


def test_every_kind_of_the_table_is_recorded_by_its_form(client, rina, body, siti):
    from cooperatives.transactions import TABLE

    gone = MemberFactory(body=body, number=2, name="Wagiyem")
    for kind in ("principal_in", "mandatory_in"):
        record(client, body, kind, member=gone.pk, amount="90.000")
    gone.left_on = date(2026, 11, 20)
    gone.save()
    record(client, body, "grant", amount="5.000.000")
    record(client, body, "bank_in", amount="500.000")
    record(client, body, "voluntary_in", member=siti.pk, amount="50.000")
    sides = [Side(SURPLUS, 1_000), Side(MEMBERS_SHARE, -1_000, siti)]
    day = date(2026, 11, 20)
    post_entry(by=rina, body=body, key=new_key(), kind="surplus_shared", day=day, sides=sides)
    for kind, row in TABLE.items():
        data = {"amount": "1.000"}
        if row.member:
            data["member"] = (gone if kind in ("principal_out", "mandatory_out") else siti).pk
        if row.choice:
            data["account"] = body.accounts.filter(kind=row.choice, of_members=False).last().pk
        answer = record(client, body, kind.value, **data)
        assert answer.status_code == 302, (kind, errors(answer))
        assert client.get(answer.url).status_code == 200
    assert JournalEntry.objects.count() == 6 + len(TABLE)


def test_an_unknown_kind_and_unopened_books_do_not_exist(client, body, rina):
    closed = FinanceBodyFactory(village=rina.village)
    assert [
        client.get(reverse("cooperatives:transaction-new", args=[body.pk, "collection"])).status_code,
        client.get(reverse("cooperatives:transaction-new", args=[body.pk, "nonsense"])).status_code,
        client.get(reverse("cooperatives:books-detail", args=[closed.pk])).status_code,
        client.get(reverse("cooperatives:account-detail", args=[body.pk, "999"])).status_code,
        client.get(reverse("cooperatives:month-close", args=[body.pk, "2026-13"])).status_code,
    ] == [404] * 5


def test_an_entry_is_reversed_by_form_and_both_stay(client, body, siti, rina):
    entry = deposit(rina, siti, 30_000)
    address = reverse("cooperatives:entry-reverse", args=[entry.pk])
    data = {"key": str(new_key()), "reason": "Salah anggota", "day": "23-11-2026"}
    assert errors(client.post(address, data | {"reason": ""})) == {
        "reason": ["Tulis alasannya dengan beberapa kata."]
    }
    page = words(client.post(address, data))
    assert "Catatan 0001/2026 sebesar Rp30.000 dibatalkan." in page
    assert "Simpanan sukarela Siti Aminah berkurang Rp30.000." in page
    back = client.post(address, data | {"confirmed": "1"})
    assert "Membatalkan catatan 0001/2026" in words(client.get(back.url))
    detail = words(client.get(reverse("cooperatives:entry-detail", args=[entry.pk])))
    assert "Dibatalkan oleh catatan 0002/2026 : Salah anggota" in detail
    twice = client.post(address, data | {"key": str(new_key())})
    assert errors(twice) == {"__all__": ["Catatan ini sudah dibatalkan oleh catatan 0002/2026."]}


def test_a_receipt_is_printed_with_the_amount_in_words(client, siti, rina):
    entry = deposit(rina, siti, 30_000)
    for paper in ("", "?paper=roll"):
        page = words(client.get(reverse("cooperatives:entry-receipt", args=[entry.pk]) + paper))
        assert "0001/2026 · 2 November 2026 · Koperasi Randu" in page
        assert "tiga puluh ribu rupiah" in page


def test_debit_and_credit_come_when_asked(client, body, siti, rina):
    entry = deposit(rina, siti, 30_000)
    pages = [
        reverse("cooperatives:entry-list", args=[body.pk]),
        reverse("cooperatives:entry-detail", args=[entry.pk]),
        reverse("cooperatives:account-detail", args=[body.pk, CASH]),
        reverse("cooperatives:balance-detail", args=[body.pk]),
    ]
    for address in pages:
        assert "Kredit" not in words(client.get(address)), address
        assert "Kredit" in words(client.get(f"{address}?view=accounting")), address


def test_an_account_shows_its_running_total_over_pages(client, body, siti, rina):
    for n in range(1, 53):
        deposit(rina, siti, n, day=date(2026, 11, 1 + n % 3))
    address = reverse("cooperatives:account-detail", args=[body.pk, VOLUNTARY])
    first = client.get(address).context["rows"]
    second = client.get(f"{address}?after={first.after}").context["rows"]
    rows = [*first, *second]
    assert (len(first), len(second), rows[0].running) == (50, 2, 52 * 53 // 2)
    for later, earlier in pairwise(rows):
        assert later.running == earlier.running + later.line.credit
    assert rows[-1].running == rows[-1].line.credit


def test_the_trial_balance_is_reckoned_up_to_a_day(client, body, siti, rina):
    deposit(rina, siti, 30_000, day=date(2026, 10, 31))
    record(client, body, "grant", amount="70.000")
    address = reverse("cooperatives:balance-detail", args=[body.pk])
    now, then = (client.get(f"{address}{query}").context["trial"] for query in ("", "?until=31-10-2026"))
    sums = {row.account.code: row.balance for one in now.kinds for row in one.rows}
    assert sums == {CASH: 100_000, VOLUNTARY: 30_000, GRANTS: 70_000}
    assert (now.has, now.owes_and_owns, now.debit, now.credit) == (100_000,) * 4
    assert (then.has, then.owes_and_owns) == (30_000, 30_000)
    assert client.get(f"{address}?until=31-31-2026").status_code == 422


def test_an_account_is_added_by_form(client, body):
    address = reverse("cooperatives:account-new", args=[body.pk])
    facts = {"kind": "cost", "name_id": "Sewa tempat"}
    assert errors(client.post(address, facts | {"code": "5x"})) == {
        "code": ["Tulis tiga sampai delapan angka; angka pertama 1 sampai 5."]
    }
    assert client.post(address, facts | {"code": "516"}).status_code == 302
    assert errors(client.post(address, facts | {"code": "516"})) == {
        "code": ["Kode ini sudah dipakai akun lain. Pilih kode lain."]
    }
    assert "Sewa tempat" in words(client.get(reverse("cooperatives:transaction-new", args=[body.pk, "cost"])))


# --- collections


def collect(client, body, rows, bag, **data):
    """Send a sheet: {member: (mandatory, voluntary)}."""
    data = {"key": str(new_key()), "day": "23-11-2026", "group": "Kelompok Melati", "bag": bag, **data}
    for member, (mandatory, voluntary) in rows.items():
        data |= {f"mandatory_in-{member.pk}": mandatory, f"voluntary_in-{member.pk}": voluntary}
    return client.post(reverse("cooperatives:collection-new", args=[body.pk]), data), data


def test_a_collection_is_one_receipt_a_member_and_saved_once(client, body, siti):
    dewi, sri = MemberFactory(body=body, number=2), MemberFactory(body=body, number=3)
    sheet = {siti: ("10.000", "25.000"), dewi: ("10.000", ""), sri: ("", "")}
    checked, data = collect(client, body, sheet, "45.000")
    page = words(checked)
    assert (
        "Kas bertambah Rp45.000 (empat puluh lima ribu rupiah). Wajib: Rp20.000. Sukarela: Rp25.000." in page
    )
    assert "2 kuitansi dibuat." in page
    address = reverse("cooperatives:collection-new", args=[body.pk])
    saved = client.post(address, data | {"confirmed": "1"})
    again = client.post(address, data | {"confirmed": "1"})
    row = Collection.objects.get()
    assert (again.url, row.total) == (f"{saved.url}?again=1", 45_000)
    entries = JournalEntry.objects.order_by("number").values_list("number", "amount", "lines_count")
    assert list(entries) == [(1, 35_000, 3), (2, 10_000, 2)]
    assert (balances_of(siti), balances_of(sri)) == ({VOLUNTARY: 25_000, MANDATORY: 10_000}, {})
    assert client.get(saved.url).status_code == 200
    receipts = words(client.get(reverse("cooperatives:collection-receipts", args=[row.pk])))
    assert "Kuitansi 0001/2026" in receipts
    assert "tiga puluh lima ribu rupiah" in receipts


def test_a_collection_whose_bag_differs_is_not_saved(client, body, siti):
    answer, _data = collect(client, body, {siti: ("10.000", "")}, "9.000")
    assert errors(answer) == {
        "bag": ["Jumlah di lembar Rp10.000, uang yang dihitung Rp9.000. Periksa keduanya."]
    }


def test_a_collection_of_nobody_or_of_nonsense_is_refused(client, body, siti):
    nobody, _data = collect(client, body, {siti: ("", "0")}, "0")
    assert errors(nobody) == {"__all__": ["Isi setoran sedikitnya satu anggota."]}
    nonsense, _data = collect(client, body, {siti: ("1,5", "")}, "1,5")
    assert list(errors(nonsense)) == ["bag", f"mandatory_in-{siti.pk}"]
    early, _data = collect(client, body, {siti: ("5.000", "")}, "5.000", day="31-12-2025")
    assert errors(early) == {"day": ["Pembukuan dibuka 01-01-2026. Pilih tanggal itu atau sesudahnya."]}


def test_a_collection_stays_whole_when_a_month_closes_meanwhile(cast, client, body, siti):
    checked, data = collect(client, body, {siti: ("10.000", "")}, "10.000", day="31-10-2026")
    assert checked.status_code == 200
    _close(cast, body, "2026-10")
    late = client.post(reverse("cooperatives:collection-new", args=[body.pk]), data | {"confirmed": "1"})
    assert errors(late) == {
        "day": ["Buku Oktober 2026 sudah ditutup. Pilih tanggal di November 2026 atau sesudahnya."]
    }
    assert (Collection.objects.count(), JournalEntry.objects.count()) == (0, 0)


def test_a_large_body_has_several_sheets(client, body):
    MemberFactory.create_batch(52, body=body)
    address = reverse("cooperatives:collection-new", args=[body.pk])
    form = client.get(address).context["form"]
    second = client.get(f"{address}?from={form.next_first}").context["form"]
    assert (len(form.members), len(second.members), second.next_first) == (50, 2, None)


def test_an_instalment_is_collected_and_written_to_the_oldest_loan(client, body, siti, rina):
    dewi = MemberFactory(body=body, number=2)
    record(client, body, "grant", amount="1.000.000")
    terms = Terms(
        principal_rupiah=600_000, months=6, monthly_rate=100, method="flat", first_due_on=date(2026, 11, 20)
    )
    loan = grant_loan(by=rina, body=body, key=new_key(), member=siti, terms=terms, day=date(2026, 11, 2)).row
    address = reverse("cooperatives:collection-new", args=[body.pk])
    fields = client.get(address).context["form"].fields
    assert (f"loan_paid-{siti.pk}" in fields, f"loan_paid-{dewi.pk}" in fields) == (True, False)
    sheet = {siti: ("10.000", "")}
    much, _data = collect(client, body, sheet, "720.000", **{f"loan_paid-{siti.pk}": "710.000"})
    assert errors(much) == {
        f"loan_paid-{siti.pk}": ["Sisa utangnya hanya Rp636.000. Isi jumlah itu atau kurang."]
    }
    checked, data = collect(client, body, sheet, "116.000", **{f"loan_paid-{siti.pk}": "106.000"})
    assert "Angsuran: Rp106.000." in words(checked)
    client.post(address, data | {"confirmed": "1"})
    payment = loan.payments.get()
    assert (payment.principal_rupiah, payment.interest_rupiah) == (100_000, 6_000)
    assert payment.entry.collection == Collection.objects.get()
    assert balances_of(siti) == {"111": 500_000, MANDATORY: 10_000}
    assert money_in(body, CASH) == 1_000_000 - 600_000 + 116_000


# --- months


def _close(cast, body, slug, counted="0", explanation="", first="teguh", second="rina"):
    cast.client(first).post(reverse("cooperatives:month-check", args=[body.pk, slug]))
    data = {"key": str(new_key()), "counted_cash": counted, "explanation": explanation, "confirmed": "1"}
    return cast.client(second).post(reverse("cooperatives:month-close", args=[body.pk, slug]), data)


def test_a_month_is_closed_by_two_and_shown(cast, client, body, siti, rina):
    deposit(rina, siti, 30_000, day=date(2026, 10, 5))
    assert _close(cast, body, "2026-10", "30.000").status_code == 302
    closed = ClosedMonth.objects.get()
    assert (closed.checked_by.username, closed.counted_by.username, closed.difference) == ("teguh", "rina", 0)
    page = words(client.get(reverse("cooperatives:month-list", args=[body.pk])))
    assert "Tidak ada bulan yang menunggu." in page
    assert "Oktober 2026" in page
    late = record(client, body, "grant", amount="5", day="31-10-2026")
    assert errors(late) == {
        "day": ["Buku Oktober 2026 sudah ditutup. Pilih tanggal di November 2026 atau sesudahnya."]
    }


def test_one_person_cannot_close_a_month_alone(cast, body):
    answer = _close(cast, body, "2026-10", first="rina", second="rina")
    assert errors(answer) == {
        "__all__": ["Anda yang memeriksa neraca saldo. Minta orang kedua menghitung kas."]
    }


def test_a_month_nobody_checked_is_not_closed(cast, body):
    address = reverse("cooperatives:month-close", args=[body.pk, "2026-10"])
    answer = cast.client("rina").post(address, {"counted_cash": "0"})
    assert errors(answer) == {"__all__": ["Minta orang lain memeriksa dahulu neraca saldo Oktober 2026."]}


def test_an_entry_after_the_check_makes_it_void(cast, client, body, siti, rina):
    cast.client("teguh").post(reverse("cooperatives:month-check", args=[body.pk, "2026-10"]))
    deposit(rina, siti, 30_000, day=date(2026, 10, 5))
    address = reverse("cooperatives:month-close", args=[body.pk, "2026-10"])
    answer = client.post(address, {"counted_cash": "30000", "confirmed": "1"})
    assert errors(answer) == {"__all__": ["Minta orang lain memeriksa dahulu neraca saldo Oktober 2026."]}


def test_cash_that_differs_wants_a_reason(cast, body, siti, rina):
    deposit(rina, siti, 30_000, day=date(2026, 10, 5))
    answer = _close(cast, body, "2026-10", "29.000")
    assert errors(answer) == {
        "explanation": ["Menurut buku Rp30.000, Anda menghitung Rp29.000. Hitung lagi, atau tulis sebabnya."]
    }
    assert _close(cast, body, "2026-10", "29.000", "Salah kembalian").status_code == 302
    assert ClosedMonth.objects.get().difference == -1000


def test_months_not_over_closed_or_before_the_books_are_refused(cast, body):
    assert _close(cast, body, "2026-09").status_code == 302
    waiting = {
        "2026-11": "November 2026 belum berakhir. Tutup bulan depan.",
        "2026-08": "Buku Agustus 2026 sudah ditutup.",
    }
    for slug, sentence in waiting.items():
        assert errors(_close(cast, body, slug)) == {"__all__": [sentence]}


def test_closing_a_later_month_closes_those_before(cast, client, body):
    page = client.get(reverse("cooperatives:month-list", args=[body.pk]))
    assert [row.month.slug for row in page.context["waiting"]] == [f"2026-{n:02d}" for n in range(1, 11)]
    _close(cast, body, "2026-09")
    page = client.get(reverse("cooperatives:month-list", args=[body.pk]))
    assert [row.month.slug for row in page.context["waiting"]] == ["2026-10"]


# --- reads, and what they cost


def test_reads_by_an_officer_are_logged(client, body, siti, rina):
    entry = deposit(rina, siti, 30_000)
    for address in (
        reverse("cooperatives:entry-list", args=[body.pk]),
        reverse("cooperatives:entry-detail", args=[entry.pk]),
        reverse("cooperatives:account-detail", args=[body.pk, VOLUNTARY]),
    ):
        client.get(address)
    client.get(reverse("cooperatives:account-detail", args=[body.pk, CASH]))
    assert Event.objects.filter(name="books.read").count() == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_at_any_length(client, body, siti, rina, rows):
    for n in range(rows):
        deposit(rina, MemberFactory(body=body, number=n + 2), 1000)
    costs = {
        reverse("cooperatives:books-detail", args=[body.pk]): 9,
        reverse("cooperatives:entry-list", args=[body.pk]): 9,
        reverse("cooperatives:balance-detail", args=[body.pk]): 5,
        reverse("cooperatives:account-detail", args=[body.pk, VOLUNTARY]): 10,
        reverse("cooperatives:month-list", args=[body.pk]): 7,
        reverse("cooperatives:collection-new", args=[body.pk]): 6,
    }
    found = {}
    for address in costs:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        found[address] = len(asked)
    assert found == costs
