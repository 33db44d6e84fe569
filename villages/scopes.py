"""What a token may be allowed: to read or to write a group of records. Never more than its owner's role."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.roles import Permission
from villages.access import Seat
from villages.enums import Group

READ, WRITE = "read", "write"
P = Permission
_READS: dict[Group, Permission] = {
    Group.AREAS: P.SEE_VILLAGES,
    Group.PEOPLE: P.SEE_PEOPLE,
    Group.CASES: P.SEE_CASES,
    Group.PILLARS: P.SEE_PILLARS,
    Group.BOOKS: P.SEE_BODIES,
    Group.FIGURES: P.SEE_FIGURES,
    Group.RETURNS: P.SEE_RETURNS,
}
_WRITES: dict[Group, tuple[Permission, ...]] = {
    Group.PEOPLE: (P.LOG_RECORDS,),
    Group.CASES: (P.LOG_RECORDS, P.ANSWER_REFERRALS),
    Group.PILLARS: (P.LOG_RECORDS, P.PUBLISH_NOTICES),
    Group.RETURNS: (P.SEE_RETURNS,),  # the chain of the return says who makes which step
}


def scope_of(group: Group, way: str) -> str:
    """What one scope is called: "people:read"."""
    return f"{group.value}:{way}"


def scopes_for(seat: Seat) -> list[tuple[str, str]]:
    """The scopes the seat can give a token, each with its words. Empty for roles that no call serves."""
    reads = [(scope_of(group, READ), _read(group)) for group, need in _READS.items() if seat.may(need)]
    writes = [
        (scope_of(group, WRITE), _write(group))
        for group, needs in _WRITES.items()
        if any(map(seat.may, needs))
    ]
    return reads + writes


def _read(group: Group) -> str:
    return _("Read: %(group)s") % {"group": group.label}


def _write(group: Group) -> str:
    return _("Write: %(group)s") % {"group": group.label}


def words_of(scopes: list[str]) -> list[str]:
    """Scopes as a person reads them, in the order of the groups, reading first."""
    known = {scope_of(group, READ): _read(group) for group in Group}
    known |= {scope_of(group, WRITE): _write(group) for group in Group}
    return [words for scope, words in known.items() if scope in scopes]
