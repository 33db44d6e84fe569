from django.apps import AppConfig


class MigrantsConfig(AppConfig):
    name = "migrants"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.roles import Permission
        from migrants.queries.handover import open_work_lines
        from villages.api.lists import LISTS
        from villages.open_work import count_with

        count_with(open_work_lines)
        for name in ("person", "journey", "visit"):
            LISTS[f"{name}s"] = (f"migrants-api:{name}-list", Permission.SEE_PEOPLE)
        for name in ("case", "referral"):
            LISTS[f"{name}s"] = (f"migrants-api:{name}-list", Permission.SEE_CASES)
        LISTS["family-permits"] = ("migrants-api:permit-list", Permission.SEE_PERMITS)
        LISTS["tasks"] = ("migrants-api:task-list", Permission.SEE_PEOPLE)
