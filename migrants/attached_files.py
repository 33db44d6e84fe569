"""The file of an attachment: sealed under MEDIA_ROOT by a random name, opened only to be handed out.

An app above that keeps files of its own names its folder and model once, in its AppConfig.ready():
`hold(PHOTOS, OutreachPhoto)`; the rows have `pk` and `path` like an attachment's.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import models

from accounts.private_files import keep_private
from accounts.sealing import SealBroken, seal_bytes, unseal_bytes
from migrants.models import Attachment

FOLDER = "attachments"
# A file is written just before its row is committed; one without a row for so long will never have one.
ORPHAN_SECONDS = 24 * 3600
_AT_ONCE = 500
# Whose rows say which files of a folder are still wanted.
_holders: dict[str, type[models.Model]] = {FOLDER: Attachment}


class Kept(Protocol):
    """A row with a file: `path` is its place below MEDIA_ROOT."""

    pk: UUID
    path: str


def hold(folder: str, model: type[models.Model]) -> None:
    """From now on the files of this folder belong to the rows of this model."""
    _holders[folder] = model


def new_path(folder: str = FOLDER) -> str:
    """A name nobody can guess, which says nothing of the case."""
    return f"{folder}/{secrets.token_hex(16)}.sealed"


def keep_file(attachment: Kept, body: bytes) -> None:
    """The file lies sealed at the attachment's path, readable by the server's user alone."""
    keep_private(path_of(attachment), seal_bytes(body, context=_context(attachment)))


def body_of(attachment: Kept) -> bytes | None:
    """The file as it was kept; None when it is gone from the disk or was changed there."""
    try:
        return unseal_bytes(path_of(attachment).read_bytes(), context=_context(attachment))
    except (OSError, SealBroken):
        return None


def sweep_orphans() -> int:
    """Files whose row was never committed, and drafts of writers that were killed, are gone after a day.
    Returns how many.
    """
    return sum(_sweep(folder, model) for folder, model in _holders.items())


def _sweep(folder: str, model: type[models.Model]) -> int:
    gone = 0
    for paths in _batches(Path(settings.MEDIA_ROOT) / folder):
        names = [f"{folder}/{path.name}" for path in paths]
        known = set(model._default_manager.filter(path__in=names).values_list("path", flat=True))
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


def path_of(attachment: Kept) -> Path:
    """Where the sealed file lies."""
    return Path(settings.MEDIA_ROOT) / attachment.path


def _context(attachment: Kept) -> str:
    return f"attachment.file:{attachment.pk}"
