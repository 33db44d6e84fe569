"""The reckoning of all books: silent when they agree, and naming each thing that does not."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.keys import new_key
from audit.models import Event
from cooperatives.actions.checking import check_ledger
from cooperatives.actions.ledger import reverse_entry
from cooperatives.queries.checking import books_that_disagree
from tests.factories import MemberFactory
from tests.factories.ledger import books, deposit


@pytest.fixture
def body(cast):
    return books(cast.seat("rina"), name="Koperasi Randu")


@pytest.fixture
def siti(body):
    return MemberFactory(body=body, number=7)


@pytest.fixture
def written(cast, body, siti):
    """Three entries and a reversal."""
    rina = cast.seat("rina")
    entries = [deposit(rina, siti, n, day=date(2026, 10, 5)) for n in (10, 20, 30)]
    reverse_entry(by=rina, entry=entries[0], key=new_key(), day=date(2026, 10, 6), reason="Salah")
    return entries


def _break(sql, *values):
    """What no application could do: the owner lifts every guard and changes the books."""
    tables = ("journalentry", "journalline", "memberbalance", "bookyear", "closedmonth", "trialcheck")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE cooperatives_{table} DISABLE TRIGGER USER")
            cursor.execute(f"GRANT ALL ON cooperatives_{table} TO CURRENT_USER")
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_books_that_agree_are_found_good(written, capsys):
    call_command("check_ledger")
    assert capsys.readouterr().out.startswith("Semua pembukuan cocok dengan catatannya. 1 / 4 / ")
    assert Event.objects.filter(name="books.checked", subject_label="0").count() == 1


@pytest.mark.parametrize(
    ("sql", "sentences"),
    [
        (
            "UPDATE cooperatives_journalline SET amount = amount + 5 WHERE amount = 20",
            ["Koperasi Randu, catatan 2/2026: barisnya menyisakan 5."],
        ),
        (
            "DELETE FROM cooperatives_journalline WHERE amount = 20",
            ["Koperasi Randu, catatan 2/2026: barisnya menyisakan -20."],
        ),
        (
            "UPDATE cooperatives_memberbalance SET balance = 51",
            ["Koperasi Randu, anggota 7, 201: saldo tertulis 51, menurut catatan 50."],
        ),
        (
            "DELETE FROM cooperatives_memberbalance",
            ["Koperasi Randu, anggota 7, 201: saldo tertulis 0, menurut catatan 50."],
        ),
        (
            "UPDATE cooperatives_journalentry SET number = 9 WHERE number = 4",
            ["Koperasi Randu, tahun 2026: 4 catatan, nomor terakhir 4."],
        ),
        (
            "UPDATE cooperatives_bookyear SET last_number = 5",
            ["Koperasi Randu, tahun 2026: 4 catatan, nomor terakhir 5."],
        ),
        (
            "UPDATE cooperatives_journalentry SET amount = 11 WHERE reverses_id IS NOT NULL",
            [
                "Koperasi Randu, catatan 4/2026: membatalkan 10 dengan 11.",
                "Koperasi Randu, catatan 4/2026: barisnya menyisakan 0.",
            ],
        ),
    ],
)
def test_what_does_not_agree_is_named(written, sql, sentences):
    _break(sql)
    found, count = books_that_disagree()
    assert ([one.sentence for one in found], count) == (sentences, len(sentences))


def test_cash_below_zero_and_a_strangers_line_are_named(cast, body, written):
    other = MemberFactory(body=books(cast.seat("rina"), name="Koperasi Lain"), number=3)
    _break(
        "INSERT INTO cooperatives_journalline (entry_id, account_id, member_id, amount)"
        " SELECT %s, id, CASE code WHEN '201' THEN %s::uuid END, CASE code WHEN '201' THEN 99 ELSE -99 END"
        " FROM cooperatives_ledgeraccount WHERE body_id = %s AND code IN ('101', '201')",
        written[1].pk,
        other.pk,
        body.pk,
    )
    kinds = {one.kind for one in books_that_disagree()[0]}
    assert kinds == {"unbalanced", "balance", "cash", "stranger"}


def test_an_entry_smuggled_into_a_closed_month_is_named(cast, body, written):
    from tests.cooperatives.test_ledger import _close

    _close(body, cast.seat("rina"), cast.seat("teguh"))
    assert books_that_disagree() == ([], 0)
    _break(
        "UPDATE cooperatives_trialcheck SET entries = entries - 1",
    )
    assert [one.sentence for one in books_that_disagree()[0]] == [
        "Koperasi Randu, bulan tertutup 2026-10: 4 catatan, saat ditutup 3."
    ]


def test_the_command_fails_and_the_auditor_reads_what_was_found(cast, written):
    _break("UPDATE cooperatives_memberbalance SET balance = 51")
    with pytest.raises(CommandError, match="1 hal di pembukuan tidak cocok"):
        call_command("check_ledger")
    check = check_ledger()
    assert (check.found, check.findings) == (
        1,
        ["Koperasi Randu, anggota 7, 201: saldo tertulis 51, menurut catatan 50."],
    )
    page = cast.client("audi").get("/audit/").content.decode()
    assert "saldo tertulis 51, menurut catatan 50." in page
