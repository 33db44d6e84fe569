from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts import notifications
        from accounts.roles import Permission
        from migrants import task_rules
        from reports import checks  # noqa: F401 - registers itself
        from reports.notifications import KINDS
        from reports.return_forms import every_form
        from reports.task_rules import RULES
        from villages.api.lists import LISTS

        LISTS["returns"] = ("reports-api:return-list", Permission.SEE_RETURNS)
        LISTS["figures"] = ("reports-api:figures", Permission.SEE_FIGURES)
        LISTS["indicators"] = ("reports-api:indicator-list", Permission.SEE_FIGURES)
        LISTS["editions"] = ("reports-api:edition-list", Permission.READ_REPORTS)
        task_rules.add(*RULES)
        notifications.add(*KINDS)
        every_form()
