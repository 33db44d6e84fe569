from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants import task_rules
from migrants.access import visible_tasks
from migrants.actions.cases import close_case
from migrants.actions.referrals import answer_referral
from migrants.actions.tasks import add_task, drop_task, finish_task, raise_task
from migrants.case_states import IllegalStep
from migrants.models import Task
from migrants.task_rules import ANSWER_CAME, RULES, TaskRule
from tests.conftest import TODAY
from tests.factories import (
    BusinessGroupFactory,
    CaseFactory,
    CaseHandlerFactory,
    MigrationFactory,
    PersonFactory,
    ReferralFactory,
    TaskFactory,
)

NEW = "/tasks/new/"
WORDS = "Telepon Bu Sri tentang gaji"
ENTRY = {"key": "0193576c-8d1e-7c52-9a40-5f0c2f5be6a1", "text": WORDS, "due_on": "25-11-2026"}


def restricted_task(cast, **entries):
    case = CaseFactory(village=cast.randu, type="sexual_violence")
    CaseHandlerFactory(case=case, user=cast.user("rina"))
    return TaskFactory(case=case, village=cast.randu, made_by=cast.user("rina"), **entries)


# --- derived ------------------------------------------------------------------------------------------------


def test_rule_raises_its_task_once_for_ever(cast):
    journey = MigrationFactory(person=PersonFactory(village=cast.randu))
    entries = {"rule": ANSWER_CAME, "subject": journey.pk, "occurrence": "2027-01-30/90", "due_on": TODAY}
    first = raise_task(migration=journey, event_on=date(2027, 1, 30), **entries)
    finish_task(by=cast.seat("rina"), task=first.row)
    second = raise_task(migration=journey, **entries)
    assert (first.made, second.made, second.row.pk) == (True, False, first.row.pk)
    other = raise_task(migration=journey, **entries | {"occurrence": "2027-01-30/60"})
    assert other.made
    task = first.row
    assert (task.person, task.village_id, task.title) == (journey.person, "33.25.14.2004", ANSWER_CAME.title)
    assert list(Event.objects.filter(name="task.raised").values_list("actor_name", flat=True)) == ["", ""]


def test_database_refuses_the_same_task_twice(cast):
    person = PersonFactory(village=cast.randu)
    raise_task(rule=ANSWER_CAME, subject=person.pk, due_on=TODAY, person=person)
    with pytest.raises(IntegrityError, match="migrants_task_once_a_rule"), transaction.atomic():
        Task.objects.create(village=cast.randu, rule="answer_came", subject=str(person.pk), due_on=TODAY)


def test_task_about_nothing_is_a_mistake_of_ours(db):
    with pytest.raises(ValueError, match="about somebody"):
        raise_task(rule=ANSWER_CAME, subject="x", due_on=TODAY)


def test_task_of_an_app_above_names_its_thing_and_leads_to_it(cast):
    group = BusinessGroupFactory(village=cast.randu, name="Melati Makmur")
    rule = TaskRule("test_machine_idle", "Mesin diam", "Mesin tidak dipakai.", "pillars:group-detail")
    task_rules.add(rule)
    try:
        entries = {"subject": group.pk, "village": group.village_id, "due_on": TODAY}
        task = raise_task(rule=rule, about=group.name, about_key=group.pk, **entries).row
        assert (task.village, task.who, task.about_href) == (
            cast.randu,
            group.name,
            f"/business-groups/{group.pk}/",
        )
        page = cast.client("rina").get(f"/tasks/{task.pk}/").content.decode()
        assert f'<a href="/business-groups/{group.pk}/">Melati Makmur</a>' in page
    finally:
        del RULES[rule.code]


def test_every_rule_says_what_and_when():
    assert all(rule.code == code and rule.title and rule.says for code, rule in RULES.items())


@pytest.mark.parametrize("rejected", [False, True])
def test_answer_becomes_a_task_to_tell_the_family(cast, rejected):
    person = PersonFactory(village=cast.randu)
    case = CaseFactory(village=cast.randu, person=person, status="referred")
    referral = ReferralFactory(case=case)
    answer_referral(by=cast.seat("hendro"), referral=referral, answer="Sudah.", on=TODAY, rejected=rejected)
    task = Task.objects.get()
    assert (task.case, task.person, task.due_on) == (case, person, TODAY + timedelta(days=1))
    page = cast.client("rina").get(f"/tasks/{task.pk}/").content.decode()
    assert "Sampaikan jawaban kepada keluarga" in page
    assert "Sebuah lembaga telah menjawab atau menolak rujukan." in page


