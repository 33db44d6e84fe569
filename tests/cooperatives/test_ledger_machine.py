"""Every action on the books against a plain Python model: what one accepts the other accepts, and they
agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.keys import new_key
from cooperatives.actions.bodies import leave_body
from cooperatives.actions.collections import post_collection
from cooperatives.actions.ledger import reverse_entry
from cooperatives.actions.months import check_trial_balance, close_month
from cooperatives.actions.transactions import record_transaction
from cooperatives.collecting import Payment
from cooperatives.enums import TransactionKind
from cooperatives.models import JournalEntry, MemberBalance
from cooperatives.queries.checking import books_that_disagree
from cooperatives.queries.ledger import account_balances
from periods import Month
from tests.conftest import TODAY
from tests.factories import MemberFactory
from tests.factories.ledger import books
from villages.rules import NotPossible

# Written out again, so that a slip in the table of transactions shows: kind -> debit, credit, wants a member.
PLAIN = {
    "principal_in": ("101", "301", True),
    "mandatory_in": ("101", "302", True),
    "voluntary_in": ("101", "201", True),
    "voluntary_out": ("201", "101", True),
    "mandatory_out": ("302", "101", True),
    "sale": ("101", "401", False),
    "purchase": ("501", "101", False),
    "grant": ("101", "304", False),
    "equipment_aid": ("131", "304", False),
    "bank_in": ("102", "101", False),
    "bank_out": ("101", "102", False),
}
OPENED = date(2026, 9, 1)
DAYS = [date(2026, 8, 31), OPENED, date(2026, 10, 10), date(2026, 11, 2), TODAY, date(2026, 11, 24)]
AMOUNTS = st.sampled_from([-1, 0, 1, 500, 1000, 2500, 10_000_000_001])
OF_MEMBERS = {"201": -1, "301": -1, "302": -1}
MONTHS = [Month(2026, 8), Month(2026, 9), Month(2026, 10), Month(2026, 11)]


class Books(RuleBasedStateMachine):
    """The model: what each account and each member has, which entries there are, and what is closed."""

    cast = None

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.rina, self.teguh = (self.cast.seat(name) for name in ("rina", "teguh"))
        self.body = books(self.rina, opened_on=OPENED)
        self.members = [MemberFactory(body=self.body, number=n + 1) for n in range(3)]
        self.moved = defaultdict(int)
        self.owned = defaultdict(int)
        self.entries = []
        self.given = Counter()
        self.closed = None

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def is_open(self, day):
        return OPENED <= day <= TODAY and (self.closed is None or day > self.closed.last_day)

    def may_move(self, sides):
        """Whether cash, bank and the members have what would leave."""
        for code in ("101", "102"):
            change = sum(amount for side, amount, _member in sides if side == code)
            if change < 0 and self.moved[code] + change < 0:
                return False
        return all(
            self.owned[member, code] - amount >= 0 for code, amount, member in sides if code in OF_MEMBERS
        )

    def post(self, key, day, sides, *, reverses=None):
        for code, amount, member in sides:
            self.moved[code] += amount
            if code in OF_MEMBERS:
                self.owned[member, code] -= amount
        self.given[day.year] += 1
        self.entries.append([key, day, sides, reverses, False])

    def agrees(self, expected, act):
        """The action is accepted exactly when the model says so."""
        try:
            with transaction.atomic():
                act()
        except NotPossible:
            assert not expected
            return False
        assert expected
        return True

    @rule(
        kind=st.sampled_from(sorted(PLAIN)),
        amount=AMOUNTS,
        day=st.sampled_from(DAYS),
        who=st.integers(0, 2),
        again=st.booleans(),
    )
    def write_down(self, kind, amount, day, who, again):
        debit, credit, wants = PLAIN[kind]
        member = self.members[who] if wants else None
        at = who if wants else None
        sides = [
            (debit, amount, at if debit != "101" else None),
            (credit, -amount, at if credit != "101" else None),
        ]
        fine = 0 < amount <= 10_000_000_000 and self.is_open(day) and self.may_move(sides)
        if kind.endswith("_in") and wants:
            fine = (
                fine and member.left_on is None and not (kind == "principal_in" and self.owned[at, "301"] > 0)
            )
        if kind == "mandatory_out":
            fine = fine and member.left_on is not None
        key = new_key()

        def act():
            for _ in range(1 + again):
                record_transaction(
                    by=self.rina,
                    body=self.body,
                    key=key,
                    kind=TransactionKind(kind),
                    day=day,
                    amount=amount,
                    member=member,
                )

        if self.agrees(fine, act):
            self.post(key, day, sides)

    @rule(
        paid=st.lists(st.integers(-1, 3), min_size=3, max_size=3),
        wrong=st.booleans(),
        day=st.sampled_from(DAYS),
    )
    def collect(self, paid, wrong, day):
        payments = [
            Payment(member, {TransactionKind.MANDATORY_IN: amount * 1000, TransactionKind.VOLUNTARY_IN: 500})
            for member, amount in zip(self.members, paid, strict=True)
            if amount != 0
        ]
        bag = sum(payment.total for payment in payments) + wrong
        fine = bool(payments) and not wrong and self.is_open(day) and -1 not in paid
        fine = fine and all(payment.member.left_on is None for payment in payments)

        def act():
            post_collection(
                by=self.rina, body=self.body, key=new_key(), day=day, group="", payments=payments, bag=bag
            )

        if self.agrees(fine, act):
            keys = self.body.entries.order_by("-year", "-number").values_list("pk", flat=True)[
                : len(payments)
            ]
            for key, payment in zip(reversed(keys), payments, strict=True):
                who = self.members.index(payment.member)
                amount = payment.paid[TransactionKind.MANDATORY_IN]
                sides = [("101", amount + 500, None), ("302", -amount, who), ("201", -500, who)]
                self.post(key, day, sides)

    @rule(which=st.integers(0, 30), day=st.sampled_from(DAYS))
    def take_back(self, which, day):
        if not self.entries:
            return
        entry = self.entries[which % len(self.entries)]
        key, of, sides, reverses, is_reversed = entry
        mirror = [(code, -amount, member) for code, amount, member in sides]
        fine = (
            reverses is None and not is_reversed and day >= of and self.is_open(day) and self.may_move(mirror)
        )
        new = new_key()
        row = JournalEntry.objects.get(pk=key)
        if self.agrees(
            fine, lambda: reverse_entry(by=self.rina, entry=row, key=new, day=day, reason="Salah")
        ):
            entry[4] = True
            self.post(new, day, mirror, reverses=key)

    @rule(who=st.integers(0, 2))
    def leave(self, who):
        """Everything the member has goes back in cash by one entry, whose key is the member's."""
        member = self.members[who]
        if member.left_on is not None:
            return
        sides = [(code, self.owned[who, code], who) for code in OF_MEMBERS if self.owned[who, code]]
        if sides:
            sides.append(("101", -sum(amount for _code, amount, _who in sides), None))

        def act():
            self.members[who] = leave_body(by=self.rina, member=member, left_on=TODAY, reason="Pindah")

        if self.agrees(self.may_move(sides), act) and sides:
            self.post(member.pk, TODAY, sides)

    @rule(month=st.sampled_from(MONTHS), alone=st.booleans(), difference=st.sampled_from([0, 0, 7]))
    def close(self, month, alone, difference):
        last = max(self.closed or Month(2026, 8), Month(2026, 8))
        fine = month > last and month < Month(2026, 11) and not alone and not difference

        def act():
            check_trial_balance(by=self.teguh, body=self.body, month=month)
            close_month(
                by=self.teguh if alone else self.rina,
                body=self.body,
                month=month,
                key=new_key(),
                counted_cash=self.moved["101"] + difference,
            )

        if self.agrees(fine, act):
            self.closed = month

    @invariant()
    def books_and_model_agree(self):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        found = {row.account.code: row.moved for row in account_balances(self.body) if row.moved}
        assert found == {code: amount for code, amount in self.moved.items() if amount}
        assert sum(found.values()) == 0
        rows = MemberBalance.objects.filter(account__body=self.body, balance__gt=0)
        keys = [member.pk for member in self.members]
        balances = {
            (keys.index(member), code): balance
            for member, code, balance in rows.values_list("member_id", "account__code", "balance")
        }
        assert balances == {key: amount for key, amount in self.owned.items() if amount}
        numbers = list(self.body.entries.order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, self.given[2026] + 1))
        assert books_that_disagree() == ([], 0)


@pytest.mark.django_db
def test_the_books_are_what_a_plain_model_says(cast):
    Books.cast = cast
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )
