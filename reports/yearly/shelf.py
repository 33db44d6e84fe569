"""Printed chapters, kept by what they were printed from: a start after a kill, and a later edition, print
again only what is not there yet.

A file is the SHA-256 of the PDF and then the PDF, under a name that no reader can ask for. It is written
aside and renamed, and what does not match its sum is printed again.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from accounts.private_files import keep_private

FOLDER = "laporan/bab"
KEPT_SECONDS = 90 * 24 * 3600
_SUM = 64


@dataclass(frozen=True)
class Shelf:
    """The folder of kept chapters under `root`."""

    root: Path

    def taken(self, key: str) -> bytes | None:
        """The chapter of that key, which is then kept for another while; None when it is not there whole."""
        path = self._path(key)
        try:
            body = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        said, pdf = body[:_SUM], body[_SUM:]
        return pdf if said == sha256(pdf).hexdigest().encode() else None

    def put(self, key: str, pdf: bytes) -> None:
        """The chapter is kept under that key. Raises `OSError` on a full disk."""
        keep_private(self._path(key), sha256(pdf).hexdigest().encode() + pdf)

    def sweep(self) -> None:
        """Chapters that nobody took for three months are gone, and so is what a killed worker left behind."""
        before = time.time() - KEPT_SECONDS
        for path in (self.root / FOLDER).glob("*"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.root / FOLDER / key
