"""Outside input about loans. Each is shown once more, with what it will record, before it is saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, LineField, RupiahField, tidy
from cooperatives.enums import InterestMethod
from cooperatives.loan_rules import check_can_lend, check_can_pay, check_can_write_off
from cooperatives.loan_terms import Due, Terms, allocate, months_later, schedule, settlement, total_interest
from cooperatives.models import FinanceBody, Loan, Member
from cooperatives.opening import check_taken_over
from periods.percent import PercentRefused, parse_percent, percent_text
from periods.rupiah import rupiah_text
from villages.forms import CheckedForm


class PercentField(forms.CharField):
    """A percentage, read by `periods.percent.parse_percent`: "2,5" is 250 hundredths of a percent."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Example: 1,5"))
        super().__init__(max_length=20, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "class": "w4"})

    def prepare_value(self, value: Any) -> Any:
        return percent_text(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = tidy(str(super().clean(value) or ""))
        if not text:
            return None
        try:
            return parse_percent(text)
        except PercentRefused as refused:
            raise forms.ValidationError(refused.sentence, code="percent") from refused


class MonthsField(forms.IntegerField):
    """A number of months."""

    def __init__(self, **kwargs: Any) -> None:
        sentence = _("Enter the number of months in digits.")
        kwargs["error_messages"] = {"invalid": sentence, "required": sentence}
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w2"}), **kwargs)


class LoanForm(CheckedForm):
    """A loan to a member: who, how much, for how long, at what charge."""

    member: forms.ModelChoiceField[Member] = forms.ModelChoiceField(
        queryset=None,
        label=_("Which member?"),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose the member."),
            "invalid_choice": _("Loans are for members alone. Choose a member of this body."),
        },
    )
    amount = RupiahField(label=_("How much?"), error_messages={"required": _("Enter the amount.")})
    months = MonthsField(label=_("Over how many months?"))
    monthly_rate = PercentField(label=_("Charge a month, in percent"))
    method = forms.ChoiceField(
        label=_("Way of reckoning"), choices=InterestMethod.choices, widget=forms.RadioSelect
    )
    day = DayField(label=_("Paid out on"), not_future=True)
    first_due_on = DayField(
        label=_("First instalment due on"),
        required=False,
        help_text=_("Left empty: a month after the loan. The others follow on the same day of each month."),
    )
    purpose = LineField(label=_("What for"), required=False, max_length=200)

    def __init__(self, *args: Any, body: FinanceBody, from_paper: bool = False, **kwargs: Any) -> None:
        self.body, self.from_paper = body, from_paper
        kwargs["initial"] = {"day": timezone.localdate(), "method": InterestMethod.FLAT} | (
            kwargs.get("initial") or {}
        )
        super().__init__(*args, **kwargs)
        if from_paper:
            self._ask_for_the_rest()
        member = self.fields["member"]
        assert isinstance(member, forms.ModelChoiceField)
        member.queryset = body.members.filter(left_on__isnull=True).order_by("number")

    def _ask_for_the_rest(self) -> None:
        """The questions about a loan that runs already; its day is the one the books opened."""
        self.initial["day"] = self.body.books_opened_on
        self.fields["day"].label = _("Taken over on")
        self.fields["amount"].label = _("How much of the principal is still owed?")
        self.fields["months"].label = _("Over how many months from now?")

    def ask_rules(self) -> None:
        check_can_lend(self.body, self.cleaned_data["member"], terms=self.terms, day=self.cleaned_data["day"])
        if self.from_paper:
            check_taken_over(self.body, self.cleaned_data["day"])

    @property
    def terms(self) -> Terms:
        """What was agreed; only of a valid form."""
        facts = self.cleaned_data
        return Terms(
            principal_rupiah=facts["amount"],
            months=facts["months"],
            monthly_rate=facts["monthly_rate"],
            method=InterestMethod(facts["method"]),
            first_due_on=facts["first_due_on"] or months_later(facts["day"], 1),
        )

    @property
    def dues(self) -> list[Due]:
        return schedule(self.terms)

    @property
    def cost_rupiah(self) -> int:
        """What the loan costs the member in all."""
        return total_interest(self.dues)

    @property
    def total_rupiah(self) -> int:
        """What the member pays back in all."""
        return self.terms.principal_rupiah + self.cost_rupiah

    @property
    def amount_rupiah(self) -> int:
        return self.terms.principal_rupiah

    @property
    def sentence(self) -> str:
        """What will be recorded."""
        words = {"member": self.cleaned_data["member"].name, "amount": rupiah_text(self.amount_rupiah)}
        if self.from_paper:
            return gettext("%(member)s still owes %(amount)s of a loan in the paper book.") % words
        return gettext("%(member)s receives a loan of %(amount)s in cash.") % words


