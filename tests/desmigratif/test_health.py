"""/healthz and /readyz, asked as a monitor asks."""

import json
import os

import pytest

from desmigratif.probe import HEART_KEY, web
from desmigratif.worker import redis_client
from tests.desmigratif.outside import python, unready


def test_healthz_answers_without_the_database(client):
    # No database mark: a query would fail here.
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"alive": True})


def test_healthz_is_never_kept_by_a_proxy(client):
    assert "no-store" in client.get("/healthz")["Cache-Control"]


@pytest.mark.django_db
def test_readyz_without_a_worker_names_the_worker(client):
    with redis_client() as broker:
        broker.delete(HEART_KEY)
    response = client.get("/readyz")
    assert (response.status_code, unready(response.text)) == (503, ["worker"])
    assert response.json()["parts"]["worker"]["sentence"] == (
        "No worker has been heard for a minute. Start one, or read its log."
    )


@pytest.mark.django_db
def test_readyz_without_the_broker_names_broker_and_worker(client, settings, tmp_path):
    settings.REDIS_URL = f"redis+socket://{tmp_path}/nobody.sock?virtual_host=0"
    response = client.get("/readyz")
    assert (response.status_code, unready(response.text)) == (503, ["broker", "worker"])


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_readyz_with_everything_names_each_part(client, celery_worker):
    response = client.get("/readyz")
    parts = json.loads(response.text)["parts"]
    assert response.status_code == 200
    assert {name: part["ok"] for name, part in parts.items()} == {
        "database": True,
        "broker": True,
        "worker": True,
        "pdf": True,
    }
    assert all(part["sentence"].endswith(".") for part in parts.values())


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_health_pages_are_only_read(client, method):
    assert getattr(client, method)("/healthz").status_code == 405


def test_probe_of_a_worker_that_is_not_there_is_unhealthy():
    # Compose's health checks end with 1 and without a traceback.
    for part in ("worker", "beat"):
        asked = python(
            "-m", "desmigratif.probe", part, environment=os.environ | {"REDIS_URL": "redis://127.0.0.1:1/0"}
        )
        assert (asked.returncode, asked.stderr) == (1, "")


def test_probe_of_a_site_that_does_not_answer_is_unhealthy(monkeypatch):
    monkeypatch.setenv("DESMIGRATIF_HOSTS", "localhost")
    assert web(port=1) is False
