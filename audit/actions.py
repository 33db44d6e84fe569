"""Write the log. Called by every action, inside the action's own transaction."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from django.db import connection, models

from audit.events import NAME
from audit.masking import mask_text_numbers
from audit.models import Event
from audit.request_ids import current_request_id

LONGEST_VALUE = 200
SECRET_FIELDS = frozenset({"password", "token", "secret", "sealed", "csrfmiddlewaretoken"})
HIDDEN = "•••"

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class NoTransaction(RuntimeError):
    """An event was recorded outside a transaction: it could stay while the write it tells of is undone."""


class Actor(Protocol):
    """Whoever acts: a user or a seat. `seat_role`, when there is one, is the role they act in; `token`, when
    there is one, the key by which a program acts in their name (its `pk` and `name` are kept)."""

    @property
    def pk(self) -> Any: ...

    @property
    def full_name(self) -> str: ...


class Place(Protocol):
    """Anything with a Kemendagri code: a village, district or province."""

    @property
    def code(self) -> str: ...


def record(
    event: str,
    *,
    by: Actor | None,
    subject: models.Model | None = None,
    subject_label: str = "",
    village: Place | str | None = None,
    changes: Mapping[str, Sequence[Any]] | None = None,
    reason: str = "",
) -> Event:
    """Add one event to the log, to be committed or undone with the write it tells of. Returns it.

    `by`: a user, or a seat, which tells role and token too; None is the system itself. `village`: a place or
    its dotted code; a district's or province's fills only their columns. `changes`: field -> (before, after);
    never free text, which stays in its record. Whatever looks like a NIK is masked here once more, values are
    cut at 200 characters, and line ends become blanks. Raises `NoTransaction`; `ValueError` for a name that
    is not noun dot verb.
    """
    if not connection.in_atomic_block:
        raise NoTransaction(
            f"{event} was recorded outside a transaction. Use transaction.atomic around the action."
        )
    if not NAME.fullmatch(event[:60]):
        raise ValueError(f"{event!r} is not an event name.")
    actor_id, actor_name, actor_role, token_id, token_name = _actor(by)
    village_code, district_code, province_code = _place_codes(village)
    return Event.objects.create(
        name=event,
        actor_id=actor_id,
        actor_name=actor_name,
        actor_role=actor_role,
        token_id=token_id,
        token_name=token_name,
        village_code=village_code,
        district_code=district_code,
        province_code=province_code,
        subject_type="" if subject is None else subject._meta.label_lower,
        subject_id="" if subject is None else str(subject.pk),
        subject_label=_line(subject_label, 200),
        changes=_masked_changes(changes or {}),
        reason=_line(reason, 500),
        request_id=current_request_id(),
    )


class Subject(NamedTuple):
    """What one of many like events is about; `village` is a place's dotted code."""

    kind: str  # as in "migrants.person"
    key: str
    label: str
    village: str


def record_many(event: str, *, by: Actor | None, subjects: Iterable[Subject]) -> int:
    """Add one event a subject, as `record` does, in one statement. Returns how many.

    For actions that write thousands of rows at once. Raises as `record` does.
    """
    if not connection.in_atomic_block:
        raise NoTransaction(
            f"{event} was recorded outside a transaction. Use transaction.atomic around the action."
        )
    if not NAME.fullmatch(event[:60]):
        raise ValueError(f"{event!r} is not an event name.")
    actor, request_id, count = _actor(by), current_request_id(), 0
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(_COPY_EVENTS) as copy:
        for subject in subjects:
            places = _place_codes(subject.village or None)
            label = _line(subject.label, 200)
            copy.write_row([event, *actor, *places, subject.kind, subject.key, label, "{}", "", request_id])
            count += 1
    return count


_COPY_EVENTS = (
    "COPY audit_event (name, actor_id, actor_name, actor_role, token_id, token_name, village_code,"
    " district_code, province_code, subject_type, subject_id, subject_label, changes, reason, request_id)"
    " FROM STDIN"
)


def _actor(by: Actor | None) -> tuple[str, str, str, str, str]:
    """Id, name and role of whoever acts, id and name of the token; each "" where there is none."""
    if by is None:
        return "", "", "", "", ""
    token: Any = getattr(by, "token", None)
    return (
        str(by.pk),
        _line(by.full_name, 120),
        _line(str(getattr(by, "seat_role", None) or ""), 40),
        "" if token is None else str(token.pk),
        "" if token is None else _line(token.name, 60),
    )


def _place_codes(place: Place | str | None) -> tuple[str, str, str]:
    if place is None:
        return "", "", ""
    code = place if isinstance(place, str) else place.code
    parts = code.split(".")
    return code if len(parts) == 4 else "", ".".join(parts[:2]) if len(parts) >= 2 else "", parts[0]


def _masked_changes(changes: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    masked = {}
    for field, (before, after) in changes.items():
        hidden = field.lower() in SECRET_FIELDS
        masked[field] = [HIDDEN, HIDDEN] if hidden else [_value(before), _value(after)]
    return masked


def _value(value: Any) -> Any:
    """A value JSON can hold. Whole numbers stay numbers unless they are long enough to be a NIK."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 10**15:
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return _line(str(value), LONGEST_VALUE)


def _line(text: str, longest: int) -> str:
    """One line, without control characters, masked, at most `longest` characters."""
    line = mask_text_numbers(_UNPRINTABLE.sub(" ", str(text)[: longest * 10]).strip())
    return line if len(line) <= longest else line[: longest - 1] + "…"
