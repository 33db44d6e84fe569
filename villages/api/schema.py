"""The description of the API (OpenAPI 3.1), written from what each view declares (`ways`).

A body is described from the fields of the form that reads it, an answer from its serializer or TypedDict.
Identity numbers, dates and sums are texts here as on the pages: the form reads them.
"""

from __future__ import annotations

from typing import Any, is_typeddict

import uritemplate
from django import forms
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, resolve_type_hint
from rest_framework import serializers

from accounts.entry import DayField
from villages.api.entering import JSON, LARGEST_PAGE, OF_PAGES
from villages.api.problems import MEDIA_TYPE, PROBLEMS
from villages.api.ways import TEXT, Answer, JsonSchema, Way

EVERY_CALL = frozenset({400, 401, 403, 406, 429})
WITH_A_BODY = frozenset({415})
MEANINGS = {
    200: "It is so; for a creating call: an earlier call with this id has made it.",
    201: "Made now.",
    302: "Two records of one person were put together; the other one is told there.",
    304: "What you have (If-None-Match) is still right.",
}
TEXT_HEADER: JsonSchema = {"schema": TEXT}
HEADERS: dict[int, dict[str, JsonSchema]] = {
    302: {"Location": {"schema": TEXT, "description": "The address of the kept record."}},
    304: {"ETag": TEXT_HEADER},
    401: {"WWW-Authenticate": TEXT_HEADER},
    429: {"Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds to wait."}},
}
PAGING = {
    "after": (TEXT, "The cursor of the page before; left out for the first page."),
    "size": ({"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE}, "Rows a page; 25 if not said."),
}


class DeclaredSchema(AutoSchema):
    """One operation from its way."""

    def get_operation(
        self, path: str, path_regex: str, path_prefix: str, method: str, registry: Any
    ) -> dict[str, Any]:
        self.registry, self.path, self.path_regex = registry, path, path_regex
        self.path_prefix, self.method = path_prefix, method.upper()
        view: Any = self.view
        way: Way = view.ways[self.method]
        summary, _blank, rest = view.about.partition("\n\n")
        operation: dict[str, Any] = {
            "operationId": f"{type(view).__name__}_{'read' if self.method == 'GET' else 'write'}",
            "summary": summary.replace("\n", " "),
            "tags": [self._tag()],
            "parameters": self._asked(way),
            "security": [{"session": []}, {"token": []}],
            "responses": {str(code): self._answered(code, way) for code in sorted(self._statuses(way))},
        }
        if rest.strip():
            operation["description"] = rest.strip()
        if self.method != "GET":
            content: dict[str, Any] = {"schema": body_schema(way)}
            if way.example:
                content["example"] = dict(way.example)
            operation["requestBody"] = {"required": True, "content": {JSON: content}}
        return operation

    def _tag(self) -> str:
        return self.path.removeprefix("/api/v1/").split("/")[0] or "start"

    def _asked(self, way: Way) -> list[dict[str, Any]]:
        """Parameters of the path, the query and the headers."""
        path = self._resolve_path_parameters(uritemplate.variables(self.path))
        query = {name: (schema, "") for name, schema in way.query.items()} | (PAGING if way.rows else {})
        headers = [("If-None-Match", way.is_marked), ("If-Match", 412 in way.statuses)]
        return [
            *path,
            *(_parameter(name, "query", schema, said) for name, (schema, said) in query.items()),
            *(_parameter(name, "header", TEXT, "The ETag you saw.") for name, asked in headers if asked),
        ]

    def _statuses(self, way: Way) -> frozenset[int]:
        absent = {404} if "{" in self.path else set()
        return EVERY_CALL | way.statuses | absent | (WITH_A_BODY if self.method != "GET" else set())

    def _answered(self, status: int, way: Way) -> dict[str, Any]:
        """What one status means: a success with its body, or a problem."""
        told: dict[str, Any] = {"description": MEANINGS.get(status) or _meaning(status)}
        headers = dict(HEADERS.get(status, {}))
        if status == 200 and way.is_marked:
            headers["ETag"] = TEXT_HEADER
        if headers:
            told["headers"] = headers
        if status >= 400:
            told["content"] = {MEDIA_TYPE: {"schema": self._problem()}}
        elif status < 300:
            told["content"] = {way.media: {"schema": self._answer(way)}}
        return told

    def _answer(self, way: Way) -> JsonSchema:
        line = self._shape(way.answer)
        if not way.rows:
            return line
        listed = {way.rows: {"type": "array", "items": line, "maxItems": LARGEST_PAGE}, "after": TEXT}
        return {"type": "object", "properties": listed, "required": [*listed], "additionalProperties": False}

    def _shape(self, answer: Answer) -> JsonSchema:
        if isinstance(answer, dict):
            return answer
        if isinstance(answer, tuple):
            return {"anyOf": [self._shape(one) for one in answer]}
        if is_typeddict(answer):
            return self._named(answer.__name__, resolve_type_hint(answer))
        shape: JsonSchema = self.resolve_serializer(answer, "response").ref
        return shape

    def _problem(self) -> JsonSchema:
        return self._named("Problem", PROBLEM)

    def _named(self, name: str, schema: JsonSchema) -> JsonSchema:
        component = ResolvedComponent(name=name, type=ResolvedComponent.SCHEMA, schema=schema, object=name)
        self.registry.register_on_missing(component)
        shape: JsonSchema = component.ref
        return shape

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        """As the library does, and the empty word where the model's field may be empty: serializers that only
        read have forgotten it."""
        schema = super()._map_serializer_field(field, direction, bypass_extensions)
        if isinstance(field, serializers.ChoiceField) and isinstance(schema, dict) and "enum" in schema:
            model = getattr(getattr(field.parent, "Meta", None), "model", None)
            if model is not None and model._meta.get_field(field.source).blank:
                schema["enum"] = list(dict.fromkeys([*schema["enum"], ""]))
        return schema


def body_schema(way: Way) -> JsonSchema:
    """The body of a call: the entries of its forms, and nothing else."""
    properties: dict[str, JsonSchema] = dict(way.entries)
    required = {"id"} if way.creates else set()
    if way.creates:
        properties["id"] = {"type": "string", "format": "uuid", "description": "A UUID of your own."}
    for form in way.forms:
        for name, field in form.base_fields.items():
            if name not in OF_PAGES:
                properties.setdefault(name, _entry(field))
    if way.forms:
        properties["confirmed"] = {
            "type": "string",
            "description": "Codes of doubts answered with yes, separated by commas.",
        }
    if way.keeps:
        required = {"version"}
    elif len(way.forms) == 1:
        required |= {name for name, field in way.forms[0].base_fields.items() if field.required}
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(required & set(properties)),
        "additionalProperties": False,
    }


def _entry(field: forms.Field) -> JsonSchema:
    """One entry of a body: text, a whole number that reads as that text, or nothing."""
    schema: JsonSchema = {"type": ["string", "integer", "null"]}
    if field.required:
        schema["type"] = ["string", "integer"]
    said = str(field.label or "")
    if isinstance(field, DayField):
        said = f"{said} (17-08-2026 or 2026-08-17)".strip()
    if isinstance(field, forms.MultipleChoiceField):
        said = f"{said} (codes, separated by commas)".strip()
    if said:
        schema["description"] = said
    if isinstance(field, forms.ModelChoiceField):
        schema = schema | {"format": "uuid", "type": ["string", "null"]}
    elif choices := [str(value) for value, _label in getattr(field, "choices", []) if value != ""]:
        schema["examples"] = choices[:20]
    return schema


def _parameter(name: str, place: str, schema: JsonSchema, said: str) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "in": place, "schema": schema}
    return found | ({"description": said} if said else {})


def _meaning(status: int) -> str:
    return " / ".join(str(kind.title) for kind in PROBLEMS.values() if kind.status == status)


PROBLEM: JsonSchema = {
    "type": "object",
    "description": "RFC 9457. Programs read type, people read detail.",
    "properties": {
        "type": {"type": "string", "description": "The kind: it never changes."},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "errors": {"type": "object", "description": "Sentences by entry."},
        "doubts": {"type": "object", "description": "Sentences by code: send the codes as confirmed."},
        "now": {"type": "object", "description": "What stands in the record."},
        "sent": {"type": "object", "description": "What you sent."},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}
