"""The project's own app: it ties Celery to Django and checks the machine at start. It has no models."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class SiteConfig(AppConfig):
    name = "desmigratif"
    label = "desmigratif"
    verbose_name = "Desmigratif"

    def ready(self) -> None:
        # Ours is the app that `shared_task` finds. Here and not in __init__: the launcher stays light.
        from desmigratif import worker  # noqa: F401


class OwnStaticConfig(StaticFilesConfig):
    """Leaves out the static files of packages whose pages we do not show: nine tenths of all there are."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "rest_framework",
        "account",
        "*-4.js",
        "*-4.min.js",
        "redoc",
        "*.js.map",
        "oauth2-redirect.*",
        "swagger-ui-standalone-preset.js",
    ]
