"""Why a record does not count."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm
from migrants.forms.reasons import ReasonFields
from pillars.enums import Mistake


class WithdrawForm(ReasonFields, EntryForm):
    """Why a record does not count."""

    asks = _("Why do you withdraw this record?")
    reasons = Mistake
