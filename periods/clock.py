"""What day it is in a village. Indonesia has three time zones and no summer time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

WIB = "Asia/Jakarta"
WITA = "Asia/Makassar"
WIT = "Asia/Jayapura"

_WITA_PROVINCES = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
_WIT_PROVINCES = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})
_LABELS = {WIB: "WIB", WITA: "WITA", WIT: "WIT"}


def zone_of_province(code: str) -> str:
    """The time zone name of a province, by its Kemendagri code; longer area codes ("33.25.14") may be given.

    Sumatra, Java, West and Central Kalimantan keep western time, and so does a code nobody knows:
    the ministry counts in western time. Source: Keppres 41/1987.
    """
    province = code[:2]
    if province in _WITA_PROVINCES:
        return WITA
    if province in _WIT_PROVINCES:
        return WIT
    return WIB


def zone_label(zone: str) -> str:
    """WIB, WITA or WIT. Raises `KeyError` for a zone outside Indonesia."""
    return _LABELS[zone]


def today_in(zone: str) -> date:
    """Today's calendar date in that zone."""
    return datetime.now(ZoneInfo(zone)).date()
