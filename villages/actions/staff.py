"""Accounts and the posts that give them rights: who may act for whom, place by place (quality.md C12)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import actions as accounts
from accounts.keys import new_key
from accounts.models import Invitation, User
from accounts.roles import Role
from accounts.rules import NameTaken
from audit.actions import record
from villages import events
from villages.access import Seat
from villages.actions.officers import assign_officer
from villages.holding import hold_person
from villages.models import District, OfficerAssignment, Posting, Province, Village
from villages.rules import (
    NotPossible,
    check_can_grant,
    check_can_manage_account,
    check_person_is_free,
    check_posting_days,
)
from villages.staff import HeldPost


@transaction.atomic
def make_staff(
    *, by: Seat, key: UUID, username: str, full_name: str, phone: str, post: HeldPost
) -> tuple[User, OfficerAssignment | Posting]:
    """A new account with its first post; a second delivery of the same key returns the first.

    Raises `NotPermitted` when the role or place is not the seat's to give; `NotPossible` when the account
    name is taken or the post does not fit. Records `account.made`, and `officer.assigned` or `posting.made`.
    """
    check_can_grant(by, role=post.role, place=post.place)
    first = User.objects.filter(pk=key, created_by=by.user).first()
    if first is not None:
        return first, _newest_post(first)
    if User.objects.filter(pk=key).exists():  # a key made up by a client
        key = new_key()
    try:
        user = accounts.make_account(by=by, key=key, username=username, full_name=full_name, phone=phone)
    except NameTaken as taken:
        raise NotPossible(_("Somebody has this account name. Choose another."), field="username") from taken
    return user, post_staff(by=by, key=new_key(), user=user, post=post)


@transaction.atomic
def post_staff(*, by: Seat, key: UUID, user: User, post: HeldPost) -> OfficerAssignment | Posting:
    """The person has the post from its first to its last day; same key: the first one.

    Raises `NotPermitted`, `NotPossible`. Records `officer.assigned` or `posting.made`.
    """
    check_can_grant(by, role=post.role, place=post.place)
    check_can_manage_account(by, user)
    if post.role == Role.OFFICER:
        assert isinstance(post.place, Village)
        return assign_officer(
            by=by, key=key, user=user, village=post.place, starts_on=post.starts_on, ends_on=post.ends_on
        )
    hold_person(user)
    first = Posting.objects.filter(pk=key, user=user).first()
    if first is not None:
        return first
    check_posting_days(starts_on=post.starts_on, ends_on=post.ends_on)
    check_person_is_free(by, user, starts_on=post.starts_on, ends_on=post.ends_on or date.max)
    posting = Posting.objects.create(
        pk=key,
        user=user,
        role=post.role,
        village=post.place if isinstance(post.place, Village) else None,
        district=post.place if isinstance(post.place, District) else None,
        province=post.place if isinstance(post.place, Province) else None,
        title=post.title,
        starts_on=post.starts_on,
        ends_on=post.ends_on,
        made_by=by.user,
    )
    record(
        events.POSTING_MADE,
        by=by,
        subject=posting,
        subject_label=user.full_name,
        village=post.place,
        changes={
            "role": (None, post.role),
            "starts_on": (None, post.starts_on),
            "ends_on": (None, post.ends_on),
        },
    )
    return posting


@transaction.atomic
def end_posting(*, by: Seat, posting: Posting, last_day: date) -> Posting:
    """The person holds the post until `last_day`, included; rights end with it by themselves.

    Raises `NotPermitted`; `NotPossible` for a day before the first or after the day it ends anyway. Records
    `posting.ended`; the same day again changes nothing.
    """
    held = (
        Posting.objects.select_for_update(of=("self",)).select_related("user", "village").get(pk=posting.pk)
    )
    check_can_manage_account(by, held.user)
    if last_day < held.starts_on:
        raise NotPossible(_("The last day cannot be before the first day."), field="last_day")
    if held.ends_on and last_day > held.ends_on:
        raise NotPossible(
            _("The post ends on %(date)s anyway. Enter that day or an earlier one.")
            % {"date": f"{held.ends_on:%d-%m-%Y}"},
            field="last_day",
        )
    if held.ends_on == last_day:
        return held
    before, held.ends_on = held.ends_on, last_day
    held.save(update_fields=["ends_on"])
    record(
        events.POSTING_ENDED,
        by=by,
        subject=held,
        subject_label=held.user.full_name,
        village=held.village or held.district or held.province,
        changes={"ends_on": (before, last_day)},
    )
    return held


@transaction.atomic
def disable_staff(*, by: Seat, user: User, reason: str) -> User:
    """The person can no longer sign in, from the next request on. Raises `NotPermitted`."""
    check_can_manage_account(by, user)
    return accounts.disable_account(by=by, user=user, reason=reason)


@transaction.atomic
def enable_staff(*, by: Seat, user: User) -> User:
    """The person can sign in again. Raises `NotPermitted`."""
    check_can_manage_account(by, user)
    return accounts.enable_account(by=by, user=user)


@transaction.atomic
def make_staff_link(*, by: Seat, user: User) -> tuple[Invitation, str]:
    """A one-time link for the person, and its token, to be shown once.

    Raises `NotPermitted`; `NotPossible` for a disabled account. Records `account.link_made`.
    """
    check_can_manage_account(by, user)
    if not user.is_active:
        raise NotPossible(_("This account is disabled. Enable it first."))
    return accounts.make_link(by=by, user=user)


@transaction.atomic
def make_ministry_admin(*, username: str, full_name: str) -> tuple[Invitation, str]:
    """From the server's command line: a ministry administrator, whom nobody can make on a page, and a link.

    An account of that name which is one already only gets a new link. Raises `NotPossible` when the name is
    somebody else's. Records `account.made` and `posting.made` by the system.
    """
    user = User.objects.filter(username=username).first()
    if user is None:
        user = accounts.make_account(by=None, key=new_key(), username=username, full_name=full_name, phone="")
        posting = Posting.objects.create(user=user, role=Role.MINISTRY_ADMIN, starts_on=timezone.localdate())
        changes = {"role": (None, Role.MINISTRY_ADMIN)}
        record(events.POSTING_MADE, by=None, subject=posting, subject_label=full_name, changes=changes)
    elif not user.postings.serving_on(timezone.localdate()).filter(role=Role.MINISTRY_ADMIN).exists():
        raise NotPossible(_("Somebody has this account name. Choose another."))
    return accounts.make_link(by=None, user=user)


def _newest_post(user: User) -> OfficerAssignment | Posting:
    assignment: OfficerAssignment | None = user.assignments.order_by("-assigned_at").first()
    posting: Posting | None = user.postings.order_by("-made_at").first()
    post = assignment or posting
    assert post is not None
    return post
