"""The Celery application: `celery -A desmigratif.worker`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desmigratif.settings")

app = Celery("desmigratif")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
