"""Outside input about learning centres."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.entry import DayField, EntryForm, LineField, NoteField
from pillars.forms.heads import heads


class CentreForm(EntryForm):
    """A learning centre: children are counted, never named."""

    name = LineField(label=_("Name of the centre"))
    address = LineField(label=_("Address"), max_length=200)
    opened_on = DayField(label=_("Opened on"), not_future=True)
    opening_hours = LineField(
        label=_("Opening hours"), required=False, help_text=_("Example: Monday to Friday, 15.00")
    )
    facilitators = heads(_("Facilitators"), most=200)
    girls = heads(_("Girls served"), most=2000)
    boys = heads(_("Boys served"), most=2000)
    note = NoteField(label=_("Note"), required=False, help_text=_("Do not write names of children here."))
