"""Training: list, form, one training with who took part, its certificates, its sheets."""

from django.http import Http404
from django.shortcuts import redirect, render

from accounts.entry import bind, form_page
from accounts.keys import as_key
from accounts.roles import Permission
from migrants.forms.warned import as_typed
from migrants.views.entering import unpicked, wants_people, with_people
from pillars.access import access_participant, access_training
from pillars.actions.training import (
    add_members,
    add_participant,
    log_training,
    note_certificates,
    remove_participant,
)
from pillars.forms.training import AttendanceForm, CertificateForm, ParticipantForm, TrainingForm
from pillars.queries.training import members_not_there, participants_of, training_like, trainings_with_heads
from pillars.views.listing import list_page
from villages.doors import page

ROWS_TO_FILL = 25


@page("GET", may=Permission.SEE_PILLARS)
def training_list(request, seat):
    trainings = trainings_with_heads(seat)
    return list_page(request, seat, "pillars/training_list.html", trainings, day="first_on")


@page("GET", "POST", may=Permission.LOG_RECORDS)
def training_new(request, seat):
    """A new training; `like` names an earlier one to start from."""
    start = training_like(seat, as_key(request.GET.get("like")))
    form = bind(request, TrainingForm, seat=seat, initial=start)
    if request.method == "POST" and form.is_valid():
        training = log_training(by=seat, key=form.entry_key, **form.facts)
        return redirect("pillars:training-detail", training.pk)
    return form_page(request, "pillars/training_new.html", form)


@page("GET", may=Permission.SEE_PILLARS)
def training_detail(request, seat, key):
    training = access_training(seat, key)
    participants = list(participants_of(training))
    context = {
        "training": training,
        "participants": participants,
        "heads": {sex: sum(row.sex == sex for row in participants) for sex in ("female", "male")},
        "certificates": sum(row.has_certificate for row in participants),
        "may_log": seat.may(Permission.LOG_RECORDS),
    }
    return render(request, "pillars/training_detail.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def training_attendance(request, seat, key):
    """The members of the group who do not stand in the list yet, a box each."""
    training = access_training(seat, key)
    form = bind(request, AttendanceForm, training=training)
    if request.GET.get("tick") == "all":
        form.initial["members"] = form.everybody
    if request.method == "POST" and form.is_valid():
        add_members(by=seat, training=training, members=form.cleaned_data["members"])
        return redirect("pillars:training-detail", training.pk)
    return form_page(request, "pillars/training_attendance.html", form, training=training)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def participant_new(request, seat, key):
    training = access_training(seat, key)
    if wants_people(request):
        form = ParticipantForm(seat=seat, training=training, initial=as_typed(request, **unpicked(request)))
        return with_people(request, seat, "pillars/participant_new.html", form, training=training)
    form = bind(request, ParticipantForm, seat=seat, training=training)
    if request.method == "POST" and form.is_valid():
        add_participant(by=seat, training=training, key=form.entry_key, **form.facts)
        return redirect("pillars:training-detail", training.pk)
    return with_people(request, seat, "pillars/participant_new.html", form, training=training)


@page("POST", may=Permission.LOG_RECORDS)
def participant_remove(_request, seat, key):
    participant = access_participant(seat, key)
    remove_participant(by=seat, participant=participant)
    return redirect("pillars:training-detail", participant.training_id)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def training_certificates(request, seat, key):
    training = access_training(seat, key)
    form = bind(request, CertificateForm, participants=list(participants_of(training)))
    if request.method == "POST" and form.is_valid():
        note_certificates(by=seat, training=training, given=form.given)
        return redirect("pillars:training-detail", training.pk)
    return form_page(request, "pillars/training_certificates.html", form, training=training)


@page("GET", may=Permission.SEE_PILLARS)
def training_sheet(request, seat, key):
    """The attendance sheet: everybody in the list, or who may come, and empty lines to fill by hand."""
    training = access_training(seat, key)
    names = [row.name for row in participants_of(training)] or [
        row.name for row in members_not_there(training)
    ]
    blank = range(len(names) + 1, max(len(names) + 5, ROWS_TO_FILL) + 1)
    return render(
        request, "pillars/paper_attendance.html", {"training": training, "names": names, "blank": blank}
    )


@page("GET", may=Permission.SEE_PILLARS)
def training_certificate_list(request, seat, key):
    """The certificates of a training, for the binder; without one there is no such sheet."""
    training = access_training(seat, key)
    rows = list(participants_of(training).filter(has_certificate=True))
    if not rows:
        raise Http404
    return render(request, "pillars/paper_certificates.html", {"training": training, "rows": rows})
