"""How often a program may call: so many calls a minute, for each token and for each session."""

from __future__ import annotations

import hashlib
from math import ceil
from typing import Any

from django.conf import settings
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.actions import count_call
from villages.models import ApiToken

SECONDS = 60


class CallsAMinute(BaseThrottle):
    """Refuses (429) whoever has called too often in this minute of the clock, until it is over."""

    def allow_request(self, request: Request, view: Any) -> bool:  # noqa: ARG002
        if isinstance(request.auth, ApiToken):
            kind, caller = "token", str(request.auth.pk)
        else:
            kind, caller = "session", str(request.session.session_key)
        named = hashlib.sha256(f"{kind}:{caller}".encode()).hexdigest()
        minute = int(timezone.now().timestamp()) // SECONDS
        most: int = settings.API_CALLS_A_MINUTE[kind]
        return count_call(caller=named, minute=minute) <= most

    def wait(self) -> float:
        return float(ceil(SECONDS - timezone.now().timestamp() % SECONDS))
