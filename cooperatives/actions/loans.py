"""Loans: paid out, paid back, paid off early, written off. Each is one entry, and says what it was for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404

from audit.actions import record
from cooperatives import events
from cooperatives.actions.ledger import Side, post_entry
from cooperatives.chart import CASH, LOAN_INCOME, LOAN_LOSS, LOANS, RESERVE
from cooperatives.enums import LoanPaymentKind, TransactionKind
from cooperatives.loan_rules import check_can_lend, check_can_pay, check_can_write_off
from cooperatives.loan_terms import Terms, allocate, schedule, settlement
from cooperatives.models import FinanceBody, Instalment, Loan, LoanPayment, Member
from cooperatives.opening import check_taken_over
from cooperatives.queries.loans import with_standing
from cooperatives.rules import check_can_post
from migrants.deliveries import Delivery, deliver_once
from villages.access import Seat


@transaction.atomic
def grant_loan(
    *,
    by: Seat,
    body: FinanceBody,
    key: UUID,
    member: Member,
    terms: Terms,
    day: date,
    purpose: str = "",
    from_paper: bool = False,
) -> Delivery[Loan]:
    """The loan is paid out in cash and its instalments are fixed. Same key: the first loan.

    `from_paper`: it runs already and is taken over from a paper book with what is still owed, as an opening
    balance of the day the books opened: no cash moves, the reserve grows. The member is held. Raises
    `NotPermitted`; `NotPossible` in the words of `check_can_lend`, `check_taken_over` and `post_entries`.
    Records `loan.granted` and `books.entry_posted`.
    """
    check_can_post(by, body)
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)

    def make() -> Loan:
        check_can_lend(body, member, terms=terms, day=day)
        if from_paper:
            check_taken_over(body, day)
        loan = _saved(key, body, member, terms, day, purpose, by)
        _record(events.LOAN_GRANTED, by, loan)
        against = RESERVE if from_paper else CASH
        sides = [Side(LOANS, terms.principal_rupiah, member), Side(against, -terms.principal_rupiah)]
        kind = TransactionKind.OPENING if from_paper else TransactionKind.LOAN_GRANTED
        _post(by, body, key, kind, day, sides, purpose)
        return loan

    return deliver_once(Loan.objects.filter(body=body), key, make)


def _saved(
    key: UUID, body: FinanceBody, member: Member, terms: Terms, day: date, purpose: str, by: Seat
) -> Loan:
    """The loan of these terms with its instalments; its entry has its key."""
    loan = Loan(
        pk=key,
        body=body,
        member=member,
        entry_id=key,
        granted_on=day,
        principal_rupiah=terms.principal_rupiah,
        months=terms.months,
        monthly_rate=terms.monthly_rate,
        method=terms.method,
        purpose=purpose,
        granted_by=by.user,
    )
    loan.save(force_insert=True)
    Instalment.objects.bulk_create(
        Instalment(
            loan=loan,
            number=due.number,
            due_on=due.due_on,
            principal_rupiah=due.principal_rupiah,
            interest_rupiah=due.interest_rupiah,
            left_rupiah=due.left_rupiah,
        )
        for due in schedule(terms)
    )
    return loan


@transaction.atomic
def pay_loan(*, by: Seat, loan: Loan, key: UUID, amount: int, day: date) -> Delivery[LoanPayment]:
    """So much of the loan is paid back in cash: the oldest instalment first, its charge before its principal.

    `amount`: whole rupiah. The loan is held. Same key: the first payment. Raises `NotPermitted`;
    `NotPossible` for more than is owed, or a day before the loan. Records `books.entry_posted`.
    """
    check_can_post(by, loan.body)
    loan = _held(loan)

    def make() -> LoanPayment:
        check_can_pay(loan, amount=amount, day=day)
        parts = allocate(list(loan.instalments.all()), amount=amount, **_paid(loan))
        return _pay(by, loan, key, LoanPaymentKind.INSTALMENT, day, *parts)

    return deliver_once(LoanPayment.objects.filter(loan=loan), key, make)


@transaction.atomic
def settle_loan(*, by: Seat, loan: Loan, key: UUID, day: date) -> Delivery[LoanPayment]:
    """The loan is paid off: all principal, and charges up to the running month, in cash; later charges are
    not asked for. Same key: the first payment. Raises and records as `pay_loan` does."""
    check_can_post(by, loan.body)
    loan = _held(loan)

    def make() -> LoanPayment:
        principal, interest = settlement(list(loan.instalments.all()), on=day, **_paid(loan))
        check_can_pay(loan, amount=principal + interest, day=day)
        return _pay(by, loan, key, LoanPaymentKind.SETTLEMENT, day, principal, interest)

    return deliver_once(LoanPayment.objects.filter(loan=loan), key, make)


@transaction.atomic
def write_off_loan(*, by: Seat, loan: Loan, key: UUID, day: date, decision: str) -> Delivery[LoanPayment]:
    """What is owed of the principal becomes a cost, as the members' meeting decided. No cash moves.

    `decision`: which meeting, and its number. Same key: the first time. Raises `NotPermitted`, `NotPossible`.
    Records `loan.written_off` and `books.entry_posted`.
    """
    check_can_post(by, loan.body)
    loan = _held(loan)

    def make() -> LoanPayment:
        check_can_write_off(loan, day=day)
        principal = loan.principal_rupiah - _paid(loan)["paid_principal"]
        payment = LoanPayment(
            pk=key,
            loan=loan,
            entry_id=key,
            kind=LoanPaymentKind.WRITE_OFF,
            paid_on=day,
            principal_rupiah=principal,
            interest_rupiah=0,
            decision=decision,
        )
        payment.save(force_insert=True)
        _record(events.LOAN_WRITTEN_OFF, by, loan)
        sides = [Side(LOAN_LOSS, principal), Side(LOANS, -principal, loan.member)]
        _post(by, loan.body, key, TransactionKind.LOAN_WRITTEN_OFF, day, sides, decision)
        return payment

    return deliver_once(LoanPayment.objects.filter(loan=loan), key, make)


def _pay(
    by: Seat, loan: Loan, key: UUID, kind: LoanPaymentKind, day: date, principal: int, interest: int
) -> LoanPayment:
    payment = LoanPayment(
        pk=key,
        loan=loan,
        entry_id=key,
        kind=kind,
        paid_on=day,
        principal_rupiah=principal,
        interest_rupiah=interest,
    )
    payment.save(force_insert=True)
    sides = sides_of_payment(loan.member, principal, interest)
    settled = kind == LoanPaymentKind.SETTLEMENT
    posted_as = TransactionKind.LOAN_SETTLED if settled else TransactionKind.LOAN_PAID
    _post(by, loan.body, key, posted_as, day, sides, "")
    return payment


def take_instalment(*, loan: Loan, key: UUID, amount: int, day: date) -> list[Side]:
    """The payment of an instalment stands under the key of the entry that the caller posts in the same
    transaction, with these sides among others (without the cash). The loan is held and of `with_standing`."""
    principal, interest = allocate(list(loan.instalments.all()), amount=amount, **_paid(loan))
    payment = LoanPayment(
        pk=key,
        loan=loan,
        entry_id=key,
        kind=LoanPaymentKind.INSTALMENT,
        paid_on=day,
        principal_rupiah=principal,
        interest_rupiah=interest,
    )
    payment.save(force_insert=True)
    return sides_of_payment(loan.member, principal, interest)[1:]


def hold_loans(loans: Collection[Loan]) -> None:
    """These loans are the transaction's to write until it ends; always in the order of their keys."""
    keys = [loan.pk for loan in loans]
    list(Loan.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True).only("pk"))


