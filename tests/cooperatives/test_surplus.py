import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.surplus import Stake, distribute, part
from periods.percent import WHOLE

FIXED = {
    "reserve": 4000, "capital": 2000, "use": 2500, "management": 500, "education": 500, "social": 500,
}  # fmt: skip


def test_largest_remainder_by_hand():
    """100 by 1 : 1 : 1 leaves one rupiah, and the first key has it."""
    assert {key: share.rupiah for key, share in part(100, {"c": 1, "a": 1, "b": 1}).items()} == {
        "a": 34, "b": 33, "c": 33,
    }  # fmt: skip
    assert [share.rupiah for share in part(10, {1: 15, 2: 45, 3: 40}).values()] == [2, 4, 4]


def test_surplus_by_hand():
    stakes = [Stake(1, 100_000, 0), Stake(2, 200_000, 30_000), Stake(3, 0, 10_000)]
    parted = distribute(1_000_001, FIXED, stakes)
    assert parted.parts == {
        "reserve": 400_001, "capital": 200_000, "use": 250_000,
        "management": 50_000, "education": 50_000, "social": 50_000,
    }  # fmt: skip
    assert [parted.of_member(key) for key in (1, 2, 3)] == [66_667, 133_333 + 187_500, 62_500]


def test_pot_without_a_claim_goes_to_the_reserve():
    parted = distribute(1_000, FIXED, [Stake(1, 5, 0)])
    assert parted.parts["reserve"] == 400 + 250
    assert "use" not in parted.parts


@pytest.mark.parametrize(
    ("surplus", "percentages"), [(0, FIXED), (-5, FIXED), (100, {"reserve": WHOLE - 1}), (100, {})]
)
def test_what_cannot_be_parted_is_refused(surplus, percentages):
    with pytest.raises(ValueError):
        distribute(surplus, percentages, [])


purposes = st.sampled_from(["reserve", "capital", "use", "management", "education", "social"])
percentages = st.lists(purposes, min_size=1, max_size=40).map(
    lambda picks: {
        name: share.rupiah for name, share in part(WHOLE, {n: picks.count(n) for n in picks}).items()
    }
)
rupiah = st.integers(0, 10**10)
stakes = st.lists(st.tuples(st.integers(0, 500), rupiah, rupiah), max_size=60, unique_by=lambda s: s[0]).map(
    lambda rows: [Stake(*row) for row in rows]
)


@given(st.integers(1, 10**12), percentages, stakes)
def test_parts_equal_the_whole_to_the_rupiah_for_any_members(surplus, fixed, members):
    parted = distribute(surplus, fixed, members)
    assert sum(parted.parts.values()) == surplus
    shared = sum(parted.of_member(member.key) for member in members)
    assert shared == parted.parts.get("capital", 0) + parted.parts.get("use", 0)


@given(st.integers(1, 10**12), percentages, stakes, st.randoms(use_true_random=False))
def test_order_of_members_does_not_matter(surplus, fixed, members, chance):
    shuffled = list(members)
    chance.shuffle(shuffled)
    assert distribute(surplus, fixed, shuffled) == distribute(surplus, fixed, members)


@given(st.integers(1, 10**12), percentages, stakes)
def test_explanation_of_each_member_recomputes_to_her_amount(surplus, fixed, members):
    parted = distribute(surplus, fixed, members)
    for member in members:
        again = 0
        pots = ((parted.by_capital, member.capital_rupiah), (parted.by_use, member.use_rupiah))
        for shares, weight in pots:
            share = shares.get(member.key)
            if share:
                assert share.weight == weight
                assert share.rounding_rupiah in (0, 1)
                again += share.pot_rupiah * weight // share.weights + share.rounding_rupiah
        assert again == parted.of_member(member.key)


def test_part_says_whether_it_is_whole_by_itself():
    parts = part(100, {"a": 1, "b": 2, "c": 1})
    assert {key: one.is_whole for key, one in parts.items()} == {"a": True, "b": True, "c": True}
    assert not part(100, {"a": 1, "b": 2})["a"].is_whole