class _LoanStep(CheckedForm):
    """Something that is written down about a running loan."""

    day = DayField(label=_("On which day?"), not_future=True)

    def __init__(self, *args: Any, loan: Loan, **kwargs: Any) -> None:
        self.loan = loan
        kwargs["initial"] = {"day": timezone.localdate()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    @property
    def _paid(self) -> dict[str, int]:
        return {"paid_principal": self.loan.paid_principal, "paid_interest": self.loan.paid_interest}

    def _words(self, principal: int, interest: int) -> dict[str, str]:
        return {
            "member": self.loan.member.name,
            "amount": rupiah_text(principal + interest),
            "principal": rupiah_text(principal),
            "charge": rupiah_text(interest),
        }


class LoanPaymentForm(_LoanStep):
    """An instalment, or any part of one."""

    amount = RupiahField(label=_("How much?"), error_messages={"required": _("Enter the amount.")})
    field_order = ("amount", "day")

    def ask_rules(self) -> None:
        check_can_pay(self.loan, amount=self.cleaned_data["amount"], day=self.cleaned_data["day"])

    @property
    def amount_rupiah(self) -> int:
        return int(self.cleaned_data["amount"])

    @property
    def sentence(self) -> str:
        """What will be recorded."""
        parts = allocate(list(self.loan.instalments.all()), amount=self.amount_rupiah, **self._paid)
        return gettext(
            "%(member)s pays %(amount)s of the loan in cash: %(principal)s principal and %(charge)s charge."
        ) % self._words(*parts)


class SettlementForm(_LoanStep):
    """The whole rest at once."""

    def ask_rules(self) -> None:
        check_can_pay(self.loan, amount=self.amount_rupiah, day=self.cleaned_data["day"])

    @property
    def _parts(self) -> tuple[int, int]:
        return settlement(list(self.loan.instalments.all()), on=self.cleaned_data["day"], **self._paid)

    @property
    def amount_rupiah(self) -> int:
        return sum(self._parts)

    @property
    def sentence(self) -> str:
        """What will be recorded."""
        return gettext(
            "%(member)s pays the loan off with %(amount)s in cash: %(principal)s principal and %(charge)s"
            " charge. Later charges are not asked for."
        ) % self._words(*self._parts)


class WriteOffForm(_LoanStep):
    """Which meeting decided that the loan is lost."""

    decision = LineField(
        label=_("Decision of the members' meeting"),
        max_length=200,
        help_text=_("Example: members' meeting of 28-02-2026, decision 5"),
    )
    field_order = ("decision", "day")

    def ask_rules(self) -> None:
        check_can_write_off(self.loan, day=self.cleaned_data["day"])

    @property
    def amount_rupiah(self) -> int:
        return self.loan.principal_rupiah - self._paid["paid_principal"]

    @property
    def sentence(self) -> str:
        """What will be recorded."""
        return gettext(
            "%(amount)s of the loan of %(member)s counts as lost and becomes a cost. No cash moves."
        ) % self._words(self.amount_rupiah, 0)
