"""Register a resident: the form, what the NIK proposes, the check page, the done page."""

import binascii
from base64 import b64decode, b64encode

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.shortcuts import render
from django.utils import timezone

from accounts.queries import held_form
from accounts.roles import Permission
from accounts.sealing import SealBroken, seal, unseal
from migrants.access import access_person
from migrants.actions.people import NikTaken, register_person
from migrants.forms.registering import RegisterForm
from migrants.forms.warned import only_errors_of
from migrants.queries.journeys import journeys_of
from migrants.views.entering import to_saved
from villages.doors import page

FORM = "migrants/person_new.html"


@page("GET", "POST", may=Permission.LOG_RECORDS)
def person_new(request, seat):
    typed, step = entries(request), request.POST.get("step", "")
    if typed is None:
        form = RegisterForm(seat=seat, initial={"registered_on": timezone.localdate()})
        return render(request, FORM, {"form": form})
    if step == "propose":
        return proposal(request, seat, typed)
    form = RegisterForm(typed, seat=seat)
    if request.method == "GET" or step == "change" or not form.is_valid():
        status = 422 if request.method == "POST" and form.errors else 200
        return render(request, FORM, {"form": form}, status=status)
    if step == "save" and "sealed" in request.POST and form.all_doubts_seen:
        return save(request, seat, form)
    return check_page(request, form)


def save(request, seat, form):
    """Register what was checked; a NIK that somebody of the village has by now leads back to the form."""
    try:
        delivery = register_person(
            by=seat,
            key=form.entry_key,
            category=form.category,
            facts=form.person_facts,
            journey=form.journey,
            **form.numbers,
        )
    except NikTaken as taken:
        form.refuse_nik(taken.person)
        return render(request, FORM, {"form": form}, status=422)
    return to_saved("migrants:person-saved", delivery)


@page("GET", may=Permission.LOG_RECORDS)
def person_saved(request, seat, key):
    person = access_person(seat, key)
    context = {"person": person, "journey": journeys_of(person).first(), "again": "again" in request.GET}
    return render(request, "migrants/person_saved.html", context)


def check_page(request, form):
    """The answers once more, before the district sees them. What was typed travels sealed: a NIK stands on no
    page in full, and what is saved is what was checked."""
    data = form.data.copy()
    for name in ("sex", "birth_date"):  # what the NIK proposed
        data[name] = form[name].field.prepare_value(form.cleaned_data.get(name)) or ""
    for name in ("csrfmiddlewaretoken", "step"):
        data.pop(name, None)
    data["confirmed"] = form.doubt_codes
    sealed = b64encode(seal(data.urlencode(), context=_context(request))).decode()
    return render(request, "migrants/person_check.html", {"form_checked": form, "sealed": sealed})


def proposal(request, seat, typed):
    """The form again, with sex and birth date as the NIK says them; what was typed there before gives way."""
    form = RegisterForm(typed, seat=seat)
    only_errors_of(form, "nik")
    nik = form.cleaned_data.get("nik")
    if nik is None or form.errors:
        if not form.errors:
            form.add_error("nik", form.empty_nik)
        return render(request, FORM, {"form": form}, status=422)
    filled = {**typed.dict(), "sex": nik.sex, "birth_date": nik.birth_date or typed.get("birth_date", "")}
    return render(request, FORM, {"form": RegisterForm(seat=seat, initial=filled), "proposed": nik})


def entries(request):
    """What was typed: posted now, sealed on the check page, or held when the session ended; None for
    neither.
    """
    data = request.POST if request.method == "POST" else None
    if data is None and request.GET.get("held"):
        data = held_form(user=request.user, path=request.path)
    if data is None or "sealed" not in data:
        return data
    try:
        return QueryDict(
            unseal(b64decode(data["sealed"], validate=True), context=_context(request)), mutable=True
        )
    except (binascii.Error, SealBroken):
        raise BadRequest("The entries of a check page were changed.") from None


def _context(request):
    return f"register:{request.user.pk}"
