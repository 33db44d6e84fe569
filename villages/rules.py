"""What may be written about a place: by whom, and in which state.

Each rule raises `NotPermitted` when the person may not, and `NotPossible` when the state does not allow it;
the sentence of either is what the person reads. A form asks the same rules before the action does.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import ROLES, Level, Permission, Role
from accounts.rules import NotPermitted
from villages.access import visible_staff
from villages.enums import DESIGNATED_STAGES, EndReason, OpenWork, Stage
from villages.models import Designation, OfficerAssignment, Posting, Village
from villages.models.officers import TERM_YEARS
from villages.staff import PLACE_OF_LEVEL, posts_of

if TYPE_CHECKING:
    from accounts.models import User
    from villages.access import Seat
    from villages.models import Area

ORDER = [stage.value for stage in Stage if stage != Stage.INACTIVE]
STARTS_AHEAD_DAYS = 366


class NotPossible(NotPermitted):
    """The person may, the state does not allow it. `field`: the form field it is about, or None."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


def years_later(day: date, years: int) -> date:
    """The last day of a term of so many years that begins on the day: 1 January 2024 gives 31 December
    2026."""
    try:
        return day.replace(year=day.year + years) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(day.year + years, 2, 28)


# --- the programme -----------------------------------------------------------------------------------------


def check_can_manage_programme(seat: Seat) -> None:
    """Only the ministry administrator writes designations, stages and published figures."""
    seat.check(
        Permission.MANAGE_PROGRAMME, _("Only the ministry administrator can change the programme's records.")
    )


def check_can_designate(
    village: Village, *, stage: str, cohort_year: int | None, designated_on: date | None, evidence: str
) -> None:
    """Raise NotPossible when the village is in the programme already, its code is retired, nothing says
    where this is known from, or the year does not fit: the cohort year is the year of designation, and a
    village not yet designated has none (domain.md 1.5)."""
    if village.valid_to is not None:
        raise NotPossible(_("This village code is no longer in force. Choose its successor."))
    if Designation.objects.filter(village=village, ended_on__isnull=True).exists():
        raise NotPossible(_("This village is in the programme already. Record its stage instead."))
    if not evidence:
        raise NotPossible(_("Write the decree number, or the source that names the village."), field="source")
    check_cohort(stage=stage, cohort_year=cohort_year, designated_on=designated_on)


def check_cohort(*, stage: str, cohort_year: int | None, designated_on: date | None) -> None:
    """Raise NotPossible when year, date and stage contradict each other."""
    today = timezone.localdate()
    if stage in (Stage.PROPOSED, Stage.VERIFIED) and (cohort_year or designated_on):
        field = "cohort_year" if cohort_year else "designated_on"
        raise NotPossible(
            _("A village that is not yet designated has no cohort year and no date."), field=field
        )
    if designated_on and designated_on > today:
        raise NotPossible(_("The date cannot be after today."), field="designated_on")
    if cohort_year and not 2016 <= cohort_year <= today.year:
        raise NotPossible(
            _("Write a year from 2016 to %(year)s.") % {"year": today.year}, field="cohort_year"
        )
    if designated_on and cohort_year and designated_on.year != cohort_year:
        raise NotPossible(_("The cohort year is the year of the designation date."), field="cohort_year")


def check_stage(
    designation: Designation,
    *,
    stage: str,
    reached_on: date | None,
    evidence: str,
    note: str,
    latest: date | None,
) -> None:
    """Raise NotPossible unless the step is allowed: forward on evidence; backward, inactive and back from
    inactive with a reason; never on a date before `latest`, the date of the stage before, when moving
    forward."""
    if designation.ended_on is not None:
        raise NotPossible(_("The designation of this village has ended."))
    if stage == designation.stage:
        raise NotPossible(_("The village is at this stage already."), field="stage")
    if reached_on and reached_on > timezone.localdate():
        raise NotPossible(_("The date cannot be after today."), field="reached_on")
    if needs_reason(designation.stage, stage):
        if not note:
            raise NotPossible(_("Write why: this step goes back or ends the work."), field="note")
        return
    if not evidence:
        raise NotPossible(
            _("Write the evidence: letter, minutes or decree with number and date."), field="evidence"
        )
    if reached_on and latest and reached_on < latest:
        raise NotPossible(
            _("The stage before was reached on %(date)s. Enter that day or a later one.")
            % {"date": f"{latest:%d-%m-%Y}"},
            field="reached_on",
        )


def needs_reason(before: str, after: str) -> bool:
    """Whether a step needs a reason instead of evidence: going back, becoming inactive, coming back from
    it."""
    if Stage.INACTIVE in (before, after):
        return True
    return ORDER.index(after) < ORDER.index(before)


