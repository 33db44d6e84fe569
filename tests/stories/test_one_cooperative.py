"""One cooperative's books for a year, from its founding to its annual meeting, by hand-computed figures.

2025: four members pay 100,000 principal savings each and 10,000 mandatory savings a month; the fourth leaves
in November with all she paid. A grant, aid in kind, two loans (one paid back, one late), trade, a slip
reversed. The pack's text, the pages and a sum in plain SQL agree to the rupiah.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from accounts.keys import new_key
from cooperatives.actions.boards import appoint_board
from cooperatives.actions.bodies import found_body, join_member, leave_body
from cooperatives.actions.books import open_books
from cooperatives.actions.collections import post_collection
from cooperatives.actions.ledger import reverse_entry
from cooperatives.actions.loans import grant_loan, pay_loan
from cooperatives.actions.months import check_trial_balance, close_month
from cooperatives.actions.transactions import record_transaction
from cooperatives.actions.years import close_year, share_surplus, write_meeting
from cooperatives.chart import CASH
from cooperatives.collecting import Payment
from cooperatives.loan_terms import Terms
from cooperatives.models import LedgerAccount, SurplusShare
from cooperatives.queries.ledger import money_in
from cooperatives.queries.pack import pack_of
from periods import Month
from periods.rupiah import rupiah_text
from reports.models import MeetingPack
from reports.packs import make_meeting_pack, pdf_of
from reports.rendering import pango_is_missing
from tests.factories import PostingFactory, UserFactory
from tests.migrants.calling import get
from tests.reports.pdf_text import pdf_text, squeezed
from villages.access import seat_of

LAST = date(2025, 12, 31)
BALANCES = {
    "101": 2_800_000, "111": 200_000, "131": 1_500_000, "139": -50_000,
    "201": -30_000, "301": -300_000, "302": -360_000, "304": -3_500_000,
    "401": -850_000, "402": -60_000, "501": 500_000, "511": 100_000, "522": 50_000,
}  # fmt: skip
SHARES = {"Siti Aminah": 17_334, "Wagiyem": 58_500 + 17_333, "Dewi Rahayu": 6_500 + 17_333}
FIXED = {"reserve": 4000, "capital": 2000, "use": 2500, "management": 500, "education": 500, "social": 500}
SUMS = """
    SELECT a.code, sum(l.amount) FROM cooperatives_journalline l
    JOIN cooperatives_ledgeraccount a ON a.id = l.account_id
    JOIN cooperatives_journalentry e ON e.id = l.entry_id
    WHERE e.body_id = %s AND e.day <= %s GROUP BY a.code HAVING sum(l.amount) <> 0
