"""Reads about consent, and about records that one village shares with another."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from migrants.access import requests_of, requests_to, visible_people
from migrants.enums import OUTSIDE_GOVERNMENT, ConsentPurpose
from migrants.models import Consent, Person, RecordAnswer, RecordRequest, Referral
from villages.access import Seat

SHOWN = 50


def consents_of(person: Person) -> QuerySet[Consent]:
    """Every consent of a person, the latest first."""
    return (
        Consent.objects.filter(person=person)
        .select_related("logged_by", "withdrawn_by")
        .order_by("-given_on", "-id")
    )


def may_share(person: UUID, *, purpose: str, receiver: str, on: date) -> bool:
    """Whether the person's data may go to this receiver for this purpose on that day. Queries: 1."""
    rows = Consent.objects.filter(person=person, purpose=purpose, receiver__iexact=receiver)
    return rows.active_on(on).exists()


def names_the_person(referral: Referral, on: date) -> bool:
    """Whether the slip of a referral may say who it is about: always to the government, else only under the
    person's consent for help by this receiver (its office, or the kind of body where no office is named).

    Queries: 1 for a body outside the government.
    """
    person = referral.case.person_id
    if person is None or referral.body not in OUTSIDE_GOVERNMENT:
        return True
    receiver = referral.office or referral.get_body_display()
    return may_share(person, purpose=ConsentPurpose.ASSISTANCE, receiver=receiver, on=on)


def asked_by_us(seat: Seat) -> QuerySet[RecordRequest]:
    """The own village's latest requests. Whether anybody answered is not told here."""
    return requests_of(seat).select_related("asked_by").order_by("-asked_at", "-id")[:SHOWN]


def asked_of_us(seat: Seat) -> QuerySet[RecordRequest]:
    """What others asked about people of the own village and nobody here has answered yet, oldest first."""
    answered = RecordAnswer.objects.filter(request=OuterRef("pk"), village=seat.village_id)
    return (
        requests_to(seat)
        .filter(~Exists(answered))
        .select_related("village", "asked_by")
        .order_by("asked_at", "id")[:SHOWN]
    )


def person_asked_for(seat: Seat, request: RecordRequest) -> Person:
    """The person of the own village with the NIK of the request (`access_request_to` has found one)."""
    return visible_people(seat).select_related("village").get(nik_digest=request.nik_digest)


def shared_now(request: RecordRequest, on: date) -> list[RecordAnswer]:
    """Records that may be seen under this request on that day: shared, and the consent still holds.

    A declined request, an expired or withdrawn consent and a number nobody knows all give none. Queries: 1.
    """
    rows = RecordAnswer.objects.filter(request=request, consent__in=Consent.objects.active_on(on))
    related = ("person__village__subdistrict", "person__village__district", "consent", "answered_by")
    return list(
        rows.filter(person__merged_into__isnull=True).select_related(*related).order_by("answered_at")
    )
