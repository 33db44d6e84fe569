"""Outside input about sessions with children and classes for carers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from migrants.models import Person
from pillars.enums import CarerTopic, ChildTheme
from pillars.forms.children import SEALED
from pillars.forms.heads import heads
from pillars.models import Child, ChildSession, Facilitator

MOST_CARERS = 300


class RowsField(forms.MultipleChoiceField):
    """Rows to tick; clean gives the ticked ones."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        self.rows: dict[str, Any] = {}
        self.choice_hints: dict[str, Any] = {}
        super().__init__(required=False, **kwargs)
        self.error_messages["invalid_choice"] = _("Somebody you ticked is not on this list any more.")

    def offer(self, rows: Iterable[Any], label: Any) -> None:
        """These rows may be ticked, each by what `label` makes of it."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(key, label(row)) for key, row in self.rows.items()]

    def clean(self, value: Any) -> list[Any]:
        return [self.rows[key] for key in super().clean(value)]


class ChildSessionForm(EntryForm):
    """Who led, and who of the list was there: by tapping."""

    held_on = DayField(label=_("Date"), not_future=True)
    theme = forms.ChoiceField(
        label=_("Theme"),
        choices=ChildTheme.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the theme.")},
    )
    leaders = RowsField(label=_("Who led the session?"))
    children = RowsField(label=_("Who was there?"))
    note = NoteField(label=_("Note"), required=False, rows=3, help_text=SEALED)

    def __init__(
        self, *args: Any, facilitators: Iterable[Facilitator], children: Iterable[Child], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"held_on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        facilitators = list(facilitators)
        self.fields["leaders"].offer(facilitators, lambda one: one.name)
        self.fields["leaders"].choice_hints = {
            str(one.pk): _("No signed child-safety agreement: may not lead")
            for one in facilitators
            if one.agreement_signed_on is None
        }
        self.fields["children"].offer(children, lambda child: child.pseudonym)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day = cleaned.get("held_on")
        for one in cleaned.get("leaders") or []:
            if day and not one.has_signed_by(day):
                self.add_error(
                    "leaders",
                    gettext(
                        "%(name)s had not signed the child-safety agreement by that day and may not lead."
                    )
                    % {"name": one.name},
                )
        late = [one for one in cleaned.get("children") or [] if day and one.joined_on > day]
        if late:
            self.add_error(
                "children",
                gettext("%(name)s was not on the list on that day.") % {"name": late[0].pseudonym},
            )
        if "leaders" not in self.errors and not cleaned.get("leaders"):
            self.add_error("leaders", gettext("Tick who led the session."))
        return cleaned

    @property
    def entries(self) -> dict[str, Any]:
        """What both actions take."""
        cleaned = self.cleaned_data
        return {
            "held_on": cleaned["held_on"],
            "theme": cleaned["theme"],
            "leaders": cleaned["leaders"],
            "present": cleaned["children"],
            "note": cleaned["note"],
        }

    @staticmethod
    def like(session: ChildSession) -> dict[str, Any]:
        """Theme, leaders and who was there, as they were at another session; day and note are new."""
        return {
            "theme": session.theme,
            "leaders": [str(line.facilitator_id) for line in session.leaders.all()],
            "children": [str(line.child_id) for line in session.roll.all() if line.present],
        }


class CarerSessionForm(EntryForm):
    """A class for carers: those recorded by tapping, others by number."""

    held_on = DayField(label=_("Date"), not_future=True)
    place = LineField(label=_("Place"), help_text=_("Example: village hall"))
    topic = forms.ChoiceField(
        label=_("Topic"),
        choices=CarerTopic.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the topic.")},
    )
    people = RowsField(label=_("Which registered carers were there?"))
    women = heads(_("Other women present"), most=MOST_CARERS, required=False)
    men = heads(_("Other men present"), most=MOST_CARERS, required=False)
    speakers = LineField(label=_("Speakers"), required=False, max_length=200)
    note = NoteField(label=_("Note"), required=False, help_text=_("Do not write names of children here."))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        kwargs["initial"] = {"held_on": timezone.localdate(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["people"].offer(people, lambda person: person.full_name)
        if not self.fields["people"].choices:
            del self.fields["people"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("people") or cleaned.get("women") or cleaned.get("men")):
            self.add_error("women", gettext("Write who was present, or how many."))
        return cleaned

    @property
    def entries(self) -> dict[str, Any]:
        """The keyword arguments of `log_carer_session` besides the key."""
        cleaned = self.cleaned_data
        facts = {name: cleaned[name] for name in ("held_on", "place", "topic", "speakers", "note")}
        return {
            "facts": facts,
            "people": cleaned.get("people") or [],
            "women": cleaned["women"] or 0,
            "men": cleaned["men"] or 0,
        }
