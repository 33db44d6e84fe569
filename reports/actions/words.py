"""Writes about the words of offices: causes and next steps of a year."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.roles import Level
from audit import actions as audit
from migrants.versions import ChangedMeanwhile
from reports.events import WORDS_EDITED, WORDS_WRITTEN
from reports.models import YearWords
from reports.models.words import Words
from reports.rules import check_can_write_words
from villages.access import Seat
from villages.models import District


@transaction.atomic
def write_words(*, by: Seat, year: int, district: District | None, version: int, words: Words) -> YearWords:
    """The words of that district (None: the nation) about that year are these. Returns the row.

    The ministry's words about a district stand beside the district's own, which stay. `version`: the one the
    form was opened with, 0 when nothing was written yet. The same words again change nothing. Editions made
    earlier keep what they froze. Raises `NotPermitted`; `ChangedMeanwhile` when somebody saved in between.
    Records `words.written` or `words.edited`, without the words.
    """
    check_can_write_words(by, district)
    row, _made = YearWords.objects.get_or_create(year=year, district=district, defaults={"version": 0})
    row = YearWords.objects.select_for_update(of=("self",)).select_related("district").get(pk=row.pk)
    edits = district is not None and by.level == Level.NATION
    if words == (row.printed if edits else row.words) and row.version:
        return row
    if row.version != version:
        raise ChangedMeanwhile(row)
    if edits:
        row.edited, row.edited_by, row.edited_at = words, by.user, timezone.now()
    else:
        row.words, row.written_by, row.written_at = words, by.user, timezone.now()
    row.version += 1
    row.save()
    label = f"{district or ''} {year}".strip()
    audit.record(WORDS_EDITED if edits else WORDS_WRITTEN, by=by, subject=row, subject_label=label)
    return row
