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


class LoanPaymentKind(models.TextChoices):
    """How a loan became less."""

    INSTALMENT = "instalment", _("Instalment")
    SETTLEMENT = "settlement", _("Paid back early")
    WRITE_OFF = "write_off", _("Written off")


class CooperativeLine(models.TextChoices):
    """The kinds of cooperative (UU 25/1992 art. 16)."""

    SAVINGS_AND_LOANS = "savings_loans", _("Savings and loans")
    CONSUMER = "consumer", _("Consumers")
    PRODUCER = "producer", _("Producers")
    MARKETING = "marketing", _("Marketing")
    SERVICE = "service", _("Services")


class BoardOffice(models.TextChoices):
    """Who leads and who oversees a body (UU 25/1992 art. 29 and 38)."""

    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
    TREASURER = "treasurer", _("Treasurer")
    SUPERVISOR = "supervisor", _("Supervisor")


class InterestMethod(models.TextChoices):
    """How the service fee of a loan is reckoned each month."""

    FLAT = "flat", _("Flat: every month on the sum lent")
    DECLINING = "declining", _("Declining: every month on what is still owed")


class ArrearsClass(models.TextChoices):
    """How late the oldest unpaid instalment is. The limits are ours [D]."""

    CURRENT = "current", _("Nothing late")
    MONTH = "month", _("1 to 30 days late")
    QUARTER = "quarter", _("31 to 90 days late")
    OVER_90 = "over_90", _("More than 90 days late")


class SurplusPart(models.TextChoices):
    """What a members' meeting parts the surplus into."""

    RESERVE = "reserve", _("Reserve")
    CAPITAL = "capital", _("Members, by capital")
    USE = "use", _("Members, by use")
    MANAGEMENT = "management", _("Board and supervisors")
    STAFF = "staff", _("Staff")
    EDUCATION = "education", _("Education")
    SOCIAL = "social", _("Social fund")
    VILLAGE = "village", _("Village")


class TransactionKind(models.TextChoices):
    """What happened to the money, in the treasurer's words. Which accounts it moves: transactions.py."""

    PRINCIPAL_IN = "principal_in", _("Principal savings paid in")
    MANDATORY_IN = "mandatory_in", _("Mandatory savings paid in")
    VOLUNTARY_IN = "voluntary_in", _("Voluntary savings paid in")
    VOLUNTARY_OUT = "voluntary_out", _("Voluntary savings taken out")
    PRINCIPAL_OUT = "principal_out", _("Principal savings returned on leaving")
    MANDATORY_OUT = "mandatory_out", _("Mandatory savings returned on leaving")
    SHARE_OUT = "share_out", _("Share of the surplus paid out")
    SALE = "sale", _("Sale")
    INCOME = "income", _("Other money received")
    PURCHASE = "purchase", _("Goods bought for sale")
    COST = "cost", _("Cost paid")
    GRANT = "grant", _("Grant of money")
    EQUIPMENT_AID = "equipment_aid", _("Equipment received as aid")
    EQUIPMENT_BOUGHT = "equipment_bought", _("Equipment bought")
    WEAR = "wear", _("Wear of equipment")
    BANK_IN = "bank_in", _("Cash taken to the bank")
    BANK_OUT = "bank_out", _("Cash fetched from the bank")
    BORROWED = "borrowed", _("Money borrowed from others")
    REPAID = "repaid", _("Money paid back to others")
    CASH_SHORT = "cash_short", _("Cash missing at the count")
    CASH_OVER = "cash_over", _("Cash left over at the count")
    COLLECTION = "collection", _("Paid in at a collection")
    LOAN_GRANTED = "loan_granted", _("Loan paid out")
    LOAN_PAID = "loan_paid", _("Instalment of a loan")
    LOAN_SETTLED = "loan_settled", _("Loan paid back early")
    LOAN_WRITTEN_OFF = "loan_written_off", _("Loan written off")
    LEAVING = "leaving", _("Savings returned on leaving")
    YEAR_CLOSE = "year_close", _("Year closed")
    SURPLUS_SHARED = "surplus_shared", _("Surplus shared out")
    OPENING = "opening", _("Opening balances")
    REVERSAL = "reversal", _("Reversal")
