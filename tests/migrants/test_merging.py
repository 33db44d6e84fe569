import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import pytest
from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, connection, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.journeys import begin_journey, move_journey
from migrants.actions.merging import STAYING, merge_people, undo_merge
from migrants.actions.people import change_person, register_person
from migrants.actions.visits import log_visit
from migrants.case_states import IllegalStep
from migrants.models import Case, Migration, Person, PersonMerge, ServiceVisit
from migrants.queries.built_on import pointers
from pillars.models import Business
from tests.conftest import TODAY
from tests.factories import (
    BusinessGroupFactory,
    CaseFactory,
    ConsentFactory,
    FinanceBodyFactory,
    GroupMemberFactory,
    HouseholdFactory,
    MemberFactory,
    MigrationFactory,
    PersonFactory,
    ServiceVisitFactory,
    TaskFactory,
)

NIK = "9901016501900002"


@pytest.fixture
def pair(cast):
    """Two records of one woman: the second has a journey, a visit, a case, a business and a membership."""
    kept = PersonFactory(village=cast.randu, full_name="Dwi Lestari", category="family")
    merged = PersonFactory(village=cast.randu, full_name="Dwi Lestary", category="pmi_active")
    MigrationFactory(person=merged, status="abroad", destination="TWN", departed_on=date(2025, 2, 1))
    ServiceVisitFactory(village=cast.randu, person=merged, logged_by=cast.user("teguh"))
    CaseFactory(village=cast.randu, person=merged, opened_by=cast.user("teguh"))
    GroupMemberFactory(group=BusinessGroupFactory(village=cast.randu), person=merged)
    MemberFactory(body=FinanceBodyFactory(village=cast.randu), person=merged)
    HouseholdFactory(village=cast.randu, carer=merged)
    return kept, merged


def merge(cast, kept, merged, by="hendro", key=None):
    reason = "KTP-nya sama."
    return merge_people(by=cast.seat(by), key=key or new_key(), kept=kept, merged=merged, reason=reason)


