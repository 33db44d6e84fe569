"""Opening balances from a paper book."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.keys import new_key
from cooperatives.actions.ledger import reverse_entry
from cooperatives.actions.opening import enter_opening
from cooperatives.chart import BORROWED, CASH, EQUIPMENT, LOANS, PRINCIPAL, RESERVE, VOLUNTARY, WORN
from cooperatives.models import JournalEntry, LedgerAccount, Loan
from cooperatives.opening import OpeningLine
from cooperatives.queries.checking import books_that_disagree
from cooperatives.queries.ledger import account_balances, balances_of
from tests.factories import MemberFactory
from tests.factories.ledger import books, deposit
from villages.rules import NotPossible


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
    return MemberFactory(body=body, number=1, name="Siti Aminah", joined_on=date(2025, 6, 1))


def line(body, code, amount, member=None):
    return OpeningLine(LedgerAccount.objects.get(body=body, code=code), amount, member)


def enter(rina, body, *lines):
    return enter_opening(by=rina, body=body, key=new_key(), lines=lines).row


def balances(body):
    return {row.account.code: row.balance for row in account_balances(body) if row.moved}


def address_of(body):
    return reverse("cooperatives:opening-new", args=[body.pk])


def words(form):
    return {name: [str(one) for one in found] for name, found in form.errors.items()}


def test_the_reserve_takes_what_remains(rina, body, siti):
    lines = [
        line(body, CASH, 900_000),
        line(body, EQUIPMENT, 400_000),
        line(body, WORN, 100_000),
        line(body, BORROWED, 200_000),
        line(body, PRINCIPAL, 50_000, siti),
        line(body, VOLUNTARY, 150_000, siti),
    ]
    entry = enter(rina, body, *lines)
    assert (entry.day, entry.kind, entry.amount) == (date(2026, 1, 1), "opening", 1_300_000)
    assert balances(body) == {
        CASH: 900_000,
        EQUIPMENT: 400_000,
        WORN: -100_000,
        VOLUNTARY: 150_000,
        BORROWED: 200_000,
        PRINCIPAL: 50_000,
        RESERVE: 800_000,
    }
    assert balances_of(siti) == {PRINCIPAL: 50_000, VOLUNTARY: 150_000}
    assert books_that_disagree() == ([], 0)


def test_a_second_sheet_adds_members_and_takes_from_the_reserve(rina, body, siti):
    enter(rina, body, line(body, CASH, 900_000))
    enter(rina, body, line(body, VOLUNTARY, 150_000, siti))
    assert balances(body) == {CASH: 900_000, VOLUNTARY: 150_000, RESERVE: 750_000}


def test_debts_above_what_there_is_leave_the_reserve_below_zero(rina, body):
    enter(rina, body, line(body, CASH, 100_000), line(body, BORROWED, 250_000))
    assert balances(body) == {CASH: 100_000, BORROWED: 250_000, RESERVE: -150_000}


def test_the_same_balance_enters_once(rina, body, siti):
    enter(rina, body, line(body, CASH, 900_000), line(body, PRINCIPAL, 50_000, siti))
    with pytest.raises(NotPossible) as refused:
        enter(rina, body, line(body, PRINCIPAL, 50_000, siti))
    assert refused.value.sentence == (
        "Simpanan pokok, Siti Aminah: saldo awal sudah tercatat. Kosongkan isian ini."
    )
    assert JournalEntry.objects.count() == 1


def test_nothing_enters_after_another_entry(rina, body, siti):
    deposit(rina, siti, 5_000)
    with pytest.raises(NotPossible) as refused:
        enter(rina, body, line(body, CASH, 900_000))
    assert refused.value.sentence == (
        "Sudah ada catatan lain dalam pembukuan. Saldo awal dicatat sebelum catatan lain."
    )


def test_what_was_taken_back_may_be_entered_anew(rina, body):
    wrong = enter(rina, body, line(body, CASH, 900_000))
    reverse_entry(by=rina, entry=wrong, key=new_key(), day=date(2026, 1, 2), reason="Salah salin")
    enter(rina, body, line(body, CASH, 90_000))
    assert balances(body) == {CASH: 90_000, RESERVE: 90_000}


@pytest.mark.parametrize(
    ("code", "joined_on", "sentence"),
    [
        (RESERVE, None, "Cadangan tidak menerima saldo awal."),
        ("401", None, "Penjualan tidak menerima saldo awal."),
        (
            VOLUNTARY,
            date(2026, 2, 1),
            "Budi belum menjadi anggota saat pembukuan dibuka. Kosongkan jumlahnya.",
        ),
    ],
)
def test_a_balance_that_does_not_belong_is_refused(rina, body, code, joined_on, sentence):
    member = MemberFactory(body=body, number=2, name="Budi", joined_on=joined_on) if joined_on else None
    with pytest.raises(NotPossible) as refused:
        enter(rina, body, line(body, code, 1_000, member))
    assert (refused.value.sentence, JournalEntry.objects.count()) == (sentence, 0)


def test_the_form_says_what_it_records_and_saves_it_once(client, body, siti):
    data = {"key": str(new_key()), CASH: "1.000.000", f"{VOLUNTARY}-{siti.pk}": "250.000"}
    checked = client.post(address_of(body), data)
    page = checked.content.decode()
    assert "Pembukuan dimulai pada 1 Januari 2026 dengan Rp1.000.000 dari buku kertas." in page
    assert checked.context["form"].effects == [
        "Kas bertambah Rp1.000.000.",
        "Simpanan sukarela Siti Aminah bertambah Rp250.000.",
        "Cadangan bertambah Rp750.000.",
    ]
    assert JournalEntry.objects.count() == 0
    saved = client.post(address_of(body), data | {"confirmed": "1"})
    entry = JournalEntry.objects.get()
    assert saved.url == reverse("cooperatives:entry-detail", args=[entry.pk])
    again = client.post(address_of(body), data | {"confirmed": "1"})
    assert (again.url, JournalEntry.objects.count()) == (f"{saved.url}?again=1", 1)


@pytest.mark.parametrize(
    ("amount", "errors"),
    [
        ("", {"__all__": ["Isi paling sedikit satu jumlah dari buku kertas."]}),
        ("0", {"__all__": ["Isi paling sedikit satu jumlah dari buku kertas."]}),
        ("-5", {CASH: ["Isi jumlah 0 atau lebih, tanpa tanda minus."]}),
        ("1,5", {CASH: ["Pisahkan ribuan dengan titik, tanpa sen: 1.500 berarti seribu lima ratus."]}),
        ("99.999.999.999", {CASH: ["Periksa jumlahnya: paling banyak Rp10.000.000.000 sekali catat."]}),
    ],
)
def test_an_amount_that_is_none_is_refused_in_words(client, body, amount, errors):
    answer = client.post(address_of(body), {"key": str(new_key()), CASH: amount})
    assert (answer.status_code, words(answer.context["form"])) == (422, errors)


def test_the_books_offer_it_until_something_else_stands_there(client, rina, body, siti):
    page = reverse("cooperatives:books-detail", args=[body.pk])
    assert address_of(body) in client.get(page).content.decode()
    deposit(rina, siti, 5_000)
    assert address_of(body) not in client.get(page).content.decode()


def test_the_second_sheet_has_members_only(client, body, siti):
    form = client.get(f"{address_of(body)}?from=1").context["form"]
    assert [len(form.head), len(form.rows)] == [12, 1]
    form = client.get(f"{address_of(body)}?from=2").context["form"]
    assert [len(form.head), len(form.rows)] == [0, 0]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sheet_costs_the_same_at_any_length(client, body, rows, django_assert_num_queries):
    for n in range(rows):
        MemberFactory(body=body, number=n + 1, joined_on=date(2025, 6, 1))
    client.get(address_of(body))
    with django_assert_num_queries(6):
        client.get(address_of(body))


def test_a_loan_of_the_paper_book_runs_on_without_cash(client, body, siti):
    address = reverse("cooperatives:loan-new", args=[body.pk]) + "?from=paper"
    assert client.get(address).context["form"]["day"].value() == "01-01-2026"
    data = {"key": str(new_key()), "member": siti.pk, "amount": "600.000", "months": "6"}
    data |= {"monthly_rate": "1", "method": "flat", "day": "02-01-2026"}
    late = client.post(address, data)
    assert words(late.context["form"]) == {
        "day": ["Pinjaman dari buku kertas dicatat pada tanggal pembukuan dibuka."]
    }
    data["day"] = "01-01-2026"
    checked = client.post(address, data).content.decode()
    assert "Siti Aminah masih berutang Rp600.000 dari pinjaman di buku kertas." in checked
    client.post(address, data | {"confirmed": "1"})
    assert balances(body) == {LOANS: 600_000, RESERVE: 600_000}
    loan = Loan.objects.get()
    assert (loan.entry.kind, loan.instalments.count(), balances_of(siti)) == (
        "opening",
        6,
        {LOANS: 600_000},
    )
    assert books_that_disagree() == ([], 0)


def test_no_loan_is_taken_over_after_another_entry(rina, client, body, siti):
    deposit(rina, siti, 5_000)
    address = reverse("cooperatives:loan-new", args=[body.pk]) + "?from=paper"
    data = {"key": str(new_key()), "member": siti.pk, "amount": "600.000", "months": "6", "confirmed": "1"}
    data |= {"monthly_rate": "1", "method": "flat", "day": "01-01-2026"}
    answer = client.post(address, data)
    assert (answer.status_code, words(answer.context["form"]), Loan.objects.count()) == (
        422,
        {"__all__": ["Sudah ada catatan lain dalam pembukuan. Saldo awal dicatat sebelum catatan lain."]},
        0,
    )
