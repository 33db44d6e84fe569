"""Village finance bodies, their members, and the books that are never rewritten."""

from cooperatives.models.boards import BOARD_YEARS, BoardTerm
from cooperatives.models.bodies import FOUNDERS_NEEDED, FinanceBody, Member
from cooperatives.models.checks import LedgerCheck
from cooperatives.models.ledger import BookYear, Collection, JournalEntry, JournalLine, LedgerAccount
from cooperatives.models.loans import Instalment, Loan, LoanPayment
from cooperatives.models.meetings import AnnualMeeting, SurplusShare, SurplusSharing
from cooperatives.models.months import ClosedMonth, TrialCheck
from cooperatives.models.savings import MemberBalance

__all__ = [
    "BOARD_YEARS",
    "FOUNDERS_NEEDED",
    "AnnualMeeting",
    "BoardTerm",
    "BookYear",
    "ClosedMonth",
    "Collection",
    "FinanceBody",
    "Instalment",
    "JournalEntry",
    "JournalLine",
    "LedgerAccount",
    "LedgerCheck",
    "Loan",
    "LoanPayment",
    "Member",
    "MemberBalance",
    "SurplusShare",
    "SurplusSharing",
    "TrialCheck",
]
