"""64 threads post to one body while backends and a posting process are killed: nothing is lost, doubled or
half there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import Error, connection, connections

from accounts.keys import new_key
from cooperatives.actions.ledger import Side, post_entry
from cooperatives.models import JournalEntry, JournalLine, Member
from cooperatives.queries.checking import books_that_disagree
from tests.factories import MemberFactory
from tests.factories.ledger import books, deposit
from villages.rules import NotPossible

PROJECT = Path(__file__).resolve().parents[2]
THREADS, POSTS_A_THREAD, POSTS_OF_THE_PROCESS = 64, 1, 40
DAY = date(2026, 11, 2)
EACH = 1_000_000
INVARIANT = "SELECT sum(balance) FROM cooperatives_memberbalance"

# A web worker in small: it posts the keys it is told, and says so after each commit.
WORKER = """
import sys, django
django.setup()
from datetime import date
from uuid import UUID
from accounts.models import User
from cooperatives.actions.ledger import Side, post_entry
from cooperatives.models import Member
from villages.access import seat_of
by = seat_of(User.objects.get(username="rina"), on=date(2026, 11, 2))
giver, taker = Member.objects.select_related("body").filter(pk__in=sys.argv[1:3]).order_by("number")
print("ready", flush=True)
for line in sys.stdin:
    sides = [Side("201", 1, giver), Side("201", -1, taker)]
    post_entry(by=by, body=giver.body, key=UUID(line.strip()), kind="voluntary_out",
               day=date(2026, 11, 2), sides=sides)
    print(line.strip(), flush=True)
"""


def test_url() -> str:
    """The address of the test's own database."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


test_url.__test__ = False


def pass_on(by, giver, taker, amount, key):
    """Voluntary savings go from one member to the other: the sum of all balances stays."""
    sides = [Side("201", amount, giver), Side("201", -amount, taker)]
    return post_entry(by=by, body=giver.body, key=key, kind="voluntary_out", day=DAY, sides=sides)


def until_acknowledged(by, giver, taker, amount, key):
    """Send it again until it is acknowledged, as a person does whose page did not answer."""
    for _attempt in range(200):
        try:
            return pass_on(by, giver, taker, amount, key)
        except NotPossible:
            raise
        except Error:
            connection.close()
            time.sleep(0.01)
    raise AssertionError("never acknowledged")


@contextmanager
def repeatedly(work, pause):
    """Work is done again and again in a thread of its own while the block runs; its errors come out."""
    stop, errors = threading.Event(), []

    def run():
        try:
            while not stop.is_set():
                work()
                time.sleep(pause)
        except BaseException as error:  # every kind must reach the test
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    assert errors == []


@pytest.mark.django_db(transaction=True)
def test_posts_survive_killed_backends_and_a_killed_worker(cast):
    rina = cast.seat("rina")
    body = books(rina)
    members = [MemberFactory(body=body, number=n + 1) for n in range(8)]
    for member in members:
        deposit(rina, member, EACH)
    whole, before, chance = EACH * len(members), len(members), random.Random(6)
    keys = {new_key(): tuple(chance.sample(members, 2)) for _ in range(THREADS * POSTS_A_THREAD)}
    waiting, acknowledged, lock = list(keys), [], threading.Lock()

    def poster():
        try:
            while True:
                with lock:
                    if not waiting:
                        return
                    key = waiting.pop()
                until_acknowledged(rina, *keys[key], 1, key)
                # The same key again, as a double tap sends it; the first entry answers.
                assert not until_acknowledged(rina, *keys[key], 1, key).made
                with lock:
                    acknowledged.append(key)
        finally:
            connections.close_all()

    with (
        psycopg.connect(test_url(), autocommit=True) as reader,
        psycopg.connect(test_url(), autocommit=True) as killer,
    ):
        spared = [reader.info.backend_pid, killer.info.backend_pid]
        seen, killed = [], []

        def read():
            (total,) = reader.execute(INVARIANT).fetchone()
            seen.append(int(total))

        def kill():
            killed.extend(
                killer.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND NOT pid = ANY(%s) AND state <> 'idle'"
                    " ORDER BY random() LIMIT 1",
                    [spared],
                ).fetchall()
            )

        connection.close()
        with repeatedly(read, 0.01), repeatedly(kill, 0.05):
            posters = [threading.Thread(target=poster) for _ in range(THREADS)]
            for thread in posters:
                thread.start()
            sent, heard = _killed_worker(members[:2])
            for thread in posters:
                thread.join()
        for key in sent:
            until_acknowledged(rina, members[0], members[1], 1, key)

    assert len(killed) > 3
    assert sorted(acknowledged) == sorted(keys)
    assert set(heard) <= set(JournalEntry.objects.values_list("pk", flat=True))
    posted = body.entries.filter(kind="voluntary_out")
    assert {*posted.values_list("pk", flat=True)} == {*keys, *sent}
    numbers = list(body.entries.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, before + len(keys) + len(sent) + 1))
    assert JournalLine.objects.count() == 2 * len(numbers)
    assert set(seen) == {whole}
    assert Member.objects.count() == len(members)
    assert books_that_disagree() == ([], 0)


def _killed_worker(members):
    """Keys told to a process of its own, and those it acknowledged before SIGKILL met it."""
    environment = {
        **os.environ,
        "DATABASE_URL": test_url(),
        "DJANGO_SETTINGS_MODULE": "desmigratif.settings",
        "PYTHONPATH": str(PROJECT),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, *(str(member.pk) for member in members)],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    sent, heard = [new_key() for _ in range(POSTS_OF_THE_PROCESS)], []
    try:
        process.stdin.write("".join(f"{key}\n" for key in sent))
        process.stdin.flush()
        for line in process.stdout:
            if line.strip() != "ready":
                heard.append(next(key for key in sent if str(key) == line.strip()))
            if len(heard) == POSTS_OF_THE_PROCESS // 4:
                break
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdin.close()
        process.stdout.close()
    return sent, heard