def check_can_end_designation(designation: Designation, *, ended_on: date, reason: str) -> None:
    """Raise NotPossible for a day in the future or before the designation, without a reason, or while
    officers still serve after that day."""
    if ended_on > timezone.localdate():
        raise NotPossible(_("The date cannot be after today."), field="ended_on")
    if designation.designated_on and ended_on < designation.designated_on:
        raise NotPossible(_("The last day cannot be before the first day."), field="ended_on")
    if not reason:
        raise NotPossible(_("Write the reason."), field="reason")
    if OfficerAssignment.objects.filter(village=designation.village_id, ends_on__gt=ended_on).exists():
        raise NotPossible(_("Officers still serve after that day. End their assignments first."))


# --- officers ----------------------------------------------------------------------------------------------


def check_can_manage_officers(seat: Seat, village: Village) -> None:
    """The district coordinator in the own district, by a token for a part of it in that part; the ministry
    administrator everywhere."""
    seat.check(
        Permission.MANAGE_OFFICERS,
        _("Only the district coordinator or the ministry can assign and end officers."),
    )
    if seat.place_code and not f"{village.code}.".startswith(f"{seat.place_code}."):
        raise NotPermitted(_("This village is in another district."))


def may_manage_officers(seat: Seat, village: Village) -> bool:
    """Whether to offer assigning and ending: the boolean twin of `check_can_manage_officers` for pages."""
    try:
        check_can_manage_officers(seat, village)
    except NotPermitted:
        return False
    return True


def check_term(village: Village, *, starts_on: date, ends_on: date) -> None:
    """Raise NotPossible unless the village is designated by then and the term is 1 day to three years."""
    designation = Designation.objects.filter(village=village, ended_on__isnull=True).first()
    if designation is None or designation.stage not in DESIGNATED_STAGES:
        raise NotPossible(_("This village is not designated. Officers serve in designated villages only."))
    before = designation.designated_on and starts_on < designation.designated_on
    if before or (designation.cohort_year and starts_on.year < designation.cohort_year):
        since = designation.designated_on
        raise NotPossible(
            _("Designation of the village: %(when)s. Officers start then or later.")
            % {"when": f"{since:%d-%m-%Y}" if since else designation.cohort_year},
            field="starts_on",
        )
    if starts_on > timezone.localdate() + timedelta(days=STARTS_AHEAD_DAYS):
        raise NotPossible(_("The first day can be at most one year ahead."), field="starts_on")
    if ends_on < starts_on:
        raise NotPossible(_("The last day cannot be before the first day."), field="ends_on")
    if ends_on > years_later(starts_on, TERM_YEARS):
        raise NotPossible(
            _("One assignment lasts at most three years: to %(date)s.")
            % {"date": f"{years_later(starts_on, TERM_YEARS):%d-%m-%Y}"},
            field="ends_on",
        )


def check_person_is_free(seat: Seat, user: User, *, starts_on: date, ends_on: date) -> None:
    """Raise NotPossible when the account is closed, is the seat's own (C12: nobody appoints themselves), or
    has another post on any of the days; a post outside the seat's reach is not named."""
    if user.pk == seat.user.pk:
        raise NotPossible(_("You cannot assign yourself."), field="person")
    if not user.is_active:
        raise NotPossible(_("This account is disabled. Choose another person."), field="person")
    other: OfficerAssignment | Posting | None = (
        OfficerAssignment.objects.filter(user=user, starts_on__lte=ends_on, ends_on__gte=starts_on)
        .select_related("village")
        .order_by("starts_on")
        .first()
    )
    if other is not None:
        place = str(other.village) if _reaches(seat, other.district_id) else _("another district")
        raise NotPossible(
            _("%(name)s serves in %(place)s until %(date)s. End that assignment first.")
            % {"name": user.full_name, "place": place, "date": f"{other.ends_on:%d-%m-%Y}"},
            field="person",
        )
    other = next(
        (
            posting
            for posting in Posting.objects.filter(user=user, starts_on__lte=ends_on)
            if posting.ends_on is None or posting.ends_on >= starts_on
        ),
        None,
    )
    if other is not None:
        raise NotPossible(
            _("%(name)s holds another post in these days. End that post first.") % {"name": user.full_name},
            field="person",
        )


def _reaches(seat: Seat, district_id: str | None) -> bool:
    return seat.level == Level.NATION or seat.district_id == district_id


