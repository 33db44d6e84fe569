"""Where one copy of the project keeps its state, and who owns which folder."""

import hashlib
import os
import pwd
import secrets
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from desmigratif.local.trouble import Trouble

PROJECT = Path(__file__).resolve().parent.parent.parent
SYSTEM = Path("/var/lib/desmigratif")
LONGEST_SOCKET_PATH = 100


@dataclass(frozen=True)
class Places:
    """The folders of one state. As root the database lives outside it, where `nobody` can reach."""

    state: Path

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def pids(self) -> Path:
        return self.state / "pids"

    @property
    def stamps(self) -> Path:
        return self.state / "stamps"

    @property
    def static(self) -> Path:
        return self.state / "static"

    @property
    def media(self) -> Path:
        return self.state / "media"

    @property
    def valkey(self) -> Path:
        return self.state / "valkey"

    @property
    def cluster(self) -> Path:
        """The folder around PostgreSQL's data and log."""
        return SYSTEM / self.identity if as_root() else self.state / "postgres"

    @property
    def sockets(self) -> Path:
        """A short folder for sockets, told apart by the state's path."""
        key = hashlib.sha256(str(self.state).encode()).hexdigest()[:10]
        folder = Path("/tmp") if Path("/tmp").is_dir() else Path(tempfile.gettempdir())
        return folder / f"dmp-{key}"

    @property
    def identity(self) -> str:
        return (self.state / "id").read_text(encoding="ascii").strip()


def as_root() -> bool:
    return os.geteuid() == 0


def here() -> Places:
    """Return this copy's places with every folder made; a copied state gets an identity of its own."""
    named = os.environ.get("DESMIGRATIF_STATE", "").strip()
    places = Places(Path(named).expanduser().resolve() if named else PROJECT / ".local")
    try:
        for folder in (
            places.state,
            places.logs,
            places.pids,
            places.stamps,
            places.static,
            places.media,
            places.valkey,
        ):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Trouble(
            f"Cannot write to {places.state}: {error.strerror}. Mend that, or set DESMIGRATIF_STATE."
        ) from None
    identity = places.state / "id"
    if not identity.exists():
        write_new(identity, secrets.token_hex(8))
    if as_root():
        _settle_cluster_folder(places, identity)
    _settle_socket_folder(places)
    return places


def server_owner() -> pwd.struct_passwd | None:
    """Return the account that runs PostgreSQL: `nobody` as root (it refuses root), else None for oneself."""
    if not as_root():
        return None
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        raise Trouble(
            "PostgreSQL refuses to run as root, and there is no account 'nobody'. Start as an ordinary user."
        ) from None


def own_by_server(path: Path, mode: int = 0o700) -> None:
    owner = server_owner()
    path.mkdir(parents=True, exist_ok=True)
    if owner is not None:
        os.chown(path, owner.pw_uid, owner.pw_gid)
    path.chmod(mode)


def write_new(path: Path, text: str) -> None:
    """Write a file only its owner reads, whole or not at all; whoever comes second keeps the first one's."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _settle_cluster_folder(places: Places, identity: Path) -> None:
    """Tie /var/lib/desmigratif/<identity> to this state: a moved state keeps it, a copied one begins anew."""
    SYSTEM.mkdir(parents=True, exist_ok=True)
    SYSTEM.chmod(0o755)
    note = places.cluster / "state"
    if note.is_file():
        former = Path(note.read_text(encoding="utf-8"))
        if former == places.state:
            return
        if (former / "id").is_file() and (former / "id").read_text(
            encoding="ascii"
        ).strip() == places.identity:
            identity.unlink()
            write_new(identity, secrets.token_hex(8))
            note = places.cluster / "state"
    own_by_server(places.cluster)
    note.write_text(str(places.state), encoding="utf-8")


def forget_vanished() -> list[Path]:
    """Remove clusters whose state lay in a temporary folder and is gone; return what was removed."""
    removed: list[Path] = []
    if not as_root() or not SYSTEM.is_dir():
        return removed
    temporary = {Path(tempfile.gettempdir()).resolve(), Path("/tmp").resolve()}
    for note in SYSTEM.glob("*/state"):
        former = Path(note.read_text(encoding="utf-8"))
        if (
            not former.exists()
            and temporary & set(former.parents)
            and not (note.parent / "data" / "postmaster.pid").exists()
        ):
            shutil.rmtree(note.parent, ignore_errors=True)
            removed.append(note.parent)
    return removed


def _settle_socket_folder(places: Places) -> None:
    folder = places.sockets
    if len(str(folder / ".s.PGSQL.5432")) > LONGEST_SOCKET_PATH:
        raise Trouble(
            f"The folder {folder.parent} has too long a name for sockets. Set TMPDIR to a short one."
        )
    own_by_server(folder)
    owner = server_owner()
    expected = owner.pw_uid if owner else os.geteuid()
    if folder.is_symlink() or folder.stat().st_uid != expected:
        raise Trouble(f"{folder} belongs to somebody else. Remove it, then try again.")


def on_linux() -> bool:
    return sys.platform.startswith("linux")
