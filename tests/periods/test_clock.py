from datetime import UTC, date, datetime

import pytest
import time_machine

from periods.clock import WIB, WIT, WITA, today_in, zone_label, zone_of_province

ZONES = {
    WIB: "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62",
    WITA: "51 52 53 63 64 65 71 72 73 74 75 76",
    WIT: "81 82 91 92 93 94 95 96",
}


@pytest.mark.parametrize(
    ("code", "zone"), [(code, zone) for zone, codes in ZONES.items() for code in codes.split()]
)
def test_every_province_has_its_zone(code, zone):
    assert zone_of_province(code) == zone
    assert zone_of_province(f"{code}.01.02.2003") == zone


def test_unknown_province_keeps_western_time():
    assert [zone_of_province(code) for code in ("99", "", "x")] == [WIB, WIB, WIB]


def test_zone_has_its_short_name():
    assert [zone_label(zone) for zone in (WIB, WITA, WIT)] == ["WIB", "WITA", "WIT"]
    with pytest.raises(KeyError):
        zone_label("Europe/Paris")


def test_today_differs_between_the_zones_around_midnight():
    with time_machine.travel(datetime(2026, 11, 22, 15, 30, tzinfo=UTC), tick=False):
        assert [today_in(zone) for zone in (WIB, WITA, WIT)] == [
            date(2026, 11, 22),
            date(2026, 11, 22),
            date(2026, 11, 23),
        ]
    with time_machine.travel(datetime(2026, 11, 22, 16, 30, tzinfo=UTC), tick=False):
        assert [today_in(zone) for zone in (WIB, WITA, WIT)] == [
            date(2026, 11, 22),
            date(2026, 11, 23),
            date(2026, 11, 23),
        ]
    with time_machine.travel(datetime(2026, 11, 22, 17, 0, tzinfo=UTC), tick=False):
        assert today_in(WIB) == date(2026, 11, 23)