def everything():
    """All rows of our apps but the log and the merges themselves, as they lie in the database."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in {"migrants", "pillars", "cooperatives"} and model is not PersonMerge:
            found[model._meta.label] = json.loads(
                serializers.serialize("json", model._base_manager.order_by("pk"))
            )
    return found


def test_everything_follows_and_authors_stay(cast, pair):
    kept, merged = pair
    log = list(Event.objects.order_by("id").values())
    row = merge(cast, kept, merged).row
    assert row.moved_count == 6
    for rows in (Migration.objects.all(), ServiceVisit.objects.all(), Case.objects.all()):
        assert [one.person for one in rows] == [kept]
    assert ServiceVisit.objects.get().logged_by == cast.user("teguh")
    assert Case.objects.get().opened_by == cast.user("teguh")
    kept.refresh_from_db()
    assert (kept.category, kept.full_name) == ("pmi_active", "Dwi Lestari")
    assert list(Event.objects.order_by("id").values())[: len(log)] == log
    event = Event.objects.get(name="people.merged")
    assert (event.reason, event.changes) == ("KTP-nya sama.", {"moved": [None, 6]})


def test_undoing_puts_everything_back_exactly(cast, pair):
    before = everything()
    row = merge(cast, *pair).row
    assert everything() != before
    undo_merge(by=cast.seat("hendro"), merge=row, reason="Ternyata saudara kembar.")
    assert everything() == before
    assert Event.objects.filter(name="people.merge_undone").count() == 1
    with pytest.raises(IllegalStep):
        undo_merge(by=cast.seat("hendro"), merge=row, reason="Lagi.")


def test_what_was_written_since_stays_with_the_kept_one(cast, pair):
    kept, merged = pair
    row = merge(cast, kept, merged).row
    later = ServiceVisitFactory(village=cast.randu, person=kept)
    undo_merge(by=cast.seat("hendro"), merge=row, reason="Dua orang.")
    assert ServiceVisit.objects.get(pk=later.pk).person == kept
    assert ServiceVisit.objects.filter(person=merged).count() == 1


def test_two_records_can_be_put_together_again_after_undoing(cast, pair):
    kept, merged = pair
    undo_merge(by=cast.seat("hendro"), merge=merge(cast, kept, merged).row, reason="Salah.")
    merged.refresh_from_db()
    again = merge(cast, merged, kept).row
    assert (again.kept, Person.objects.get(pk=kept.pk).merged_into) == (merged, merged)


def test_same_key_twice_is_one_merge(cast, pair):
    key = new_key()
    first, second = merge(cast, *pair, key=key), merge(cast, *pair, key=key)
    assert (first.made, second.made, PersonMerge.objects.count()) == (True, False, 1)


@pytest.mark.parametrize("name", ["rina", "lina", "maya"])
def test_nobody_else_puts_records_together(cast, pair, name):
    with pytest.raises(NotPermitted):
        merge(cast, *pair, by=name)
    assert PersonMerge.objects.count() == 0


def test_two_open_journeys_are_refused_and_nothing_moves(cast, pair):
    kept, merged = pair
    MigrationFactory(person=kept, status="prospective")
    before = everything()
    with pytest.raises(IllegalStep) as refused:
        merge(cast, kept, merged)
    assert refused.value.sentence.startswith("Keduanya punya perjalanan terbuka") or "open journey" in (
        refused.value.sentence
    )
    assert everything() == before


def test_same_group_twice_is_refused(cast):
    one, two = (PersonFactory(village=cast.randu) for _nth in range(2))
    group = BusinessGroupFactory(village=cast.randu)
    for person in (one, two):
        GroupMemberFactory(group=group, person=person)
    with pytest.raises(IllegalStep):
        merge(cast, one, two)


def test_wrong_pairs_are_refused(cast, pair):
    kept, merged = pair
    elsewhere = PersonFactory(village=cast.bandung)
    numbered = register_person(
        by=cast.seat("rina"),
        key=new_key(),
        category="resident",
        facts={"full_name": "A", "sex": "male"},
        nik=NIK,
    ).row
    for one, two in ((kept, kept), (kept, elsewhere), (kept, numbered)):
        with pytest.raises(IllegalStep):
            merge(cast, one, two)
    merge(cast, numbered, kept)
    for one, two in ((merged, kept), (kept, merged), (merged, numbered)):
        for person in (one, two):
            person.refresh_from_db()
        with pytest.raises(IllegalStep):
            merge(cast, one, two)


# --- the guards of the database ---------------------------------------------------------------------------


def refused(work):
    with pytest.raises(IntegrityError), transaction.atomic():
        work()


def test_database_refuses_writes_to_a_merged_person(cast, pair):
    kept, merged = pair
    merge(cast, kept, merged)
    refused(lambda: Person.objects.filter(pk=merged.pk).update(nickname="Wi"))


def test_database_leads_what_is_written_about_a_merged_person_to_the_kept_one(cast, pair):
    kept, merged = pair
    merge(cast, kept, merged)
    for row in (
        ServiceVisitFactory(village=cast.randu, person=merged),
        MigrationFactory(person=merged, status="returned"),
        CaseFactory(village=cast.randu, person=merged),
        ConsentFactory(person=merged),
        TaskFactory(village=cast.randu, person=merged),
        GroupMemberFactory(group=BusinessGroupFactory(village=cast.randu), person=merged),
        MemberFactory(body=FinanceBodyFactory(village=cast.randu), person=merged),
    ):
        row.refresh_from_db()
        assert row.person == kept, row
    household = HouseholdFactory(village=cast.randu, carer=merged)
    own = {"owner": merged, "name": "Keripik", "sector": "food", "product": "Keripik", "started_on": TODAY}
    business = Business.objects.create(village=cast.randu, logged_by=cast.user("rina"), **own)
    for row in (household, business):
        row.refresh_from_db()
    assert (household.carer, business.owner) == (kept, kept)
    Migration.objects.update(person=merged)
    assert set(Migration.objects.values_list("person", flat=True)) == {kept.pk}


# --- at the same moment -----------------------------------------------------------------------------------


def waits_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def while_it_is_written(first, then):
    """What `then` gives, begun on a connection of its own after `first` has written and before it commits."""

    def go():
        try:
            return then()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            coming = pool.submit(go)
            until = time.monotonic() + 30
            while not (coming.done() or waits_for_a_lock()) and time.monotonic() < until:
                time.sleep(0.005)
        return coming.result(60)


@pytest.mark.django_db(transaction=True)
def test_nothing_written_while_two_records_are_put_together_is_lost(cast):
    """Real threads, real locks: whoever is second waits, then stands on the kept record or is told."""
    rina = cast.seat("rina")

    def two():
        return [PersonFactory(village=cast.randu) for _nth in range(2)]

    def visit(person):
        facts = {"visited_on": TODAY, "topic": "information", "channel": "walk_in", "outcome": "done"}
        return log_visit(by=rina, key=new_key(), person=person, **facts).row.pk

    kept, merged = two()
    met = while_it_is_written(lambda: merge(cast, kept, merged), lambda: visit(merged))
    assert ServiceVisit.objects.get(pk=met).person == kept

    kept, merged = two()
    while_it_is_written(lambda: visit(merged), lambda: merge(cast, kept, merged))
    assert ServiceVisit.objects.get(person=kept).visited_on == TODAY

    def depart(journey):
        return move_journey(by=rina, journey=journey, to="abroad", on=TODAY).status

    for merge_comes_first in (True, False):
        kept, merged = two()
        journey = MigrationFactory(person=merged)
        order = [partial(merge, cast, kept, merged), partial(depart, journey)]
        while_it_is_written(*(order if merge_comes_first else reversed(order)))
        journey.refresh_from_db()
        kept.refresh_from_db()
        assert (journey.person, journey.status, kept.category) == (kept, "abroad", "pmi_active")

    kept, merged = two()
    begun = while_it_is_written(
        partial(merge, cast, kept, merged),
        lambda: (
            begin_journey(
                by=rina, person=merged, key=new_key(), status="prospective", registered_on=TODAY
            ).row
        ),
    )
    kept.refresh_from_db()
    assert (begun.person, kept.category) == (kept, "cpmi")

    kept, merged = two()
    with pytest.raises(IllegalStep):
        while_it_is_written(
            partial(merge, cast, kept, merged),
            lambda: change_person(by=rina, person=merged, version=1, facts={"full_name": "Lain"}),
        )


def test_every_table_that_points_at_people_leads_to_the_kept_one(db):
    """A new table that points at people takes the two triggers of pillars/migrations/0005."""
    models = {one.related_model for one in pointers(Person)} - set(STAYING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'lead_new'")
        assert {table for (table,) in cursor.fetchall()} == {model._meta.db_table for model in models}


def test_database_refuses_circles_chains_and_other_villages(cast):
    a, b, c = (PersonFactory(village=cast.randu) for _nth in range(3))
    far = PersonFactory(village=cast.bandung)

    def lead(one, other):
        Person.objects.filter(pk=one.pk).update(merged_into=other)

    refused(lambda: lead(a, a))
    refused(lambda: lead(a, far))
    lead(a, b)
    refused(lambda: lead(b, a))
    refused(lambda: lead(b, c))
    refused(lambda: lead(c, a))


def test_every_relation_to_a_person_is_moved_or_named_as_staying(cast, pair):
    """A new kind of record that points at people is moved without being named: nothing points at the merged
    one but what tells how it was."""
    kept, merged = pair
    row = merge(cast, kept, merged).row
    assert sorted(row.moved) == [
        "cooperatives.Member.person",
        "migrants.Case.person",
        "migrants.Household.carer",
        "migrants.Migration.person",
        "migrants.ServiceVisit.person",
        "pillars.GroupMember.person",
    ]


# --- the pages --------------------------------------------------------------------------------------------


def test_merged_persons_page_leads_to_the_kept_one_and_lists_show_one(cast, pair):
    kept, merged = pair
    merge(cast, kept, merged)
    client = cast.client("rina")
    assert client.get(f"/people/{merged.pk}/").url == f"/people/{kept.pk}/"
    assert client.get(f"/people/{merged.pk}/edit/").status_code == 404
    assert [person.full_name for person in client.get("/people/").context["rows"]] == ["Dwi Lestari"]
    html = client.get(f"/people/{kept.pk}/").content.decode()
    assert ("“Dwi Lestary” digabung" in html, "/undo/" in html) == (True, False)
    assert cast.client("dewi").get(f"/people/{merged.pk}/").status_code == 404


def test_coordinator_finds_compares_and_puts_together(cast, pair):
    kept, merged = pair
    client = cast.client("hendro")
    page = client.get(f"/people/{kept.pk}/same/")
    assert [one.person for one in page.context["alike"]] == [merged]
    found = client.post(f"/people/{kept.pk}/same/", {"q": "lestary"})
    assert [person.full_name for person in found.context["found"]] == ["Dwi Lestary"]
    address = f"/people/{kept.pk}/same/{merged.pk}/"
    page = client.get(address)
    differing = [line.left for line in page.context["lines"] if line.differs]
    assert differing == ["Dwi Lestari", "Keluarga PMI"]
    key = page.context["form"]["key"].value()
    answer = client.post(address, {"key": key, "kept": "right", "reason": "KTP sama"})
    assert answer.url == f"/people/{merged.pk}/"
    assert Person.objects.get(pk=kept.pk).merged_into == merged
    again = client.post(address, {"key": key, "kept": "right", "reason": "KTP sama"})
    assert (again.url, PersonMerge.objects.count()) == (f"/people/{merged.pk}/", 1)
    row = PersonMerge.objects.get()
    undo = f"/merges/{row.pk}/undo/"
    assert f'href="{undo}"' in client.get(f"/people/{merged.pk}/").content.decode()
    assert client.post(undo, {"reason": "Dua orang"}).url == f"/people/{kept.pk}/"
    conflict = client.post(undo, {"reason": "Dua orang"})
    assert (conflict.status_code, "sudah dipisahkan" in conflict.content.decode()) == (409, True)


@pytest.mark.parametrize("reason", ["", "x" * 1_048_576, "a\0b", "a\x07b"])
def test_hostile_reason_is_refused(cast, pair, reason):
    kept, merged = pair
    page = cast.client("hendro").post(
        f"/people/{kept.pk}/same/{merged.pk}/", {"kept": "left", "reason": reason}
    )
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["reason"])
    row = merge(cast, kept, merged).row
    page = cast.client("hendro").post(f"/merges/{row.pk}/undo/", {"reason": reason})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["reason"])


def test_search_for_the_other_record_stays_in_the_village(cast, pair):
    PersonFactory(village=cast.bandung, full_name="Dwi Lestary")
    kept, merged = pair
    found = cast.client("hendro").post(f"/people/{kept.pk}/same/", {"q": "Dwi Lestary"})
    assert [person.pk for person in found.context["found"]] == [merged.pk]


def test_register_that_names_a_merged_person_meets_the_kept_one(cast):
    from migrants.queries.matching import niks_taken

    kept, merged = (
        register_person(
            by=cast.seat("rina"),
            key=new_key(),
            category="resident",
            facts={"full_name": "A", "sex": "male"},
            nik=nik,
        ).row
        for nik in (NIK, "9901016501900010")
    )
    merge(cast, kept, merged)
    assert niks_taken([(1, cast.randu.code, "9901016501900010")]) == {1: kept.pk}


def test_visit_for_a_merged_person_is_not_logged(cast, pair):
    kept, merged = pair
    merge(cast, kept, merged)
    page = cast.client("rina").get(f"/visits/new/?person={merged.pk}")
    assert page.context["form"].picked is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM migrants_servicevisit WHERE person_id = %s", [merged.pk])
        assert cursor.fetchone() == (0,)
