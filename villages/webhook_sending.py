"""One message over the wire: signed, to a public address alone, and nowhere else.

Signed as Standard Webhooks has it, so that receivers find libraries for it: `webhook-id`,
`webhook-timestamp`, and `webhook-signature: v1,<base64 of HMAC-SHA256 over "id.timestamp.body">`.

An address is looked up once, every address found must be public, and the connection goes to that very one: a
name that answers otherwise the second time leads nowhere new. Redirects are not followed. Plain http and
private addresses are for a laptop and for tests (`settings.WEBHOOKS_LOCAL`).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from threading import Timer
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 10
PORTS = (443, 8443)
LONGEST_ADDRESS = 300
SECRET_PREFIX = "whsec_"  # noqa: S105


class NoSuchReceiver(ValueError):
    """The address cannot be sent to: not https, not public, or not to be found."""


@dataclass(frozen=True)
class Receiver:
    """Where a message goes: the name for the certificate, the very address for the connection."""

    host: str
    port: int
    path: str
    address: str
    is_https: bool


def receiver_of(url: str) -> Receiver:
    """The receiver behind a URL, looked up now. Raises `NoSuchReceiver`."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as wrong:
        raise NoSuchReceiver(url[:80]) from wrong
    if len(url) > LONGEST_ADDRESS or not url.isascii() or not url.isprintable() or " " in url:
        raise NoSuchReceiver(url[:80])
    if not parts.hostname or parts.username or parts.password or parts.fragment:
        raise NoSuchReceiver(url[:80])
    local = settings.WEBHOOKS_LOCAL
    if parts.scheme not in ({"https", "http"} if local else {"https"}):
        raise NoSuchReceiver(url[:80])
    if not local and port not in PORTS:
        raise NoSuchReceiver(url[:80])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Receiver(parts.hostname, port, path, _looked_up(parts.hostname, port), parts.scheme == "https")


def _looked_up(host: str, port: int) -> str:
    """An address of the host; every one it has must be public. Raises `NoSuchReceiver`."""
    try:
        found = [str(place[4][0]) for place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as unknown:
        raise NoSuchReceiver(host[:80]) from unknown
    if not found or not (settings.WEBHOOKS_LOCAL or all(map(_is_public, found))):
        raise NoSuchReceiver(host[:80])
    return found[0]


def _is_public(text: str) -> bool:
    """Whether the whole world reaches this address; one hidden in another (6to4, mapped) is looked at too."""
    address = ip_address(text.partition("%")[0])
    inner = [getattr(address, name, None) for name in ("ipv4_mapped", "sixtofour")]
    every = [address, *(found for found in inner if found is not None)]
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in every)


def signature(secret: bytes, message_id: str, timestamp: int, body: str) -> str:
    """What the header `webhook-signature` says."""
    signed = f"{message_id}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()


def send(url: str, *, secret: bytes, message_id: str, timestamp: int, body: str) -> int | None:
    """Send one message. The status of the answer; None when there was none in ten seconds.

    Raises `NoSuchReceiver`. What the receiver answers besides is not read.
    """
    receiver = receiver_of(url)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Desmigratif",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message_id, timestamp, body),
    }
    connection = _Plain(receiver) if not receiver.is_https else _Secure(receiver)
    watch = Timer(SECONDS, connection.cut)
    watch.start()
    try:
        connection.request("POST", receiver.path, body=body.encode(), headers=headers)
        return connection.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        watch.cancel()
        connection.close()


class _Plain(HTTPConnection):
    """Reaches the address that was looked up, whatever the name means by now."""

    def __init__(self, receiver: Receiver) -> None:
        super().__init__(receiver.host, receiver.port, timeout=SECONDS)
        self.address = receiver.address

    def connect(self) -> None:
        self.sock = socket.create_connection((self.address, self.port), self.timeout)

    def cut(self) -> None:
        """End it now: a receiver that sends a letter every nine seconds does not keep the worker."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


class _Secure(_Plain):
    """The same behind TLS; the certificate is checked for the name."""

    def connect(self) -> None:
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
