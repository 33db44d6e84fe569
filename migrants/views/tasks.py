"""Tasks: what is to be done, add one, finish it, drop it."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind
from accounts.paging import keyset_page
from accounts.roles import Permission
from migrants.access import access_task
from migrants.actions.tasks import add_task, drop_task, finish_task
from migrants.forms.tasks import DropForm, TaskForm
from migrants.queries.tasks import tasks_in_list
from migrants.views.entering import answers_conflicts, list_context, status_of
from villages.doors import page

NEXT_DUE = ("due_on", "id")
LAST_ENDED = ("-ended_at", "-id")


@page("GET", may=Permission.SEE_PEOPLE)
def task_list(request, seat):
    over = request.GET.get("state") == "over"
    tasks = tasks_in_list(seat, over=over)
    rows = keyset_page(tasks, order=LAST_ENDED if over else NEXT_DUE, cursor=request.GET.get("after", ""))
    context = {"rows": rows, "over": over, "today": timezone.localdate(), **list_context(seat)}
    return render(request, "migrants/task_list.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def task_new(request, seat):
    about = {name: request.GET.get(name, "") for name in ("person", "case")}
    form = bind(request, TaskForm, seat=seat, initial=about)
    if request.method == "POST" and form.is_valid():
        task = add_task(by=seat, key=form.entry_key, **form.entries).row
        return redirect("migrants:task-detail", task.pk)
    return render(request, "migrants/task_new.html", {"form": form}, status=status_of(request, form))


@page("GET", may=Permission.SEE_PEOPLE)
def task_detail(request, seat, key):
    context = {"task": access_task(seat, key), "today": timezone.localdate(), **list_context(seat)}
    return render(request, "migrants/task_detail.html", context)


@page("POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def task_done(_request, seat, key):
    task = access_task(seat, key)
    finish_task(by=seat, task=task)
    return redirect("migrants:task-detail", task.pk)


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def task_drop(request, seat, key):
    task = access_task(seat, key)
    form = bind(request, DropForm)
    if request.method == "POST" and form.is_valid():
        drop_task(by=seat, task=task, why=form.cleaned_data["why"])
        return redirect("migrants:task-detail", task.pk)
    context = {"form": form, "task": task}
    return render(request, "migrants/task_drop.html", context, status=status_of(request, form))
