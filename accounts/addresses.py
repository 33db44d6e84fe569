"""From which address a request comes, behind our own proxies and without them."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

IPV6_HOME = 64  # the network one household or office is given


def client_address(request: HttpRequest) -> str | None:
    """The address of the browser; None when it is not known (a Unix socket).

    `settings.PROXY_COUNT` proxies of ours each add one entry to X-Forwarded-For; what stands left of their
    entries was written by the client and is not believed. A request with too few entries did not pass them
    all, so its own address counts.
    """
    seen = str(request.META.get("REMOTE_ADDR", ""))
    if settings.PROXY_COUNT:
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        if len(forwarded) >= settings.PROXY_COUNT:
            seen = forwarded[-settings.PROXY_COUNT].strip() or seen
    try:
        return str(ip_address(seen))
    except ValueError:
        return None


def counted_address(request: HttpRequest) -> str | None:
    """The address failures are counted on: an IPv6 network of a household stands for all its addresses."""
    address = client_address(request)
    if address is None:
        return None
    parsed = ip_address(address)
    if not isinstance(parsed, IPv6Address):
        return address
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, IPV6_HOME), strict=False).network_address)
