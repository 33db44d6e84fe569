"""How the making of an edition moves: one table for the worker, the actions and the pages. Whose step a state
waits for stands in `OWNERS`."""

from __future__ import annotations

from enum import StrEnum

from reports.enums import EditionStatus

S = EditionStatus


class Way(StrEnum):
    """What is done with an edition."""

    CLAIM = "claim"  # a worker begins, or takes over from one that fell silent
    GIVE_BACK = "give_back"  # what stopped it may pass by itself
    PUBLISH = "publish"
    FAIL = "fail"
    CANCEL = "cancel"
    TAKE_UP = "take_up"  # asked for once more, under the same number


class Owner(StrEnum):
    """Who holds the ball."""

    WORKER = "worker"
    WHO_ASKED = "who asked"
    NOBODY = "nobody"


MOVES: dict[Way, dict[EditionStatus, EditionStatus]] = {
    Way.CLAIM: {S.QUEUED: S.RUNNING, S.RUNNING: S.RUNNING},
    Way.GIVE_BACK: {S.RUNNING: S.QUEUED},
    Way.PUBLISH: {S.RUNNING: S.DONE},
    Way.FAIL: {S.QUEUED: S.FAILED, S.RUNNING: S.FAILED},
    Way.CANCEL: {S.QUEUED: S.CANCELLED, S.RUNNING: S.CANCELLED},
    Way.TAKE_UP: {S.FAILED: S.QUEUED, S.CANCELLED: S.QUEUED},
}

OWNERS: dict[EditionStatus, Owner] = {
    S.QUEUED: Owner.WORKER,
    S.RUNNING: Owner.WORKER,
    S.DONE: Owner.NOBODY,
    S.FAILED: Owner.WHO_ASKED,
    S.CANCELLED: Owner.WHO_ASKED,
}


def may_go(status: str, way: Way) -> bool:
    """Whether an edition in that state can go that way."""
    return EditionStatus(status) in MOVES[way]


def after(status: str, way: Way) -> EditionStatus:
    """The state the way leads to. Raises `KeyError` where the table has no such step."""
    return MOVES[way][EditionStatus(status)]
