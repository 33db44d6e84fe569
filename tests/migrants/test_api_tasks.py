"""Tasks for programs."""

from accounts.keys import new_key
from audit.models import Event
from migrants.actions.tasks import raise_task
from migrants.models import Task
from migrants.task_rules import PASSPORT_ENDS, RULES
from tests.conftest import TODAY
from tests.factories import CaseFactory, CaseHandlerFactory, TaskFactory
from tests.migrants.calling import API, get, send

ID = "0199a1b2-c3d4-7e5f-8a6b-00000000000"
OWN = {"id": f"{ID}1", "text": "Antar ke kantor imigrasi", "due_on": "2026-12-04"}


def test_task_is_written_once_done_or_dropped_and_leaves_the_list(cast):
    rina = cast.client("rina")
    status, told = send(rina, "tasks/", OWN)
    assert (status, told["title"], told["status"], told["rule"]) == (201, OWN["text"], "open", "")
    assert send(rina, "tasks/", OWN) == (200, told)
    assert get(rina, "tasks/") == {"tasks": [told], "after": ""}
    assert send(rina, "tasks/", {**OWN, "id": f"{ID}2", "due_on": "2026-11-01"})[0] == 400
    assert send(rina, "tasks/", {**OWN, "id": f"{ID}2", "person": f"{ID}9"}) == (
        400,
        {"detail": ["Data yang terkait tugas ini tidak dapat dibuka. Mulai lagi."]},
    )
    seen = {"If-Match": rina.get(f"{API}tasks/{ID}1/").headers["ETag"]}
    assert send(cast.client("sari"), f"tasks/{ID}1/done/", {})[0] == 404
    status, done = send(rina, f"tasks/{ID}1/done/", {}, **seen)
    assert (status, done["status"]) == (200, "done")
    assert send(rina, f"tasks/{ID}1/drop/", {"why": "x"}, **seen)[0] == 412
    assert send(rina, f"tasks/{ID}1/done/", {}) == (200, done)
    assert send(rina, f"tasks/{ID}1/drop/", {"why": "x"})[0] == 409
    other = TaskFactory(village=cast.randu)
    assert send(rina, f"tasks/{other.pk}/drop/", {"why": "Sudah diurus"})[1]["why"] == "Sudah diurus"
    assert get(rina, "tasks/")["tasks"] == []
    over = get(rina, "tasks/", state="over")["tasks"]
    assert {task["id"]: task["status"] for task in over} == {f"{ID}1": "done", str(other.pk): "dropped"}
    assert list(Event.objects.order_by("id").values_list("name", flat=True)) == [
        "task.added",
        "task.finished",
        "task.dropped",
    ]


def test_task_of_a_rule_is_told_but_never_one_about_a_child_or_of_a_case_that_is_not_yours(cast):
    rina, hidden = cast.client("rina"), [rule for rule in RULES.values() if rule.needs is not None]
    assert hidden
    for rule in (PASSPORT_ENDS, *hidden):
        place = {"village": cast.randu.code, "about": "Bintang Kejora", "about_key": new_key()}
        raise_task(rule=rule, subject=new_key(), occurrence="90", due_on=TODAY, event_on=TODAY, **place)
    restricted = CaseFactory(village=cast.randu, type="sexual_violence", severity="critical")
    CaseHandlerFactory(case=restricted, user=cast.user("teguh"))
    TaskFactory(village=cast.randu, case=restricted)
    told = get(rina, "tasks/")["tasks"]
    assert [(task["rule"], task["title"]) for task in told] == [
        (PASSPORT_ENDS.code, "Paspor segera habis: bantu perpanjang")
    ]
    for task in Task.objects.exclude(pk=told[0]["id"]):
        assert rina.get(f"{API}tasks/{task.pk}/").status_code == 404
    assert len(get(cast.client("teguh"), "tasks/")["tasks"]) == 2
