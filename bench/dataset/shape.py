"""How large the set is, and the few words of SQL that everything in it is made with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DAYS = 2557  # seven years
BEGAN = "timestamptz '2016-12-27 10:00+07'"
FIRST_NAMES = (
    "Siti Sri Dwi Tri Eni Endang Ngatini Sulastri Rumini Umi Yuliana Rina Fitri Novi Puji Retno Winarsih"
    " Warsini Maesaroh Anisa Ratna Slamet Agus Eko Budi Joko Suyatno Sutrisno Wahyu Heri Ahmad Imam Khoirul"
    " Sukirno Rusdi Tarno Warsito Mulyono Bambang Arif Edi Teguh Baiq Lalu Zainuddin Muhsin Rohani Casmini"
)
SECOND_NAMES = (
    "Rahayu Wahyuni Lestari Handayani Astuti Utami Setyowati Purwanti Hidayah Nurjanah Aminah Khasanah Rohmah"
    " Susanti Wulandari Mulyani Ningsih Rahmawati Safitri Prasetyo Santoso Wibowo Nugroho Setiawan Hidayat"
    " Susilo Kurniawan Saputra Riyadi Purnomo Utomo Widodo Anwar Mustofa Hakim Fauzi Hartono Firmansyah"
)

_HELPERS = """
    CREATE FUNCTION pg_temp.today() RETURNS date LANGUAGE sql IMMUTABLE AS 'SELECT date ''{today}''';
    CREATE FUNCTION pg_temp.dice(n bigint, salt bigint) RETURNS double precision LANGUAGE sql IMMUTABLE
        AS 'SELECT (hashint8extended($1, $2) & 1048575) / 1048576.0::double precision';
    CREATE FUNCTION pg_temp.pick(options text[], share double precision) RETURNS text LANGUAGE sql IMMUTABLE
        AS 'SELECT ($1)[1 + floor($2 * cardinality($1))::int]';
    CREATE FUNCTION pg_temp.key7(moment timestamptz, n bigint, kind text) RETURNS uuid LANGUAGE sql IMMUTABLE
        AS 'SELECT (lpad(to_hex((extract(epoch FROM $1) * 1000)::bigint), 12, ''0'') || ''7''
                    || overlay(substr(md5($3 || $2), 1, 18) placing ''9'' from 4 for 0))::uuid';
"""


@dataclass(frozen=True)
class Size:
    """How many of each. The defaults are the S set of performance.md."""

    villages: int = 402
    districts: int = 107
    provinces: int = 12
    people: int = 100_000
    visits: int = 1_000_000
    cases: int = 20_000


S = Size()
M = Size(villages=4000, districts=300, people=1_000_000, visits=10_000_000, cases=1_000_000)


def helpers(today: date) -> str:
    """SQL that makes four functions, gone with the connection: the last day of the set, a share in [0, 1) of
    a number, one of a list by such a share, and a UUIDv7 of a moment."""
    return _HELPERS.format(today=today.isoformat())


def dice(number: str, salt: int) -> str:
    """SQL: a share in [0, 1) that belongs to the number; another for each `salt`."""
    return f"pg_temp.dice({number}, {salt})"


def pick(options: str, number: str, salt: int) -> str:
    """SQL: one of the words, by the number."""
    return f"pg_temp.pick('{{{','.join(options.split())}}}'::text[], {dice(number, salt)})"


def key7(moment: str, number: str, kind: str) -> str:
    """SQL: the UUIDv7 of a row of that kind, number and moment."""
    return f"pg_temp.key7({moment}, {number}, '{kind}')"


def name_of(number: str, salt: int) -> str:
    """SQL: a full name of two words."""
    return f"{pick(FIRST_NAMES, number, salt)} || ' ' || {pick(SECOND_NAMES, number, salt + 100)}"


def ten_o_clock(day: str) -> str:
    """SQL: a moment of that day."""
    return f"({day} + interval '10 hours')"