def sides_of_payment(member: Member, principal: int, interest: int) -> list[Side]:
    """Cash in, the loan less, the charge as income of what this member used."""
    sides = [Side(CASH, principal + interest)]
    if principal:
        sides.append(Side(LOANS, -principal, member))
    if interest:
        sides.append(Side(LOAN_INCOME, -interest, member))
    return sides


def _post(
    by: Seat,
    body: FinanceBody,
    key: UUID,
    kind: TransactionKind,
    day: date,
    sides: Sequence[Side],
    text: str,
) -> None:
    """The entry under this key, which no other entry has: the row that names it refers to nothing else."""
    if not post_entry(by=by, body=body, key=key, kind=kind, day=day, sides=sides, text=text).made:
        raise Http404


def _held(loan: Loan) -> Loan:
    """The loan as it stands, and the transaction's to write until it ends."""
    Loan.objects.select_for_update(no_key=True).only("pk").get(pk=loan.pk)
    return with_standing(Loan.objects.filter(pk=loan.pk)).select_related("body", "entry__reversed_by").get()


def _paid(loan: Loan) -> dict[str, int]:
    return {"paid_principal": loan.paid_principal, "paid_interest": loan.paid_interest}  # type: ignore[attr-defined]


def _record(event: str, by: Seat, loan: Loan) -> None:
    label = f"{loan.body.name}: {loan.member.number}"
    record(event, by=by, subject=loan, subject_label=label, village=loan.body.village_id)
