"""Outside input about the service centre and the duty of its officers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, PhoneField
from accounts.models import User
from pillars.enums import PLANNABLE, DutyKind, Equipment, Internet, PlannedDuty
from pillars.forms.heads import heads
from pillars.models import ServiceCentre

MOST_THINGS = 200


class ServiceCentreForm(EntryForm):
    """The service centre; of each kind of equipment how many there are, and how many can be used."""

    place = LineField(label=_("Place"), help_text=_("Example: village hall, front room"))
    address = LineField(label=_("Address"), required=False, max_length=200)
    opening_hours = LineField(
        label=_("Opening hours"), help_text=_("Example: Monday to Friday, 08.00 to 15.00")
    )
    phone = PhoneField(label=_("Phone"), required=False)
    internet = forms.ChoiceField(label=_("Internet"), choices=Internet.choices, widget=forms.RadioSelect)
    opened_on = DayField(label=_("Opened on"), required=False, not_future=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Equipment:
            self.fields[f"total_{kind}"] = heads(kind.label, most=MOST_THINGS, required=False)
            self.fields[f"usable_{kind}"] = heads(_("Of these usable"), most=MOST_THINGS, required=False)

    @staticmethod
    def initial_of(centre: ServiceCentre | None) -> dict[str, Any]:
        """The centre as the form's first entries; nothing before anybody described it."""
        if centre is None:
            return {}
        names = (name for name in ServiceCentreForm.base_fields if name != "key")
        found = {name: getattr(centre, name) for name in names}
        for row in centre.equipment.all():
            found |= {f"total_{row.kind}": row.total, f"usable_{row.kind}": row.usable}
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for kind in Equipment:
            total, usable = cleaned.get(f"total_{kind}"), cleaned.get(f"usable_{kind}")
            if (usable or 0) > (total or 0):
                self.add_error(f"usable_{kind}", _("There cannot be more usable ones than there are."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        said = super().facts
        facts = {name: said[name] for name in self.base_fields if name != "key"}
        counts = {kind.value: (said[f"total_{kind}"] or 0, self._usable(kind)) for kind in Equipment}
        return facts | {"equipment": counts}

    def _usable(self, kind: Equipment) -> int:
        """Nothing said of what can be used: all of it."""
        usable = self.cleaned_data[f"usable_{kind}"]
        return self.cleaned_data[f"total_{kind}"] or 0 if usable is None else usable

    @property
    def things(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The two fields of each kind of equipment."""
        return ((self[f"total_{kind}"], self[f"usable_{kind}"]) for kind in Equipment)

    @property
    def plain_fields(self) -> Iterator[BoundField]:
        """The other fields, in order."""
        return (self[name] for name in self.base_fields if name != "key")


class DutyPlanForm(EntryForm):
    """A choice for each officer and weekday."""

    def __init__(
        self, *args: Any, officers: Sequence[User], plan: Mapping[tuple[UUID, int], str], **kwargs: Any
    ) -> None:
        self.officers = list(officers)
        super().__init__(*args, **kwargs)
        for number, officer in enumerate(self.officers, start=1):
            for weekday in range(7):
                usual = PlannedDuty.OFF if weekday > 4 else PlannedDuty.DESK
                self.fields[f"officer{number}_{weekday}"] = forms.ChoiceField(
                    label=WEEKDAYS[weekday],
                    choices=PlannedDuty.choices,
                    initial=plan.get((officer.pk, weekday), usual if not plan else PlannedDuty.OFF),
                )

    @property
    def lines(self) -> Iterator[tuple[User, list[BoundField]]]:
        """Each officer with the fields of the week."""
        for number, officer in enumerate(self.officers, start=1):
            yield officer, [self[f"officer{number}_{weekday}"] for weekday in range(7)]

    @property
    def plan(self) -> dict[tuple[User, int], str]:
        """What the action takes."""
        return {
            (officer, weekday): self.cleaned_data[field.name]
            for officer, fields in self.lines
            for weekday, field in enumerate(fields)
        }


class DutyDayForm(EntryForm):
    """What an officer did on a day; of a day to come only what is known beforehand."""

    kind = forms.ChoiceField(
        label=_("What did you do on this day?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five.")},
    )

    def __init__(self, *args: Any, day: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = [kind for kind in DutyKind if day <= today or kind in PLANNABLE]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in allowed]
