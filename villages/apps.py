from django.apps import AppConfig


class VillagesConfig(AppConfig):
    name = "villages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.roles import Permission
        from villages.api.lists import LISTS

        for name in ("province", "district", "subdistrict", "village", "designation", "officer"):
            LISTS[f"{name}s"] = (f"villages-api:{name}-list", Permission.SEE_VILLAGES)
