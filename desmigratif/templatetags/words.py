"""Days, numbers, money and telephone numbers as people read them. Template builtins: no `{% load %}` needed.

{{ visit.visited_on|date_table }}      17-08-2026            (tables, tags)
{{ visit.visited_on|date_text }}       17 Agustus 2026       (sentences)
{{ case.logged_at|moment }}            14.05 WIB (zone of the place, or |moment:"Asia/Jayapura")
{{ case.logged_at|moment_text }}       17 Agustus 2026, 14.05 WIB
{{ visit.visited_on|days_ago }}        hari ini / kemarin / 5 hari lalu
{{ loan.principal_rupiah|rupiah }}     Rp1.500.000           and |rupiah_words
{{ total|number }} {{ share|percent }} 1.234.567,5 and 12,5% (share is already in percent)
{{ person.phone|phone_show }}          0812-3456-7890
{{ edition.year|plain }}               2026, where a bare {{ 2026 }} prints "2.026"; use it for years, in
                                       attributes and wherever a number is a name
None gives an empty text everywhere.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, ngettext

from periods.clock import WIB, zone_label
from periods.rupiah import rupiah_text
from periods.rupiah import rupiah_words as words_of_rupiah

register = template.Library()


def _zone_name(zone: str | None) -> str:
    """The zone asked for, else the one of the reader's place, else western time."""
    name = zone or timezone.get_current_timezone_name()
    try:
        zone_label(name)
    except KeyError:
        return WIB
    return name


def _day(value: date | datetime) -> date:
    """The calendar date at the reader's place."""
    if isinstance(value, datetime):
        return _local(value, None).date()
    return value


def _local(value: datetime, zone: str | None) -> datetime:
    return value.astimezone(ZoneInfo(_zone_name(zone))) if timezone.is_aware(value) else value


@register.filter(expects_localtime=False)
def date_table(value: date | datetime | None) -> str:
    return _day(value).strftime("%d-%m-%Y") if value else ""


@register.filter(expects_localtime=False)
def date_text(value: date | datetime | None) -> str:
    return formats.date_format(_day(value), "j F Y") if value else ""


@register.filter(expects_localtime=False)
def month_text(value: date | datetime | None) -> str:
    """November 2026."""
    return formats.date_format(_day(value), "F Y") if value else ""


@register.filter(expects_localtime=False)
def weekday_text(value: date | datetime | None) -> str:
    """Senin, 23 November 2026: the line above a day's page."""
    return formats.date_format(_day(value), "l, j F Y") if value else ""


@register.filter(expects_localtime=False)
def moment(value: datetime | None, zone: str | None = None) -> str:
    return f"{_local(value, zone):%H.%M} {zone_label(_zone_name(zone))}" if value else ""


@register.filter(expects_localtime=False)
def moment_text(value: datetime | None, zone: str | None = None) -> str:
    if not value:
        return ""
    return f"{formats.date_format(_local(value, zone).date(), 'j F Y')}, {moment(value, zone)}"


@register.filter(expects_localtime=False)
def moment_table(value: datetime | None, zone: str | None = None) -> str:
    return f"{_local(value, zone):%d-%m-%Y} {moment(value, zone)}" if value else ""


@register.filter(expects_localtime=False)
def days_ago(value: date | datetime | None) -> str:
    """Days between that date and today, in words, at the reader's place."""
    if not value:
        return ""
    days = (timezone.localdate() - _day(value)).days
    named = {-1: gettext("tomorrow"), 0: gettext("today"), 1: gettext("yesterday")}
    if days in named:
        return named[days]
    if days > 0:
        return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": number(days)}
    return ngettext("in %(days)s day", "in %(days)s days", -days) % {"days": number(-days)}


@register.filter
def plain(value: Any) -> str:
    """The value as Python writes it, without dots between thousands."""
    return "" if value is None else str(value)


@register.filter
def number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """1.234.567,5; at most `decimals` places, without zeros at the end."""
    if value is None or value == "":
        return ""
    exact = value if isinstance(value, int | Decimal) else Decimal(str(value))
    if decimals is not None and not isinstance(exact, int):
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if isinstance(exact, Decimal):
        exact = Decimal(f"{exact.normalize():f}")
    return formats.number_format(exact, force_grouping=True)


@register.filter
def percent(value: int | float | Decimal | None, decimals: int = 1) -> str:
    """12,5%. The value is already in percent."""
    return f"{number(value, decimals)}%" if value is not None and value != "" else ""


@register.filter
def rupiah(value: int | str | None) -> str:
    return "" if value is None or value == "" else rupiah_text(int(value))


@register.filter
def rupiah_words(value: int | str | None) -> str:
    return "" if value is None or value == "" else words_of_rupiah(int(value), get_language() or "id")


@register.filter
def phone_show(value: str | None) -> str:
    """0812-3456-7890 for +6281234567890; a foreign number as it is stored."""
    if not value:
        return ""
    local = f"0{value[3:]}" if value.startswith("+62") else value
    if not (local.isdigit() and local.startswith("0")):
        return value
    if not local.startswith("08"):
        return local
    return "-".join(part for part in (local[:4], local[4:8], local[8:]) if part)
