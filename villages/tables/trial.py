"""Lay out an old XLS in a child process first: if it fills the memory, the child dies and nobody else.

The old format cannot be inspected as an archive can, and a damaged one may ask calamine for 50 gigabytes,
which ends the process on the spot. Run as a script, this file is that child; it imports nothing of ours.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

MOST_BYTES = 1024**3  # of address space: Python, calamine and a sheet of 65,536 rows
MOST_SECONDS = 30


def survives(path: Path) -> bool:
    """Whether a child with limits on memory and time could lay out every sheet of the file."""
    try:
        done = subprocess.run(
            [sys.executable, __file__, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=2 * MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main(path: str) -> None:
    """Lay out every sheet. A file that only a password keeps closed has done no harm."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_path(path)
    except PasswordError:
        return
    for index in range(len(book.sheet_names)):
        book.get_sheet_by_index(index)


if __name__ == "__main__":
    main(sys.argv[1])
