"""Who it is about: a person picked before, one found through the search box of the same form, or a name."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import LineField
from accounts.keys import as_key
from migrants.forms.warned import WarnedForm
from migrants.models import Person
from migrants.queries.people import (
    Search,
    SearchKind,
    order_of,
    people_found,
    person_of_village,
    read_search,
)
from villages.access import Seat

FOUND_AT_MOST = 8


class WhoForm(WarnedForm):
    """`person` names the one picked; `q` is the search box; `free_name` is the field for a name that is not
    registered. All three may stay empty: somebody may not want to be named."""

    free_name: ClassVar[str] = ""

    person = forms.CharField(required=False, max_length=40, widget=forms.TextInput)
    q = LineField(
        label=_("Find a person"),
        required=False,
        help_text=_("Three letters of the name, the last four digits of the NIK, or the phone number."),
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        self.seat = seat
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs.update(
            {"class": "input", "type": "search", "autocomplete": "off", "spellcheck": "false"}
        )

    def clean_person(self) -> Person | None:
        if not self.cleaned_data.get("person"):
            return None
        person = self.picked
        if person is None:
            self.add_error("q", gettext("This person was not found. Search again."))
        return person

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = bool(cleaned.get(self.free_name))
        if cleaned.get("person") and named:
            self.add_error(
                self.free_name, gettext("Leave this empty: a person was chosen above. Or choose nobody.")
            )
        elif cleaned.get("q") and not cleaned.get("person") and not named and "q" not in self.errors:
            self.add_error("q", gettext("Choose somebody from the list, or write the name further down."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in super().facts.items() if name != "q"}

    @cached_property
    def picked(self) -> Person | None:
        """Whom the page shows as chosen."""
        typed = self._typed("person")
        if isinstance(typed, Person):
            return typed
        key = as_key(typed)
        return person_of_village(self.seat, key) if key else None

    @cached_property
    def search(self) -> Search:
        """What the search box asks for; nothing while somebody is picked."""
        if self.picked is not None:
            return Search(SearchKind.NOTHING)
        return read_search(str(self._typed("q") or ""), timezone.localdate())

    @cached_property
    def found(self) -> list[Person]:
        """The first people that fit, the nearest names first; one more says that there are others."""
        rows = people_found(self.seat, self.search).order_by(*order_of(self.search))
        return list(rows[: FOUND_AT_MOST + 1])

    @property
    def shown(self) -> list[Person]:
        """The people to choose from."""
        return self.found[:FOUND_AT_MOST]

    @property
    def more_found(self) -> bool:
        """Whether the search fits more people than are shown."""
        return len(self.found) > FOUND_AT_MOST

    @property
    def too_short(self) -> bool:
        """Whether the search box holds too little to look for."""
        return self.search.kind == SearchKind.TOO_SHORT

    @property
    def searched(self) -> bool:
        """Whether the page has to show results, even none."""
        return self.search.kind not in (SearchKind.NOTHING, SearchKind.TOO_SHORT)

    def _typed(self, name: str) -> Any:
        if self.is_bound:
            return self.data.get(name)
        return self.initial.get(name)
