"""Outside input about judgements: answers to the questions about red flags, and the path."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, LineField
from migrants.enums import Procedural
from migrants.forms.warned import Doubt, WarnedForm
from migrants.red_flags import ANSWERS, Rules

LABELS = {
    "yes": pgettext_lazy("answer", "Yes"),
    "no": pgettext_lazy("answer", "No"),
    "unknown": pgettext_lazy("answer", "Does not know"),
}


class RedFlagForm(WarnedForm):
    """Every question of the rules, asked aloud, one answer each."""

    asked_on = DayField(
        label=_("On which day was it asked?"),
        not_future=True,
        error_messages={"required": _("Enter the day.")},
    )

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        self.rules = rules
        super().__init__(*args, **kwargs)
        for flag in rules.flags:
            self.fields[flag.code] = forms.ChoiceField(
                label=flag.question,
                choices=[(answer, LABELS[answer]) for answer in ANSWERS],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer.")},
            )
        self.fields["asked_on"].widget.attrs["class"] = "w8"

    @property
    def questions(self) -> list[forms.BoundField]:
        """The fields of the questions, in their order."""
        return [self[flag.code] for flag in self.rules.flags]

    @property
    def answers(self) -> dict[str, str]:
        """Code of the question -> yes, no, unknown."""
        return {flag.code: str(self.cleaned_data[flag.code]) for flag in self.rules.flags}


class AssessForm(WarnedForm):
    """By which path somebody went, and what that is known from."""

    procedural = forms.ChoiceField(
        label=_("By which path?"),
        choices=Procedural.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the path.")},
    )
    basis = LineField(
        label=_("What do you know it from?"),
        required=False,
        max_length=300,
        help_text=_("Example: has a work visa and e-PMI; saw the placement agreement."),
    )

    def __init__(self, *args: Any, proposed: Procedural, **kwargs: Any) -> None:
        self.proposed = proposed
        super().__init__(*args, **kwargs)

    def find_doubts(self) -> Iterable[Doubt]:
        chosen = self.cleaned_data["procedural"]
        if chosen == Procedural.PROCEDURAL and self.proposed != Procedural.PROCEDURAL:
            yield Doubt("facts", gettext("The record does not show all that the procedural path asks for."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        judged = cleaned.get("procedural") not in (None, "", Procedural.UNKNOWN)
        if judged and not cleaned.get("basis") and "basis" not in self.errors:
            self.add_error("basis", gettext("Write what you know it from."))
        return cleaned
