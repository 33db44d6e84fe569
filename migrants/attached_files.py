"""The file of an attachment: sealed under MEDIA_ROOT by a random name, opened only to be handed out."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings

from accounts.sealing import SealBroken, seal_bytes, unseal_bytes
from migrants.models import Attachment

FOLDER = "attachments"


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


def path_of(attachment: Attachment) -> Path:
    """Where the sealed file lies."""
    return Path(settings.MEDIA_ROOT) / attachment.path


def _context(attachment: Attachment) -> str:
    return f"attachment.file:{attachment.pk}"
