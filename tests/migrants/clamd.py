"""A small ClamAV that listens on a port: enough of its INSTREAM protocol to tell a virus from a paper."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.migrants.hostile_files import EICAR


class Scanner(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """`seen`: what it was asked about; `answer`: what it says whatever it was asked, "" for the truth."""

    daemon_threads = True
    answer = b""

    def __init__(self) -> None:
        self.seen: list[bytes] = []
        super().__init__(("127.0.0.1", 0), Conversation)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class Conversation(socketserver.BaseRequestHandler):
    """Whole chunks until an empty one, then a verdict."""

    def handle(self) -> None:
        server: Any = self.server
        line = self.request.makefile("rb")
        assert line.read(10) == b"zINSTREAM\0"
        body = b""
        while size := struct.unpack("!L", line.read(4))[0]:
            body += line.read(size)
        server.seen.append(body)
        truth = b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in body else b"stream: OK\0"
        self.request.sendall(server.answer or truth)


@contextmanager
def listening() -> Iterator[Scanner]:
    with Scanner() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()
