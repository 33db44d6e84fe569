"""The log, one page of it, each event as one line."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from audit.events import template_of
from audit.models import Event
from audit.queries import event_page, events_for
from cooperatives.queries.checking import latest_check, summary_of
from migrants.models import Case
from pillars.models import Concern

ANY_EVENT = "reports/_event.html"


@dataclass(frozen=True)
class TrailLine:
    """One event and the template that says it in one line."""

    event: Event
    template: str


@dataclass(frozen=True)
class TrailPage:
    """One page of the log. `after` is the cursor of older events, "" on the last page."""

    lines: list[TrailLine]
    after: str
    is_first: bool


def books_checked() -> dict[str, object]:
    """The latest reckoning of all books for the auditor's page, and its result in a sentence; None before the
    first. One query."""
    check = latest_check()
    return {"books": check, "books_say": summary_of(check) if check else ""}


def trail_page(form: forms.Form, *, zone: str, after: str = "") -> TrailPage:
    """The newest events that fit the form, those before the cursor; a form with mistakes shows none. Those of
    restricted cases are left out.

    Queries: 1, however deep the page lies.
    """
    if not form.is_valid():
        return TrailPage([], "", True)
    older_than = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    events = _without_restricted(events_for(zone=zone, **form.cleaned_data))
    found = event_page(events, older_than=older_than)
    lines = [TrailLine(event, _template(event.name)) for event in found.events]
    return TrailPage(lines, str(found.older_than or ""), older_than is None)


def _without_restricted(events: QuerySet[Event]) -> QuerySet[Event]:
    """The events but those about restricted cases and what may become one: whoever handles one reads its
    trail on its own page."""
    restricted = Case.objects.filter(restricted=True).values(key=Cast("pk", TextField()))
    about_concerns = Concern._meta.label_lower
    return events.exclude(subject_type="migrants.case", subject_id__in=restricted).exclude(
        subject_type=about_concerns
    )


def _template(name: str) -> str:
    try:
        get_template(template_of(name))
    except TemplateDoesNotExist:
        return ANY_EVENT
    return template_of(name)
