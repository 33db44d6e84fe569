"""Visits at the village desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    INFORMATION = "information", _("Information on work abroad")
    DOCUMENT = "document", _("Help with documents")
    VERIFICATION = "verification", _("Checking the data of a prospective worker")
    FAMILY = "family", _("Accompanying the family")
    RETURN = "return", _("Return and reintegration")
    BUSINESS = "business", _("Business and livelihood")
    COMPLAINT = "complaint", _("Complaint")
    OTHER = "other", _("Other")


class Channel(models.TextChoices):
    WALK_IN = "walk_in", _("Came to the village hall")
    HOME_VISIT = "home_visit", _("Home visit")
    PHONE = "phone", _("Phone")
    WHATSAPP = "whatsapp", _("WhatsApp")
    SOCIAL_MEDIA = "social_media", _("Social media")
    LETTER = "letter", _("Letter")
    REFERRAL_IN = "referral_in", _("Sent by another body")


class Outcome(models.TextChoices):
    DONE = "done", _("Finished")
    FOLLOW_UP = "follow_up", _("Needs follow-up")
    REFERRED = "referred", _("Sent to another body")
    CASE_OPENED = "case_opened", _("A case was opened")


class WithdrawReason(models.TextChoices):
    """Why a logged visit does not count. Kept in words on the visit."""

    UNDONE = "undone", _("Taken back at once")
    TWICE = "twice", _("Logged twice")
    WRONG_PERSON = "wrong_person", _("Wrong person")
    WRONG_DATA = "wrong_data", _("Wrong entries")
    OTHER = "other", _("Another reason")
