"""Tasks for programs: what is to be done, a new one, one that is done or not needed."""

from functools import partial

from rest_framework.response import Response

from accounts.entry import EntryForm
from accounts.roles import Permission
from migrants.actions.tasks import add_task, drop_task, finish_task
from migrants.api.serializers.tasks import TaskTold
from migrants.api.writes import changed, logged
from migrants.forms.tasks import DropForm, TaskForm
from migrants.queries.tasks import tasks_for_programs
from migrants.views.tasks import LAST_ENDED, NEXT_DUE
from villages.api.answers import told
from villages.api.entering import call, filled, listed, one_of
from villages.api.ways import changes, creates, one, rows
from villages.enums import Group

SEE, LOG = Permission.SEE_PEOPLE, Permission.LOG_RECORDS
OVER = "over"
A_TASK = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-00000000001a",
    "text": "Antar keluarga ke kantor imigrasi",
    "due_on": "2026-12-04",
}


@call(
    Group.CASES,
    GET=rows("tasks", TaskTold, SEE, state={"type": "string", "enum": ["open", OVER]}),
    POST=creates(TaskForm, TaskTold, LOG, example=A_TASK),
)
def task_list(request, seat):
    """Open tasks, the next day first, or with `state` those that are over; or a new one, about a person, a
    case that is open, or nobody. Tasks about children stay with the pages."""
    if request.method == "POST":
        fill = partial(filled, request, TaskForm, creates=True, seat=seat)
        own = tasks_for_programs(seat)
        return logged(request, own, fill, partial(add, seat), partial(told, request, TaskTold))
    over = request.query_params.get("state") == OVER
    tasks = tasks_for_programs(seat)
    tasks = tasks.exclude(status="open") if over else tasks.open()
    return listed(request, "tasks", TaskTold, tasks, LAST_ENDED if over else NEXT_DUE)


def add(seat, form):
    """The task of the form stands."""
    return add_task(by=seat, key=form.entry_key, **form.entries).row


@call(Group.CASES, GET=one(TaskTold, SEE))
def task_detail(request, seat, key):
    """One task."""
    return Response(told(request, TaskTold, one_of(tasks_for_programs(seat), key)))


@call(Group.CASES, POST=changes(EntryForm, answer=TaskTold, may=LOG))
def task_done(request, seat, key):
    """The task is done; a second call changes nothing. The body is an empty object."""
    task = one_of(tasks_for_programs(seat), key)

    def write():
        filled(request, EntryForm)
        return finish_task(by=seat, task=task)

    return changed(request, task, partial(told, request, TaskTold), write)


@call(Group.CASES, POST=changes(DropForm, answer=TaskTold, may=LOG, example={"why": "Sudah diurus sendiri"}))
def task_drop(request, seat, key):
    """The task is not needed, and why."""
    task = one_of(tasks_for_programs(seat), key)

    def write():
        return drop_task(by=seat, task=task, why=filled(request, DropForm).cleaned_data["why"])

    return changed(request, task, partial(told, request, TaskTold), write)
