"""How tests call the API: a body as JSON, an answer as status and JSON."""

from __future__ import annotations

import json
from typing import Any

from villages.api.problems import MEDIA_TYPE, PROBLEMS

API = "/api/v1/"


def send(client: Any, address: str, body: Any, **headers: str) -> tuple[int, Any]:
    answer = client.post(API + address, json.dumps(body), "application/json", headers=headers)
    return answer.status_code, told(answer)


def get(client: Any, address: str, **query: Any) -> Any:
    return told(client.get(API + address, query))


def told(answer: Any) -> Any:
    """What an answer tells. Of a problem, which must be well formed: the sentences by entry, or the rest."""
    body = answer.json()
    if answer.status_code < 400:
        return body
    kind = PROBLEMS[body.pop("type").split("/")[-2]]
    head = (answer.headers["Content-Type"], body.pop("status"), body.pop("title"))
    assert head == (MEDIA_TYPE, answer.status_code, str(kind.title))
    assert kind.status == answer.status_code
    if "errors" not in body:
        return body
    return body["errors"] | ({"doubts": body["doubts"]} if "doubts" in body else {})
