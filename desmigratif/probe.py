"""The containers' health checks: `python -m desmigratif.probe web|worker|beat`; exit code 0 is healthy.

Light on purpose, for it runs all day: it does not load Django.
"""

import http.client
import socket
import sys
from collections.abc import Callable

from desmigratif.environment import text, words

BEAT_KEY = "desmigratif:beat"
HEART_KEY = "desmigratif:heart"


def web(port: int = 8000) -> bool:
    """Say whether gunicorn answers in this container. Its neighbours' troubles are told by /readyz."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    headers = {"Host": words("DESMIGRATIF_HOSTS")[0], "X-Forwarded-Proto": "https"}
    try:
        connection.request("GET", "/healthz", headers=headers)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def broker_has(key: str) -> bool:
    """Say whether a key that its writer must keep renewing is still there."""
    import redis

    try:
        with redis.Redis.from_url(text("REDIS_URL"), socket_timeout=4) as client:
            return bool(client.exists(key))
    except redis.RedisError:
        return False


PROBES: dict[str, Callable[[], bool]] = {
    "web": web,
    "worker": lambda: broker_has(f"{HEART_KEY}:celery@{socket.gethostname()}"),
    "beat": lambda: broker_has(BEAT_KEY),
}

if __name__ == "__main__":
    sys.exit(0 if PROBES[sys.argv[1]]() else 1)
