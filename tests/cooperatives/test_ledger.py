"""Posting and reversing, and what the database itself refuses."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from cooperatives.actions.books import add_account, open_books
from cooperatives.actions.ledger import Draft, Side, post_entries, post_entry, reverse_entry
from cooperatives.chart import CASH, CHART, PRINCIPAL, SALES, VOLUNTARY
from cooperatives.models import BookYear, ClosedMonth, JournalEntry, JournalLine, MemberBalance, TrialCheck
from cooperatives.queries.ledger import account_balances, balance_of, balances_of, money_in
from migrants.deliveries import constraint_of
from tests.factories import FinanceBodyFactory, MemberFactory
from tests.factories.ledger import books, deposit
from villages.rules import NotPossible

DAY = date(2026, 11, 2)


@pytest.fixture
def rina(cast):
    return cast.seat("rina")


@pytest.fixture
def body(rina):
    return books(rina)


@pytest.fixture
def siti(body):
    return MemberFactory(body=body)


def moved(body):
    return {row.account.code: row.moved for row in account_balances(body) if row.moved}


def test_open_books_gives_the_chart_once(rina):
    body = FinanceBodyFactory(village=rina.village)
    for _ in range(2):
        open_books(by=rina, body=body, opened_on=date(2026, 1, 1))
    assert list(body.accounts.values_list("code", flat=True)) == [line.code for line in CHART]
    assert Event.objects.get().name == "books.opened"


def test_open_books_before_the_body_existed_is_refused(rina, english):
    body = FinanceBodyFactory(village=rina.village, founded_on=date(2026, 2, 1))
    with pytest.raises(NotPossible, match="Books cannot open before the body was founded"):
        open_books(by=rina, body=body, opened_on=date(2026, 1, 31))


def test_add_account_wants_the_digit_of_its_kind_and_a_free_code(rina, body, english):
    account = {"by": rina, "body": body, "name_id": "Sewa", "name_en": "", "kind": "cost"}
    assert add_account(code="516", **account).name == "Sewa"
    with pytest.raises(NotPossible, match="Another account has this code"):
        add_account(code="516", **account)
    with pytest.raises(NotPossible, match="begins with 5"):
        add_account(code="416", **account)


def test_post_entry_moves_the_accounts_and_the_member(rina, body, siti):
    entry = deposit(rina, siti, 50_000)
    assert (entry.reference, entry.amount, entry.lines_count) == ("0001/2026", 50_000, 2)
    assert moved(body) == {CASH: 50_000, VOLUNTARY: -50_000}
    assert (money_in(body, CASH), balances_of(siti)) == (50_000, {VOLUNTARY: 50_000})
    assert Event.objects.filter(name="books.entry_posted", subject_id=str(entry.pk)).count() == 1


def test_post_entry_twice_with_one_key_is_one_entry(rina, siti):
    key = new_key()
    first, second = deposit(rina, siti, 50_000, key=key), deposit(rina, siti, 70_000, key=key)
    assert (first, second.amount, balance_of(siti, VOLUNTARY)) == (second, 50_000, 50_000)


def test_post_entries_numbers_them_in_their_order(rina, body, siti):
    drafts = [
        Draft(new_key(), "voluntary_in", DAY, [Side(CASH, n), Side(VOLUNTARY, -n, siti)])
        for n in (30, 10, 20)
    ]
    posted = post_entries(by=rina, body=body, drafts=drafts)
    assert [(entry.number, entry.amount) for entry in posted] == [(1, 30), (2, 10), (3, 20)]
    assert balance_of(siti, VOLUNTARY) == 60


def test_numbers_run_per_year_without_gap_after_a_refusal(rina, body, siti):
    deposit(rina, siti, 1000)
    with pytest.raises(NotPossible), transaction.atomic():
        _withdraw(rina, siti, 2000)
    assert deposit(rina, siti, 1000).number == 2
    other_year = books(rina, opened_on=date(2025, 12, 1))
    member = MemberFactory(body=other_year)
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2025, 12, 30))
    assert [deposit(rina, member, 10, day=day).reference for day in days] == [
        "0001/2025",
        "0001/2026",
        "0002/2025",
    ]


def _withdraw(by, member, amount):
    sides = [Side(CASH, -amount), Side(VOLUNTARY, amount, member)]
    return post_entry(by=by, body=member.body, key=new_key(), kind="voluntary_out", day=DAY, sides=sides).row


def test_a_balance_below_zero_is_refused_in_words(rina, body, siti, english):
    deposit(rina, siti, 1000)
    deposit(rina, MemberFactory(body=body), 9000)
    with pytest.raises(NotPossible, match="The member's balance is not enough"), transaction.atomic():
        _withdraw(rina, siti, 1001)
    assert balance_of(siti, VOLUNTARY) == 1000


def test_more_money_than_is_there_is_refused_in_words(rina, body, english):
    sides = [Side(CASH, -1), Side("529", 1)]
    with pytest.raises(NotPossible, match=r"Only Rp0 is there\. Rp1 cannot be paid out"):
        post_entry(by=rina, body=body, key=new_key(), kind="cost", day=DAY, sides=sides)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2025, 12, 31), "The books opened on 01-01-2026. Choose that day or a later one."),
        (date(2026, 11, 24), "The date cannot be after today."),
    ],
)
def test_a_day_outside_the_books_is_refused_in_words(rina, siti, english, day, sentence):
    with pytest.raises(NotPossible) as refused:
        deposit(rina, siti, 1000, day=day)
    assert (refused.value.sentence, refused.value.field) == (sentence, "day")


@pytest.mark.parametrize("name", ["sari", "kades", "hendro", "maya", "arif", "sys"])
def test_post_entry_is_refused_to_everybody_but_the_own_officers(cast, siti, name):
    with pytest.raises(NotPermitted):
        deposit(cast.seat(name), siti, 1000)


def test_reverse_entry_takes_back_and_names_its_original(rina, body, siti):
    entry = deposit(rina, siti, 5000)
    back = reverse_entry(by=rina, entry=entry, key=new_key(), day=DAY, reason="Salah anggota").row
    assert (back.reverses, back.reason, back.number) == (entry, "Salah anggota", 2)
    assert (moved(body), balance_of(siti, VOLUNTARY)) == ({}, 0)


def test_reverse_entry_twice_and_a_reversal_are_refused_in_words(rina, siti, english):
    entry = deposit(rina, siti, 5000)
    key = new_key()
    back = reverse_entry(by=rina, entry=entry, key=key, day=DAY, reason="Salah").row
    assert reverse_entry(by=rina, entry=entry, key=key, day=DAY, reason="Salah").row == back
    with pytest.raises(NotPossible, match="reversed already by entry 0002/2026"):
        reverse_entry(by=rina, entry=entry, key=new_key(), day=DAY, reason="Lagi")
    with pytest.raises(NotPossible, match="itself a reversal"):
        reverse_entry(by=rina, entry=back, key=new_key(), day=DAY, reason="Lagi")
    later = deposit(rina, siti, 5000, day=date(2026, 11, 3))
    with pytest.raises(NotPossible, match="cannot be before its entry"):
        reverse_entry(by=rina, entry=later, key=new_key(), day=DAY, reason="Lagi")


def test_reverse_entry_whose_money_is_gone_is_refused(rina, body, siti):
    entry = deposit(rina, siti, 5000)
    _withdraw(rina, siti, 1)
    deposit(rina, MemberFactory(body=body), 5000)
    with pytest.raises(NotPossible), transaction.atomic():
        reverse_entry(by=rina, entry=entry, key=new_key(), day=DAY, reason="Salah")


# --- what the database refuses, whoever asks


def _refused(sql, *values):
    """The constraint or the kind of refusal with which the database meets a statement and its commit."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            cursor.execute(sql, values)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        return constraint_of(error)
    except DatabaseError as error:
        return error.__cause__.sqlstate
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return "let in"


