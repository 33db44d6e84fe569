"""What docker compose would start: read from the files, for there may be no engine here."""

import re

import pytest
import yaml

from tests.desmigratif.outside import PROJECT

COMPOSE = (PROJECT / "docker-compose.yml").read_text()
FILE = yaml.safe_load(COMPOSE)
SERVICES = FILE["services"]
SECRETS = {
    "DESMIGRATIF_SECRET_KEY",
    "DESMIGRATIF_FIELD_KEYS",
    "DESMIGRATIF_REPORT_KEY",
    "DATABASE_PASSWORD",
    "DATABASE_ADMIN_PASSWORD",
    "BROKER_PASSWORD",
}
EXAMPLE = (PROJECT / ".env.example").read_text()


def test_compose_has_every_part():
    assert set(SERVICES) == {"proxy", "database", "broker", "migrate", "web", "worker", "beat"}


def test_every_lasting_service_has_a_health_check():
    without = [name for name, service in SERVICES.items() if not service.get("healthcheck", {}).get("test")]
    assert without == ["migrate"]
    assert SERVICES["migrate"]["restart"] == "no"


def test_every_secret_is_asked_for_and_explained():
    """`${NAME:?sentence}`: compose refuses to start and says it. `${NAME:-word}` would be a default."""
    asked = re.findall(r"(?<!\$)\$\{(\w+)(:\?|:-|\})([^}]*)", COMPOSE)
    ways: dict[str, set[str]] = {}
    for name, way, sentence in asked:
        ways.setdefault(name, set()).add(way)
        assert way != ":?" or len(sentence) > 10, f"{name} is asked for without an explanation"
    assert set(ways) >= SECRETS
    assert {name: ways[name] for name in SECRETS} == {name: {":?"} for name in SECRETS}
    assert {name for name, way in ways.items() if way != {":?"}} == {"DESMIGRATIF_VERSION"}


def test_no_password_stands_in_the_file():
    broker = SERVICES["broker"]["command"]
    given = [broker[broker.index("--requirepass") + 1]]
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if value is None:  # taken from .env as it stands there
                continue
            if re.search(r"PASSWORD|SECRET_KEY|AUTH", name):
                given.append(value)
            elif name in {"DATABASE_URL", "REDIS_URL"}:
                given.append(value.split("://")[1].split(":", 1)[1].split("@")[0])
    assert len(given) > 10
    assert [value for value in given if not re.fullmatch(r"\$\{\w+:\?[^}]+\}", value)] == []


def test_data_live_in_named_volumes():
    named = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if not volume.startswith((".", "/"))
    }
    assert named == set(FILE["volumes"]) == {"certificates", "proxy", "database", "broker", "files"}


def test_only_the_proxy_is_open_to_the_world():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert FILE["networks"]["inside"] == {"internal": True}


def test_web_worker_and_beat_wait_for_the_migrations():
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("name", ["web", "worker", "beat", "migrate"])
def test_our_containers_have_no_rights_to_spare(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["environment"]["DESMIGRATIF_MODE"] == "production"


def test_database_role_is_plain():
    # A superuser would slip past row-level security.
    assert "NOSUPERUSER" in FILE["configs"]["role"]["content"]
    assert "NOBYPASSRLS" in FILE["configs"]["role"]["content"]
    assert "C.UTF-8" in SERVICES["database"]["environment"]["POSTGRES_INITDB_ARGS"]


def test_image_runs_as_nobody_special_and_holds_no_secret():
    image = (PROJECT / "Dockerfile").read_text()
    assert re.findall(r"^USER (\w+)$", image, re.MULTILINE) == ["desmigratif"]
    assert not re.search(r"^(ENV|ARG).*(SECRET|PASSWORD|KEY)", image, re.MULTILINE)
    assert "--require-hashes" in image


def test_every_setting_is_in_the_example():
    sources = [(PROJECT / "desmigratif" / name).read_text() for name in ("settings.py", "environment.py")]
    read = set(
        re.findall(r"""\b(?:text|flag|number|address|words|database)\(\s*["']([A-Z]\w+)""", "".join(sources))
    )
    assert "DESMIGRATIF_STATEMENT_TIMEOUT_MS" in read
    explained = set(re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert read - explained == set()


def test_every_value_that_compose_takes_is_in_the_example():
    passed = {name for name, value in SERVICES["web"]["environment"].items() if value is None}
    asked = set(re.findall(r"(?<!\$)\$\{(\w+):\?", COMPOSE)) | passed
    explained = set(re.findall(r"^(?:# )?([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert asked - explained == set()


def test_example_holds_no_secret():
    for name in SECRETS:
        assert re.search(rf"^{name}=$", EXAMPLE, re.MULTILINE)
