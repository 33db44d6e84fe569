from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from migrants.models import Task
from pillars.models import AbroadEstimate, Contribution, MarketingPartner, MentoringVisit
from tests.factories import (
    AbroadEstimateFactory,
    BusinessGroupFactory,
    ContributionFactory,
    EquipmentGrantFactory,
    MarketingPartnerFactory,
    MentoringVisitFactory,
    TrainingFactory,
)

VISIT = {"visited_on": "3/11/2026", "mentor": "Bu Endang", "topic": "Harga jual"}


def at(name, *keys):
    return reverse(f"pillars:{name}", args=[getattr(key, "pk", key) for key in keys])


def test_next_meeting_becomes_a_task_and_the_next_visit_ends_it(cast):
    group, client = BusinessGroupFactory(village=cast.randu), cast.client("rina")
    entry = VISIT | {"group": str(group.pk), "next_on": "20-11-2026", "key": str(group.pk)}
    for _tap in range(2):
        client.post(at("mentoring-new"), entry)
    visit, task = MentoringVisit.objects.get(), Task.objects.get()
    assert (task.rule, task.due_on, task.about, task.about_key) == (
        "mentoring_again",
        date(2026, 11, 20),
        group.name,
        visit.pk,
    )
    start = client.get(at("mentoring-new"), {"like": visit.pk}).context["form"]
    assert [start[name].value() for name in ("group", "mentor", "visited_on")] == [
        group.pk,
        "Bu Endang",
        None,
    ]
    client.post(at("mentoring-new"), VISIT | {"group": str(group.pk), "visited_on": "20-11-2026"})
    task.refresh_from_db()
    assert (task.status, Task.objects.count(), MentoringVisit.objects.count()) == ("done", 1, 2)


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({"group": ""}, {"group": ["Pilih kelompok atau usaha."]}),
        ({"next_on": "3/11/2026"}, {"next_on": ["Pertemuan berikutnya harus setelah yang ini."]}),
        ({"topic": "x" * 161}, {"topic": 1}),
        ({"agreed": "x" * 4001}, {"agreed": 1}),
        ({"business": "x"}, {"business": ["Pilih usaha dari daftar."]}),
    ],
)
def test_mentoring_form_says_what_to_mend(cast, entries, errors):
    group = BusinessGroupFactory(village=cast.randu)
    answer = cast.client("rina").post(at("mentoring-new"), VISIT | {"group": str(group.pk)} | entries)
    found = answer.context["form"].errors
    assert (answer.status_code, list(found)) == (422, list(errors))
    assert all(sentences in (1, found[name]) for name, sentences in errors.items())


def test_partner_sells_until_a_day_not_before_it_began(cast):
    group, client = BusinessGroupFactory(village=cast.randu), cast.client("rina")
    entry = {"group": str(group.pk), "name": "Toko", "kind": "shop", "channel": "market", "since": "1/5/2026"}
    client.post(at("market-new"), entry)
    market = MarketingPartner.objects.get()
    assert client.post(at("market-end", market), {"ended_on": "30-04-2026"}).status_code == 422
    client.post(at("market-end", market), {"ended_on": "1-11-2026"})
    market.refresh_from_db()
    assert market.until == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        ({"value": "5.000.000"}, 302),
        ({"in_kind": "Dua pelatih"}, 302),
        ({}, 422),
        ({"value": "0"}, 422),
        ({"value": "lima juta"}, 422),
        ({"value": "9" * 15}, 422),
    ],
)
def test_contribution_is_money_or_something_in_kind(cast, entries, status):
    whole = {"partner_kind": "bank", "partner": "BRI", "what": "Etalase", "given_on": "4/11/2026"}
    answer = cast.client("rina").post(at("contribution-new"), whole | entries)
    assert (answer.status_code, Contribution.objects.count()) == (status, int(status == 302))


@pytest.mark.parametrize(
    ("entries", "sentence"),
    [
        ({"number": "120"}, None),
        ({"number": "0"}, None),
        ({"number": "-1"}, "Tulis bilangan bulat dari 0 sampai 20.000."),
        ({"number": "20001"}, "Tulis bilangan bulat dari 0 sampai 20.000."),
        ({"number": "1e3"}, "Tulis bilangan bulat dari 0 sampai 20.000."),
        ({"number": "120", "estimated_on": "24-11-2026"}, "Tanggal tidak boleh setelah hari ini."),
    ],
)
def test_estimate_is_a_believable_number_of_a_day_gone_by(cast, entries, sentence):
    whole = {"estimated_on": "15-10-2026", "source": "neighbours"} | entries
    answer = cast.client("rina").post(at("estimate-new"), whole)
    assert AbroadEstimate.objects.count() == int(sentence is None)
    if sentence:
        assert answer.status_code == 422
        assert sentence in answer.content.decode()


def test_last_estimate_of_a_day_is_the_one_written_last(cast):
    made = [AbroadEstimateFactory(village=cast.randu, number=number) for number in (5, 7)]
    AbroadEstimateFactory(village=cast.randu, number=9, estimated_on=date(2026, 11, 1))
    assert list(AbroadEstimate.objects.all().latest_by(date(2026, 10, 31))) == [made[1]]


def test_database_refuses_what_is_for_nobody_and_a_gift_of_nothing(cast):
    for factory, wrong in (
        (MentoringVisitFactory, {"group": None}),
        (MarketingPartnerFactory, {"until": date(2026, 4, 30)}),
        (ContributionFactory, {"value": None}),
        (AbroadEstimateFactory, {"number": 20_001}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            factory(village=cast.randu, **wrong)


def test_page_of_a_group_names_what_was_done_for_it_the_latest_first(cast):
    group = BusinessGroupFactory(village=cast.randu)
    TrainingFactory(village=cast.randu, group=group)
    for factory in (EquipmentGrantFactory, MentoringVisitFactory, MarketingPartnerFactory):
        factory(village=cast.randu, group=group)
    support = cast.client("rina").get(at("group-detail", group)).context["support"]
    assert [line.day for line in support] == [
        date(2026, 11, 3),
        date(2026, 5, 1),
        date(2026, 4, 1),
        date(2026, 3, 2),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_at_any_length(cast, django_assert_num_queries, rows):
    factories = {
        "mentoring": MentoringVisitFactory,
        "market": MarketingPartnerFactory,
        "contribution": ContributionFactory,
    }
    client = cast.client("hendro")
    AbroadEstimateFactory.create_batch(rows, village=cast.randu)
    with django_assert_num_queries(4):
        client.get(at("estimate-list"))
    for noun, factory in factories.items():
        last = factory.create_batch(rows, village=cast.randu)[-1]
        with django_assert_num_queries(4):
            client.get(at(f"{noun}-list"))
        with django_assert_num_queries(4):
            client.get(at(f"{noun}-detail", last))
