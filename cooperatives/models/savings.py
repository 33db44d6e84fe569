"""What each member has and owes: one row a member and account, kept by the ledger itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cooperatives.models.bodies import Member
from cooperatives.models.ledger import LedgerAccount


class MemberBalance(models.Model):
    """The balance of one member on one account, in rupiah as people read it: savings and debts alike are 0 or
    more. The trigger of the journal's lines keeps it in the posting transaction; nobody else may write it."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="balances", db_index=False)
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="balances")
    balance = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "account"], name="cooperatives_balance_once"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="cooperatives_balance_not_negative"),
        ]
