"""Which things people are notified of, and in whose words.

An app above adds its own in its AppConfig.ready(): `notifications.add(REPORT_READY)`. Its actions then call
`accounts.actions.notify`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class NotificationKind:
    """`sentence`: what happened, with %(about)s in it. `page`: URL name of what the record's key opens."""

    code: str
    sentence: str | Promise
    page: str


_UNKNOWN = NotificationKind("", _("%(about)s changed"), "")
_KINDS: dict[str, NotificationKind] = {}


def add(*kinds: NotificationKind) -> None:
    """The kinds are known from now on."""
    for kind in kinds:
        _KINDS[kind.code] = kind


def kind_of(code: str) -> NotificationKind:
    """The kind of that code; one without a page for a code of another version."""
    return _KINDS.get(code, _UNKNOWN)
