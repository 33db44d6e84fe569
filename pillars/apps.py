from django.apps import AppConfig


class PillarsConfig(AppConfig):
    name = "pillars"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from migrants import attached_files, occasions, task_rules
        from migrants.ties import tell_with
        from pillars.models import OutreachPhoto
        from pillars.queries.groups import business_ties
        from pillars.queries.outreach import SessionBook
        from pillars.task_rules import RULES

        tell_with(business_ties)
        task_rules.add(*RULES)
        occasions.ask(SessionBook())
        attached_files.hold(OutreachPhoto.FOLDER, OutreachPhoto)
