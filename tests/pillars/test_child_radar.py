"""Each rule of the radar: a child it speaks of, and the same child one step away from it. No database."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from pillars.child_radar import ChildFacts, RadarMalformed, hits, read_thresholds, thresholds_on
from tests.conftest import TODAY

THRESHOLDS = thresholds_on(TODAY)
CALM = ChildFacts(
    child=uuid4(),
    village="33.25.14.2004",
    changed_on=None,
    missed=0,
    missed_since=None,
    heard_on=TODAY - timedelta(days=3),
    away=True,
    school="attending",
    school_since=date(2025, 6, 1),
)
RULES = {
    "child_carer_changed": (
        {"changed_on": TODAY - timedelta(days=60)},
        {"changed_on": TODAY - timedelta(days=61)},
    ),
    "child_absent": (
        {"missed": 3, "missed_since": date(2026, 11, 2)},
        {"missed": 2, "missed_since": date(2026, 11, 2)},
    ),
    "child_no_contact": (
        {"heard_on": TODAY - timedelta(weeks=4)},
        {"heard_on": TODAY - timedelta(days=27)},
    ),
    "child_school_at_risk": ({"school": "at_risk"}, {"school": "attending"}),
    "child_dropped_out": ({"school": "dropped_out"}, {"school": "attending"}),
}


def codes(**facts):
    return [hit.rule.code for hit in hits(replace(CALM, **facts), THRESHOLDS, TODAY)]


def test_a_child_all_is_well_with_needs_no_visit():
    assert codes() == []


@pytest.mark.parametrize("code", RULES)
def test_rule_speaks_of_the_child(code):
    assert codes(**RULES[code][0]) == [code]


@pytest.mark.parametrize("code", RULES)
def test_rule_is_silent_one_step_away(code):
    assert codes(**RULES[code][1]) == []


def test_no_contact_is_silent_once_the_parent_is_back():
    assert codes(heard_on=date(2026, 1, 1), away=False) == []


def test_hit_names_its_day_so_that_no_task_comes_twice():
    hit = next(hits(replace(CALM, missed=4, missed_since=date(2026, 11, 2)), THRESHOLDS, TODAY))
    assert (hit.occurrence, hit.event_on, hit.act_within_days) == ("2026-11-02", date(2026, 11, 2), 7)


GOOD = """
version = 2
valid_from = 2027-01-01
[carer_changed]
on = false
within_days = 60
act_within_days = 14
[absent]
on = true
sessions = 3
act_within_days = 7
[no_contact]
on = true
weeks = 4
act_within_days = 14
[school_at_risk]
on = true
act_within_days = 7
[dropped_out]
on = true
act_within_days = 3
"""


def test_rule_that_is_off_is_silent(tmp_path):
    (tmp_path / "child_radar_2.toml").write_text(GOOD)
    thresholds = read_thresholds(tmp_path / "child_radar_2.toml")
    assert list(hits(replace(CALM, changed_on=TODAY), thresholds, TODAY)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("sessions = 3", "sessions = 0"),
        ("weeks = 4", 'weeks = "empat"'),
        ("on = false", "on = 1"),
        ("[dropped_out]", "[runs_away]"),
        ("version = 2", "version = true"),
        ("valid_from = 2027-01-01", 'valid_from = "besok"'),
        ("act_within_days = 3", "act_within_days = 3\nscore = 9"),
        ("[absent]", "[absent"),
    ],
)
def test_malformed_file_is_refused(tmp_path, old, new):
    path = tmp_path / "child_radar_2.toml"
    path.write_text(GOOD.replace(old, new, 1))
    with pytest.raises(RadarMalformed, match="child_radar_2"):
        read_thresholds(path)
