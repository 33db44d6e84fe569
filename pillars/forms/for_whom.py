"""For which group or business something is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm
from pillars.forms.choosing import RowChoice
from pillars.queries.support import businesses_to_choose, groups_to_choose
from villages.access import Seat


class ForWhomForm(EntryForm):
    """A record about a group or about a business of the seat's village, one of the two."""

    group = RowChoice(
        label=_("Which group?"),
        required=False,
        empty_label=_("No group"),
        error_messages={"invalid_choice": _("Choose a group from the list.")},
    )
    business = RowChoice(
        label=_("Which business?"),
        required=False,
        empty_label=_("No business"),
        error_messages={"invalid_choice": _("Choose a business from the list.")},
    )

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        business: Any = self.fields["business"]
        group.queryset, business.queryset = groups_to_choose(seat), businesses_to_choose(seat)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        group, business = cleaned.get("group"), cleaned.get("business")
        if group and business:
            self.add_error("business", gettext("Choose a group or a business, not both."))
        elif not group and not business and not {"group", "business"} & set(self.errors):
            self.add_error("group", gettext("Choose a group or a business."))
        return cleaned