DENIED = "42501"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE cooperatives_journalentry SET day = day + 1",
        "UPDATE cooperatives_journalentry SET id = id",
        "DELETE FROM cooperatives_journalentry",
        "TRUNCATE cooperatives_journalentry CASCADE",
        "UPDATE cooperatives_journalline SET amount = amount + 1",
        "DELETE FROM cooperatives_journalline",
        "TRUNCATE cooperatives_journalline",
        "UPDATE cooperatives_memberbalance SET balance = 1",
        "DELETE FROM cooperatives_memberbalance",
        "INSERT INTO cooperatives_memberbalance (member_id, account_id, balance)"
        " SELECT member_id, account_id, 5 FROM cooperatives_journalline WHERE member_id IS NOT NULL",
        "TRUNCATE cooperatives_memberbalance",
        "UPDATE cooperatives_bookyear SET last_number = 7",
        "DELETE FROM cooperatives_bookyear",
        "DELETE FROM cooperatives_closedmonth",
        "UPDATE cooperatives_trialcheck SET entries = 0",
    ],
)
def test_what_was_written_is_never_changed(rina, siti, sql):
    deposit(rina, siti, 1000)
    assert _refused(sql) == DENIED


def test_a_guard_taken_by_the_owner_leaves_the_right_missing(rina, siti):
    deposit(rina, siti, 1000)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cooperatives_journalline DISABLE TRIGGER USER")
    assert _refused("DELETE FROM cooperatives_journalline") == DENIED
    assert _refused("UPDATE cooperatives_journalline SET amount = 1") == DENIED


