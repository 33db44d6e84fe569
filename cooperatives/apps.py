from django.apps import AppConfig


class CooperativesConfig(AppConfig):
    name = "cooperatives"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.roles import Permission
        from cooperatives.queries.bodies import membership_ties
        from migrants.ties import tell_with
        from villages.api.lists import LISTS

        tell_with(membership_ties)
        LISTS["finance-bodies"] = ("cooperatives-api:body-list", Permission.SEE_BODIES)
