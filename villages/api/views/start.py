"""Where a program begins: the lists it may read, the description of every call, and what problems mean."""

from functools import lru_cache

from django.http import Http404
from django.shortcuts import render
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from rest_framework.response import Response
from rest_framework.reverse import reverse

from villages.api.entering import call
from villages.api.lists import LISTS
from villages.api.problems import ADDRESS, PROBLEMS
from villages.api.ways import TEXT, told
from villages.doors import page

ADDRESSES = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}
KIND = {
    "type": "object",
    "properties": {"type": TEXT, "title": TEXT, "status": {"type": "integer"}},
    "required": ["type", "title", "status"],
    "additionalProperties": False,
}


@call(None, GET=told(ADDRESSES, None))
def root(request, seat):
    """The lists you may read."""
    return Response(
        {
            label: reverse(name, request=request)
            for label, (name, permission) in LISTS.items()
            if seat.may(permission)
        }
    )


@call(None, GET=told(KIND, None))
def problem_detail(_request, _seat, code):
    """What a kind of problem is called, and the status it comes with."""
    if code not in PROBLEMS:
        raise Http404
    kind = PROBLEMS[code]
    return Response({"type": f"{ADDRESS}{code}/", "title": str(kind.title), "status": kind.status})


@call(None, GET=told({"type": "object"}, None))
def description(_request, _seat):
    """This description (OpenAPI 3.1), made from the code that answers."""
    return Response(described())


@lru_cache(maxsize=1)
def described():
    """The description, in the language of the source: whoever writes a program reads the code's own words."""
    with translation.override("en"):
        return SchemaGenerator().get_schema(public=True)


@page("GET")
def reading(request, _seat):
    """The same, to read and to try."""
    return render(request, "villages/api_reading.html")
