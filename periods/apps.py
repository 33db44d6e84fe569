from django.apps import AppConfig


class PeriodsConfig(AppConfig):
    name = "periods"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from periods import checks  # noqa: F401 - registers the check
