"""Forms that may ask back: a warning never refuses, it wants one more press.

The page comes back once with the warning and a box "yes, this is right" whose value names the warnings it
answers; a new warning that appears meanwhile is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from accounts.entry import EntryForm


@dataclass(frozen=True)
class Doubt:
    """One thing that is possible but unusual: a short code, and the sentence to show."""

    code: str
    sentence: str


class WarnedForm(EntryForm):
    """An entry form whose `find_doubts` may ask back. `doubts`: all that were found, confirmed or not."""

    # False where another page shows the doubts before anything is saved.
    asks_back = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.doubts: list[Doubt] = []
        super().__init__(*args, **kwargs)

    def find_doubts(self) -> Iterable[Doubt]:
        """Doubts about clean entries; asked only when nothing is wrong."""
        return ()

    def full_clean(self) -> None:
        super().full_clean()
        self.doubts = list(self.find_doubts()) if self.is_bound and not self._errors else []

    @property
    def confirmed(self) -> frozenset[str]:
        """Codes of the doubts the person has already answered with yes."""
        return frozenset(str(self.data.get("confirmed", "")).split(","))

    @property
    def open_doubts(self) -> list[Doubt]:
        """Doubts that still want an answer."""
        if not self.asks_back or not self.is_bound or self.errors:
            return []
        return [doubt for doubt in self.doubts if doubt.code not in self.confirmed]

    @property
    def all_doubts_seen(self) -> bool:
        """Whether every doubt there is now was answered with yes."""
        return all(doubt.code in self.confirmed for doubt in self.doubts)

    @property
    def doubt_codes(self) -> str:
        """The value of the box that answers all doubts shown."""
        return ",".join(doubt.code for doubt in self.doubts)

    def is_valid(self) -> bool:
        return super().is_valid() and not self.open_doubts


def as_typed(request: HttpRequest, **changes: Any) -> dict[str, Any]:
    """What was posted, as `initial` for the same form: everything typed stays, nothing is judged yet."""
    return {**request.POST.dict(), **changes}


def only_errors_of(form: forms.Form, *names: str) -> None:
    """Forget the errors of all other fields: only these were asked about."""
    for name in [name for name in form.errors if name not in names]:
        del form.errors[name]
