"""Nobody but the server reads a private file, and nobody ever finds half of one."""

import errno
import os
import stat

import pytest

from accounts.private_files import keep_private


def test_file_is_private_and_replaced_whole(tmp_path, monkeypatch):
    path = tmp_path / "laporan" / "a.pdf"
    for body in (b"satu", b"dua dua"):
        keep_private(path, body)
        assert path.read_bytes() == body
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep_private(path, b"tiga")
    assert [(found.name, found.read_bytes()) for found in path.parent.iterdir()] == [("a.pdf", b"dua dua")]
