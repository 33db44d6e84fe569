"""Every role calls the running API with what its description allows and forbids (schemathesis): no fault, and
no answer that is not described."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import time_machine
from django.urls import resolve, reverse

from tests.architecture.permissions import ROUTES
from tests.architecture.world import build
from tests.conftest import NOW, build_cast
from tests.factories import ApiTokenFactory
from tests.serving import served
from villages.api.views.start import described
from villages.enums import Group
from villages.scopes import READ, WRITE, scope_of, scopes_for

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "ignored_auth",
)
# Who may do most meets every boundary of the description; the others every call, and a few bodies.
WIDE = {"rina": 4}
NARROW = ("hendro", "maya", "kades", "wati", "joko", "lina", "ratna", "arif", "sys", "audi")
A_FEW = 2
SECONDS = 300  # a fault of the test itself; alone on two cores all roles need less than two minutes


@pytest.fixture
def world(transactional_db):
    with time_machine.travel(NOW, tick=False):
        return build(build_cast())


def with_examples(world):
    """The description, whose addresses name the things of the world."""
    description = json.loads(json.dumps(described(), default=str))
    for route in ROUTES:
        args = route.args(world)
        address = reverse(route.name, args=args)
        if not args or not address.startswith("/api/v1/"):
            continue
        path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", resolve(address).route)
        for operation in description["paths"].get(path, {}).values():
            known = [one for one in operation["parameters"] if one["in"] == "path"]
            for parameter, value in zip(known, args, strict=True):
                parameter["example"] = value if isinstance(value, int) else str(value)
    return description


def call_as(person: str, address: str, file: Path, key: str) -> tuple[str, int, str]:
    """What schemathesis says of this person's calls."""
    words = [
        *(sys.executable, "-m", "schemathesis.cli", "run", str(file), "--url", address),
        *("--checks", ",".join(CHECKS), "--no-color", "--generation-deterministic", "--no-shrink"),
        *("--phases", "examples,coverage,fuzzing" if person in WIDE else "examples,fuzzing"),
        *("--max-examples", str(WIDE.get(person, A_FEW)), "--continue-on-failure", "--warnings", "off"),
        *("--generation-with-security-parameters", "false"),
        *("--request-timeout", "20", "--suppress-health-check", "all", "--max-redirects", "0"),
        *(["-H", f"Authorization: Bearer {key}"] if key else []),
    ]
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=SECONDS, cwd=file.parent, check=False
    )
    return person, done.returncode, done.stdout[-6000:] + done.stderr[-2000:]


def test_no_role_meets_a_fault_or_an_answer_that_is_not_described(world, monkeypatch, tmp_path):
    monkeypatch.setenv("DESMIGRATIF_API_TOKEN_CALLS", "1000000")
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(with_examples(world)))
    every = [scope_of(group, way) for group in Group for way in (READ, WRITE)]
    keys = {"anonymous": ""}
    for person in [*WIDE, *NARROW]:
        keys[person] = f"dmg_{person}"
        scopes = [scope for scope, _words in scopes_for(world.cast.seat(person))] or every
        ApiTokenFactory(owner=world.cast.user(person), secret=keys[person], scopes=scopes)
    with served("described") as site, ThreadPoolExecutor(max_workers=2) as two:
        found = list(two.map(lambda person: call_as(person, site.address, file, keys[person]), keys))
    wrong = {person: said for person, code, said in found if code}
    assert wrong == {}, "\n\n".join(f"=== {person}\n{said}" for person, said in wrong.items())
