"""64 threads post to one body, over the site and beside it, while PostgreSQL's backends and the site's
workers are killed: nothing is lost, doubled or half there."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg
import pytest
from django.db import Error, connection, connections
from django.urls import reverse
from django.utils import timezone

from accounts.keys import new_key
from cooperatives.actions.books import open_books
from cooperatives.actions.ledger import Side, post_entry
from cooperatives.models import JournalEntry, JournalLine, Member
from cooperatives.queries.checking import books_that_disagree
from tests.conftest import build_cast
from tests.factories import FinanceBodyFactory, MemberFactory
from tests.factories.ledger import deposit
from tests.serving import served
from villages.rules import NotPossible

THREADS, THROUGH_THE_WEB, ANSWERS_A_KILL = 64, 12, 8
EACH = 1_000_000
# What members have in savings is in the box, to the rupiah, at every moment.
INVARIANT = """
    SELECT (SELECT sum(balance) FROM cooperatives_memberbalance)
         - (SELECT sum(l.amount) FROM cooperatives_journalline l
            JOIN cooperatives_ledgeraccount a ON a.id = l.account_id WHERE a.code = '101')
"""
WAITING_FOR_A_LOCK = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'
"""
# Gunicorn and its clock are real, so this test's are too.
pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def test_url() -> str:
    """The address of the test's own database."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


test_url.__test__ = False


def pass_on(by, giver, taker, key, day):
    """A rupiah of voluntary savings goes from one member to the other."""
    sides = [Side("201", 1, giver), Side("201", -1, taker)]
    return post_entry(by=by, body=giver.body, key=key, kind="voluntary_out", day=day, sides=sides)


def until_acknowledged(by, giver, taker, key, day):
    """Send it again until it is acknowledged, as a person does whose page did not answer."""
    for _attempt in range(200):
        try:
            return pass_on(by, giver, taker, key, day)
        except NotPossible:
            raise
        except Error:
            connection.close()
            time.sleep(0.01)
    raise AssertionError("never acknowledged")


class Browser:
    """Somebody who sends the form of a deposit of one rupiah, already confirmed, to a running site."""

    def __init__(self, site, session, body, day):
        self.site, self.day, self.answered = site, day, 0
        self.path = reverse("cooperatives:transaction-new", args=[body.pk, "voluntary_in"])
        self.headers = {
            "Cookie": f"sesi={session}; csrf={'c' * 32}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def send(self, member, key):
        """Where the answer leads; None when there was none, or the server was in trouble."""
        facts = {"csrfmiddlewaretoken": "c" * 32, "key": key, "confirmed": "1", "member": member.pk}
        facts |= {"amount": "1", "day": f"{self.day:%d-%m-%Y}"}
        asked = HTTPConnection("localhost", self.site.port, timeout=60)
        try:
            asked.request("POST", self.path, urlencode(facts), self.headers)
            answer = asked.getresponse()
        except (OSError, HTTPException):
            return None
        finally:
            asked.close()
        assert answer.status == 302 or answer.status >= 500, answer.status
        self.answered += answer.status == 302
        return answer.headers["Location"] if answer.status == 302 else None

    def until_acknowledged(self, member, key):
        for _attempt in range(200):
            if (place := self.send(member, key)) is not None:
                return place
            time.sleep(0.05)
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


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def cast(transactional_db, today):
    return build_cast(today)


@pytest.fixture
def members(cast, today):
    """Eight members with savings, of a body whose books opened this year."""
    rina, since = cast.seat("rina"), today - timedelta(days=300)
    body = FinanceBodyFactory(village=cast.randu, founded_on=since)
    body = open_books(by=rina, body=body, opened_on=since)
    members = [MemberFactory(body=body, number=n + 1, joined_on=since) for n in range(8)]
    for member in members:
        deposit(rina, member, EACH, day=today)
    return members


@pytest.fixture
def browser(cast, members, today):
    with served("storm") as site:
        yield Browser(site, cast.client("rina").cookies["sesi"].value, members[0].body, today)


def killed_mid_post(browser, member, key):
    """A web worker is killed with SIGKILL while its transaction has written and waits for the last number
    of the year, which another holds. Nobody is told that it was posted."""
    with psycopg.connect(test_url()) as holder, psycopg.connect(test_url(), autocommit=True) as watcher:
        holder.execute("SELECT FROM cooperatives_bookyear FOR UPDATE")
        heard = []
        sender = threading.Thread(target=lambda: heard.append(browser.send(member, key)))
        sender.start()
        deadline = time.monotonic() + 60
        while watcher.execute(WAITING_FOR_A_LOCK).fetchone() == (0,):
            assert time.monotonic() < deadline, "no worker came to the journal"
            time.sleep(0.01)
        for pid in browser.site.workers():
            os.kill(pid, signal.SIGKILL)
        sender.join()
    assert heard == [None]


def test_posts_survive_killed_backends_and_killed_web_workers(cast, members, browser, today):
    rina, body = cast.seat("rina"), members[0].body
    before, chance = len(members), random.Random(6)
    keys = {new_key(): tuple(chance.sample(members, 2)) for _ in range(THREADS)}
    by_web = list(keys)[:THROUGH_THE_WEB]
    waiting, acknowledged, lock = list(keys), [], threading.Lock()

    cut_off = new_key()
    killed_mid_post(browser, members[0], cut_off)
    assert not JournalEntry.objects.filter(pk=cut_off).exists()

    def poster():
        try:
            with lock:
                key = waiting.pop()
            giver, taker = keys[key]
            if key in by_web:
                browser.until_acknowledged(giver, key)
                # The same key again, as a double tap sends it; the first entry answers.
                assert browser.until_acknowledged(giver, key).endswith(f"{key}/?again=1")
            else:
                until_acknowledged(rina, giver, taker, key, today)
                assert not until_acknowledged(rina, giver, taker, key, today).made
            with lock:
                acknowledged.append(key)
        finally:
            connections.close_all()

    with (
        psycopg.connect(test_url(), autocommit=True) as reader,
        psycopg.connect(test_url(), autocommit=True) as killer,
    ):
        spared = [reader.info.backend_pid, killer.info.backend_pid]
        seen, killed, killed_workers = [], [], []

        def read():
            (rest,) = reader.execute(INVARIANT).fetchone()
            seen.append(int(rest))

        def kill():
            killed.extend(
                killer.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND NOT pid = ANY(%s) AND state <> 'idle'"
                    " ORDER BY random() LIMIT 1",
                    [spared],
                ).fetchall()
            )

        def kill_worker():
            """The eldest, once some more were answered: a new one needs seconds to begin."""
            if browser.answered >= ANSWERS_A_KILL * (len(killed_workers) + 1):
                eldest = browser.site.workers()[0]
                os.kill(eldest, signal.SIGKILL)
                killed_workers.append(eldest)

        connection.close()
        with repeatedly(read, 0.01), repeatedly(kill, 0.05), repeatedly(kill_worker, 0.01):
            posters = [threading.Thread(target=poster) for _ in range(THREADS)]
            for thread in posters:
                thread.start()
            for thread in posters:
                thread.join()
    assert browser.until_acknowledged(members[0], cut_off).endswith(f"{cut_off}/")

    assert len(killed) > 3
    assert len(killed_workers) >= 2
    assert sorted(acknowledged) == sorted(keys)
    assert {*body.entries.values_list("pk", flat=True)} >= {*keys, cut_off}
    numbers = list(body.entries.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, before + len(keys) + 1 + 1))
    assert JournalLine.objects.count() == 2 * len(numbers)
    assert set(seen) == {0}
    assert Member.objects.count() == len(members)
    assert books_that_disagree() == ([], 0)
