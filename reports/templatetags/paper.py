"""How numbers stand on paper: a dash for none, "<5" where a small one is hidden, the code beside each."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

NONE = "–"
_PLACES = re.compile(r"%\((\w+)\)s|%(%)")  # of numbers in a sentence, and the sign itself


@register.simple_tag(takes_context=True)
def code(context: Context, key: str | None, number: Any) -> SafeString | str:
    """The short code of a printed number, that opens its records; nothing beside a zero, which has none."""
    return printed_code((context.get("codes") or {}).get(key) if number != 0 else "")


@register.simple_tag
def printed_code(found: str | None) -> SafeString | str:
    """A code as it stands beside its number; nothing for none."""
    return format_html(' <span class="kode">{}</span>', found) if found else ""


@register.simple_tag(takes_context=True)
def coded(context: Context, key: str | None, number: Any) -> SafeString:
    """A number in a sentence, its code behind it."""
    shown = NONE if number is None else number_format(number, force_grouping=True)
    return format_html("{}{}", shown, code(context, key, number))


@register.simple_tag(takes_context=True)
def sentence(context: Context, line: dict[str, Any]) -> SafeString:
    """A frozen sentence with its numbers, each with its code (`yearly.quality.said`)."""
    pieces: list[Any] = []
    for text, name, sign in _pieces(line["text"]):
        pieces.append(text)
        pieces.append(coded(context, (line.get("cells") or {}).get(name), line[name]) if name else sign)
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _pieces(text: str) -> list[tuple[str, str, str]]:
    parts = [*_PLACES.split(text), "", ""]
    return [(parts[at], parts[at + 1] or "", parts[at + 2] or "") for at in range(0, len(parts) - 2, 3)]


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
