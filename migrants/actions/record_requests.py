"""One village asks another for a person's record; the other answers. Asking never tells whether anybody has
it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.keys import new_key
from audit.actions import record
from audit.masking import mask_number
from migrants import events
from migrants.actions.consents import give_consent
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import ConsentPurpose, RequestDecision
from migrants.models import Person, RecordAnswer, RecordRequest
from migrants.numbers import nik_digest
from migrants.rules import check_in_village, village_of
from villages.access import Seat
from villages.holding import hold_village

MOST_A_DAY = 20


@transaction.atomic
def ask_for_record(*, by: Seat, key: UUID, nik: str, reason: str) -> Delivery[RecordRequest]:
    """Ask whoever knows the person with this NIK to share the record; same key: the first request.

    `nik`: tidied. The answer to the asking is the same whether or not anybody knows the number. Raises
    NotPermitted, and IllegalStep beyond MOST_A_DAY requests of the village today. Records `record.requested`.
    """
    village = village_of(by)

    def make() -> RecordRequest:
        hold_village(village)
        today = RecordRequest.objects.filter(village=village, asked_at__date=timezone.localdate())
        if today.count() >= MOST_A_DAY:
            raise IllegalStep(_("Your village has asked 20 times today. Continue tomorrow."))
        row = RecordRequest(
            pk=key,
            village=village,
            nik_digest=nik_digest(nik),
            nik_masked=mask_number(nik),
            reason=reason,
            asked_by=by.user,
        )
        row.save(force_insert=True)
        record(
            events.RECORD_REQUESTED,
            by=by,
            subject=row,
            subject_label=row.nik_masked,
            village=village,
            reason=reason,
        )
        return row

    return deliver_once(RecordRequest.objects.visible_to(by), key, make)


@transaction.atomic
def answer_request(
    *,
    by: Seat,
    key: UUID,
    request: RecordRequest,
    person: Person,
    decision: str,
    reason: str = "",
    consent: Mapping[str, Any] | None = None,
) -> Delivery[RecordAnswer]:
    """Share the record with the village that asked, under a consent written down here, or decline.

    `consent`: manner, witness, given_on, expires_on of the person's consent; needed to share. Same key: the
    first answer. Raises NotPermitted, and IllegalStep when the village answered already. Records
    `consent.given` and `record.shared`, or `record.declined`.
    """
    village = check_in_village(by, person)

    def make() -> RecordAnswer:
        RecordRequest.objects.select_for_update().get(pk=request.pk)
        if request.answers.filter(village=village).exists():
            raise IllegalStep(_("Your village has answered this request already."))
        shared = decision == RequestDecision.SHARED
        row = RecordAnswer(
            pk=key,
            village=village,
            request=request,
            person=person,
            decision=decision,
            reason="" if shared else reason,
            answered_by=by.user,
        )
        if shared:
            facts = {
                "purpose": ConsentPurpose.SHARE_RECORD,
                "receiver": str(request.village),
                **(consent or {}),
            }
            given = give_consent(
                by=by, key=new_key(), person=person, facts=facts, receiver_village=request.village
            )
            row.consent = given.row
        row.save(force_insert=True)
        record(
            events.RECORD_SHARED if shared else events.RECORD_DECLINED,
            by=by,
            subject=person,
            subject_label=f"{person.full_name}: {request.village}",
            village=village,
            reason=row.reason,
        )
        return row

    return deliver_once(RecordAnswer.objects.visible_to(by), key, make)


@transaction.atomic
def note_shared_seen(*, by: Seat, answer: RecordAnswer) -> None:
    """Record `record.seen`, in the village that shared: who of the other village opened the record."""
    record(
        events.RECORD_SEEN,
        by=by,
        subject=answer.person,
        subject_label=answer.person.full_name,
        village=answer.village_id,
    )
