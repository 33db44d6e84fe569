"""Which pages can be saved as a view, and how their address is written."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

LONGEST = 400
SAVABLE = frozenset(
    {
        "reports:figures",
        "reports:pivot",
        "reports:rows",
        "reports:queue",
        "reports:return-list",
        "reports:stipend-list",
        "migrants:case-list",
        "migrants:referral-list",
        "migrants:task-list",
        "migrants:visit-list",
        "villages:village-list",
    }
)
# Where somebody was in a list, and words somebody searched for: a name does not belong into an address.
_LEFT_OUT = frozenset({"after", "before", "held", "q"})


class AddressRefused(ValueError):
    """The address is not one of a page that can be saved; the text is the sentence to show."""


def savable_address(text: str) -> str:
    """The address of a page of figures or of a list with its filters, without place in the list or search.

    Only a path of this site that leads to one of the known pages; another site, another page and nonsense
    raise `AddressRefused`.
    """
    try:
        parts = urlsplit(text if text.isprintable() and "\\" not in text else "")
        known = not (parts.scheme or parts.netloc) and resolve(parts.path).view_name in SAVABLE
    except (Resolver404, ValueError):
        raise AddressRefused(_("This page cannot be saved as a view.")) from None
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in _LEFT_OUT]
    address = f"{parts.path}?{urlencode(query)}" if query else parts.path
    if not known or len(address) > LONGEST:
        raise AddressRefused(_("This page cannot be saved as a view."))
    return address
