"""Asks ClamAV about a file, over its own protocol (INSTREAM). Off unless `settings.CLAMAV` names a place.

A scanner that cannot be reached is no reason to lose a photo: the file is kept, waits, and nobody can take it
along before it was looked at (actions/attachments.py).
"""

from __future__ import annotations

import logging
import socket
import struct

from django.conf import settings

from migrants.enums import ScanState

log = logging.getLogger(__name__)

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 15.0
_CHUNK = 64 * 1024


def scan(body: bytes) -> ScanState:
    """What the scanner says of the bytes: CLEAN or INFECTED; WAITING when it cannot say; OFF without one."""
    if not settings.CLAMAV:
        return ScanState.OFF
    try:
        answer = _ask(body)
    except OSError as away:
        log.warning("The virus scanner cannot be reached: %s", away)
        return ScanState.WAITING
    if answer.endswith("FOUND"):
        return ScanState.INFECTED
    if answer.endswith("OK"):
        return ScanState.CLEAN
    log.warning("The virus scanner could not say: %r", answer[:200])
    return ScanState.WAITING


def _ask(body: bytes) -> str:
    with _connected(settings.CLAMAV) as line:
        line.settimeout(ANSWER_SECONDS)
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(body), _CHUNK):
            chunk = body[start : start + _CHUNK]
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
        answer = bytearray()
        while not answer.endswith(b"\0"):
            part = line.recv(4096)
            if not part:
                break
            answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _connected(address: str) -> socket.socket:
    """A connection to `host:port`, or to a socket file. Raises OSError."""
    if not address.startswith("/"):
        host, _colon, port = address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(CONNECT_SECONDS)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line
