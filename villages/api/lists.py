"""The lists that `GET /api/v1/` names: what each is called, its URL name, and who may read it.

An app above adds its own in its AppConfig.ready().
"""

from __future__ import annotations

from accounts.roles import Permission

LISTS: dict[str, tuple[str, Permission]] = {}
