"""Outside input about service visits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from accounts.keys import as_key
from migrants import occasions
from migrants.enums import Channel, Outcome, Sex, Topic, WithdrawReason
from migrants.forms.reasons import ReasonFields
from migrants.forms.warned import Doubt
from migrants.forms.who import WhoForm
from migrants.models import ServiceVisit
from migrants.queries.visits import designated_since, visit_to_follow
from periods import Month
from periods.month import PeriodRefused


class VisitForm(WhoForm):
    """A service given: who, what, how, with which outcome, when. Four entries are required; the date, the way
    and the service are proposed."""

    free_name = "visitor_name"

    visitor_name = LineField(label=_("Name of somebody not registered"), required=False)
    visitor_sex = forms.ChoiceField(
        label=_("Sex"), choices=Sex.choices, required=False, widget=forms.RadioSelect
    )
    topic = forms.ChoiceField(
        label=_("Which service?"),
        choices=Topic.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the service.")},
    )
    channel = forms.ChoiceField(
        label=_("In which way?"),
        choices=Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the way.")},
    )
    outcome = forms.ChoiceField(
        label=_("With which outcome?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the outcome.")},
    )
    visited_on = DayField(
        label=_("Date of the visit"),
        not_future=True,
        future_sentence=_("The date of the visit cannot be after today."),
        error_messages={"required": _("Enter the date of the visit.")},
    )
    follow_up_on = DayField(label=_("When do you follow up?"), required=False)
    minutes = forms.IntegerField(
        label=_("How many minutes did it take?"),
        required=False,
        min_value=1,
        max_value=1440,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w4"}),
        error_messages={
            "invalid": _("Write the minutes as a whole number, for example 30."),
            "min_value": _("Write at least 1 minute, or leave it empty."),
            "max_value": _("A visit has at most 1440 minutes. Check the number."),
        },
    )
    note = NoteField(
        label=_("Note"),
        required=False,
        help_text=_("Write what has to be followed up. Do not write a NIK or an illness."),
    )
    after = forms.ChoiceField(
        label=_("Did it follow from a public session?"),
        required=False,
        help_text=_("Choose the session after which this person came to you."),
    )
    follows = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choice_hints = {Topic.COMPLAINT: _("Leads on to opening a case")}
        self.fields["visited_on"].widget.attrs["class"] = "w8"
        self.fields["follow_up_on"].widget.attrs["class"] = "w8"
        offered = occasions.offered(self.seat, as_key(self._typed("after")))
        if offered:
            self.fields["after"].choices = [("", "—"), *((str(one.key), one.label) for one in offered)]
        else:
            del self.fields["after"]

    def clean_after(self) -> UUID | None:
        return as_key(self.cleaned_data.get("after"))

    def clean_follows(self) -> ServiceVisit | None:
        return visit_to_follow(self.seat, self.cleaned_data.get("follows"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        visited_on, follow_up_on = cleaned.get("visited_on"), cleaned.get("follow_up_on")
        if visited_on and follow_up_on and follow_up_on < visited_on:
            self.add_error("follow_up_on", gettext("The follow-up cannot be before the visit."))
        promised = cleaned.get("outcome") == Outcome.FOLLOW_UP
        if promised and not follow_up_on and "follow_up_on" not in self.errors:
            self.add_error("follow_up_on", gettext("Enter the date on which you follow up."))
        return cleaned

    def find_doubts(self) -> Iterable[Doubt]:
        since = designated_since(self.seat.village_id or "")
        if since and self.cleaned_data["visited_on"] < since:
            sentence = gettext(
                "The village was designated later, on %(day)s. Is the date of the visit right?"
            )
            yield Doubt("early", sentence % {"day": date_format(since, "j F Y")})


class WithdrawForm(ReasonFields, EntryForm):
    """Why a visit does not count."""

    asks = _("Why do you withdraw this visit?")
    reasons = WithdrawReason


class VisitFilter(forms.Form):
    """What a list of visits is narrowed to. Nonsense narrows nothing."""

    month = forms.CharField(label=_("Month"), required=False)
    topic = forms.ChoiceField(label=_("Service"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [Month.current(today)]
        while len(months) < 12:
            months.append(months[-1].previous())
        choices = [("", _("All months")), *((month.slug, month.label) for month in months)]
        self.fields["month"] = forms.ChoiceField(label=_("Month"), required=False, choices=choices)
        self.fields["topic"].choices = [("", _("All services")), *Topic.choices]

    @property
    def chosen_month(self) -> Month | None:
        try:
            return Month.from_text(str(self.data.get("month", "")))
        except PeriodRefused:
            return None

    @property
    def chosen_topic(self) -> str:
        topic = str(self.data.get("topic", ""))
        return topic if topic in Topic.values else ""
