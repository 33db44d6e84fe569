from django.apps import AppConfig


class MigrantsConfig(AppConfig):
    name = "migrants"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from migrants.queries.handover import open_work_lines
        from villages.open_work import count_with

        count_with(open_work_lines)
