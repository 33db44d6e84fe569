"""The books themselves: open them, add an account to the chart."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.actions import record
from cooperatives import events
from cooperatives.chart import CHART
from cooperatives.enums import AccountKind
from cooperatives.models import FinanceBody, LedgerAccount
from cooperatives.rules import check_can_open_books, check_can_post
from migrants.deliveries import constraint_of
from villages.access import Seat
from villages.rules import NotPossible

CODE_BEGINS = dict(zip(AccountKind, "12345", strict=True))


@transaction.atomic
def open_books(*, by: Seat, body: FinanceBody, opened_on: date) -> FinanceBody:
    """The body keeps its books here from `opened_on`, with the accounts of `chart.CHART`. A second call
    changes nothing.

    Raises NotPermitted; NotPossible for a day before the body was founded or after today. Records
    `books.opened`.
    """
    check_can_post(by, body)
    held = FinanceBody.objects.select_for_update(of=("self",)).select_related("village").get(pk=body.pk)
    if held.books_opened_on is None:
        check_can_open_books(held, opened_on)
        held.books_opened_on = opened_on
        held.save(update_fields=["books_opened_on"])
        LedgerAccount.objects.bulk_create(LedgerAccount(body=held, **line._asdict()) for line in CHART)
        record(events.BOOKS_OPENED, by=by, subject=held, subject_label=held.name, village=held.village)
    return held


@transaction.atomic
def add_account(
    *, by: Seat, body: FinanceBody, code: str, name_id: str, name_en: str, kind: AccountKind
) -> LedgerAccount:
    """The chart has this account besides. Accounts kept member by member are the system's own.

    Raises NotPermitted; NotPossible when the code is taken or does not begin with the kind's digit. Records
    `books.account_added`.
    """
    check_can_post(by, body)
    digit = CODE_BEGINS[kind]
    if not code.startswith(digit):
        raise NotPossible(
            _("The code of this kind of account begins with %(digit)s.") % {"digit": digit}, field="code"
        )
    try:
        with transaction.atomic():
            account = LedgerAccount.objects.create(
                body=body, code=code, name_id=name_id, name_en=name_en or name_id, kind=kind
            )
    except IntegrityError as error:
        if constraint_of(error) != "cooperatives_account_code_once":
            raise
        raise NotPossible(_("Another account has this code. Choose another."), field="code") from error
    record(
        events.ACCOUNT_ADDED,
        by=by,
        subject=account,
        subject_label=f"{body.name}: {code}",
        village=body.village_id,
    )
    return account
