"""The project's own app: it ties Celery to Django and checks at start that the machine is ready. It has no models."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "desmigratif"
    label = "desmigratif"
    verbose_name = "Desmigratif"

    def ready(self) -> None:
        # Makes ours the app that `shared_task` finds; here and not in __init__, so that the launcher stays light.
        from desmigratif import worker  # noqa: F401
