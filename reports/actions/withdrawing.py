"""The ministry takes a published report back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from audit import actions as audit
from reports.enums import EditionStatus, WithdrawalReason
from reports.events import REPORT_WITHDRAWN
from reports.models import EditionWithdrawal, ReportEdition
from reports.rules import check_can_withdraw_reports
from villages.access import Seat
from villages.rules import NotPossible


@transaction.atomic
def withdraw_edition(*, by: Seat, edition: ReportEdition, reason: str, note: str = "") -> EditionWithdrawal:
    """The edition is withdrawn: the check page says so, and the pages warn. Its files and figures stay.

    A second time gives the first withdrawal. `reason` is one of `WithdrawalReason`; `note`
    stands in the log and on the page of the edition, never in public. Raises `NotPermitted`; NotPossible
    before it is published.
    Records `report.withdrawn`.
    """
    check_can_withdraw_reports(by)
    held = ReportEdition.objects.lean().select_for_update(of=("self",)).get(pk=edition.pk)
    if held.status != EditionStatus.DONE:
        raise NotPossible(_("Only a published report can be taken back."))
    standing = EditionWithdrawal.objects.filter(edition=held).first()
    if standing is not None:
        return standing
    why = WithdrawalReason(reason)
    withdrawal = EditionWithdrawal.objects.create(edition=held, reason=why, note=note, withdrawn_by=by.user)
    said = f"{why.label}: {note}" if note else str(why.label)
    audit.record(REPORT_WITHDRAWN, by=by, subject=held, subject_label=held.reference, reason=said)
    return withdrawal
