from django.apps import AppConfig


class MigrantsConfig(AppConfig):
    name = "migrants"
    default_auto_field = "django.db.models.BigAutoField"
