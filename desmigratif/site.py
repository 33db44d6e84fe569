"""The project's own app: it ties Celery to Django and checks the machine at start. It has no models."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "desmigratif"
    label = "desmigratif"
    verbose_name = "Desmigratif"

    def ready(self) -> None:
        # Ours is the app that `shared_task` finds. Here and not in __init__: the launcher stays light.
        from desmigratif import worker  # noqa: F401
