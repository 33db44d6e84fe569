"""What the system administrator sees: versions and numbers of accounts and jobs; no case data."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

import django
from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from reports.enums import EditionStatus
from reports.models import ReportEdition
from villages.models import OfficerAssignment, Posting


@dataclass(frozen=True)
class SystemPage:
    """Versions by name; numbers of accounts; report jobs by status."""

    versions: Mapping[str, str]
    accounts: int
    disabled: int
    serving_officers: int
    postings: int
    jobs: list[tuple[str, int]]


def system_page() -> SystemPage:
    """The state of the system in numbers. Four queries."""
    today = timezone.localdate()
    users = User.objects.aggregate(all=Count("pk"), disabled=Count("pk", filter=Q(is_active=False)))
    labels = dict(EditionStatus.choices)
    jobs = ReportEdition.objects.order_by("status").values_list("status").annotate(n=Count("pk"))
    return SystemPage(
        versions=_versions(),
        accounts=users["all"],
        disabled=users["disabled"],
        serving_officers=OfficerAssignment.objects.serving_on(today).count(),
        postings=Posting.objects.serving_on(today).count(),
        jobs=[(str(labels[status]), n) for status, n in jobs],
    )


def _versions() -> dict[str, str]:
    found = {
        "Python": platform.python_version(),
        "Django": django.get_version(),
        "PostgreSQL": ".".join(str(part) for part in divmod(connection.pg_version, 10000)),  # type: ignore[attr-defined]
    }
    for name in ("celery", "weasyprint"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
