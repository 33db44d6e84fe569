"""Files that the server's user alone may read, and of which nobody ever sees half."""

from __future__ import annotations

import os
from pathlib import Path

DRAFT = ".part"


def write_private(path: Path, body: bytes) -> None:
    """The bytes are on the disk under that name, readable by nobody else; the folder is there. When they do
    not fit, nothing is left behind. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def keep_private(path: Path, body: bytes) -> None:
    """The file of that name holds these bytes; whoever looks meanwhile finds what was there before, or none.

    Written aside, under a name that ends in `.part`, and renamed. Raises `OSError`, as on a full disk.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}{DRAFT}")
    write_private(draft, body)
    draft.replace(path)