ENTER = """
    WITH entry AS (
        INSERT INTO cooperatives_journalentry
            (id, body_id, day, kind, text, amount, lines_count, reverses_id, reason, made_by_id, number)
        VALUES (gen_random_uuid(), %s, %s, 'x', '', %s, %s, %s, %s, %s, 77) RETURNING id
    )
    INSERT INTO cooperatives_journalline (entry_id, account_id, member_id, amount)
    SELECT entry.id, a.id, side.member, side.amount
    FROM entry, jsonb_to_recordset(%s::jsonb) AS side(body uuid, code text, member uuid, amount bigint)
    JOIN cooperatives_ledgeraccount a ON a.code = side.code AND a.body_id = side.body
"""


def _enter(body, by, *sides, day=DAY, amount=None, count=None, reverses=None):
    import json

    rows = [
        {"body": str((member or body).body_id if member else body.pk), "code": code, "amount": amount_,
         "member": str(member.pk) if member else None}
        for code, amount_, member in sides
    ]  # fmt: skip
    total = sum(amount_ for _code, amount_, _member in sides if amount_ > 0)
    return _refused(
        ENTER,
        body.pk,
        day,
        total if amount is None else amount,
        len(sides) if count is None else count,
        reverses.pk if reverses else None,
        "salah" if reverses else "",
        by.pk,
        json.dumps(rows),
    )


def test_a_number_of_ones_own_is_not_taken(rina, body):
    assert _enter(body, rina, (CASH, 5, None), (SALES, -5, None)) == "let in"
    assert [(entry.number, entry.year) for entry in body.entries.all()] == [(1, 2026)]


def test_lines_that_do_not_sum_to_zero_are_refused(rina, body, siti):
    sums = "cooperatives_entry_sums_to_zero"
    assert _enter(body, rina, (CASH, 5, None), (SALES, -4, None)) == sums
    assert _enter(body, rina, (CASH, 5, None), (SALES, -5, None), amount=6) == sums
    assert _enter(body, rina, (CASH, 5, None), (SALES, -5, None), count=3) == sums
    assert _enter(body, rina, amount=5, count=2) == sums
    assert _enter(body, rina, (CASH, 5, None), count=1) == "cooperatives_entry_has_two_sides"
    assert _enter(body, rina, (CASH, 0, None), (SALES, 0, None), amount=1) == "cooperatives_line_moves_money"


def test_a_line_after_the_commit_is_refused(rina, body, siti):
    entry = deposit(rina, siti, 1000)
    late = "INSERT INTO cooperatives_journalline (entry_id, account_id, amount) SELECT %s, id, 5"
    late += " FROM cooperatives_ledgeraccount WHERE code IN ('101', '102') AND body_id = %s"
    assert _refused(late, entry.pk, body.pk) == "cooperatives_line_in_time"


def test_accounts_and_members_of_another_body_are_refused(rina, body, siti):
    stranger = MemberFactory(body=books(rina))
    mixed = "cooperatives_line_of_the_body"
    assert _enter(body, rina, (CASH, 5, None), (VOLUNTARY, -5, stranger)) == mixed
    assert _enter(body, rina, (CASH, 5, None), (VOLUNTARY, -5, None)) == mixed
    foreign = FinanceBodyFactory(village=rina.village)
    assert _enter(foreign, rina, (CASH, 5, None)) == "cooperatives_entry_after_opening"


