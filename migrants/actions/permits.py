"""Writes about family permits: issue one, withdraw it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from migrants import events
from migrants.actions.documents import set_document
from migrants.case_states import IllegalStep
from migrants.deliveries import Delivery, deliver_once
from migrants.enums import MigrationStatus
from migrants.holding import hold_journey
from migrants.models import Document, FamilyPermit, Migration
from migrants.papers import DocumentKind, DocumentState
from migrants.rules import check_in_village
from villages.access import Seat
from villages.holding import hold_village


@transaction.atomic
def issue_permit(
    *, by: Seat, journey: Migration, key: UUID, giver_name: str, giver_relation: str, given_on: date
) -> Delivery[FamilyPermit]:
    """A permit with the next number of the village and year exists, and stands in the checklist as in hand.

    Same key: the first one. Raises NotPermitted; `IllegalStep` when the person does not prepare to depart, or
    has a valid permit. Records `permit.issued`.
    """
    village = check_in_village(by, journey)
    hold_village(village)
    journey = hold_journey(journey)

    def make() -> FamilyPermit:
        if journey.status != MigrationStatus.PROSPECTIVE:
            raise IllegalStep(_("A family permit is for somebody who prepares to depart."))
        if FamilyPermit.objects.filter(migration=journey, withdrawn_at__isnull=True).exists():
            raise IllegalStep(_("This journey has a valid permit already. Withdraw that one first."))
        year = timezone.localdate().year
        numbered = FamilyPermit.objects.filter(village=village, year=year)
        permit = FamilyPermit(
            pk=key,
            migration=journey,
            village=village,
            year=year,
            number=(numbered.aggregate(last=Max("number"))["last"] or 0) + 1,
            giver_name=giver_name,
            giver_relation=giver_relation,
            given_on=given_on,
            issued_by=by.user,
        )
        permit.save(force_insert=True)
        _follow(by, journey, DocumentState.IN_HAND, permit.reference, given_on)
        _record(events.PERMIT_ISSUED, by, permit)
        return permit

    return deliver_once(FamilyPermit.objects.filter(migration=journey), key, make)


@transaction.atomic
def withdraw_permit(*, by: Seat, permit: FamilyPermit, reason: str) -> FamilyPermit:
    """The permit counts no more, and its public page says so; a second call changes nothing.

    Raises NotPermitted. Records `permit.withdrawn`; the reason stays in the record.
    """
    check_in_village(by, permit)
    journey = hold_journey(permit.migration)
    row: FamilyPermit = FamilyPermit.objects.select_for_update(of=("self",)).get(pk=permit.pk)
    if not row.is_valid:
        return row
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = timezone.now(), by.user, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    _follow(by, journey, DocumentState.MISSING)
    _record(events.PERMIT_WITHDRAWN, by, row)
    return row


def _follow(
    by: Seat, journey: Migration, state: DocumentState, number: str = "", issued_on: date | None = None
) -> None:
    """The paper in the checklist says what the permit says."""
    kind = DocumentKind.FAMILY_PERMIT
    known = Document.objects.filter(migration=journey, kind=kind).first()
    set_document(
        by=by,
        journey=journey,
        kind=kind,
        extra=None,
        version=known.version if known else 0,
        state=state,
        number=number,
        issued_on=issued_on,
    )


def _record(event: str, by: Seat, permit: FamilyPermit) -> None:
    record(event, by=by, subject=permit, subject_label=permit.reference, village=permit.village_id)
