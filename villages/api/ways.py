"""What each method of an address asks, takes and answers. Said once, beside the view; from here the door
opens or refuses (`entering.call`) and the description for programs is written (`schema`), so they agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms

from accounts.roles import Permission

# How an answer looks: a serializer, a TypedDict, a piece of JSON schema. A tuple: it is one of these.
Answer = Any
JsonSchema = dict[str, Any]
TEXT: JsonSchema = {"type": "string"}
DAY: JsonSchema = {"type": "string", "format": "date"}
KEY: JsonSchema = {"type": "string", "format": "uuid"}


@dataclass(frozen=True)
class Way:
    """One method of one address.

    `may`: the permission it needs; None: any seat. `rows`: the name of the list it answers, "" for one thing.
    `query`: further parameters of the address, each with its JSON schema. `forms`: what reads the body;
    `entries`: what the view reads besides, each with its JSON schema; `example`: such a body. `creates`: the
    body brings the row's `id`; `keeps`: what it leaves out stays. `is_marked`: the answer carries an ETag.
    `statuses`: which answers are possible beyond those every call has. `media`: of the answer.
    """

    may: Permission | None
    answer: Answer
    rows: str = ""
    query: Mapping[str, JsonSchema] = field(default_factory=dict)
    forms: tuple[type[forms.Form], ...] = ()
    entries: Mapping[str, JsonSchema] = field(default_factory=dict)
    example: Mapping[str, Any] = field(default_factory=dict)
    creates: bool = False
    keeps: bool = False
    is_marked: bool = False
    media: str = "application/json"
    statuses: frozenset[int] = frozenset({200})


def rows(name: str, line: Answer, may: Permission | None, **query: JsonSchema) -> Way:
    """GET: a list by pages, `{name: [line, ...], "after": cursor}`."""
    return Way(may, line, rows=name, query=query)


def one(answer: Answer, may: Permission | None, *also: int) -> Way:
    """GET: one record, with its mark (ETag). `also`: further statuses."""
    return Way(may, answer, is_marked=True, statuses=frozenset({200, 304, *also}))


def told(answer: Answer, may: Permission | None, *also: int, **query: JsonSchema) -> Way:
    """GET: something that is no record, such as figures. `also`: further statuses."""
    return Way(may, answer, query=query, statuses=frozenset({200, *also}))


def document(media: str, may: Permission | None) -> Way:
    """GET: a file, whatever the caller says it accepts."""
    return Way(may, {"type": "string", "format": "binary"}, media=media)


def creates(
    form: type[forms.Form],
    answer: Answer,
    may: Permission,
    *also: int,
    example: Mapping[str, Any] | None = None,
    entries: Mapping[str, JsonSchema] | None = None,
) -> Way:
    """POST of a new row under the caller's own `id`: 201, and 200 for the same call again. `also`: further
    statuses."""
    return Way(
        may,
        answer,
        forms=(form,),
        entries=entries or {},
        example=example or {},
        creates=True,
        statuses=frozenset({200, 201, 404, 409, *also}),
    )


def changes(
    *form: type[forms.Form],
    answer: Answer,
    may: Permission,
    entries: Mapping[str, JsonSchema] | None = None,
    example: Mapping[str, Any] | None = None,
) -> Way:
    """POST of a change to one record: 409 when it does not fit, 412 when If-Match names an older one."""
    statuses = frozenset({200, 404, 409, 412})
    return Way(may, answer, forms=form, entries=entries or {}, example=example or {}, statuses=statuses)


def amends(form: type[forms.Form], **facts: Any) -> Way:
    """POST of changed facts of one record, as `changes`; what the body leaves out stays."""
    return replace(changes(form, **facts), keeps=True)
