"""Who holds which post: assignments of officers and postings of everybody else, read as one list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import ROLES, Level, Role
from villages.models import Area, District, OfficerAssignment, Posting, Province, Village
from villages.models.areas import letters_of

PLACE_OF_LEVEL: dict[Level, type[Area]] = {
    Level.VILLAGE: Village,
    Level.DISTRICT: District,
    Level.PROVINCE: Province,
}
STEM_LENGTH = 34


@dataclass(frozen=True)
class HeldPost:
    """One post of a person, from either table. `ends_on` None: open-ended."""

    role: Role
    place: Area | None
    starts_on: date
    ends_on: date | None
    title: str = ""
    posting: Posting | None = None
    assignment: OfficerAssignment | None = None

    @property
    def role_label(self) -> str | Promise:
        return ROLES[self.role].label

    def is_on(self, day: date) -> bool:
        return self.starts_on <= day and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on < day


def with_posts(users: QuerySet[User]) -> QuerySet[User]:
    """The same accounts with their posts at hand and `lower_name` to sort by. 2 further queries, however many
    rows."""
    assignments = OfficerAssignment.objects.select_related("village__subdistrict", "village__district")
    postings = Posting.objects.select_related(
        "village__subdistrict", "village__district", "district__province", "province"
    )
    return users.annotate(lower_name=Lower("full_name")).prefetch_related(
        Prefetch("assignments", assignments.order_by("-starts_on")),
        Prefetch("postings", postings.order_by("-starts_on")),
    )


def posts_of(user: User) -> list[HeldPost]:
    """All posts of the person, the newest first. 2 queries unless `with_posts` fetched them."""
    assignments = [
        HeldPost(Role.OFFICER, row.village, row.starts_on, row.ends_on, assignment=row)
        for row in user.assignments.all()
    ]
    postings = [
        HeldPost(
            Role(row.role),
            row.village or row.district or row.province,
            row.starts_on,
            row.ends_on,
            row.title,
            posting=row,
        )
        for row in user.postings.all()
    ]
    return sorted([*assignments, *postings], key=lambda post: post.starts_on, reverse=True)


def post_that_counts(user: User, *, on: date) -> HeldPost | None:
    """What the person is on that day; else the next post; else the last one; None when there was none."""
    posts = posts_of(user)
    present = next((post for post in posts if post.is_on(on)), None)
    coming = next((post for post in reversed(posts) if not post.is_over(on)), None)
    return present or coming or (posts[0] if posts else None)


def search_staff(users: QuerySet[User], text: str) -> QuerySet[User]:
    """Accounts whose name, account name or telephone contains what was typed."""
    digits = "".join(letter for letter in text if letter.isascii() and letter.isdigit())
    found = Q(full_name__icontains=text) | Q(username__icontains=text)
    if len(digits) >= 4:
        found |= Q(phone__contains=digits.removeprefix("0"))
    return users.filter(found)


def propose_username(full_name: str) -> str:
    """A free account name from the first and last word of the name. 1 query.

    "Rina Wulandari" gives rina.wulandari, or rina.wulandari2 when that is taken.
    """
    words = ["".join(c for c in word.lower() if c.isascii() and c.isalnum()) for word in full_name.split()]
    ends = dict.fromkeys(word for word in (words[:1] + words[-1:]) if word)
    stem = ".".join(ends)[:STEM_LENGTH].rstrip(".") or "akun"
    if len(stem) < 3:
        stem = f"{stem}.akun"
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    number = 1
    while (name := stem if number == 1 else f"{stem}{number}") in taken:
        number += 1
    return name


def is_username_taken(username: str) -> bool:
    return User.objects.filter(username=username).exists()


def find_area(kind: type[District] | type[Province], text: str) -> list[Any]:
    """Districts or provinces in force with this code, or whose name contains what was typed; an exact name
    alone. At most 5. 1 query."""
    letters = "".join(c for c in text.lower() if c.isascii() and c.isalnum())
    if not letters:
        return []
    rows: QuerySet[Any] = kind.objects.filter(valid_to__isnull=True).annotate(letters=letters_of(F("name")))
    found = list(rows.filter(Q(code=text.strip()) | Q(letters__contains=letters)).order_by("code")[:5])
    exact = [row for row in found if letters in (row.letters, row.code.replace(".", ""))]
    return exact or found


def account_state(user: User) -> tuple[str, str]:
    """Kind of tag and words: disabled, without a password yet, or in use."""
    if not user.is_active:
        return "late", _("Disabled")
    if not user.has_usable_password():
        return "warn", _("No password yet")
    return "done", _("In use")
