"""Who writes a post or a designation holds its person and its village first, in this order.

Two people may write at the same moment. An exclusion constraint alone can make both wait for each other (a
deadlock, which is an error page for one of them), and it does not see the other table of posts. Whoever
comes second waits here, then reads what the first has written, and the checks say who was faster.
"""

from __future__ import annotations

from accounts.models import User
from villages.models import Village


def hold_person(user: User) -> None:
    """The posts of this person are the transaction's to write until it ends."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)


def hold_village(village: Village) -> None:
    """The officers and the designation of this village are the transaction's to write until it ends."""
    Village.objects.select_for_update(no_key=True).only("pk").get(pk=village.pk)
