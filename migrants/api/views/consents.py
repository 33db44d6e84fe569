"""Consents for programs: what is read out, what a person consented to, a new consent, one taken back."""

from functools import partial

from django.utils import timezone
from rest_framework.response import Response

from accounts.roles import Permission
from migrants.access import access_consent, access_person
from migrants.actions.consents import give_consent, withdraw_consent
from migrants.actions.people import note_person_viewed
from migrants.api.serializers.people import ConsentLine, ConsentTextTold
from migrants.api.writes import changed, logged
from migrants.consent_texts import consent_text_on
from migrants.forms.consents import ConsentForm, WithdrawConsentForm
from villages.api.answers import told as drawn
from villages.api.entering import call, filled, listed
from villages.api.ways import changes, creates, rows, told
from villages.enums import Group

SEE, LOG = Permission.SEE_PEOPLE, Permission.LOG_RECORDS
A_CONSENT = {
    "id": "0199a1b2-c3d4-7e5f-8a6b-00000000001f",
    "purpose": "assistance",
    "receiver": "BP3MI Jawa Tengah",
    "manner": "spoken",
    "witness": "Slamet",
    "given_on": "2026-11-20",
}


@call(Group.PEOPLE, GET=told(ConsentTextTold, LOG))
def consent_text(_request, _seat):
    """What is read out today before somebody consents, in the caller's language."""
    text = consent_text_on(timezone.localdate())
    return Response({"version": text.version, "valid_from": text.valid_from, "text": text.words()})


@call(
    Group.PEOPLE,
    GET=rows("consents", ConsentLine, SEE),
    POST=creates(ConsentForm, ConsentLine, LOG, example=A_CONSENT),
)
def person_consents(request, seat, key):
    """What a person consented to, the latest first; or a consent for one purpose to one receiver, given under
    the text of that day. Records that villages share are asked for and answered on pages."""
    person = access_person(seat, key)
    own = person.consents.all()
    if request.method != "POST":
        note_person_viewed(by=seat, person=person)
        return listed(request, "consents", ConsentLine, own, ("-given_on", "-id"))

    def write(form):
        given = {name: form.cleaned_data[name] for name in ("purpose", "receiver")}
        return give_consent(by=seat, key=form.entry_key, person=person, facts=given | form.terms).row

    fill = partial(filled, request, ConsentForm, creates=True)
    return logged(request, own, fill, write, partial(drawn, request, ConsentLine))


@call(Group.PEOPLE, POST=changes(WithdrawConsentForm, answer=ConsentLine, may=LOG))
def consent_withdrawal(request, seat, key):
    """A person takes a consent back; no reason is needed. From now on it covers nothing."""
    consent = access_consent(seat, key)

    def write():
        reason = filled(request, WithdrawConsentForm).cleaned_data["reason"]
        return withdraw_consent(by=seat, consent=consent, reason=reason)

    return changed(request, None, partial(drawn, request, ConsentLine), write)