def test_tasks_of_a_case_end_with_it(cast):
    case = CaseFactory(village=cast.randu, status="resolved")
    open_task = TaskFactory(case=case, village=cast.randu)
    done = TaskFactory(case=case, village=cast.randu)
    finish_task(by=cast.seat("rina"), task=done)
    close_case(by=cast.seat("rina"), case=case, reason="solved", result="Beres", on=TODAY)
    open_task.refresh_from_db()
    done.refresh_from_db()
    assert (open_task.status, done.status, open_task.ended_by) == ("dropped", "done", cast.user("rina"))
    assert open_task.why


# --- hand-made ----------------------------------------------------------------------------------------------


def test_officer_adds_a_task_and_a_second_tap_adds_none(cast):
    client = cast.client("rina")
    answers = [client.post(NEW, ENTRY) for _tap in range(2)]
    task = Task.objects.get()
    assert [answer.url for answer in answers] == [f"/tasks/{task.pk}/"] * 2
    assert (task.text, task.due_on, task.made_by) == (WORDS, date(2026, 11, 25), cast.user("rina"))
    assert WORDS.encode() not in bytes(task.text_sealed)
    event = Event.objects.get(name="task.added")
    assert (event.subject_label, event.actor_name) == ("25-11-2026", "Rina Wulandari")


@pytest.mark.parametrize(
    ("entries", "errors"),
    [
        ({"text": " "}, {"text": ["Tulis apa yang harus dikerjakan."]}),
        ({"due_on": ""}, {"due_on": ["Isi tanggal."]}),
        ({"due_on": "22-11-2026"}, {"due_on": ["Pilih hari ini atau sesudahnya."]}),
        ({"due_on": "22-11-2033"}, {"due_on": ["Pilih tanggal dalam lima tahun ke depan."]}),
        (
            {"case": "0193576c-8d1e-7c52-9a40-5f0c2f5be6a2"},
            {"__all__": ["Data yang terkait tugas ini tidak dapat dibuka. Mulai lagi."]},
        ),
    ],
)
def test_entry_is_refused_in_a_sentence_and_kept(cast, entries, errors):
    page = cast.client("rina").post(NEW, ENTRY | entries)
    form = page.context["form"]
    assert (page.status_code, form.errors) == (422, errors)
    assert form["text"].value() == (ENTRY | entries)["text"]
    assert not Task.objects.exists()


def test_task_begun_from_a_case_is_about_it_and_its_person(cast):
    person = PersonFactory(village=cast.randu, full_name="Dwi Lestari")
    case = CaseFactory(village=cast.randu, person=person)
    client = cast.client("rina")
    form = client.get(NEW, {"case": str(case.pk)}).context["form"]
    client.post(NEW, ENTRY | {"case": form["case"].value()})
    assert Task.objects.values_list("case", "person").get() == (case.pk, person.pk)
    assert WORDS in client.get(f"/cases/{case.pk}/").content.decode()


def test_case_that_is_over_takes_no_task(cast):
    case = CaseFactory(village=cast.randu, status="closed", closed_on=TODAY, close_reason="solved")
    answer = cast.client("rina").post(NEW, ENTRY | {"case": str(case.pk)})
    assert answer.status_code == 409
    assert "Buka kembali sebelum menambah tugas." in answer.content.decode()


def test_colleague_cannot_hang_a_task_on_a_restricted_case(cast):
    case = CaseFactory(village=cast.randu, type="sexual_violence")
    CaseHandlerFactory(case=case, user=cast.user("rina"))
    assert cast.client("teguh").post(NEW, ENTRY | {"case": str(case.pk)}).status_code == 422


