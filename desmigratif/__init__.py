"""Settings, routes, worker and the local launcher. Imported by nobody."""

from desmigratif.worker import app as celery_app

__all__ = ["celery_app"]