"""


def person_with(cast, role, name):
    """The seat of somebody of the body itself."""
    user = UserFactory(full_name=name)
    PostingFactory(user=user, role=role, village=cast.randu)
    return user


class Year:
    """The books of 2025, written by the treasurer, closed month by month by her and the chair."""

    def __init__(self, cast) -> None:
        rina = cast.seat("rina")
        self.body = found_body(
            by=rina, key=new_key(), kind="cooperative", name="Koperasi Randu Sejahtera",
            founded_on=date(2025, 1, 15),
        )  # fmt: skip
        wati, joko = (person_with(cast, *who) for who in (("treasurer", "Wati"), ("board", "Joko")))
        for office, user in (("treasurer", wati), ("chair", joko)):
            appoint_board(
                by=rina, body=self.body, key=new_key(), office=office, name=user.full_name, user=user,
                starts_on=date(2025, 1, 15), ends_on=date(2029, 12, 31),
            )  # fmt: skip
        self.wati, self.joko = seat_of(wati), seat_of(joko)
        self.body = open_books(by=self.wati, body=self.body, opened_on=date(2025, 1, 15))
        names = ("Siti Aminah", "Wagiyem", "Dewi Rahayu", "Kasmirah")
        self.members = [self.join(name) for name in names]
        for number in range(1, 13):
            self.month(number)

    def join(self, name):
        facts = {"sex": "female", "kind": "family", "joined_on": date(2025, 1, 15)}
        return join_member(by=self.wati, body=self.body, key=new_key(), name=name, **facts)

    def write(self, kind, amount, day, member=None, code=None):
        account = LedgerAccount.objects.get(body=self.body, code=code) if code else None
        facts = {"kind": kind, "amount": amount, "day": day, "member": member, "account": account}
        return record_transaction(by=self.wati, body=self.body, key=new_key(), **facts).row

    def month(self, number):
        """What happened in a month; then two people close it."""
        paying = self.members if number < 12 else self.members[:3]
        if number == 1:
            for member in self.members:
                self.write("principal_in", 100_000, date(2025, 1, 20), member)
        payments = [Payment(member, {"mandatory_in": 10_000}) for member in paying]
        post_collection(
            by=self.wati, body=self.body, key=new_key(), day=date(2025, number, 21), group="Melati",
            payments=payments, bag=10_000 * len(payments),
        )  # fmt: skip
        getattr(self, f"in_{number}", lambda: None)()
        month = Month(2025, number)
        check_trial_balance(by=self.wati, body=self.body, month=month)
        cash = money_in(self.body, CASH)
        close_month(by=self.joko, body=self.body, month=month, key=new_key(), counted_cash=cash)

    def in_2(self):
        self.write("grant", 2_000_000, date(2025, 2, 3))
        self.write("equipment_aid", 1_500_000, date(2025, 2, 4))
        self.write("voluntary_in", 50_000, date(2025, 2, 5), self.members[0])

    def in_3(self):
        self.first = self.lend(1, Terms(600_000, 6, 150, "flat", date(2025, 4, 10)), date(2025, 3, 10))

    def lend(self, at, terms, day):
        member = self.members[at]
        return grant_loan(
            by=self.wati, body=self.body, key=new_key(), member=member, terms=terms, day=day
        ).row

    def pay(self, loan, amount, month):
        pay_loan(by=self.wati, loan=loan, key=new_key(), amount=amount, day=date(2025, month, 10))

    def in_4(self):
        self.pay(self.first, 109_000, 4)

    def in_5(self):
        self.pay(self.first, 109_000, 5)

    def in_6(self):
        self.pay(self.first, 109_000, 6)
        self.write("voluntary_out", 20_000, date(2025, 6, 12), self.members[0])

    def in_7(self):
        self.pay(self.first, 109_000, 7)
        self.write("purchase", 500_000, date(2025, 7, 1))

    def in_8(self):
        self.pay(self.first, 109_000, 8)
        self.write("sale", 850_000, date(2025, 8, 2))
        slip = self.write("sale", 5_000, date(2025, 8, 3))
        facts = {"day": date(2025, 8, 4), "reason": "Dicatat dua kali"}
        reverse_entry(by=self.wati, entry=slip, key=new_key(), **facts)

    def in_9(self):
        self.pay(self.first, 109_000, 9)

    def in_10(self):
        self.second = self.lend(
            2, Terms(300_000, 3, 200, "declining", date(2025, 11, 10)), date(2025, 10, 10)
        )

    def in_11(self):
        self.pay(self.second, 106_000, 11)
        self.members[3] = leave_body(
            by=self.wati, member=self.members[3], left_on=date(2025, 11, 25), reason="Pindah"
        )

    def in_12(self):
        self.write("cost", 100_000, date(2025, 12, 20), code="511")
        self.write("wear", 50_000, date(2025, 12, 30))


def sums(body, until):
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [body.pk, until])
        return {code: int(amount) for code, amount in cursor.fetchall()}


def shown(client, name, key, query=""):
    return squeezed(client.get(reverse(name, args=[key]) + query).content.decode())


def check_agreement(cast, body, pdf):
    """Every balance and total of the year, by a sum in plain SQL, is what the API answers, what the pages
    show, and what the papers of the meeting print."""
    by_sql = {code: -amount if code[0] in "234" else amount for code, amount in sums(body, LAST).items()}
    kinds = {kind: sum(by_sql[code] for code in by_sql if code[0] == kind) for kind in "12345"}
    surplus = kinds["4"] - kinds["5"]
    saved = by_sql["201"] + by_sql["301"] + by_sql["302"]
    totals = {
        "assets": kinds["1"], "debts": kinds["2"], "capital": kinds["3"] + surplus, "income": kinds["4"],
        "costs": kinds["5"], "surplus": surplus, "savings": saved, "loans": by_sql["111"],
    }  # fmt: skip
    client = cast.client("rina")
    answer = get(client, f"finance-bodies/{body.pk}/years/2025/")
    assert {row["code"]: row["rupiah"] for row in answer["accounts"]} == by_sql
    assert {name: answer[f"{name}_rupiah"] for name in totals} == totals
    today = get(cast.client("hendro"), f"finance-bodies/{body.pk}/")
    assert (today["totals"]["savings_rupiah"], today["totals"]["loans_rupiah"]) == (saved, by_sql["111"])
    assert [(row["class"], row["loans"], row["owed_rupiah"]) for row in today["totals"]["lateness"]] == [
        ("current", 0, 0), ("month", 0, 0), ("quarter", 0, 0), ("over_90", 1, 200_000),
    ]  # fmt: skip
    balance = shown(client, "cooperatives:balance-detail", body.pk)
    body_page = shown(cast.client("hendro"), "cooperatives:body-detail", body.pk)
    for amount in [*by_sql.values(), *totals.values()]:
        assert squeezed(rupiah_text(amount)) in pdf
    for amount in by_sql.values():
        assert squeezed(rupiah_text(abs(amount))) in balance
    assert rupiah_text(saved) in body_page
    assert rupiah_text(by_sql["111"]) in body_page


def test_one_cooperative_from_its_founding_to_its_annual_meeting(cast):
    year = Year(cast)
    body = year.body
    assert sums(body, LAST) == BALANCES

    pack = pack_of(body, 2025)
    assert (pack.assets_rupiah, pack.debts_rupiah, pack.capital_rupiah) == (4_450_000, 30_000, 4_420_000)
    assert (pack.result.income_rupiah, pack.result.costs_rupiah) == (910_000, 650_000)
    assert [(lent.now.owed_principal, lent.now.arrears_class) for lent in pack.loans] == [(200_000, "month")]
    assert pack.saved_rupiah == 30_000 + 300_000 + 360_000
    assert (len(pack.members_at_end), pack.joined, pack.left) == (3, 4, 1)

    close_year(by=year.wati, body=body, key=new_key(), year=2025, day=date(2026, 1, 5))
    meeting = write_meeting(
        by=year.joko, body=body, key=new_key(), year=2025, percentages=FIXED, held_on=date(2026, 3, 15),
        place="Balai Desa Randu", entitled=3, attended=3, agenda="Laporan dan SHU",
        decisions="1. Laporan diterima.", approved=True,
    ).row  # fmt: skip
    assert meeting.was_in_time
    share_surplus(by=year.wati, meeting=meeting, key=new_key(), day=date(2026, 3, 16))
    shares = {share.member.name: share.rupiah for share in SurplusShare.objects.select_related("member")}
    assert shares == SHARES
    after = sums(body, date(2026, 12, 31))
    results = {code: amount for code, amount in after.items() if code[0] in "345" or code in ("221", "222")}
    assert results == {
        "221": -117_000, "222": -13_000, "301": -300_000, "302": -360_000, "303": -104_000, "304": -3_500_000,
    }  # fmt: skip

    client = cast.client("rina")
    shows_year = shown(client, "cooperatives:year-detail", body.pk, "?year=2025")
    for words in ("Rp910.000", "Rp650.000", "Rp260.000", "Rp104.000", "Rp52.000", "Rp65.000", "Rp13.000"):
        assert words in shows_year
    statement = shown(client, "cooperatives:member-detail", year.members[1].pk)
    for words in ("Rp100.000", "Rp120.000", "Rp75.833"):
        assert words in statement
    assert "Rp200.000" in shown(client, "cooperatives:loan-list", body.pk)


@pytest.mark.skipif(pango_is_missing(), reason="the PDF libraries are not installed")
def test_pack_of_the_year_is_made_once_and_says_the_same(
    cast, django_capture_on_commit_callbacks, monkeypatch
):
    year = Year(cast)
    client = cast.client("rina")
    address = reverse("reports:pack-new", args=[year.body.pk])
    assert client.post(f"{address}?year=2026").status_code == 403
    for _ in range(2):
        client.post(f"{address}?year=2025")
    pack = MeetingPack.objects.get()
    for _ in range(2):
        make_meeting_pack(pack.pk)
    pack.refresh_from_db()
    assert (pack.status, pack.attempts) == ("done", 1)
    text = pdf_text(pdf_of(pack))
    for words in (
        "Koperasi Randu Sejahtera", "Neraca per 31 Desember 2025", "Rp4.450.000", "Rp4.420.000", "Rp910.000",
        "Rp650.000", "Rp260.000", "Rp2.800.000", "Rp690.000", "Rp200.000", "Terlambat 1–30 hari",
        "Siti Aminah", "Rp260.000, belum dibagikan.",
    ):  # fmt: skip
        assert squeezed(words) in text
    check_agreement(cast, year.body, text)
    assert b"Siti" not in bytes(pack.pdf)
    answer = client.get(reverse("reports:pack-download", args=[pack.pk]))
    assert b"".join(answer.streaming_content) == pdf_of(pack)
    assert cast.client("hendro").get(reverse("reports:pack-download", args=[pack.pk])).status_code == 403
    assert cast.client("sari").get(reverse("reports:pack-download", args=[pack.pk])).status_code == 404
