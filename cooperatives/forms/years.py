"""Outside input about the end of a book year: closing it, the annual meeting, sharing the surplus out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from cooperatives.actions.years import planned
from cooperatives.enums import SurplusPart
from cooperatives.forms.loans import PercentField
from cooperatives.models import AnnualMeeting, FinanceBody
from cooperatives.queries.years import closing_of, meeting_of, parts_in_words, result_of, surplus_closed
from cooperatives.surplus import Parted
from cooperatives.year_rules import (
    check_can_close_year,
    check_can_share,
    check_meeting,
    check_percentages,
)
from periods.rupiah import rupiah_text
from villages.forms import CheckedForm, refusals_on


class YearCloseForm(CheckedForm):
    """On which open day the result of the year is carried over."""

    day = DayField(
        label=_("On which day?"),
        not_future=True,
        help_text=_("An open day after the year. Example: 02-01-2026"),
    )

    def __init__(self, *args: Any, body: FinanceBody, year: int, **kwargs: Any) -> None:
        self.body, self.year = body, year
        kwargs["initial"] = {"day": timezone.localdate()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def ask_rules(self) -> None:
        check_can_close_year(self.body, year=self.year, day=self.cleaned_data["day"])

    @property
    def amount_rupiah(self) -> int:
        return abs(result_of(self.body, self.year).surplus_rupiah)

    @property
    def sentence(self) -> str:
        """What will be recorded."""
        result = result_of(self.body, self.year)
        words = {
            "year": self.year,
            "income": rupiah_text(result.income_rupiah),
            "costs": rupiah_text(result.costs_rupiah),
            "rest": rupiah_text(abs(result.surplus_rupiah)),
        }
        if result.surplus_rupiah < 0:
            return gettext("Income of %(year)s %(income)s less costs %(costs)s: a loss of %(rest)s.") % words
        return gettext("Income of %(year)s %(income)s less costs %(costs)s: a surplus of %(rest)s.") % words


class MembersField(forms.IntegerField):
    """A number of members."""

    def __init__(self, **kwargs: Any) -> None:
        sentence = _("Enter the number of members in digits.")
        kwargs["error_messages"] = {"invalid": sentence, "required": sentence}
        kwargs["validators"] = [RegexValidator(r"\A[0-9]{1,6}\Z", sentence)]
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4"}), **kwargs)


class MeetingForm(EntryForm):
    """What the annual meeting was and decided, with the percentages it fixed."""

    held_on = DayField(label=_("Held on"), not_future=True)
    place = LineField(label=_("Place"), required=False)
    entitled = MembersField(label=_("Members entitled to vote"))
    attended = MembersField(label=_("Members who came"))
    agenda = NoteField(label=_("Agenda"))
    decisions = NoteField(label=_("Decisions"), help_text=_("One a line, numbered"))
    approved = forms.TypedChoiceField(
        label=_("Were the accounts approved?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        coerce=lambda word: word == "yes",
    )

    def __init__(self, *args: Any, body: FinanceBody, year: int, **kwargs: Any) -> None:
        self.body, self.year = body, year
        super().__init__(*args, **kwargs)
        for purpose in SurplusPart:
            self.fields[f"part_{purpose.value}"] = PercentField(
                label=purpose.label, required=False, help_text=_("Percent of the surplus")
            )

    @property
    def parts(self) -> list[forms.BoundField]:
        """The percentages, one field a purpose."""
        return [self[f"part_{purpose.value}"] for purpose in SurplusPart]

    @property
    def percentages(self) -> dict[SurplusPart, int]:
        """What was fixed, in hundredths of a percent; purposes without a part are left out."""
        given = {purpose: self.cleaned_data.get(f"part_{purpose.value}") for purpose in SurplusPart}
        return {purpose: hundredths for purpose, hundredths in given.items() if hundredths}

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts.items() if not name.startswith("part_")} | {
            "percentages": self.percentages
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            facts = {name: cleaned[name] for name in ("held_on", "entitled", "attended")}
            with refusals_on(self):
                check_percentages(self.percentages)
                if not (meeting := meeting_of(self.body, self.year)) or meeting.pk != cleaned.get("key"):
                    check_meeting(self.body, year=self.year, percentages={}, **facts)
        return cleaned


class SharingForm(CheckedForm):
    """On which open day the surplus is shared out, as the meeting fixed it."""

    day = DayField(label=_("On which day?"), not_future=True)

    def __init__(self, *args: Any, meeting: AnnualMeeting, **kwargs: Any) -> None:
        self.meeting = meeting
        kwargs["initial"] = {"day": timezone.localdate()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def ask_rules(self) -> None:
        closing = closing_of(self.meeting.body, self.meeting.year)
        check_can_share(self.meeting.body, self.meeting, closing=closing, day=self.cleaned_data["day"])

    @property
    def plan(self) -> Parted[int]:
        """How it will be parted; only of a valid form."""
        closing = closing_of(self.meeting.body, self.meeting.year)
        assert closing is not None
        return planned(self.meeting, surplus_closed(closing))

    @property
    def parts(self) -> list[tuple[str, int]]:
        """Each purpose with its rupiah."""
        return parts_in_words(self.plan.parts)

    @property
    def amount_rupiah(self) -> int:
        return self.plan.surplus_rupiah

    @property
    def sentence(self) -> str:
        """What will be recorded."""
        words = {"amount": rupiah_text(self.amount_rupiah), "year": self.meeting.year}
        return gettext("The surplus of %(year)s, %(amount)s, is shared out. No cash moves yet.") % words
