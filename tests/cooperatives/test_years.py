"""The end of a book year: closed after its months, approved by the meeting, shared out to the rupiah."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.keys import new_key
from accounts.rules import NotPermitted
from cooperatives.actions.ledger import Side, post_entry, reverse_entry
from cooperatives.actions.months import check_trial_balance, close_month
from cooperatives.actions.transactions import record_transaction
from cooperatives.actions.years import close_year, share_surplus, write_meeting
from cooperatives.chart import CASH, LOAN_INCOME, MANDATORY, MEMBERS_SHARE, PRINCIPAL, RESERVE, SALES, SURPLUS
from cooperatives.models import AnnualMeeting, SurplusShare, SurplusSharing
from cooperatives.queries.ledger import account_balances, balance_of, money_in
from cooperatives.queries.years import result_of, share_explained, sharing_of, stakes_of
from periods import Month
from tests.factories import MemberFactory
from tests.factories.ledger import books
from villages.rules import NotPossible

DAY = date(2026, 3, 20)
FIXED = {"reserve": 4000, "capital": 2000, "use": 2500, "management": 500, "education": 500, "social": 500}
MEETING = {
    "year": 2025, "percentages": FIXED, "held_on": date(2026, 3, 15), "place": "Balai desa", "entitled": 3,
    "attended": 2, "agenda": "Laporan", "decisions": "1. Laporan diterima.", "approved": True,
}  # fmt: skip


@pytest.fixture
def rina(cast):
    return cast.seat("rina")


@pytest.fixture
def members(rina):
    """Three members; capital 100,000, 200,000 and 0; the second and third paid 30,000 and 10,000 of charges;
    sales of 1,960,001 and a cost of 1,000,000 besides: a surplus of 1,000,001."""
    body = books(rina, opened_on=date(2025, 2, 1))
    rows = [MemberFactory(body=body, number=number) for number in (1, 2, 3)]

    def post(kind, *sides):
        post_entry(by=rina, body=body, key=new_key(), kind=kind, day=date(2025, 6, 2), sides=sides)

    post("principal_in", Side(CASH, 100_000), Side(PRINCIPAL, -100_000, rows[0]))
    post("mandatory_in", Side(CASH, 200_000), Side(MANDATORY, -200_000, rows[1]))
    post("loan_paid", Side(CASH, 30_000), Side(LOAN_INCOME, -30_000, rows[1]))
    post("loan_paid", Side(CASH, 10_000), Side(LOAN_INCOME, -10_000, rows[2]))
    post("sale", Side(CASH, 1_960_001), Side(SALES, -1_960_001))
    post("cost", Side("511", 1_000_000), Side(CASH, -1_000_000))
    return rows


@pytest.fixture
def body(members):
    return members[0].body


def close_months(cast, body):
    month = Month(2025, 12)
    check_trial_balance(by=cast.seat("rina"), body=body, month=month)
    cash = money_in(body, CASH)
    close_month(by=cast.seat("teguh"), body=body, month=month, key=new_key(), counted_cash=cash)


def closed(cast, body, *, key=None):
    close_months(cast, body)
    return close_year(
        by=cast.seat("rina"), body=body, key=key or new_key(), year=2025, day=date(2026, 1, 5)
    ).row


def held(cast, body, **changes):
    return write_meeting(by=cast.seat("rina"), body=body, key=new_key(), **MEETING | changes).row


def moved(body):
    return {row.account.code: row.moved for row in account_balances(body) if row.moved}


def test_year_closes_after_its_months_and_keeps_its_result(cast, rina, body):
    with pytest.raises(NotPossible):
        close_year(by=rina, body=body, key=new_key(), year=2025, day=date(2026, 1, 5))
    closed(cast, body)
    assert moved(body) == {CASH: 1_300_001, PRINCIPAL: -100_000, MANDATORY: -200_000, SURPLUS: -1_000_001}
    result = result_of(body, 2025)
    assert (result.income_rupiah, result.costs_rupiah, result.surplus_rupiah) == (
        2_000_001,
        1_000_000,
        1_000_001,
    )
    assert result_of(body, 2026).surplus_rupiah == 0
    with pytest.raises(NotPossible):
        close_year(by=rina, body=body, key=new_key(), year=2025, day=date(2026, 1, 5))


def test_surplus_is_shared_to_the_rupiah_and_each_share_explains_itself(cast, rina, body, members):
    closed(cast, body)
    meeting, key = held(cast, body), new_key()
    for _ in range(2):
        share_surplus(by=rina, meeting=meeting, key=key, day=DAY)
    assert moved(body) == {
        CASH: 1_300_001, PRINCIPAL: -100_000, MANDATORY: -200_000, RESERVE: -400_001,
        "222": -50_000, "223": -50_000, "224": -50_000, MEMBERS_SHARE: -450_000,
    }  # fmt: skip
    assert [balance_of(member, MEMBERS_SHARE) for member in members] == [66_667, 133_333 + 187_500, 62_500]
    for share in SurplusShare.objects.select_related("sharing", "member"):
        explained = share_explained(share)
        assert explained.agrees
        assert explained.recomputed_rupiah == balance_of(share.member, MEMBERS_SHARE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(rupiah) FROM cooperatives_surplusshare")
        assert cursor.fetchone()[0] == 450_000


def test_share_is_paid_out_up_to_what_it_is(cast, rina, body, members):
    closed(cast, body)
    share_surplus(by=rina, meeting=held(cast, body), key=new_key(), day=DAY)
    facts = {"by": rina, "body": body, "kind": "share_out", "day": DAY, "member": members[2]}
    with pytest.raises(NotPossible):
        record_transaction(key=new_key(), amount=62_501, **facts)
    record_transaction(key=new_key(), amount=62_500, **facts)
    assert (balance_of(members[2], MEMBERS_SHARE), money_in(body, CASH)) == (0, 1_237_501)


def test_stakes_are_those_of_the_year_s_last_day(rina, body, members):
    members[0].left_on = date(2025, 12, 30)
    members[0].save()
    sides = [Side(CASH, 5_000), Side(MANDATORY, -5_000, members[2])]
    post_entry(by=rina, body=body, key=new_key(), kind="mandatory_in", day=date(2026, 1, 2), sides=sides)
    stakes = [(stake.key, stake.capital_rupiah, stake.use_rupiah) for stake in stakes_of(body, 2025)]
    assert stakes == [(2, 200_000, 30_000), (3, 0, 10_000)]


def test_sharing_taken_back_can_be_made_again(cast, rina, body):
    closed(cast, body)
    meeting = held(cast, body)
    first = share_surplus(by=rina, meeting=meeting, key=new_key(), day=DAY).row
    with pytest.raises(NotPossible):
        share_surplus(by=rina, meeting=meeting, key=new_key(), day=DAY)
    reverse_entry(by=rina, entry=first.entry, key=new_key(), day=DAY, reason="Salah hitung")
    again = share_surplus(by=rina, meeting=meeting, key=new_key(), day=DAY).row
    assert sharing_of(body, 2025) == again


@pytest.mark.parametrize(
    "changes", [{"approved": False}, {"attended": 1}, {"percentages": {}}], ids=["refused", "quorum", "none"]
)
def test_surplus_is_not_shared_without_quorum_approval_and_percentages(cast, rina, body, changes):
    closed(cast, body)
    with pytest.raises(NotPossible):
        share_surplus(by=rina, meeting=held(cast, body, **changes), key=new_key(), day=DAY)
    assert SurplusSharing.objects.count() == 0


def test_surplus_is_not_shared_before_the_year_is_closed(cast, rina, body):
    with pytest.raises(NotPossible):
        share_surplus(by=rina, meeting=held(cast, body), key=new_key(), day=DAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_on": date(2025, 12, 31)}, "held_on"),
        ({"held_on": date(2026, 11, 24)}, "held_on"),
        ({"entitled": 0, "attended": 0}, "entitled"),
        ({"attended": 4}, "attended"),
        ({"percentages": {"reserve": 9999}}, "part_reserve"),
    ],
)
def test_meeting_that_cannot_be_is_refused_beside_its_field(cast, body, changes, field):
    with pytest.raises(NotPossible) as refused:
        held(cast, body, **changes)
    assert refused.value.field == field
    assert AnnualMeeting.objects.count() == 0


def test_meeting_is_in_time_within_six_months(cast, body):
    assert held(cast, body, held_on=date(2026, 6, 30)).was_in_time
    assert not AnnualMeeting(year=2025, held_on=date(2026, 7, 1), approved=True).was_in_time
    assert not AnnualMeeting(year=2025, held_on=date(2026, 6, 30), approved=False).was_in_time


@pytest.mark.parametrize("name", ["sari", "kades", "hendro", "maya"])
def test_years_are_refused_to_everybody_else(cast, body, name):
    with pytest.raises(NotPermitted):
        write_meeting(by=cast.seat(name), body=body, key=new_key(), **MEETING)


@pytest.mark.parametrize("model", [SurplusSharing, SurplusShare])
def test_how_it_was_shared_stays(cast, rina, body, model):
    closed(cast, body)
    share_surplus(by=rina, meeting=held(cast, body), key=new_key(), day=DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().delete()


def test_year_by_pages_from_the_close_to_the_share(cast, body, members):
    close_months(cast, body)
    client = cast.client("rina")
    year = f"{reverse('cooperatives:year-detail', args=[body.pk])}?year=2025"
    close = f"{reverse('cooperatives:year-close', args=[body.pk])}?year=2025"
    assert "Rp1.000.001" in client.post(close, {"day": "5-1-2026"}).content.decode()
    client.post(close, {"day": "5-1-2026", "confirmed": "1"})
    meeting = f"{reverse('cooperatives:meeting-new', args=[body.pk])}?year=2025"
    entries = {
        "held_on": "15-3-2026", "entitled": "3", "attended": "2", "agenda": "Laporan", "decisions": "1. Ya",
        "approved": "yes", "part_reserve": "40", "part_capital": "20", "part_use": "25",
        "part_management": "5", "part_education": "5", "part_social": "4,99",
    }  # fmt: skip
    refused = client.post(meeting, entries)
    assert refused.context["form"].errors == {"part_reserve": ["Jumlah persentase 99,99. Seharusnya 100."]}
    client.post(meeting, entries | {"part_social": "5"})
    share = reverse("cooperatives:surplus-share", args=[AnnualMeeting.objects.get().pk])
    assert "Rp400.001" in client.post(share, {"day": "20-3-2026"}).content.decode()
    client.post(share, {"day": "20-3-2026", "confirmed": "1"})
    assert "Rp250.000" in client.get(year).content.decode()
    shared = SurplusShare.objects.get(member=members[1])
    page = client.get(reverse("cooperatives:share-detail", args=[shared.pk])).content.decode()
    for words in (
        "Rp320.833",
        "Rp133.333",
        "Rp187.500",
        "Rp30.000",
        "Rp40.000",
        "Rp200.000 × Rp200.000 ÷ Rp300.000",
    ):
        assert words in page
    assert client.get(year.replace("2025", "abc")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_page_of_a_year_costs_the_same_at_any_length(cast, rina, body, django_assert_num_queries, rows):
    for code in ("512", "513", "514")[:rows]:
        sides = [Side(code, 1_000), Side(CASH, -1_000)]
        facts = {"kind": "cost", "day": date(2025, 7, 1), "sides": sides}
        post_entry(by=rina, body=body, key=new_key(), **facts)
    closed(cast, body)
    share_surplus(by=rina, meeting=held(cast, body), key=new_key(), day=DAY)
    client, address = cast.client("rina"), reverse("cooperatives:year-detail", args=[body.pk])
    with django_assert_num_queries(10):
        client.get(address, {"year": 2025})
