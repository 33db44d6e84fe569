"""How numbers stand on paper: a dash where there is none, "<5" where a small one is hidden."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

NONE = "–"


@register.simple_tag(takes_context=True)
def code(context: Context, key: str | None, number: Any) -> SafeString | str:
    """The short code of a printed number, that opens its records; nothing beside a zero, which has none."""
    found = (context.get("codes") or {}).get(key)
    return format_html(' <span class="kode">{}</span>', found) if found and number != 0 else ""


@register.filter
def percent_text(share: Any) -> str:
    """ "100.5" as 100,5%; a dash for None."""
    return NONE if share in (None, "") else f"{number_format(Decimal(share), decimal_pos=1)}%"


@register.filter
def missing(difference: Any) -> str:
    """How many published villages are not recorded yet. The difference is recorded minus published."""
    if difference in (None, ""):
        return NONE
    if difference > 0:
        return _("%(n)s too many") % {"n": number_format(difference, force_grouping=True)}
    return number_format(-difference, force_grouping=True)


@register.filter
def counted(figure: dict[str, Any]) -> str:
    """The count of a figure; "<5" when it is small and hidden; a dash when there is none to show."""
    if figure["hidden"] == "small":
        return "<5"
    if figure["count"] is None:
        return NONE
    return number_format(figure["count"], force_grouping=True)


@register.filter
def value(said: Any) -> str:
    """A number or a text of the list of changes; a dash for nothing."""
    if said is None:
        return NONE
    return number_format(said, force_grouping=True) if isinstance(said, int) else str(said)
