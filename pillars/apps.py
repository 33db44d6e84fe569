from django.apps import AppConfig


class PillarsConfig(AppConfig):
    name = "pillars"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from migrants.ties import tell_with
        from pillars.queries.groups import business_ties

        tell_with(business_ties)
