"""Writes about consent: given, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from migrants import events
from migrants.case_states import IllegalStep
from migrants.consent_texts import consent_text_on
from migrants.deliveries import Delivery, deliver_once
from migrants.models import Consent, Person
from migrants.rules import check_in_village
from villages.access import Seat
from villages.models import Village


@transaction.atomic
def give_consent(
    *, by: Seat, key: UUID, person: Person, facts: Mapping[str, Any], receiver_village: Village | None = None
) -> Delivery[Consent]:
    """Write down a person's consent under the text in force on the day it was given; same key: the first.

    `facts`: purpose, receiver, manner, witness, given_on, expires_on. Raises NotPermitted. Records
    `consent.given`.
    """
    village = check_in_village(by, person)

    def make() -> Consent:
        row = Consent(
            pk=key,
            village=village,
            person=person,
            receiver_village=receiver_village,
            text_version=consent_text_on(facts["given_on"]).version,
            logged_by=by.user,
            **facts,
        )
        row.save(force_insert=True)
        _record(events.CONSENT_GIVEN, by, row)
        return row

    return deliver_once(Consent.objects.visible_to(by), key, make)


@transaction.atomic
def withdraw_consent(*, by: Seat, consent: Consent, reason: str = "") -> Consent:
    """From this moment on the consent covers nothing: what was shared under it is shown to nobody any more.

    Raises NotPermitted, and IllegalStep when it was withdrawn already. Records `consent.withdrawn`.
    """
    check_in_village(by, consent)
    now: Consent = Consent.objects.select_for_update(of=("self",)).select_related("person").get(pk=consent.pk)
    if now.withdrawn_at is not None:
        raise IllegalStep(_("This consent was withdrawn already."))
    now.withdrawn_by, now.withdrawn_at, now.withdrawn_reason = by.user, timezone.now(), reason
    now.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    _record(events.CONSENT_WITHDRAWN, by, now, reason)
    return now


def _record(event: str, by: Seat, consent: Consent, reason: str = "") -> None:
    record(
        event,
        by=by,
        subject=consent,
        subject_label=f"{consent.person.full_name}: {consent.get_purpose_display()}, {consent.receiver}",
        village=consent.village_id,
        reason=reason,
    )
