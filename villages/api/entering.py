"""What every call does alike: the door, the entries of a body, a page of a list, the answer to a conflict."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django import forms
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from rest_framework import serializers, status
from rest_framework.decorators import api_view
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.keys import as_key
from accounts.paging import PAGE_ROWS, KeysetPage, keyset_page
from periods.month import Month, PeriodRefused
from villages.api.callers import check_scope
from villages.api.problems import problem_response
from villages.api.versions import marked
from villages.api.ways import Way
from villages.doors import check_has_seat
from villages.enums import Group
from villages.holding import is_taken

JSON = "application/json"
LARGEST_PAGE = 100
# Fields that serve the pages alone: the search box, the hidden key (a body says `id`), the link of a visit.
OF_PAGES = frozenset({"q", "key", "follows"})
NESTED = (bool, dict, list, float)

FormT = TypeVar("FormT", bound=forms.Form)
RowT = TypeVar("RowT", bound=Model)


class Delivered(Protocol):
    """The row a creating call is answered with, and whether this call made it."""

    @property
    def made(self) -> bool: ...


def call(group: Group | None, **ways: Way) -> Callable[[Callable[..., Response]], Callable[..., Any]]:
    """Wrap a view so that it is called as `view(request, seat, **path)`.

    `group`: what a token must reach; None: any token will do. Each keyword is a method and its way (`ways`);
    GET brings HEAD along. Refused in this order: 405 the method, 401 nobody signed in, 429 too many calls,
    403 a token too narrow, no seat, or a role without the permission.
    """
    methods = [*ways, "HEAD"] if "GET" in ways else list(ways)

    def wrap(view: Callable[..., Response]) -> Callable[..., Any]:
        @wraps(view)
        def opened(request: Request, *args: Any, **path: Any) -> Response:
            way = ways["GET" if request.method == "HEAD" else str(request.method)]
            check_scope(request, group)
            seat = check_has_seat(getattr(request, "seat", None), way.may)
            with timezone.override(seat.zone):
                response = view(request, seat, *args, **path)
            return marked(request, response) if way.is_marked and _is_whole(response) else response

        door: Any = require_http_methods(methods)(api_view(methods)(opened))
        if any(way.media != JSON for way in ways.values()):
            door.cls.content_negotiation_class = WhateverIsAccepted
        door.cls.group, door.cls.ways, door.cls.about = group, ways, (view.__doc__ or "").strip()
        return door  # type: ignore[no-any-return]

    return wrap


class WhateverIsAccepted(BaseContentNegotiation):
    """For an address that answers a file: its problems are told as JSON to whoever asked for the file."""

    def select_parser(self, _request: Request, parsers: Iterable[Any]) -> Any:
        return next(iter(parsers))

    def select_renderer(
        self, _request: Request, renderers: Iterable[Any], _format_suffix: str | None = None
    ) -> tuple[Any, str]:
        return next((renderer, renderer.media_type) for renderer in renderers)


def _is_whole(response: Any) -> bool:
    """Whether this answers the record itself, and does not lead elsewhere."""
    return isinstance(response, Response) and response.status_code == status.HTTP_200_OK


def filled(
    request: Request,
    form_class: type[FormT],
    *,
    creates: bool = False,
    besides: Iterable[str] = (),
    stands: dict[str, Any] | None = None,
    **kwargs: Any,
) -> FormT:
    """The form of the page, filled from the body and valid: API and page refuse the same, in the same words.

    `creates`: the body carries the row's own `id`. `besides`: entries that the view reads itself. `stands`:
    what holds where the body says nothing. The entry `confirmed` holds the codes of doubts that were answered
    with yes; an entry of several choices holds their codes likewise, separated by commas. Raises
    ValidationError (400) with sentences by entry: unknown names, nested values, refused entries, and doubts;
    ParseError (400) for a body that is no object.
    """
    data: Any = request.data
    typed: dict[str, Any] = {
        name: _choices(text) if _is_several(form_class, name) else text
        for name, text in _texts(data).items()
        if name not in {*besides, "id"}
    }
    if creates:
        typed["key"] = str(as_key(data.get("id")) or "")
    form = form_class({**(stands or {}), **typed}, **kwargs)
    allowed = {*form.fields, "confirmed", *besides, *(["id"] if creates else [])} - OF_PAGES
    unknown = sorted(str(name) for name in data if name not in allowed)
    if unknown:
        raise ValidationError({name: [_("There is no entry of this name.")] for name in unknown})
    plain_entries(data)
    if creates and not typed["key"]:
        raise ValidationError({"id": [_("Send a UUID of your own as id.")]})
    if not form.is_valid() and form.errors:
        raise ValidationError(sentences_of(form))
    _check_doubts(form)
    return form


def plain_entries(data: Any) -> dict[str, str]:
    """The entries as a form would send them. Raises ParseError for what is no object,
    ValidationError for what is nested."""
    texts = _texts(data)
    nested = [str(name) for name, value in data.items() if isinstance(value, NESTED)]
    if nested:
        raise ValidationError({name: [_("Send this entry as text or as a whole number.")] for name in nested})
    return texts


def month_in(request: Request) -> Month:
    """The `month` of a body, as 2026-10. Raises ValidationError (400)."""
    try:
        return Month.from_text(plain_entries(request.data).get("month", ""))
    except PeriodRefused as refused:
        raise ValidationError({"month": [_("Send year and month, such as 2026-10.")]}) from refused


def sentences_of(form: forms.Form) -> dict[str, list[str]]:
    """Sentences by entry; those about the search box, which the API has not, belong to the person."""
    return {
        {"q": "person", "__all__": "detail"}.get(name, name): [str(sentence) for sentence in sentences]
        for name, sentences in form.errors.items()
    }


def page_of(request: Request, rows: Any, order: tuple[str, ...]) -> KeysetPage[Any]:
    """The page the address asks for: `after` is its cursor, `size` its rows."""
    return keyset_page(rows, order=order, cursor=request.query_params.get("after", ""), size=size_of(request))


def listed(
    request: Request,
    name: str,
    lines: type[serializers.Serializer[Any]],
    rows: QuerySet[Any],
    order: tuple[str, ...],
) -> Response:
    """A page of a list, drawn by its serializer."""
    page = page_of(request, rows, order)
    told = lines(page.rows, many=True, context={"request": request}).data
    return Response({name: told, "after": page.after})


def one_of(rows: QuerySet[RowT], key: UUID) -> RowT:
    """The row among those the seat may see; absent and not yours are the same 404."""
    row = rows.filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def made_before(own: QuerySet[Any], key: UUID) -> bool:
    """Whether an earlier call has made a row under this key. A key of somebody else's row is a 404."""
    if own.filter(pk=key).exists():
        return True
    if is_taken(own.model, key):
        raise Http404
    return False


