"""Monthly returns: what may follow what, what is frozen, and who never reports."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.keys import new_key
from audit.models import Event
from migrants.case_states import IllegalStep
from migrants.models import Task
from periods.month import Month
from reports.actions.reminding import watch_returns
from reports.indicators import CATALOGUE, Kind
from reports.queries.returns import cells_of, standing_of
from reports.return_forms import every_form, form_of
from reports.return_states import MOVES, Way, move_of
from tests import factories as make
from tests.conftest import TODAY
from villages.enums import ReturnStatus
from villages.models import MonthlyReturn, VillageCall

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
WORDS = {"information": {"obstacles": "Sinyal lemah", "plans": ""}}


def standing(status="draft", *, words=WORDS, month=OCTOBER, checked=None):
    return SimpleNamespace(status=status, words=words, period=month, checked_at=checked)


@pytest.mark.parametrize("form", every_form(), ids=lambda form: str(form.valid_from))
def test_form_names_five_duties_and_figures_known_of_a_past_month(form):
    assert len(form.duties) == 5
    assert len({section.pillar for section in form.sections}) == 4
    for line in form.lines:
        code, _colon, split = line.figure.partition(":")
        assert CATALOGUE[code].kind != Kind.NOW, line.name
        assert not split or line.value in CATALOGUE[code].split(split).values, line.name


def test_last_day_and_reminder_follow_from_the_data():
    form = form_of(OCTOBER)
    assert (form.due_on(OCTOBER), form.remind_on(OCTOBER)) == (date(2026, 11, 5), date(2026, 11, 1))


@pytest.mark.parametrize("status", ReturnStatus.values)
@pytest.mark.parametrize("way", Way)
def test_only_steps_of_the_table_are_made(status, way):
    allowed = {(move.frm, move.way): move.to for move in MOVES}
    try:
        found = move_of(standing(status), way, form_of(OCTOBER), today=TODAY).to
    except IllegalStep:
        found = None
    assert found == allowed.get((status, way))


@pytest.mark.parametrize(
    ("row", "way", "says"),
    [
        (
            standing(month=NOVEMBER),
            Way.SUBMIT,
            "This month is not over. Submit the return from 1 December 2026 on.",
        ),
        (standing(words={}), Way.SUBMIT, "Write at least one obstacle or plan before you submit."),
        (standing("submitted", checked=1), Way.CHECK, "This return was checked already."),
        (standing("accepted"), Way.SUBMIT, "This return stands at “Accepted” now. Look at it again."),
    ],
)
def test_refusal_says_what_is_missing(english, row, way, says):
    with pytest.raises(IllegalStep) as refused:
        move_of(row, way, form_of(row.period), today=TODAY)
    assert refused.value.sentence == says


@pytest.mark.parametrize(
    ("status", "submitted", "tag"),
    [
        ("draft", None, ("late", "18 days late")),
        ("submitted", date(2026, 11, 5), ("now", "Submitted")),
        ("submitted", date(2026, 11, 6), ("warn", "Submitted, 1 day late")),
        ("returned", date(2026, 11, 5), ("warn", "Sent back")),
        ("accepted", date(2026, 11, 5), ("done", "Accepted")),
        ("accepted", date(2026, 11, 7), ("done", "Accepted, 2 days late")),
    ],
)
def test_late_counts_from_the_first_submission(english, status, submitted, tag):
    assert standing_of(status, submitted, date(2026, 11, 5), TODAY) == tag


def press(cast, name, url, row, **data):
    """The answer to a press on a page of the return, with a key of its own."""
    address = reverse(f"reports:return-{url}", args=[row.pk])
    return cast.client(name).post(address, {"key": str(new_key()), **data})


def visits(cast, row, name="hendro"):
    row.refresh_from_db()
    return cells_of(row, seat=cast.seat(name), today=TODAY)["visits"].count


def test_story_of_a_return(cast):
    make.ServiceVisitFactory(village=cast.randu, visited_on=date(2026, 10, 9))
    rina = cast.client("rina")
    for _turn in range(2):
        rina.post(reverse("reports:return-begin"), {"month": "2026-10"})
    row = MonthlyReturn.objects.get()
    watch_returns(today=TODAY)
    assert press(cast, "rina", "submit", row).status_code == 409
    assert press(cast, "rina", "edit", row, version=1, plans_business="Pelatihan").status_code == 302
    key = new_key()
    for _turn in range(2):
        assert press(cast, "rina", "submit", row, key=key).status_code == 302
    assert press(cast, "rina", "submit", row).status_code == 409
    make.ServiceVisitFactory(village=cast.randu, visited_on=date(2026, 10, 10))
    assert visits(cast, row) == 1
    assert press(cast, "rina", "edit", row, version=3, plans_business="Lain").status_code == 409
    assert press(cast, "hendro", "send-back", row, note="Lengkapi").status_code == 302
    assert visits(cast, row) == 2
    for name in ("detail", "edit"):  # what is asked stands above what is to be written
        page = rina.get(reverse(f"reports:return-{name}", args=[row.pk])).content.decode()
        assert 0 < page.index("Lengkapi") < page.index("duty-" if name == "detail" else "<fieldset")
    assert press(cast, "teguh", "submit", row).status_code == 302
    page = rina.get(reverse("reports:return-detail", args=[row.pk])).content.decode()
    assert page.index("Lengkapi") > page.index('id="steps"')  # in the history alone
    assert press(cast, "kades", "check", row).status_code == 302
    assert press(cast, "hendro", "accept", row).status_code == 302
    make.ServiceVisitFactory(village=cast.randu, visited_on=date(2026, 10, 11))
    assert visits(cast, row) == 2
    assert row.words == {"business": {"obstacles": "", "plans": "Pelatihan"}}
    assert row.first_submitted_on == TODAY
    assert list(row.steps.order_by("pk").values_list("way", flat=True)) == [
        "submit", "send_back", "submit", "check", "accept",
    ]  # fmt: skip
    assert list(Task.objects.filter(village=cast.randu).values_list("rule", "status").order_by("rule")) == [
        ("return_back", "done"),
        ("return_late", "done"),
    ]
    assert Event.objects.filter(name__startswith="monthly_return.", village_code=cast.randu.code).count() == 7
    for change in ({"words": {}}, {"status": "draft"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MonthlyReturn.objects.filter(pk=row.pk).update(**change)


def test_second_officer_sees_both_versions(cast):
    row = make.MonthlyReturnFactory(village=cast.randu)
    assert press(cast, "rina", "edit", row, version=1, plans_business="Dari Rina").status_code == 302
    answer = press(cast, "teguh", "edit", row, version=1, plans_business="Dari Teguh")
    page = answer.content.decode()
    assert (answer.status_code, "Dari Rina" in page, "Dari Teguh" in page) == (409, True, True)
    assert press(cast, "teguh", "edit", row, version=1, plans_business="Dari Rina").status_code == 302


def test_frozen_small_counts_stay_hidden_from_the_district(cast):
    row = make.MonthlyReturnFactory(
        village=cast.randu,
        sent=True,
        counts={"form": "2016-01-01", "figures": {"children_served": [3, None]}},
    )
    seen = {
        name: cells_of(row, seat=cast.seat(name), today=TODAY)["children_served"]
        for name in ("rina", "hendro")
    }
    assert (seen["rina"].count, seen["hendro"].count) == (3, None)


def test_reminders_come_once_before_and_after_the_last_day(cast):
    for day in (date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 6), TODAY):
        watch_returns(today=day)
    assert MonthlyReturn.objects.filter(month=date(2026, 10, 1)).count() == 3
    assert list(Task.objects.filter(village=cast.randu).values_list("rule", flat=True).order_by("rule")) == [
        "return_due",
        "return_late",
    ]
    page = cast.client("rina").get("/").content.decode()
    assert "Laporan bulanan terlambat" in page


def test_village_that_never_reports_is_listed_and_called(cast):
    make.MonthlyReturnFactory(village=cast.randu, sent=True)
    hendro, address = cast.client("hendro"), reverse("reports:return-list")
    shown = {
        state: hendro.get(address, {"state": state}).content.decode() for state in ("never", "submitted")
    }
    assert [("Desa Randu" in page, "Desa Bandung" in page) for page in shown.values()] == [
        (False, True),
        (True, False),
    ]
    calls, key = reverse("reports:village-calls", args=[cast.bandung.code]), str(new_key())
    told = {"key": key, "called_on": "20-11-2026", "outcome": "reached", "reason": "network"}
    assert hendro.post(calls, told | {"key": str(new_key()), "outcome": "no_answer"}).status_code == 422
    for _turn in range(2):
        assert hendro.post(calls, told).status_code == 302
    assert VillageCall.objects.get().reason == "network"
    assert "1 panggilan" in hendro.get(address).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("rina", 5), ("hendro", 4)])
def test_number_of_queries_does_not_grow(cast, django_assert_num_queries, name, queries, rows):
    for turn in range(rows):
        make.MonthlyReturnFactory(village=cast.randu, month=date(2026, 10 - turn, 1))
        village = make.VillageFactory(code=f"33.25.14.20{turn + 10}")
        make.DesignationFactory(village=village)
        make.MonthlyReturnFactory(village=village, sent=True)
        make.VillageCallFactory(village=village)
    client, address = cast.client(name), reverse("reports:return-list")
    with django_assert_num_queries(queries):
        assert client.get(address).content.decode().count('class="name"') >= rows
