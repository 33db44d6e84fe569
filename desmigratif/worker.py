"""The Celery application (`celery -A desmigratif.worker`) and the sign that a worker is alive."""

import os
import sys
import time
from urllib.parse import parse_qs, urlsplit

import redis
from celery import Celery, bootsteps, signals
from redis.backoff import NoBackoff
from redis.retry import Retry

from desmigratif.probe import BEAT_KEY, HEART_KEY

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desmigratif.settings")

HEART_EVERY_SECONDS = 20
HEART_LASTS_SECONDS = 60
BEAT_LASTS_SECONDS = 180

app = Celery("desmigratif")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def redis_client(seconds: float = 2) -> redis.Redis:
    """Return a client of settings.REDIS_URL, be it in Celery's form for sockets or an ordinary address."""
    from django.conf import settings

    limits = {"socket_timeout": seconds, "socket_connect_timeout": seconds, "retry": Retry(NoBackoff(), 0)}
    parts = urlsplit(settings.REDIS_URL)
    if parts.scheme == "redis+socket":
        database = int(parse_qs(parts.query).get("virtual_host", ["0"])[0])
        return redis.Redis(unix_socket_path=parts.path, db=database, **limits)
    return redis.Redis.from_url(settings.REDIS_URL, **limits)


class Heart(bootsteps.StartStopStep):
    """Write a key that soon expires, from the worker's own loop.

    It beats while a long job runs in a child, and stops when the worker loses the broker or dies. /readyz
    reads it: to ask by `inspect ping` takes a second.
    """

    requires = {"celery.worker.consumer.tasks:Tasks"}

    def __init__(self, parent: object, **options: object) -> None:
        super().__init__(parent, **options)
        self.timer: object | None = None

    def start(self, parent) -> None:  # type: ignore[no-untyped-def]
        self.name = parent.hostname
        self.beat()
        self.timer = parent.timer.call_repeatedly(HEART_EVERY_SECONDS, self.beat)

    def stop(self, _parent) -> None:  # type: ignore[no-untyped-def]
        if self.timer is not None:
            self.timer.cancel()  # type: ignore[attr-defined]
            self.timer = None

    def beat(self) -> None:
        with redis_client() as client:
            for key in (HEART_KEY, f"{HEART_KEY}:{self.name}"):
                client.set(key, int(time.time()), ex=HEART_LASTS_SECONDS)


app.steps["consumer"].add(Heart)


@signals.worker_init.connect(weak=False)
def refuse_without_keys(**_: object) -> None:
    """End a worker that could not seal or open numbers, with the sentence that says why."""
    from accounts.sealing import KeysMissing, check_keys

    try:
        check_keys()
    except KeysMissing as missing:
        sys.exit(f"Not started: {missing}")


@signals.beat_init.connect(weak=False)
def tell_of_beat(**_: object) -> None:
    """In the beat process alone, leave a sign at each job it hands out; one is due every minute."""
    signals.after_task_publish.connect(_mark_beat, weak=False)


def _mark_beat(**_: object) -> None:
    with redis_client() as client:
        client.set(BEAT_KEY, int(time.time()), ex=BEAT_LASTS_SECONDS)
