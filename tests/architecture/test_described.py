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
# Everybody is fuzzed. Whoever writes most meets every boundary of the description besides, in two halves.
WRITES_MOST = "rina"
OTHERS = ("hendro", "kades", "maya", "wati", "joko", "lina", "ratna", "arif", "sys", "audi", "anonymous")
FUZZED = 4  # bodies and queries made up for each call, the same in every run
REFUSED = {401, 403, 404}
LONGEST = 1800  # seconds; a fault of the test itself. Alone on two cores all of it needs about two minutes


@pytest.fixture
def world(transactional_db):
    with time_machine.travel(NOW, tick=False):
        return build(build_cast())


def operations(world):
    """The description, whose addresses name the things of the world, and each of its calls with its cells of
    the permission matrix: (path, method, cells)."""
    description, calls = json.loads(json.dumps(described(), default=str)), []
    for route in ROUTES:
        args = route.args(world)
        address = reverse(route.name, args=args)
        if not address.startswith("/api/v1/"):
            continue
        path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", resolve(address).route)
        for method, operation in description["paths"].get(path, {}).items():
            calls.append((path, method, {"get": route.get, "post": route.post}[method]))
            known = [one for one in operation["parameters"] if one["in"] == "path"]
            for parameter, value in zip(known, args, strict=True):
                parameter["example"] = value if isinstance(value, int) else str(value)
    return description, calls


def part(description, calls):
    """The description of these calls alone."""
    paths = {}
    for path, method, _cells in calls:
        paths.setdefault(path, {})[method] = description["paths"][path][method]
    return description | {"paths": paths}


def shares(description, calls):
    """Who calls what, the longest first: what the role may do, and its share of what it may not, since the
    matrix asks every role for everything. Rows of (person, phases, description)."""
    paths = sorted(description["paths"])
    for half in (paths[::2], paths[1::2]):  # whole addresses: a method that is left out counts as refused
        yield WRITES_MOST, "examples,coverage,fuzzing", part(description, [c for c in calls if c[0] in half])
    for number, person in enumerate(OTHERS):
        own = [call for call in calls if call[2].expected(person) not in REFUSED]
        refused = [call for call in calls if call[2].expected(person) in REFUSED]
        yield person, "examples,fuzzing", part(description, own + refused[number :: len(OTHERS)])


def call_as(person: str, phases: str, file: Path, address: str, key: str) -> tuple[str, int, str]:
    """What schemathesis says of this person's calls. It waits for a busy machine as long as it takes."""
    words = [
        *(sys.executable, "-m", "schemathesis.cli", "run", str(file), "--url", address),
        *("--checks", ",".join(CHECKS), "--no-color", "--generation-deterministic", "--no-shrink"),
        *("--phases", phases, "--max-examples", str(FUZZED), "--continue-on-failure", "--warnings", "off"),
        *("--generation-with-security-parameters", "false"),
        *("--request-timeout", "300", "--suppress-health-check", "all", "--max-redirects", "0"),
        *(["-H", f"Authorization: Bearer {key}"] if key else []),
    ]
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=LONGEST, cwd=file.parent, check=False
    )
    return f"{person} {file.name}", done.returncode, done.stdout[-6000:] + done.stderr[-2000:]


def test_no_role_meets_a_fault_or_an_answer_that_is_not_described(world, monkeypatch, tmp_path):
    monkeypatch.setenv("DESMIGRATIF_API_TOKEN_CALLS", "1000000")
    every = [scope_of(group, way) for group in Group for way in (READ, WRITE)]
    keys = {"anonymous": ""}
    for person in (WRITES_MOST, *OTHERS[:-1]):
        keys[person] = f"dmg_{person}"
        scopes = [scope for scope, _words in scopes_for(world.cast.seat(person))] or every
        ApiTokenFactory(owner=world.cast.user(person), secret=keys[person], scopes=scopes)
    runs = []
    for number, (person, phases, description) in enumerate(shares(*operations(world))):
        file = tmp_path / f"{number}-{person}.json"
        file.write_text(json.dumps(description))
        runs.append((person, phases, file))
    with served("described") as site, ThreadPoolExecutor(max_workers=2) as two:
        found = list(two.map(lambda run: call_as(*run, site.address, keys[run[0]]), runs))
    wrong = {run: said for run, code, said in found if code}
    assert wrong == {}, "\n\n".join(f"=== {run}\n{said}" for run, said in wrong.items())
