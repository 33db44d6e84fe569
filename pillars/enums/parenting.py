"""Closed vocabularies of pillar 3 (domain.md 4.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FacilitatorKind(models.TextChoices):
    VOLUNTEER = "volunteer", _("Volunteer")
    TEACHER = "teacher", _("Teacher")
    OFFICER = "officer", _("Desmigratif officer")


class SchoolLevel(models.TextChoices):
    NOT_YET = "not_yet", _("Not at school yet")
    EARLY = "early", _("PAUD or TK")
    PRIMARY = "primary", _("SD or MI")
    JUNIOR = "junior", _("SMP or MTs")
    SENIOR = "senior", _("SMA, SMK or MA")
    OUT = "out", _("Not at school any more")


class AbsentParent(models.TextChoices):
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    BOTH = "both", _("Both")


class Guardian(models.TextChoices):
    """Who speaks for the child when consent is asked."""

    PARENT_HOME = "parent_home", _("The parent at home")
    PARENT_AWAY = "parent_away", _("The parent abroad, by phone")
    GRANDPARENT = "grandparent", _("Grandmother or grandfather")
    RELATIVE = "relative", _("Other relative")
    OTHER = "other", _("Other guardian")


class LeavingReason(models.TextChoices):
    PARENT_BACK = "parent_back", _("The parent has come home")
    MOVED = "moved", _("Moved away")
    GROWN_UP = "grown_up", _("Has grown up")
    STOPPED = "stopped", _("Does not come any more")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("The guardian withdrew the consent")


class SchoolStanding(models.TextChoices):
    ATTENDING = "attending", _("Attends school")
    AT_RISK = "at_risk", _("At risk of dropping out")
    DROPPED_OUT = "dropped_out", _("Dropped out of school")


class ContactWay(models.TextChoices):
    VIDEO_CALL = "video_call", _("Video call")
    PHONE = "phone", _("Phone call")
    MESSAGE = "message", _("Written or voice message")
    VISIT = "visit", _("The parent came home")


class ChildTheme(models.TextChoices):
    HOMEWORK = "homework", _("Homework")
    RELIGION = "religion", _("Religion")
    ART = "art", _("Art")
    SPORT = "sport", _("Sport or scouts")
    VIDEO_CALL = "video_call", _("Video call with the parent")
    HEALTH = "health", _("Health")
    COUNSELLING = "counselling", _("Counselling")


class CarerTopic(models.TextChoices):
    RAISING = "raising", _("Raising children while a parent is away")
    TALKING = "talking", _("Talking with children and with the parent abroad")
    NO_VIOLENCE = "no_violence", _("Discipline without violence")
    HEALTH = "health", _("Health and food")
    SCHOOL = "school", _("Helping with school")
    INTERNET = "internet", _("Children and the internet")
    MONEY = "money", _("Using remittances for the children")
