"""Whether a list of members may come into the books of a body."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cooperatives.models import FinanceBody
from cooperatives.opening import check_may_begin
from cooperatives.queries.member_lists import ListPlan
from villages.rules import NotPossible


def check_list(body: FinanceBody, plan: ListPlan) -> None:
    """Raise NotPossible while a cell of the list is at fault, for new members of a body that has ended, or
    for balances when the books cannot begin any more."""
    if plan.faults:
        raise NotPossible(plan.faults[0].sentence)
    if plan.fresh and body.ended_on is not None:
        raise NotPossible(_("This body has ended. It takes no new members."))
    if plan.openings:
        check_may_begin(body)
