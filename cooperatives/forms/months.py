"""Outside input of closing a month, and of the day a trial balance is asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, LineField, RupiahField
from cooperatives.chart import CASH
from cooperatives.models import FinanceBody
from cooperatives.month_rules import check_can_close_month, check_can_count, check_difference
from cooperatives.queries.ledger import money_in
from cooperatives.queries.months import standing_check
from periods import Month
from villages.access import Seat
from villages.forms import CheckedForm


class CountForm(CheckedForm):
    """What the second person counted in the box. The books' sum is not shown before, so that it is
    counted."""

    counted_cash = RupiahField(
        label=_("How much cash is in the box now?"),
        help_text=_("Count notes and coins. Write 0 when the box is empty."),
        error_messages={"required": _("Count the cash and enter the sum.")},
    )
    explanation = LineField(
        label=_("If it differs from the books: why?"),
        required=False,
        max_length=200,
        help_text=_("Example: change was given wrongly"),
    )

    def __init__(self, *args: Any, body: FinanceBody, month: Month, seat: Seat, **kwargs: Any) -> None:
        self.body, self.month, self.seat = body, month, seat
        super().__init__(*args, **kwargs)

    def ask_rules(self) -> None:
        check_can_close_month(self.body, self.month)
        check_can_count(standing_check(self.body, self.month), self.seat, self.month)
        check_difference(
            book=money_in(self.body, CASH),
            counted=self.cleaned_data["counted_cash"],
            explanation=self.cleaned_data["explanation"],
        )


class UntilForm(forms.Form):
    """Up to which day a balance is reckoned; empty: up to now."""

    until = DayField(label=_("Up to which day?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["until"].widget.attrs["class"] = "w8"
