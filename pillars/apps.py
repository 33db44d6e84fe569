from django.apps import AppConfig

API_LISTS = {
    "outreach-sessions": "outreach-session",
    "notices": "notice",
    "business-groups": "business-group",
    "businesses": "business",
    "trainings": "training",
    "aid": "aid",
    "aid-items": "aid-item",
    "service-centres": "service-centre",
    "learning-centres": "learning-centre",
    "mentoring-visits": "mentoring-visit",
    "marketing-partners": "marketing-partner",
    "contributions": "contribution",
    "activities": "activity",
    "recruiters": "recruiter",
    "estimates": "estimate",
}


class PillarsConfig(AppConfig):
    name = "pillars"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.roles import Permission
        from migrants import attached_files, occasions, task_rules
        from migrants.ties import tell_with
        from pillars import happenings
        from pillars.child_radar import TASK_RULES, every_version
        from pillars.models import ChildPhoto, EquipmentPhoto, OutreachPhoto
        from pillars.queries.activities import (
            carer_session_happenings,
            child_session_happenings,
            mentoring_happenings,
            session_happenings,
            training_happenings,
        )
        from pillars.queries.groups import business_ties
        from pillars.queries.outreach import SessionBook
        from pillars.task_rules import RULES
        from villages.api.lists import LISTS

        for name, route in API_LISTS.items():
            LISTS[name] = (f"pillars-api:{route}-list", Permission.SEE_PILLARS)
        LISTS["carer-sessions"] = ("pillars-api:carer-session-list", Permission.SEE_CHILDREN)
        LISTS["duty-days"] = ("pillars-api:duty-day-list", Permission.LOG_RECORDS)
        LISTS["duty-reports"] = ("pillars-api:duty-report-list", Permission.SEE_RETURNS)
        tell_with(business_ties)
        task_rules.add(*RULES)
        happenings.tell_with(session_happenings)
        happenings.tell_with(training_happenings)
        happenings.tell_with(mentoring_happenings)
        happenings.tell_with(child_session_happenings)
        happenings.tell_with(carer_session_happenings)
        occasions.ask(SessionBook())
        attached_files.hold(OutreachPhoto.FOLDER, OutreachPhoto)
        task_rules.add(*TASK_RULES)
        every_version()
        attached_files.hold(ChildPhoto.FOLDER, ChildPhoto)
        attached_files.hold(EquipmentPhoto.FOLDER, EquipmentPhoto)
