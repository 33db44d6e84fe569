"""The books of a body as files for an accountant."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.keys import new_key
from audit.models import Event
from cooperatives.actions.ledger import Side, post_entry, reverse_entry
from cooperatives.chart import CASH, GRANTS
from tests.factories import MemberFactory
from tests.factories.ledger import books, deposit


@pytest.fixture
def body(cast):
    """A grant in 2025; in 2026 a deposit of Rp50.000 in October, its reversal in November."""
    rina = cast.seat("rina")
    body = books(rina, opened_on=date(2025, 6, 1), name="Koperasi Randu")
    sides = [Side(CASH, 1_000_000), Side(GRANTS, -1_000_000)]
    post_entry(
        by=rina, body=body, key=new_key(), kind="grant", day=date(2025, 7, 1), sides=sides, text="=2+3"
    )
    siti = MemberFactory(body=body, number=7, name="@Siti")
    entry = deposit(rina, siti, 50_000, day=date(2026, 10, 5))
    reverse_entry(by=rina, entry=entry, key=new_key(), day=date(2026, 11, 3), reason="Salah orang")
    return body


def asked(client, body, what, kind, period="2026"):
    address = reverse(f"reports:books-{kind}", args=[body.pk, what])
    return client.get(f"{address}?period={period}")


def csv_rows(answer):
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def xlsx_rows(answer):
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_journal_names_every_line_of_the_year(cast, body):
    rows = csv_rows(asked(cast.client("rina"), body, "journal", "csv"))
    kept = ["0001/2026", "05-10-2026", "Menyetor simpanan sukarela"]
    back = ["0002/2026", "03-11-2026", "Pembatalan"]
    assert rows[0][3:9] == ["Kode akun", "Akun", "Nomor anggota", "Anggota", "Debit", "Kredit"]
    assert [row[:2] + row[3:] for row in rows[1:]] == [
        [*kept[:2], "101", "Kas", "", "", "50000", "0", "", "", ""],
        [*kept[:2], "201", "Simpanan sukarela", "7", "'@Siti", "0", "50000", "", "", ""],
        [*back[:2], "101", "Kas", "", "", "0", "50000", "", "0001/2026", "Salah orang"],
        [*back[:2], "201", "Simpanan sukarela", "7", "'@Siti", "50000", "0", "", "0001/2026", "Salah orang"],
    ]


def test_the_ledger_begins_with_what_was_brought_forward(cast, body):
    rows = xlsx_rows(asked(cast.client("rina"), body, "ledger", "xlsx", "2026-10"))
    assert [[row[0], row[3], *row[8:]] for row in rows[1:]] == [
        ["101", None, None, None, 1_000_000],
        ["101", "0001/2026", 50_000, 0, 1_050_000],
        ["201", None, None, None, 0],
        ["201", "0001/2026", 0, 50_000, 50_000],
        ["304", None, None, None, 1_000_000],
    ]


def test_the_trial_balance_sums_to_the_same_on_both_sides(cast, body):
    rows = xlsx_rows(asked(cast.client("rina"), body, "balance", "xlsx", "2026-10"))
    assert [[row[0], *row[3:]] for row in rows[1:]] == [
        ["101", 1_000_000, 0, 50_000, 0, 1_050_000, 0],
        ["201", 0, 0, 0, 50_000, 0, 50_000],
        ["304", 0, 1_000_000, 0, 0, 0, 1_000_000],
        [None, 1_000_000, 1_000_000, 50_000, 50_000, 1_050_000, 1_050_000],
    ]


def test_a_note_that_looks_like_a_formula_is_text(cast, body):
    rows = csv_rows(asked(cast.client("rina"), body, "journal", "csv", "2025"))
    assert [row[9] for row in rows[1:]] == ["'=2+3", "'=2+3"]
    file = asked(cast.client("rina"), body, "journal", "xlsx", "2025")
    sheet = load_workbook(io.BytesIO(file.content)).active
    assert [(sheet.cell(2, 10).data_type, sheet.cell(2, 10).value)] == [("s", "=2+3")]


def test_each_file_is_on_record_and_so_is_who_read_members_accounts(cast, body):
    asked(cast.client("rina"), body, "journal", "xlsx", "2026-10")
    asked(cast.client("rina"), body, "balance", "csv", "2026-10")
    names = Event.objects.filter(name__in=["list.exported", "books.read"]).order_by("pk")
    found = [(one.name, one.subject_label) for one in names]
    assert found == [
        ("list.exported", "Koperasi Randu: journal 2026-10"),
        ("books.read", "Koperasi Randu"),
        ("list.exported", "Koperasi Randu: balance 2026-10"),
    ]


def test_the_page_offers_the_periods_of_the_books(cast, body, django_assert_num_queries):
    client = cast.client("rina")
    address = reverse("reports:books-files", args=[body.pk])
    client.get(address)
    with django_assert_num_queries(4):
        answer = client.get(address)
    (_years, years), (_months, months) = answer.context["form"].fields["period"].choices
    assert [slug for slug, _label in years] == ["2026", "2025"]
    assert (months[0][0], months[-1][0], len(months)) == ("2026-11", "2025-06", 18)
    assert answer.context["period"].slug == "2026"


@pytest.mark.parametrize("period", ["2024", "2027", "2026-13", "x", ""])
def test_a_period_outside_the_books_is_refused(cast, body, period):
    client = cast.client("rina")
    page = client.get(reverse("reports:books-files", args=[body.pk]) + f"?period={period}")
    assert (page.status_code, dict(page.context["form"].errors)) == (
        422,
        {"period": ["Pilih bulan atau tahun."]},
    )
    assert asked(client, body, "journal", "csv", period).status_code == 404


def test_a_file_that_does_not_exist_is_not_found(cast, body):
    assert asked(cast.client("rina"), body, "secrets", "csv").status_code == 404
