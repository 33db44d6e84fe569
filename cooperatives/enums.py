"""Closed vocabularies of village finance bodies (domain.md 4.3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    """Pillar 4 may be a cooperative, a village enterprise or another small finance body."""

    COOPERATIVE = "cooperative", _("Cooperative")
    PRE_COOPERATIVE = "pre_cooperative", _("Pre-cooperative")
    BUMDES = "bumdes", _("Village enterprise (BUMDes)")
    OTHER = "other", _("Other finance body")


class MemberKind(models.TextChoices):
    RETURNED = "returned", _("Returned worker")
    FAMILY = "family", _("Family of a worker")
    OTHER = "other", _("Other resident")


class AccountKind(models.TextChoices):
    """The five kinds of an account. Assets and costs grow by what comes in, the others by what is owed."""

    ASSET = "asset", _("What the body has")
    DEBT = "debt", _("What the body owes")
    EQUITY = "equity", _("Own capital")
    INCOME = "income", _("Income")
    COST = "cost", _("Cost")

    @property
    def sign(self) -> int:
        """1 when the account grows by positive lines, -1 when it grows by negative ones."""
        return 1 if self in (AccountKind.ASSET, AccountKind.COST) else -1
