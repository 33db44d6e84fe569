"""Outside input about outreach sessions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField, RupiahField
from accounts.keys import as_key
from accounts.models import User
from migrants.enums import AttachmentKind
from migrants.models import Person
from migrants.queries.people import Search, read_search
from migrants.uploads import MOST_BYTES, Clean, UploadRefused, clean_upload
from pillars.actions.outreach import CHANGEABLE
from pillars.enums import OutreachTopic
from pillars.forms.heads import heads
from pillars.models import OutreachSession
from pillars.queries.outreach import MOST_LISTED, people_ticked, people_to_tick
from villages.access import Seat

LONGEST_NAME = 120
MOST_NAMES = 300


class OutreachForm(EntryForm):
    """A public information session. Counts may stay empty: then the names are ticked afterwards."""

    held_on = DayField(label=_("Date"), not_future=True)
    topic = forms.ChoiceField(label=_("Topic"), choices=OutreachTopic.choices, widget=forms.RadioSelect)
    place = LineField(label=_("Place"), help_text=_("Example: village hall"))
    officers = forms.MultipleChoiceField(
        label=_("Which officers held it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It counts for their duty record."),
    )
    women = heads(_("Women present"), most=5000, required=False)
    men = heads(_("Men present"), most=5000, required=False)
    speakers = LineField(label=_("Speakers"), required=False, max_length=200)
    partner = LineField(
        label=_("Partner"),
        required=False,
        help_text=_("Who held it with you. Example: Disnaker, BP3MI, school"),
    )
    spend_rupiah = RupiahField(label=_("Money spent"), required=False)
    note = NoteField(
        label=_("Note"), required=False, help_text=_("Do not write names of sick people or NIK here.")
    )

    def __init__(self, *args: Any, officers: Sequence[User], by_list: bool = False, **kwargs: Any) -> None:
        self.serving = {str(officer.pk): officer for officer in officers}
        super().__init__(*args, **kwargs)
        self.fields["officers"].choices = [(key, one.full_name) for key, one in self.serving.items()]
        if not self.serving:
            del self.fields["officers"]
        if by_list:  # the list says how many
            del self.fields["women"], self.fields["men"]
        else:
            self.fields["women"].help_text = _("Leave both numbers empty to tick the names afterwards.")

    @staticmethod
    def initial_of(session: OutreachSession) -> dict[str, Any]:
        """The session as the form's first entries; counts of a list are not among them."""
        counts = () if session.by_list else ("women", "men")
        return {name: getattr(session, name) for name in (*CHANGEABLE, *counts)}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["officers"] = [self.serving[key] for key in cleaned.get("officers") or ()]
        women, men = cleaned.get("women"), cleaned.get("men")
        if women == 0 and men == 0:
            self.add_error("women", _("Write how many people were present."))
        for one, other in (("women", "men"), ("men", "women")):
            if cleaned.get(one) is None and cleaned.get(other) is not None and one not in self.errors:
                self.add_error(one, _("Write 0 if there was nobody."))
        return cleaned


class NamesField(NoteField):
    """Names, one a line; empty lines are left aside."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MOST_NAMES * LONGEST_NAME, required=False, rows=3, **kwargs)

    def clean(self, value: Any) -> Any:
        names = [" ".join(line.split()) for line in str(super().clean(value) or "").split("\n")]
        names = [name for name in names if name]
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(_("Write at most 300 names."))
        if any(len(name) > LONGEST_NAME for name in names):
            raise forms.ValidationError(_("A name has at most 120 letters. Write each name on its own line."))
        return names


class AttendanceForm(EntryForm):
    """Who was there: boxes to tick, a search for those not shown, and names of those not registered."""

    q = LineField(
        label=_("Find somebody who is not below"),
        required=False,
        help_text=_("Three letters of the name. What you ticked stays ticked."),
    )
    people = forms.Field(required=False, widget=forms.SelectMultiple)
    women = NamesField(label=_("Women who are not registered"), help_text=_("One name a line."))
    men = NamesField(label=_("Men who are not registered"), help_text=_("One name a line."))

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        self.seat = seat
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs.update({"class": "input", "type": "search", "autocomplete": "off"})

    def clean_people(self) -> list[Person]:
        if len(self.keys) > 5000:
            raise forms.ValidationError(gettext("This number is too large. Check it again."))
        return self.ticked

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts.items() if name != "q"}

    @cached_property
    def keys(self) -> list[UUID]:
        """The keys of the boxes that are ticked."""
        given = self.data.getlist("people") if self.is_bound else self.initial.get("people", [])
        return [key for text in given if (key := as_key(text))]

    @cached_property
    def search(self) -> Search:
        """What the search box asks for."""
        return read_search(
            str((self.data if self.is_bound else self.initial).get("q") or ""), timezone.localdate()
        )

    @cached_property
    def ticked(self) -> list[Person]:
        """Those whose box is ticked, of the own village."""
        return people_ticked(self.seat, self.keys)

    @cached_property
    def others(self) -> list[Person]:
        """Those whose box is not ticked."""
        return people_to_tick(self.seat, self.search, [person.pk for person in self.ticked])

    @property
    def more(self) -> bool:
        """Whether there may be people who are not shown."""
        return len(self.others) == MOST_LISTED


class PhotoForm(EntryForm):
    """A photo of a session, and a few words on it."""

    file = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG or PNG, at most 5 MB. Where and when a photo was taken is not kept."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "data-shrink": ""}),
        max_length=200,
        error_messages={
            "required": _("Choose the file."),
            "invalid": _("Choose the file once more."),
            "missing": _("Choose the file once more."),
            "empty": _("The file is empty. Choose another one."),
            "max_length": _("The name of the file is too long. Give it a shorter one."),
        },
    )
    caption = LineField(
        label=_("What does it show?"),
        required=False,
        help_text=_("Show no faces of people who did not agree."),
    )

    def clean_file(self) -> Clean:
        file: Any = self.cleaned_data["file"]
        if file.size > MOST_BYTES:  # before a byte of it is read into memory
            raise forms.ValidationError(gettext("The file is larger than 5 MB. Take a smaller photo."))
        try:
            clean = clean_upload(file.read(), file.name)
        except UploadRefused as refused:
            raise forms.ValidationError(refused.sentence) from refused
        if clean.kind == AttachmentKind.PDF:
            raise forms.ValidationError(gettext("Choose a photo (JPEG or PNG)."))
        return clean
