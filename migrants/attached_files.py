"""The file of an attachment: sealed under MEDIA_ROOT by a random name, opened only to be handed out."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from accounts.sealing import SealBroken, seal_bytes, unseal_bytes
from migrants.models import Attachment

FOLDER = "attachments"
# A file is written just before its row is committed; one without a row for so long will never have one.
ORPHAN_SECONDS = 24 * 3600
_AT_ONCE = 500


def new_path() -> str:
    """A name nobody can guess, which says nothing of the case."""
    return f"{FOLDER}/{secrets.token_hex(16)}.sealed"


def keep_file(attachment: Attachment, body: bytes) -> None:
    """The file lies sealed at the attachment's path, readable by the server's user alone."""
    final = path_of(attachment)
    final.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = final.with_suffix(".part")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(seal_bytes(body, context=_context(attachment)))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(final)
    finally:
        draft.unlink(missing_ok=True)


def body_of(attachment: Attachment) -> bytes | None:
    """The file as it was kept; None when it is gone from the disk or was changed there."""
    try:
        return unseal_bytes(path_of(attachment).read_bytes(), context=_context(attachment))
    except (OSError, SealBroken):
        return None


def sweep_orphans() -> int:
    """Files whose row was never committed, and drafts of writers that were killed, are gone after a day.
    Returns how many.
    """
    folder, gone = Path(settings.MEDIA_ROOT) / FOLDER, 0
    for paths in _batches(folder):
        names = [f"{FOLDER}/{path.name}" for path in paths]
        known = set(Attachment.objects.filter(path__in=names).values_list("path", flat=True))
        for path, name in zip(paths, names, strict=True):
            if name not in known:
                path.unlink(missing_ok=True)
                gone += 1
    return gone


def _batches(folder: Path) -> Iterator[list[Path]]:
    """The files that have lain there for a day, a few hundred at once."""
    old: list[Path] = []
    before = time.time() - ORPHAN_SECONDS
    for entry in os.scandir(folder) if folder.is_dir() else ():
        if entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_mtime < before:
            old.append(Path(entry.path))
        if len(old) == _AT_ONCE:
            yield old
            old = []
    if old:
        yield old


def path_of(attachment: Attachment) -> Path:
    """Where the sealed file lies."""
    return Path(settings.MEDIA_ROOT) / attachment.path


def _context(attachment: Attachment) -> str:
    return f"attachment.file:{attachment.pk}"