def free_slot(village: Village, *, starts_on: date, ends_on: date, wanted: int | None = None) -> int:
    """The place, 1 or 2, that nobody holds on any of the days; `wanted` only when it is free.

    Raises NotPossible saying who holds the taken places until when.
    """
    holders: dict[int, OfficerAssignment] = {}
    for held in (
        OfficerAssignment.objects.filter(village=village, starts_on__lte=ends_on, ends_on__gte=starts_on)
        .select_related("user")
        .order_by("-starts_on")
    ):
        holders[held.slot] = held
    free = [slot for slot in (1, 2) if slot not in holders]
    if wanted in free or (wanted is None and free):
        return wanted or free[0]
    if not free:
        first, second = holders[1], holders[2]
        raise NotPossible(
            _("Both places are taken: %(first)s until %(first_day)s, %(second)s until %(second_day)s.")
            % {
                "first": first.user.full_name,
                "first_day": f"{first.ends_on:%d-%m-%Y}",
                "second": second.user.full_name,
                "second_day": f"{second.ends_on:%d-%m-%Y}",
            },
            field="slot",
        )
    held = holders[wanted or 1]
    raise NotPossible(
        _("Place %(slot)s is taken by %(name)s until %(date)s. Choose place %(free)s.")
        % {
            "slot": held.slot,
            "name": held.user.full_name,
            "date": f"{held.ends_on:%d-%m-%Y}",
            "free": free[0],
        },
        field="slot",
    )


def check_can_end_assignment(
    assignment: OfficerAssignment, *, last_day: date, reason: str, open_work: str, note: str
) -> None:
    """Raise NotPossible unless the last day lies within the assignment, the reason is said, and whoever is to
    take over the open work exists."""
    if last_day < assignment.starts_on:
        raise NotPossible(_("The last day cannot be before the first day."), field="last_day")
    if last_day > assignment.ends_on:
        raise NotPossible(
            _("The assignment ends on %(date)s anyway. Enter that day or an earlier one.")
            % {"date": f"{assignment.ends_on:%d-%m-%Y}"},
            field="last_day",
        )
    if reason == EndReason.OTHER and not note:
        raise NotPossible(_("Write the reason."), field="note")
    if reason == EndReason.TERM_OVER and last_day != assignment.ends_on:
        raise NotPossible(
            _("The term ends on %(date)s. For an earlier day choose another reason.")
            % {"date": f"{assignment.ends_on:%d-%m-%Y}"},
            field="reason",
        )
    if open_work == OpenWork.COLLEAGUE:
        colleague = OfficerAssignment.objects.filter(
            village=assignment.village_id, starts_on__lte=last_day, ends_on__gt=last_day
        ).exclude(pk=assignment.pk)
        if not colleague.exists():
            raise NotPossible(
                _("No other officer serves here after that day. Choose who else takes over."),
                field="open_work",
            )


# --- accounts ----------------------------------------------------------------------------------------------


def check_can_grant(seat: Seat, *, role: Role, place: Area | None) -> None:
    """Raise NotPermitted unless the seat hands out this role at this place: nobody gives a role as high as
    the own, or outside the own district (C12). Raise NotPossible when the place is of the wrong kind."""
    seat.check(Permission.MANAGE_ACCOUNTS, _("You cannot make accounts."))
    if role not in ROLES[seat.role].grants:
        raise NotPermitted(_("You cannot give this role."))
    kind = PLACE_OF_LEVEL.get(ROLES[role].level)
    if not isinstance(place, kind or type(None)):
        raise NotPossible(_("This role needs another kind of place."), field="place")
    if seat.level == Level.DISTRICT and getattr(place, "district_id", None) != seat.district_id:
        raise NotPermitted(_("This place is outside your district."))


def check_can_manage_account(seat: Seat, user: User) -> None:
    """Raise NotPermitted for the own account, one the seat does not look after, and one whose role the seat
    does not hand out. An account without a post today is judged by the posts to come, else by the last."""
    seat.check(Permission.MANAGE_ACCOUNTS, _("You cannot change accounts."))
    if user.pk == seat.user.pk:
        raise NotPermitted(_("You cannot change your own account here."))
    if not visible_staff(seat).filter(pk=user.pk).exists():
        raise NotPermitted(_("This account is outside your district."))
    today = timezone.localdate()
    posts = posts_of(user)
    counting = [post for post in posts if not post.is_over(today)] or posts[:1]
    if any(post.role not in ROLES[seat.role].grants for post in counting):
        raise NotPermitted(_("This account is at or above your own level. You can only look at it."))


def may_manage_account(seat: Seat, user: User) -> bool:
    """Whether `check_can_manage_account` lets the seat through; for showing buttons."""
    try:
        check_can_manage_account(seat, user)
    except NotPermitted:
        return False
    return True


def check_posting_days(*, starts_on: date, ends_on: date | None) -> None:
    """Raise NotPossible for a first day more than a year ahead, or a last day before the first."""
    if starts_on > timezone.localdate() + timedelta(days=STARTS_AHEAD_DAYS):
        raise NotPossible(_("The first day can be at most one year ahead."), field="starts_on")
    if ends_on and ends_on < starts_on:
        raise NotPossible(_("The last day cannot be before the first day."), field="ends_on")
