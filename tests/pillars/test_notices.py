from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.rules import NotPermitted
from audit.models import Event
from pillars.actions.notices import change_notice, withdraw_notice
from pillars.models import Notice
from pillars.queries.notices import board_of
from tests.factories import NoticeFactory

NEW = "/notices/new/"
JOB = {
    "key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6f1",
    "kind": "job",
    "title": "Lowongan pengasuh lansia",
    "words": "Kontrak tiga tahun.",
    "destination": "TWN",
    "job": "CARE",
    "source": "Surat Disnaker 562/12",
    "valid_from": "6-11-2026",
    "valid_until": "31-12-2026",
}
FACTS = JOB | {"valid_from": date(2026, 11, 6), "valid_until": date(2026, 12, 31)}
del FACTS["key"]
TODAY = date(2026, 11, 23)


def of_district(cast, **facts):
    return NoticeFactory(village=None, district=cast.randu.district, **facts)


def hanging(seat, day=TODAY):
    board = board_of(seat, day)
    return [row.title for row in (*board.warnings, *board.offers)]


def test_notice_of_a_village_is_put_up_once(cast):
    client = cast.client("rina")
    first, second = (client.post(NEW, JOB) for _ in "ab")
    row = Notice.objects.get()
    assert first.url == second.url == reverse("pillars:notice-detail", args=[row.pk])
    assert (row.village, row.district_id, row.province_id) == (cast.randu, "33.25", "33")
    event = Event.objects.get(name="notice.published")
    assert (event.subject_label, event.village_code) == ("Lowongan pengasuh lansia", cast.randu.code)


def test_notice_of_the_district_hangs_in_all_its_villages_and_no_other(cast):
    assert cast.client("hendro").post(NEW, JOB).status_code == 302
    assert Notice.objects.get().village is None
    assert Event.objects.get(name="notice.published").district_code == "33.25"
    assert [hanging(cast.seat(name)) for name in ("rina", "kades", "hendro")] == [[JOB["title"]]] * 3
    assert hanging(cast.seat("indra")) == []
    page = cast.client("kades").get("/notices/").content.decode()
    assert JOB["title"] in page


def test_notice_of_a_village_hangs_in_no_other_village(cast):
    row = NoticeFactory(village=cast.bandung, title="Hanya Bandung")
    assert hanging(cast.seat("rina")) == []
    assert cast.client("rina").get(reverse("pillars:notice-detail", args=[row.pk])).status_code == 404
    listed = cast.client("hendro").get("/notices/all/").content.decode()
    assert "Hanya Bandung" in listed


@pytest.mark.parametrize(
    ("facts", "hangs"),
    [
        ({}, True),
        ({"valid_from": TODAY}, True),
        ({"valid_from": date(2026, 11, 24)}, False),
        ({"valid_until": TODAY}, True),
        ({"valid_until": date(2026, 11, 22)}, False),
        ({"withdrawn_on": TODAY, "withdrawn_why": "Keliru"}, False),
    ],
)
def test_board_holds_what_is_valid_on_the_day(cast, facts, hangs):
    NoticeFactory(village=cast.randu, **facts)
    assert bool(hanging(cast.seat("rina"))) is hangs


def test_warnings_come_first_then_the_newest(cast):
    job = {key: FACTS[key] for key in ("kind", "destination", "job", "valid_until")}
    of_district(cast, title="Lowongan baru", valid_from=date(2026, 11, 20), **job)
    NoticeFactory(village=cast.randu, title="Lowongan lama", valid_from=date(2026, 11, 1), **job)
    NoticeFactory(village=cast.randu, title="Awas", valid_from=date(2026, 10, 1))
    assert hanging(cast.seat("rina")) == ["Awas", "Lowongan baru", "Lowongan lama"]
    sheet = cast.client("kades").get("/notices/sheet/").content.decode()
    assert sheet.index("Awas") < sheet.index("Lowongan baru") < sheet.index("Lowongan lama")


def test_only_the_office_that_made_it_changes_or_withdraws_it(cast):
    own, theirs = NoticeFactory(village=cast.randu), of_district(cast)
    for name, row in (("rina", theirs), ("hendro", own), ("kades", own)):
        for act in ("edit", "withdraw"):
            url = reverse(f"pillars:notice-{act}", args=[row.pk])
            assert cast.client(name).get(url).status_code == 403
        with pytest.raises(NotPermitted):
            withdraw_notice(by=cast.seat(name), notice=row, why="Keliru")
        with pytest.raises(NotPermitted):
            change_notice(by=cast.seat(name), notice=row, **FACTS)


def test_change_tells_the_log_which_dates_and_no_free_text(cast):
    row = NoticeFactory(village=cast.randu, made_by=cast.user("rina"))
    url = reverse("pillars:notice-edit", args=[row.pk])
    said = JOB | {"kind": "warning", "destination": "", "job": "", "valid_from": "6-11-2026"}
    for _ in "ab":
        assert cast.client("teguh").post(url, said).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.valid_until) == (JOB["title"], date(2026, 12, 31))
    assert Event.objects.get(name="notice.changed").changes == {"valid_until": [None, "2026-12-31"]}


def test_withdrawn_notice_says_why_and_changes_no_more(cast):
    row = NoticeFactory(village=cast.randu)
    url = reverse("pillars:notice-withdraw", args=[row.pk])
    for why in ("Keliru", "Sekali lagi"):
        assert cast.client("rina").post(url, {"why": why}).status_code == 302
    row.refresh_from_db()
    assert (row.withdrawn_on, row.withdrawn_why) == (TODAY, "Keliru")
    assert Event.objects.get(name="notice.withdrawn").reason == "Keliru"
    edit = cast.client("rina").post(reverse("pillars:notice-edit", args=[row.pk]), JOB)
    assert (edit.status_code, list(edit.context["form"].errors)) == (422, ["__all__"])


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"kind": "rumour"}, ["kind"]),
        ({"destination": ""}, ["destination"]),
        ({"job": ""}, ["job"]),
        ({"destination": "QQQ"}, ["destination"]),
        ({"valid_until": ""}, ["valid_until"]),
        ({"valid_until": "5-11-2026"}, ["valid_until"]),
        ({"valid_from": "31-02-2026"}, ["valid_from"]),
        ({"source": ""}, ["source"]),
        ({"words": "x" * 1501}, ["words"]),
        ({"title": "Lowo\x00ngan"}, ["title"]),
    ],
)
def test_form_refuses_and_writes_nothing(cast, said, wrong):
    answer = cast.client("rina").post(NEW, JOB | said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, wrong)
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "job", "valid_until": date(2026, 12, 1)},
        {"kind": "training"},
        {"valid_until": date(2026, 11, 5)},
        {"withdrawn_on": TODAY},
    ],
)
def test_database_refuses_what_no_form_lets_through(cast, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFactory(village=cast.randu, **facts)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("url", ["/notices/", "/notices/sheet/", "/notices/all/"])
def test_board_and_list_cost_the_same_at_any_length(cast, django_assert_num_queries, url, rows):
    NoticeFactory.create_batch(rows, village=cast.randu)
    of_district(cast)
    client = cast.client("rina")
    with django_assert_num_queries(4):
        client.get(url)
