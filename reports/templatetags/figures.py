"""How a figure is written: the number, a link to its records, what it is a part of, how sure it is.

{% figure cell %}         214 or Rp1.500.000, linked to its records; "<5" or a dash when hidden or not known
{% covered cell %}        2 of 3, 1 late
{% rate 2.7 3.0 1 %}      2,7 of 3,0
{% change 3 12 %}         +3 was 12
{{ cell|is_known }}
{{ unit|by_number:3 }}    cases; case behind a 1
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from periods.rupiah import rupiah_text
from reports.cells import Cell, FigureTable
from reports.indicators.units import Unit
from reports.small_cells import SMALLEST_SHOWN, Hidden

register = template.Library()


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)


def _amount(cell: Cell, value: int) -> str:
    return rupiah_text(value) if cell.indicator.is_money else _number(value)


@register.simple_tag
def figure(cell: Cell) -> SafeString:
    """The number of a cell as a link to the very records it counts."""
    if cell.count is not None and cell.is_thin:
        words = _("too few villages reported")
        return format_html(
            '<a href="{}" class="few" title="{}">{}</a>', cell.href, words, _amount(cell, cell.count)
        )
    if cell.count is not None:
        return format_html('<a href="{}">{}</a>', cell.href, _amount(cell, cell.count))
    if cell.hidden == Hidden.SMALL:
        return format_html(
            '<span>&lt;{}<span class="sr"> {}</span></span>', SMALLEST_SHOWN, _("hidden: 1 to 4")
        )
    words = _("hidden, so that small numbers stay hidden") if cell.hidden else _("no figure for this period")
    return format_html('<span>–<span class="sr"> {}</span></span>', words)


@register.simple_tag
def covered(cell: Cell) -> str:
    """“2 of 3, 1 late”: villages that reported, of those that should, and those with a late return."""
    coverage = cell.coverage
    said = _("%(reported)s of %(expected)s") % {
        "reported": _number(coverage.reported),
        "expected": _number(coverage.expected),
    }
    if not coverage.late:
        return said
    return said + ", " + _("%(n)s late") % {"n": _number(coverage.late)}


@register.simple_tag
def rate(value: float | None, of: float, decimals: int) -> str:
    """The rate 2,7 of 3,0: with what it is a rate of; a dash where there is none."""
    if value is None:
        return "–"
    whole = number_format(of, decimal_pos=decimals, force_grouping=True)
    small = _("of %(n)s") % {"n": whole}
    return format_html('{} <small class="soft">{}</small>', number_format(value, decimal_pos=1), small)


@register.simple_tag
def change(value: int | None, before: int | None) -> str:
    """How much more than a year before, and what it was then; a dash where either is not known."""
    if value is None or before is None:
        return "–"
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    was = _("was %(n)s") % {"n": _number(before)}
    return format_html('{}{} <small class="soft">{}</small>', sign, _number(abs(value)), was)


@register.filter
def at(table: FigureTable, name: str) -> Cell:
    """The cell of a figure at the first place of a table."""
    return table.cell(name)


@register.filter
def signed(change: float) -> str:
    """Points with their sign: "+1,8", "−0,4", "0,0"."""
    words = number_format(abs(change), decimal_pos=1)
    return f"+{words}" if change >= 0.05 else f"−{words}" if change <= -0.05 else words


@register.filter
def cell_text(value: Any) -> str:
    """A value of a list: a day as 31-12-2026, a number with its dots, a year or a text as it is."""
    if hasattr(value, "strftime"):
        return str(value.strftime("%d-%m-%Y"))
    if isinstance(value, int) and not 1900 <= value <= 2199:
        return _number(value)
    return "–" if value is None or value == "" else str(value)


@register.filter
def by_number(word: Any, number: int | None) -> str:
    """A unit in the form that stands behind the number; any other word as it is."""
    return word.of(number) if isinstance(word, Unit) else str(word)


@register.filter
def is_day(value: Any) -> bool:
    return hasattr(value, "strftime")


@register.filter
def is_address(value: Any) -> bool:
    """Whether a text is an address of the web, which may be cut anywhere."""
    return str(value).startswith(("https://", "http://"))


@register.filter
def is_number(value: Any) -> bool:
    return isinstance(value, int)
