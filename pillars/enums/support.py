"""Closed vocabularies of aid, markets and partners (domain.md 4.1, and the stakeholders of 1.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FundsSource(models.TextChoices):
    """Who paid for the equipment."""

    APBN = "apbn", _("National budget (APBN)")
    APBD_PROVINCE = "apbd_province", _("Budget of the province (APBD)")
    APBD_DISTRICT = "apbd_district", _("Budget of the district (APBD)")
    VILLAGE_FUND = "village_fund", _("Village fund")
    CSR = "csr", _("Company (CSR)")
    OTHER = "other", _("Other")


class Condition(models.TextChoices):
    """How equipment was found. The value is the name of the column that counts it."""

    IN_USE = "in_use", _("In use")
    IDLE = "idle", _("Idle")
    BROKEN = "broken", _("Broken")
    LOST = "lost", _("Lost")
    UNSUITABLE = "unsuitable", _("Not suitable")


class MarketKind(models.TextChoices):
    """Who sells for a group."""

    SHOP = "shop", _("Shop or stall")
    WHOLESALER = "wholesaler", _("Trader or wholesaler")
    MARKETPLACE = "marketplace", _("Online marketplace")
    COOPERATIVE = "cooperative", _("Cooperative or BUMDes")
    EXPORTER = "exporter", _("Exporter")
    OTHER = "other", _("Other")


class PartnerKind(models.TextChoices):
    """The stakeholders whom the founding text names."""

    MINISTRY = "ministry", _("Ministry or national body")
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    VILLAGE = "village", _("Village government")
    COMPANY = "company", _("Company")
    UNIVERSITY = "university", _("University")
    LOCAL_GROUP = "local_group", _("Local group")
    BANK = "bank", _("Bank")
