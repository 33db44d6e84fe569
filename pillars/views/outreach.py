"""Outreach sessions: list, form, attendance, one session, its photos and its sheet."""

from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.entry import bind, form_page
from accounts.keys import as_key
from accounts.roles import Permission
from migrants.actions.people import note_search
from migrants.attached_files import body_of
from migrants.forms.warned import as_typed
from migrants.queries.people import SearchKind
from migrants.rules import check_in_village
from pillars.access import access_photo, access_session, visible_sessions
from pillars.actions.outreach import (
    add_photo,
    change_outreach,
    log_outreach,
    note_photo_opened,
    remove_photo,
    set_attendance,
)
from pillars.forms.outreach import AttendanceForm, OutreachForm, PhotoForm
from pillars.queries.activities import activity_like
from pillars.queries.outreach import (
    attendees_of,
    count_visits_after,
    last_session,
    names_shown,
    officers_of,
    photos_of,
    session_like,
    visits_after,
)
from pillars.views.listing import list_page
from villages.doors import page

COPIED = ("topic", "place", "speakers", "partner")


@page("GET", may=Permission.SEE_PILLARS)
def outreach_list(request, seat):
    sessions = visible_sessions(seat).select_related("village")
    return list_page(request, seat, "pillars/outreach_list.html", sessions, day="held_on")


@page("GET", "POST", may=Permission.LOG_RECORDS)
def outreach_new(request, seat):
    like = session_like(seat, as_key(request.GET.get("like")))
    planned = activity_like(seat, as_key(request.GET.get("planned")))
    initial = proposed(seat, like, planned)
    form = bind(request, OutreachForm, officers=officers_of(seat.village), initial=initial)
    if request.method == "POST" and form.is_valid():
        session = log_outreach(by=seat, key=form.entry_key, planned=planned, **form.facts)
        if session.awaits_list:
            return to_list(session, like)
        return redirect("pillars:outreach-detail", session.pk)
    context = {"like": like, "last": None if like else last_session(seat)}
    return form_page(request, "pillars/outreach_new.html", form, **context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def outreach_edit(request, seat, key):
    session = access_session(seat, key)
    check_in_village(seat, session)
    held = session.officers.select_related("officer")
    officers = list({*officers_of(seat.village), *(row.officer for row in held)})
    initial = {**OutreachForm.initial_of(session), "officers": [str(row.officer_id) for row in held]}
    form = bind(request, OutreachForm, officers=officers, by_list=session.by_list, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_outreach(by=seat, session=session, **form.facts)
        return redirect("pillars:outreach-detail", session.pk)
    return form_page(request, "pillars/outreach_edit.html", form, session=session)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def outreach_attendance(request, seat, key):
    session = access_session(seat, key)
    check_in_village(seat, session)
    if "find" in request.POST and request.POST.get("q", "").strip():
        found = as_typed(request, people=request.POST.getlist("people"))
        form = AttendanceForm(seat=seat, initial=found)
        if form.search.kind == SearchKind.NAME:
            note_search(by=seat, kind=form.search.kind, name=form.search.value)
        return form_page(request, "pillars/outreach_attendance.html", form, session=session)
    form = bind(request, AttendanceForm, seat=seat, initial=ticked_before(request, seat, session))
    if request.method == "POST" and form.is_valid():
        set_attendance(by=seat, session=session, **form.facts)
        return redirect("pillars:outreach-detail", session.pk)
    return form_page(request, "pillars/outreach_attendance.html", form, session=session)


@page("GET", may=Permission.SEE_PILLARS)
def outreach_detail(request, seat, key):
    session = access_session(seat, key)
    named = names_shown(seat)
    context = {
        "session": session,
        "officers": [row.officer for row in session.officers.select_related("officer")],
        "named": named,
        "attendees": attendees_of(session) if named else [],
        "photos": photos_of(session),
        "visits": visits_after(seat, session) if named else [],
        "visits_count": count_visits_after(session),
        "may_log": seat.may(Permission.LOG_RECORDS) and session.withdrawn_at is None,
    }
    return render(request, "pillars/outreach_detail.html", context)


@page("GET", may=Permission.SEE_PEOPLE)
def outreach_sheet(request, seat, key):
    """The attendance list on paper, with room for signatures and for ten more people."""
    session = access_session(seat, key)
    context = {"session": session, "attendees": attendees_of(session), "blank": range(10)}
    return render(request, "pillars/paper_session.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
def photo_new(request, seat, key):
    session = access_session(seat, key)
    check_in_village(seat, session)
    form = bind(request, PhotoForm)
    if request.method == "POST" and form.is_valid():
        clean, caption = form.cleaned_data["file"], form.cleaned_data["caption"]
        add_photo(by=seat, session=session, key=form.entry_key, clean=clean, caption=caption)
        return redirect("pillars:outreach-detail", session.pk)
    return form_page(request, "pillars/photo_new.html", form, session=session)


@page("GET", may=Permission.SEE_PILLARS)
@csp_update({"sandbox": True})
def photo_download(request, seat, key):
    photo = access_photo(seat, key)
    body = body_of(photo)
    if body is None:
        raise Http404(_("The file is no longer kept."))
    if request.method == "GET":
        note_photo_opened(by=seat, photo=photo)
    answer = HttpResponse(body, content_type="image/png" if photo.kind == "png" else "image/jpeg")
    answer["Content-Disposition"] = f'attachment; filename="{photo.download_name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@page("GET", "POST", may=Permission.LOG_RECORDS)
def photo_remove(request, seat, key):
    photo = access_photo(seat, key)
    check_in_village(seat, photo.session)
    if request.method == "POST":
        remove_photo(by=seat, photo=photo)
        return redirect("pillars:outreach-detail", photo.session_id)
    return render(request, "pillars/photo_remove.html", {"photo": photo, "session": photo.session})


def proposed(seat, like, planned):
    """What stands in an empty form: today, the own name, what an earlier session said or the plan says."""
    said = {name: getattr(like, name) for name in COPIED} if like else {}
    if planned:
        said = {"held_on": min(planned.planned_on, timezone.localdate()), "place": planned.place}
    return {"held_on": timezone.localdate(), "officers": [str(seat.user.pk)], **said}


def to_list(session, like):
    """On to the attendance list, with those ticked who were at the earlier session."""
    answer = redirect("pillars:outreach-attendance", session.pk)
    if like:
        answer["Location"] += f"?like={like.pk}"
    return answer


def ticked_before(request, seat, session):
    """What the list shows first: who is on it; on an empty one who was at the session that is copied."""
    like = session_like(seat, as_key(request.GET.get("like"))) if session.awaits_list else None
    rows = attendees_of(like or session)
    return {
        "people": [row.person_id for row in rows if row.person_id],
        "women": "\n".join(row.name for row in rows if row.name and row.sex == "female"),
        "men": "\n".join(row.name for row in rows if row.name and row.sex == "male"),
    }
