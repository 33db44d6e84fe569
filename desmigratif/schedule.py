"""What Celery's beat calls, and how often. A call nobody took in time expires: the next does its work."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab


def _every(seconds: int, task: str, *, expires: int) -> dict[str, Any]:
    return {"task": task, "schedule": float(seconds), "options": {"expires": expires}}


def _nightly(task: str, *, minute: int) -> dict[str, Any]:
    return {"task": task, "schedule": crontab(hour=19, minute=minute), "options": {"expires": 20_000}}


_MINUTE, _HOUR = 60, 3600
# Four times a day, so that a machine that is off at night misses no day; a second look raises nothing.
_QUARTER_DAY = 6 * _HOUR

SCHEDULE: dict[str, dict[str, Any]] = {
    "send-mails": _every(_MINUTE, "accounts.tasks.send_mails", expires=50),
    "deliver-webhooks": _every(_MINUTE, "villages.tasks.deliver_webhooks", expires=50),
    "reclaim-reports": _every(_MINUTE, "reports.tasks.reclaim_stalled", expires=50),
    "reclaim-imports": _every(_MINUTE, "migrants.tasks.reclaim_stalled", expires=50),
    "scan-attachments": _every(2 * _MINUTE, "migrants.tasks.scan_attachments", expires=100),
    "fold-counts": _every(10 * _MINUTE, "reports.tasks.fold_counts", expires=500),
    "sweep-accounts": _every(_HOUR, "accounts.tasks.sweep", expires=3000),
    "sweep-imports": _every(_HOUR, "migrants.tasks.sweep", expires=3000),
    "watch-endings": _every(_QUARTER_DAY, "migrants.tasks.watch_endings", expires=20_000),
    "watch-business-permits": _every(_QUARTER_DAY, "pillars.tasks.watch_business_permits", expires=20_000),
    "watch-equipment": _every(_QUARTER_DAY, "pillars.tasks.watch_equipment", expires=20_000),
    "watch-children": _every(_QUARTER_DAY, "pillars.tasks.watch_children", expires=20_000),
    "watch-returns": _every(_QUARTER_DAY, "reports.tasks.watch_returns", expires=20_000),
    # Once a night: after two in the west, after four in the east.
    "check-ledger": _nightly("cooperatives.tasks.check_ledger", minute=20),
    "check-counts": _nightly("reports.tasks.check_counts", minute=40),
}
