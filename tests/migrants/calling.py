"""How tests call the API: a body as JSON, an answer as status and JSON."""

from __future__ import annotations

import json
from typing import Any

API = "/api/v1/"


def send(client: Any, address: str, body: Any) -> tuple[int, Any]:
    answer = client.post(API + address, json.dumps(body), "application/json")
    return answer.status_code, answer.json()


def get(client: Any, address: str, **query: Any) -> Any:
    return client.get(API + address, query).json()
