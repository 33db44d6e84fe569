"""What was searched for stays out of addresses: sealed in the session, named by a short token in `?s=`.

A name or the digits of a NIK in an address would stand in histories and logs (design.md 7). The last five
searches are kept, so that "back" shows them again.
"""

import secrets
from base64 import b64decode, b64encode

from accounts.sealing import SealBroken, seal, unseal

KEPT = 5
LONGEST = 120
_NAME = "searches"


def keep_search(request, text):
    """Keep the text in the session; returns its token."""
    token = secrets.token_urlsafe(6)
    sealed = b64encode(seal(text[:LONGEST], context=_context(request))).decode()
    kept = request.session.get(_NAME, [])
    request.session[_NAME] = [*kept[-(KEPT - 1) :], [token, sealed]]
    return token


def kept_search(request):
    """The text behind the token of this address; "" when there is none or it is gone."""
    token = request.GET.get("s", "")
    for known, sealed in request.session.get(_NAME, []) if token else []:
        if known == token:
            try:
                return unseal(b64decode(sealed), context=_context(request))
            except SealBroken:
                return ""
    return ""


def _context(request):
    return f"search:{request.user.pk}"
