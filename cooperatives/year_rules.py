"""When a book year may be closed, what an annual meeting may be, and when its surplus may be shared out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cooperatives.enums import SurplusPart
from cooperatives.models import AnnualMeeting, FinanceBody, JournalEntry
from cooperatives.queries.years import closing_of, lines_of_results, meeting_of, sharing_of, surplus_closed
from cooperatives.rules import check_day_is_open, last_closed_month
from periods import Month
from periods.percent import WHOLE, percent_text
from villages.rules import NotPossible


def year_is_closed(body: FinanceBody, year: int) -> bool:
    """Whether every month of the year is closed: nothing enters it any more. 1 query."""
    last = last_closed_month(body)
    return last is not None and last >= Month(year, 12)


def check_can_close_year(body: FinanceBody, *, year: int, day: date) -> None:
    """Raise NotPossible unless December is closed, this year was not closed yet but those before it were, and
    it has a result; `day` is an open one after the year."""
    if not year_is_closed(body, year):
        raise NotPossible(_("Close December %(year)s first, then the year.") % {"year": year})
    if closing_of(body, year) is not None:
        raise NotPossible(_("The year %(year)s was closed already.") % {"year": year})
    if day.year <= year:
        raise NotPossible(_("Choose a day after the year %(year)s.") % {"year": year}, field="day")
    if lines_of_results(body, date(year - 1, 12, 31)):
        raise NotPossible(_("Close the year before %(year)s first.") % {"year": year})
    if not lines_of_results(body, date(year, 12, 31)):
        raise NotPossible(_("The year %(year)s has no income and no costs to close.") % {"year": year})
    check_day_is_open(body, day)


def check_percentages(percentages: Mapping[SurplusPart, int]) -> None:
    """Raise NotPossible unless there are none, or they make 100 to the hundredth."""
    made = sum(percentages.values())
    if made not in (0, WHOLE):
        raise NotPossible(
            _("The percentages make %(made)s. They must make 100.") % {"made": percent_text(made)},
            field=f"part_{next(iter(percentages))}",
        )


def check_meeting(
    body: FinanceBody,
    *,
    year: int,
    percentages: Mapping[SurplusPart, int],
    held_on: date,
    entitled: int,
    attended: int,
    **_facts: Any,
) -> None:
    """Raise NotPossible for a meeting before the year's end or in the future, a second one about the year,
    more members who came than there are, and percentages that do not make 100."""
    if held_on.year <= year:
        raise NotPossible(
            _("The meeting comes after the book year %(year)s.") % {"year": year}, field="held_on"
        )
    if held_on > timezone.localdate():
        raise NotPossible(_("The date cannot be after today."), field="held_on")
    if held_on < body.founded_on or year < body.founded_on.year:
        raise NotPossible(_("The body did not exist then."), field="held_on")
    if meeting_of(body, year) is not None:
        raise NotPossible(_("The meeting about %(year)s is on record already.") % {"year": year})
    if entitled < 1:
        raise NotPossible(_("Enter how many members may vote."), field="entitled")
    if attended > entitled:
        raise NotPossible(_("More came than may vote. Check both numbers."), field="attended")
    check_percentages(percentages)


def check_can_share(
    body: FinanceBody, meeting: AnnualMeeting, *, closing: JournalEntry | None, day: date
) -> None:
    """Raise NotPossible unless the year is closed with a surplus, the meeting had its quorum, approved the
    accounts and fixed percentages, and nothing was shared yet."""
    if closing is None:
        raise NotPossible(_("Close the year %(year)s first.") % {"year": meeting.year})
    if not (meeting.approved and meeting.had_quorum):
        raise NotPossible(_("The meeting lacked its quorum or did not approve the accounts."))
    if not meeting.percentages:
        raise NotPossible(_("The meeting has fixed no percentages."))
    if surplus_closed(closing) <= 0:
        raise NotPossible(_("The year %(year)s made no surplus to share.") % {"year": meeting.year})
    if sharing_of(body, meeting.year) is not None:
        raise NotPossible(_("The surplus of %(year)s was shared out already.") % {"year": meeting.year})
    if day < max(meeting.held_on, closing.day):
        raise NotPossible(_("Choose the day of the meeting or a later one."), field="day")
    check_day_is_open(body, day)
