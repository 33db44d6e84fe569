"""Write down a whole collection: every member's payment, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.keys import new_key
from audit.actions import record
from cooperatives import events
from cooperatives.actions.ledger import Draft, Side, post_entries
from cooperatives.actions.loans import hold_loans, take_instalment
from cooperatives.chart import CASH
from cooperatives.collecting import Payment, check_bag, check_payment
from cooperatives.enums import TransactionKind
from cooperatives.models import Collection, FinanceBody, Loan, Member
from cooperatives.queries.loans import oldest_running
from cooperatives.rules import check_can_post
from cooperatives.transactions import SAVINGS_IN
from migrants.deliveries import Delivery, deliver_once
from villages.access import Seat


@transaction.atomic
def post_collection(
    *, by: Seat, body: FinanceBody, key: UUID, day: date, group: str, payments: Sequence[Payment], bag: int
) -> Delivery[Collection]:
    """One numbered entry a member stands in the journal, each its receipt, all of one sheet, or none does.

    Same key: the first sheet. `bag`: the money counted, in rupiah; it must be what the payments sum to. The
    members, then their loans, are held in one order, so that two sheets cannot wait for each other. An
    instalment is paid of the member's oldest running loan. Raises NotPermitted;
    NotPossible. Records `books.collection_posted`, and `books.entry_posted` for each entry.
    """
    check_can_post(by, body)

    def make() -> Collection:
        keys = [payment.member.pk for payment in payments]
        held = Member.objects.filter(body=body, pk__in=keys).order_by("pk").select_for_update(no_key=True)
        members = {member.pk: member for member in held}
        fresh = [Payment(members[payment.member.pk], payment.paid) for payment in payments]
        owing = [one.member.pk for one in fresh if TransactionKind.LOAN_PAID in one.paid]
        hold_loans(oldest_running(owing).values())
        loans = oldest_running(owing)
        for payment in fresh:
            check_payment(payment, day, loans.get(payment.member.pk))
        check_bag(fresh, bag)
        sheet = Collection(pk=key, body=body, day=day, group=group, total=bag, made_by=by.user)
        sheet.save(force_insert=True)
        record(
            events.COLLECTION_POSTED, by=by, subject=sheet, subject_label=body.name, village=body.village_id
        )
        post_entries(by=by, body=body, drafts=[_draft(sheet, one, loans) for one in fresh])
        return sheet

    return deliver_once(Collection.objects.filter(body=body), key, make)


def _draft(sheet: Collection, payment: Payment, loans: Mapping[UUID, Loan]) -> Draft:
    key, member = new_key(), payment.member
    sides = [Side(CASH, payment.total)]
    for kind, amount in payment.paid.items():
        if kind in SAVINGS_IN:
            sides.append(Side(SAVINGS_IN[kind], -amount, member))
        else:
            sides += take_instalment(loan=loans[member.pk], key=key, amount=amount, day=sheet.day)
    return Draft(key, TransactionKind.COLLECTION, sheet.day, sides, text=sheet.group, collection=sheet)
