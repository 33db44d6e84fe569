from datetime import date

import pytest

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from pillars.actions.groups import add_member, end_group, end_membership, form_group
from pillars.actions.outreach import log_outreach
from pillars.actions.parenting import close_centre, open_centre
from pillars.models import BusinessGroup, GroupMember, OutreachSession
from tests.factories import BusinessGroupFactory, GroupMemberFactory, LearningCentreFactory, PersonFactory

SESSION = {
    "held_on": date(2026, 11, 5),
    "place": "Balai desa",
    "topic": "safe_migration",
    "women": 20,
    "men": 15,
}
GROUP = {"name": "Keripik Melati", "sector": "food", "formed_on": date(2025, 3, 1)}
MEMBER = {"name": "Kasmirah", "sex": "female", "kind": "returned", "joined_on": date(2025, 4, 1)}
CENTRE = {
    "name": "Rumah Belajar Mawar",
    "address": "Krajan",
    "opened_on": date(2025, 6, 1),
}


def test_log_outreach_places_the_session_in_the_village_of_the_seat(cast):
    session = log_outreach(by=cast.seat("rina"), key=new_key(), **SESSION)
    session.refresh_from_db()
    assert (session.village_id, session.district_id, session.province_id) == ("33.25.14.2004", "33.25", "33")
    event = Event.objects.get()
    assert (event.name, event.actor_name, event.actor_role) == (
        "outreach.logged",
        "Rina Wulandari",
        "officer",
    )


def test_log_outreach_twice_with_one_key_keeps_the_first(cast):
    key = new_key()
    first = log_outreach(by=cast.seat("rina"), key=key, **SESSION)
    second = log_outreach(by=cast.seat("rina"), key=key, **(SESSION | {"women": 99}))
    assert second == first
    assert list(OutreachSession.objects.values_list("women", flat=True)) == [20]
    assert Event.objects.count() == 1


def test_log_outreach_with_the_key_of_another_village_makes_a_record_of_its_own(cast):
    key = new_key()
    theirs = log_outreach(by=cast.seat("dewi"), key=key, **SESSION)
    ours = log_outreach(by=cast.seat("rina"), key=key, **SESSION)
    assert ours.pk != theirs.pk
    assert ours.village == cast.randu


@pytest.mark.parametrize("name", ["kades", "hendro", "lina", "ratna", "maya", "arif", "sys", "audi"])
def test_log_outreach_is_refused_to_everybody_but_officers(cast, name):
    with pytest.raises(NotPermitted):
        log_outreach(by=cast.seat(name), key=new_key(), **SESSION)
    assert OutreachSession.objects.count() == 0


def test_add_member_to_a_group_that_has_ended_is_refused(cast):
    group = BusinessGroupFactory(village=cast.randu, ended_on=date(2026, 1, 1))
    with pytest.raises(NotPermitted, match=r"ended|berakhir"):
        add_member(by=cast.seat("rina"), group=group, key=new_key(), **MEMBER)


def test_add_member_before_the_group_was_formed_is_refused(cast):
    group = BusinessGroupFactory(village=cast.randu, formed_on=date(2025, 5, 1))
    with pytest.raises(NotPermitted):
        add_member(by=cast.seat("rina"), group=group, key=new_key(), **MEMBER)


def test_add_member_twice_for_one_person_is_refused(cast):
    group, person = BusinessGroupFactory(village=cast.randu), PersonFactory(village=cast.randu)
    add_member(by=cast.seat("rina"), group=group, key=new_key(), person=person, **MEMBER)
    with pytest.raises(NotPermitted):
        add_member(by=cast.seat("rina"), group=group, key=new_key(), person=person, **MEMBER)


def test_add_member_twice_with_one_key_keeps_the_first(cast):
    group, key = form_group(by=cast.seat("rina"), key=new_key(), **GROUP), new_key()
    add_member(by=cast.seat("rina"), group=group, key=key, **MEMBER)
    add_member(by=cast.seat("rina"), group=group, key=key, **MEMBER)
    assert GroupMember.objects.count() == 1


def test_end_membership_before_joining_is_refused(cast):
    member = GroupMemberFactory(group__village=cast.randu, joined_on=date(2025, 3, 1))
    with pytest.raises(NotPermitted):
        end_membership(by=cast.seat("rina"), member=member, left_on=date(2025, 2, 28))


def test_end_membership_twice_keeps_the_first_day(cast):
    member = GroupMemberFactory(group__village=cast.randu)
    end_membership(by=cast.seat("rina"), member=member, left_on=date(2026, 5, 1))
    assert end_membership(by=cast.seat("rina"), member=member, left_on=date(2026, 6, 1)).left_on == date(
        2026, 5, 1
    )


def test_end_group_in_the_future_is_refused(cast):
    with pytest.raises(NotPermitted):
        end_group(
            by=cast.seat("rina"), group=BusinessGroupFactory(village=cast.randu), ended_on=date(2026, 12, 1)
        )
    assert BusinessGroup.objects.get().ended_on is None


def test_end_group_writes_the_day_and_the_event(cast):
    group = end_group(
        by=cast.seat("rina"), group=BusinessGroupFactory(village=cast.randu), ended_on=date(2026, 11, 1)
    )
    assert group.ended_on == date(2026, 11, 1)
    assert Event.objects.get().changes == {"ended_on": [None, "2026-11-01"]}


def test_open_and_close_centre(cast):
    centre = open_centre(by=cast.seat("rina"), key=new_key(), **CENTRE)
    assert close_centre(by=cast.seat("rina"), centre=centre, closed_on=date(2026, 10, 1)).closed_on == date(
        2026, 10, 1
    )


def test_close_centre_before_it_opened_is_refused(cast):
    centre = LearningCentreFactory(village=cast.randu, opened_on=date(2025, 6, 1))
    with pytest.raises(NotPermitted):
        close_centre(by=cast.seat("rina"), centre=centre, closed_on=date(2025, 5, 31))
