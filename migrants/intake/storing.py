"""The file itself: sealed under MEDIA_ROOT, opened only in a private folder for as long as it is read."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from uuid import UUID

from django.conf import settings

from accounts.private_files import keep_private
from accounts.sealing import SealBroken, seal_bytes, unseal_bytes
from migrants.models import RegisterImport

FOLDER = "registers"
OPEN_PREFIX = "desmigratif-register-"
OPEN_AT_MOST_SECONDS = 3600
ENDINGS = frozenset({".xlsx", ".xls", ".ods", ".csv"})


class FileMissing(Exception):
    """The stored file is gone, or is no longer what was stored."""


def keep_file(key: UUID, body: bytes) -> str:
    """The file lies sealed on the disk, readable by the server's user alone. Returns its path."""
    name = f"{FOLDER}/{key}.sealed"
    keep_private(Path(settings.MEDIA_ROOT) / name, seal_bytes(body, context=_context(key)))
    return name


def remove_file(register: RegisterImport) -> None:
    """The stored file is gone, if there was one."""
    if register.path:
        (Path(settings.MEDIA_ROOT) / register.path).unlink(missing_ok=True)


@contextmanager
def opened(register: RegisterImport) -> Iterator[Path]:
    """The file as it was uploaded, for as long as the block lasts. Raises `FileMissing`."""
    try:
        sealed = (Path(settings.MEDIA_ROOT) / register.path).read_bytes() if register.path else b""
        body = unseal_bytes(sealed, context=_context(register.pk))
    except (OSError, SealBroken) as missing:
        raise FileMissing from missing
    with lying_open(body, register.file_name) as path:
        yield path


@contextmanager
def lying_open(body: bytes, file_name: str) -> Iterator[Path]:
    """The bytes as a file in a folder of our own, with a harmless name; gone afterwards."""
    ending = PurePath(file_name).suffix.lower()
    with tempfile.TemporaryDirectory(prefix=OPEN_PREFIX) as folder:
        path = Path(folder) / f"upload{ending if ending in ENDINGS else ''}"
        path.write_bytes(body)
        del body
        yield path


def sweep_opened() -> int:
    """No opened file is left of a process that was killed. Returns how many were found."""
    found = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{OPEN_PREFIX}*"):
        with suppress(OSError):
            if (
                folder.stat().st_uid == os.getuid()
                and time.time() - folder.stat().st_mtime > OPEN_AT_MOST_SECONDS
            ):
                shutil.rmtree(folder)
                found += 1
    return found


def _context(key: UUID) -> str:
    return f"register.file:{key}"