def size_of(request: Request) -> int:
    """How many rows a page has: 1 to 100; 25 where the address says nothing or nonsense."""
    asked = request.query_params.get("size", "")
    size = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else PAGE_ROWS
    return min(max(size, 1), LARGEST_PAGE)


def delivered(delivery: Delivered, answer: Any) -> Response:
    """201 for a new row, 200 for one that an earlier call with the same id has made."""
    return Response(answer, status=status.HTTP_201_CREATED if delivery.made else status.HTTP_200_OK)


def both_versions(now: Any, request: Request) -> Response:
    """409: somebody saved in between; what stands in the record now, and what was sent. Nothing was saved."""
    sentence = _("Somebody else changed this record meanwhile. Nothing of yours was saved: compare both.")
    return problem_response("stale", sentence, now=now, sent=request.data)


def _texts(data: Any) -> dict[str, str]:
    """Every entry as text; nested ones as "". Raises ParseError for what is no object."""
    if not isinstance(data, dict):
        raise ParseError
    return {
        str(name): "" if value is None or isinstance(value, NESTED) else str(value)
        for name, value in data.items()
    }


def _is_several(form_class: type[forms.Form], name: str) -> bool:
    return isinstance(form_class.base_fields.get(name), forms.MultipleChoiceField)


def _choices(text: str) -> list[str]:
    """The codes of a text, each once, empty ones left out."""
    return list(dict.fromkeys(code.strip() for code in text.split(",") if code.strip()))


def _check_doubts(form: forms.Form) -> None:
    """Raise ValidationError for doubts nobody has answered yet; also those a page shows before it saves."""
    answered = str(form.data.get("confirmed", "")).split(",")
    doubts = {
        doubt.code: doubt.sentence for doubt in getattr(form, "doubts", ()) if doubt.code not in answered
    }
    if doubts:
        raise ValidationError({"confirmed": list(doubts.values()), "doubts": doubts})
