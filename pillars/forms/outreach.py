"""Outside input of pillar 1."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from pillars.enums import OutreachTopic
from pillars.forms.heads import heads


class OutreachForm(EntryForm):
    """A public information session."""

    held_on = DayField(label=_("Date"), not_future=True)
    place = LineField(label=_("Place"), help_text=_("Example: village hall"))
    topic = forms.ChoiceField(label=_("Topic"), choices=OutreachTopic.choices, widget=forms.RadioSelect)
    women = heads(_("Women present"), most=5000)
    men = heads(_("Men present"), most=5000)
    speakers = LineField(label=_("Speakers"), required=False, max_length=200)
    note = NoteField(
        label=_("Note"), required=False, help_text=_("Do not write names of sick people or NIK here.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("women") == 0 and cleaned.get("men") == 0:
            self.add_error("women", _("Write how many people were present."))
        return cleaned
