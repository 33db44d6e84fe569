"""Consent: write down, withdraw. Records between villages: ask, answer, see what is shared."""

from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.entry import bind
from accounts.roles import Permission
from migrants.access import access_consent, access_own_request, access_person, access_request_to
from migrants.actions.consents import give_consent, withdraw_consent
from migrants.actions.record_requests import answer_request, ask_for_record, note_shared_seen
from migrants.consent_texts import consent_text_on
from migrants.forms.consents import AnswerForm, AskForm, ConsentForm, WithdrawConsentForm
from migrants.queries.consents import asked_by_us, asked_of_us, person_asked_for, shared_now
from migrants.queries.journeys import journeys_of
from migrants.views.entering import answers_conflicts, status_of
from villages.doors import page


@page("GET", "POST", may=Permission.LOG_RECORDS)
def consent_new(request, seat, key):
    person = access_person(seat, key)
    today = timezone.localdate()
    form = bind(request, ConsentForm, initial={"given_on": today})
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        facts = {"purpose": cleaned["purpose"], "receiver": cleaned["receiver"], **form.terms}
        give_consent(by=seat, key=form.entry_key, person=person, facts=facts)
        return redirect("migrants:person-detail", person.pk)
    context = {"form": form, "person": person, "read_out": consent_text_on(today)}
    return render(request, "migrants/consent_new.html", context, status=status_of(request, form))


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def consent_withdraw(request, seat, key):
    consent = access_consent(seat, key)
    form = bind(request, WithdrawConsentForm)
    if request.method == "POST" and form.is_valid():
        withdraw_consent(by=seat, consent=consent, reason=form.cleaned_data["reason"])
        return redirect("migrants:person-detail", consent.person_id)
    context = {"form": form, "consent": consent}
    return render(request, "migrants/consent_withdraw.html", context, status=status_of(request, form))


@page("GET", may=Permission.LOG_RECORDS)
def request_list(request, seat):
    context = {"ours": asked_by_us(seat), "theirs": asked_of_us(seat)}
    return render(request, "migrants/request_list.html", context)


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def request_new(request, seat):
    form = bind(request, AskForm, seat=seat)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        asked = ask_for_record(
            by=seat, key=form.entry_key, nik=cleaned["nik"].number, reason=cleaned["reason"]
        )
        return redirect("migrants:request-detail", asked.row.pk)
    return render(request, "migrants/request_new.html", {"form": form}, status=status_of(request, form))


@page("GET", may=Permission.LOG_RECORDS)
def request_detail(request, seat, key):
    asked = access_own_request(seat, key)
    shared = []
    for answer in shared_now(asked, timezone.localdate()):
        note_shared_seen(by=seat, answer=answer)
        shared.append((answer, journeys_of(answer.person).first()))
    return render(request, "migrants/request_detail.html", {"asked": asked, "shared": shared})


@page("GET", "POST", may=Permission.LOG_RECORDS)
@answers_conflicts
def request_answer(request, seat, key):
    asked = access_request_to(seat, key)
    person = person_asked_for(seat, asked)
    today = timezone.localdate()
    form = bind(request, AnswerForm, initial={"given_on": today})
    if request.method == "POST" and form.is_valid():
        answer_request(by=seat, key=form.entry_key, request=asked, person=person, **form.answer)
        return redirect("migrants:request-list")
    context = {"form": form, "asked": asked, "person": person, "read_out": consent_text_on(today)}
    return render(request, "migrants/request_answer.html", context, status=status_of(request, form))
