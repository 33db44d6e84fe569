"""Closed vocabularies of business groups and businesses (domain.md 4.1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    FOOD = "food", _("Food processing")
    TAILORING = "tailoring", _("Tailoring")
    CRAFT = "craft", _("Batik and craft")
    FARMING = "farming", _("Farming")
    LIVESTOCK = "livestock", _("Livestock")
    FISHERY = "fishery", _("Fishery")
    TRADE = "trade", _("Trade")
    SERVICES = "services", _("Service business")
    TOURISM = "tourism", _("Tourism")
    DIGITAL = "digital", _("Digital")


class MemberKind(models.TextChoices):
    RETURNED = "returned", _("Returned worker")
    SPOUSE = "spouse", _("Husband or wife of a worker")
    FAMILY = "family", _("Family of a worker")
    OTHER = "other", _("Other resident")


class Office(models.TextChoices):
    """What a member does for the group; most do nothing of this."""

    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
    TREASURER = "treasurer", _("Treasurer")


class BusinessStatus(models.TextChoices):
    ALIVE = "alive", _("Running")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")


class WhyStopped(models.TextChoices):
    """Why a business pauses or closes."""

    CAPITAL = "capital", _("No capital")
    MARKET = "market", _("Too few buyers")
    MATERIAL = "material", _("No raw material")
    EQUIPMENT = "equipment", _("Equipment broken or not suitable")
    ABROAD = "abroad", _("Went abroad to work")
    FAMILY = "family", _("Illness or family")
    MEMBERS = "members", _("Members fell out or left")
    SEASON = "season", _("Out of season")
    OTHER = "other", _("Other")


class PermitKind(models.TextChoices):
    """Papers of a business [GK] (domain.md 4.1)."""

    NIB = "nib", _("Business number (NIB)")
    PIRT = "pirt", _("Home food licence (PIRT)")
    HALAL = "halal", _("Halal certificate")
    BPOM = "bpom", _("Food and drug registration (BPOM)")
    TRADEMARK = "trademark", _("Trademark")


class SalesChannel(models.TextChoices):
    VILLAGE = "village", _("In the village")
    MARKET = "market", _("Market or shop outside")
    ONLINE = "online", _("Online")
    PARTNER = "partner", _("Through a partner")
    ABROAD = "abroad", _("Abroad")
