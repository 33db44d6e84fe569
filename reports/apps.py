from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.roles import Permission
        from migrants.api.lists import LISTS

        LISTS["figures"] = ("reports-api:figures", Permission.SEE_FIGURES)