def test_a_balance_below_zero_is_refused_by_the_database(rina, body, siti):
    deposit(rina, siti, 5)
    below = "cooperatives_balance_not_negative"
    assert _enter(body, rina, (CASH, -6, None), (VOLUNTARY, 6, siti)) == below
    assert _enter(body, rina, (CASH, -1, None), (PRINCIPAL, 1, siti)) == below
    assert _enter(body, rina, (CASH, 1, None), ("111", -1, siti)) == below


def test_a_reversal_that_is_no_mirror_is_refused(rina, body, siti):
    entry = deposit(rina, siti, 5)
    mirror = "cooperatives_entry_mirrors_its_original"
    other = MemberFactory(body=body)
    deposit(rina, other, 9)
    assert _enter(body, rina, (CASH, -4, None), (VOLUNTARY, 4, siti), reverses=entry) == mirror
    assert _enter(body, rina, (CASH, -5, None), (VOLUNTARY, 5, other), reverses=entry) == mirror
    assert _enter(body, rina, (CASH, 5, None), (VOLUNTARY, -5, siti), reverses=entry) == mirror
    assert _enter(body, rina, (CASH, -5, None), (VOLUNTARY, 5, siti), reverses=entry) == "let in"
    twice = "cooperatives_journalentry_reverses_id_key"
    deposit(rina, siti, 5)
    assert _enter(body, rina, (CASH, -5, None), (VOLUNTARY, 5, siti), reverses=entry) == twice


def _close(body, by, second, month=date(2026, 10, 1)):
    trial = TrialCheck.objects.create(
        body=body,
        month=month,
        checked_by=by.user,
        entries=body.entries.filter(day__lt=date(2026, 11, 1)).count(),
    )
    return ClosedMonth.objects.create(
        body=body,
        month=month,
        trial=trial,
        checked_by=by.user,
        counted_by=second.user,
        book_cash=0,
        counted_cash=0,
    )


def test_nothing_enters_a_closed_month(cast, rina, body):
    _close(body, rina, cast.seat("teguh"))
    sides = ((CASH, 5, None), (SALES, -5, None))
    closed = "cooperatives_entry_in_open_month"
    assert _enter(body, rina, *sides, day=date(2026, 10, 31)) == closed
    assert _enter(body, rina, *sides, day=date(2026, 3, 1)) == closed
    assert _enter(body, rina, *sides, day=date(2026, 11, 1)) == "let in"


def test_a_month_is_closed_by_two_people_as_it_was_checked_and_once(cast, rina, body):
    teguh = cast.seat("teguh")
    with pytest.raises(IntegrityError, match="cooperatives_month_closed_by_two"), transaction.atomic():
        _close(body, rina, rina)
    trial = TrialCheck.objects.create(body=body, month=date(2026, 10, 1), checked_by=rina.user, entries=0)
    deposit(rina, MemberFactory(body=body), 5, day=date(2026, 10, 31))
    facts = {"body": body, "trial": trial, "month": trial.month, "counted_by": teguh.user}
    with pytest.raises(IntegrityError, match="Entries came after"), transaction.atomic():
        ClosedMonth.objects.create(**facts, checked_by=rina.user, book_cash=5, counted_cash=5)
    with pytest.raises(IntegrityError, match="checked by nobody"), transaction.atomic():
        ClosedMonth.objects.create(**facts, checked_by=cast.user("hendro"), book_cash=5, counted_cash=5)
    _close(body, rina, teguh)
    with pytest.raises(IntegrityError, match="closed already"), transaction.atomic():
        _close(body, rina, teguh)


def test_what_the_books_stand_on_does_not_change(rina, body, siti):
    stands = "cooperatives_books_stand_on_it"
    assert _refused("UPDATE cooperatives_ledgeraccount SET kind = 'debt' WHERE code = '101'") == stands
    assert _refused("UPDATE cooperatives_ledgeraccount SET of_members = false WHERE code = '201'") == stands
    assert _refused("UPDATE cooperatives_financebody SET books_opened_on = '2026-02-01'") == stands
    assert _refused("UPDATE cooperatives_member SET body_id = gen_random_uuid()") == stands
    assert _refused("UPDATE cooperatives_ledgeraccount SET name_id = 'Kas kecil'") == "let in"


def test_nothing_is_left_of_an_entry_that_was_refused(rina, body, siti):
    _enter(body, rina, (CASH, 5, None), (SALES, -4, None))
    assert (JournalEntry.objects.count(), JournalLine.objects.count(), BookYear.objects.count()) == (0, 0, 0)
    assert MemberBalance.objects.count() == 0