def test_task_is_done_once(cast):
    task = TaskFactory(village=cast.randu)
    client = cast.client("teguh")
    for _tap in range(2):
        assert client.post(f"/tasks/{task.pk}/done/").status_code == 302
    task.refresh_from_db()
    assert (task.status, task.ended_by) == ("done", cast.user("teguh"))
    assert Event.objects.filter(name="task.finished").count() == 1
    assert client.post(f"/tasks/{task.pk}/drop/", {"why": "Salah"}).status_code == 409


def test_task_is_dropped_with_a_reason(cast):
    task = TaskFactory(village=cast.randu)
    client = cast.client("rina")
    assert client.post(f"/tasks/{task.pk}/drop/", {"why": ""}).status_code == 422
    assert client.post(f"/tasks/{task.pk}/drop/", {"why": "Keluarga pindah"}).status_code == 302
    task.refresh_from_db()
    assert (task.status, task.why) == ("dropped", "Keluarga pindah")
    with pytest.raises(IllegalStep):
        finish_task(by=cast.seat("rina"), task=task)
    assert drop_task(by=cast.seat("rina"), task=task, why="Lagi").why == "Keluarga pindah"


@pytest.mark.parametrize("name", ["sari", "hendro", "kades"])
def test_only_officers_of_the_village_write_on_tasks(cast, name):
    task = TaskFactory(village=cast.randu)
    with pytest.raises(NotPermitted):
        finish_task(by=cast.seat(name), task=task)
    if name != "sari":
        with pytest.raises(NotPermitted):
            add_task(by=cast.seat(name), key=new_key(), text="x", due_on=TODAY)


# --- who sees them ------------------------------------------------------------------------------------------


def test_task_of_a_restricted_case_exists_for_its_handlers_only(cast):
    task = restricted_task(cast, text="Jemput dari rumah aman")
    seen = {name: visible_tasks(cast.seat(name)).filter(pk=task.pk).exists() for name in cast.people}
    assert {name for name, sees in seen.items() if sees} == {"rina", "hendro"}
    for address in ("/", "/tasks/", f"/tasks/{task.pk}/"):
        page = cast.client("teguh").get(address).content.decode()
        assert "rumah aman" not in page
        assert task.case.number not in page


def test_restricted_task_is_named_by_its_case_number_in_lists(cast):
    task = restricted_task(cast, text="Jemput dari rumah aman")
    for address in ("/", "/tasks/"):
        page = cast.client("rina").get(address).content.decode()
        assert f"Tugas dalam kasus terbatas {task.case.number}" in page
        assert "rumah aman" not in page


def test_officer_finds_tasks_by_when_they_are_due(cast):
    for days in (-3, 0, 7, 8):
        TaskFactory(village=cast.randu, text=f"Tugas {days}", due_on=TODAY + timedelta(days=days))
    TaskFactory(village=cast.bandung, text="Tetangga")
    page = cast.client("rina").get("/").content.decode()
    groups = {
        code: page.split(f'aria-labelledby="{code}"')[1].split("</section>")[0].count('class="name"')
        for code in ("overdue", "due-today", "soon")
    }
    assert groups == {"overdue": 1, "due-today": 1, "soon": 1}
    assert "Tugas 8" not in page
    assert "Tetangga" not in page


@pytest.mark.parametrize("state", ["", "?state=over"])
@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions(cast, django_assert_num_queries, rows, state):
    for turn in range(rows):
        person = PersonFactory(village=cast.randu, full_name=f"Warga {turn}")
        task = TaskFactory(village=cast.randu, person=person, text=f"Tugas ke-{turn}")
        if state:
            finish_task(by=cast.seat("rina"), task=task)
    client = cast.client("rina")
    client.get("/tasks/")
    with django_assert_num_queries(4):
        page = client.get(f"/tasks/{state}").content.decode()
    assert page.count('class="name"') == rows


def test_list_turns_pages_without_counting(cast):
    for day in range(30):
        TaskFactory(village=cast.randu, due_on=TODAY + timedelta(days=day % 4))
    client, seen, address = cast.client("rina"), [], "/tasks/"
    while address:
        rows = client.get(address).context["rows"]
        seen += [task.pk for task in rows]
        address = f"/tasks/?after={rows.after}" if rows.after else ""
    assert seen == list(Task.objects.order_by("due_on", "id").values_list("pk", flat=True))
