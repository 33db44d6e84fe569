"""Whole messy registers with planted faults and an answer key, made from the rules of registers.md.

Everything is drawn from one `Random`, so that hypothesis can replay and shrink a workbook by its seed. NIKs
have serials from 9001 on and phones begin with 0810: no real person's.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import xlsxwriter
import xlwt

from migrants.registers.places import PlaceAnswer, PlaceFound, PlaceWords
from tests.villages.workbooks import ods

TODAY = date(2026, 11, 22)
EPOCH = date(1899, 12, 30)
MONTHS = ("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember").split()  # noqa: SIM905
SHORT = ["Jan", "Peb", "Mrt", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nop", "Des"]
GIVEN = (
    "SITI",
    "MUHAMAD",
    "DEWI",
    "WARTI",
    "AGUS",
    "KASMAN",
    "NUR",
    "BAIQ",
    "LILIS",
    "SLAMET",
    "UMI",
    "JOKO",
)
FAMILY = ("AMINAH", "SANTOSO", "RAHAYU", "BIN SLAMET", "BINTI UJANG", "HASANAH", "NINGSIH", "MAULANA")

VILLAGES = {
    ("WANAR", "TERSONO"): "33.25.06.2008",
    ("KEDUNGMALANG", "WONOTUNGGAL"): "33.25.01.2004",
    ("RANDU", "PECALUNGAN"): "33.25.14.2004",
    ("GONDANG", "SUBAH"): "33.25.09.2023",
    ("GONDANG", "BLADO"): "33.25.03.2004",
}
COUNTRIES = {
    "HKG": ("HONGKONG", "Hong Kong", "HK", "Negara Hongkong"),
    "TWN": ("TAIWAN", "TWN", "Taiwan "),
    "KOR": ("KORSEL", "KOREA SELATAN", "Korea"),
    "SAU": ("SAUDI ARABIA", "Arab Saudi", "KSA"),
    "ARE": ("UEA", "Uni Emirat Arab"),
    "MYS": ("MALAYSIA", "MALAISIA"),
    "JPN": ("JEPANG", "Japan"),
}
SEXES = {
    "female": ("P", "p", "Pr", "PEREMPUAN", "Wanita", "W", "perempuan "),
    "male": ("L", "l", "Lk", "LAKI-LAKI", "Laki - laki", "Pria"),
}
STATUSES = {"abroad": ("PMI", "AKTIF", "Bekerja"), "returned": ("PMI Purna", "EKS", "Purna", "EX PMI")}


class Places:
    """The villages of one district; Kenanga is somebody else's."""

    default = ""

    def find(self, words: PlaceWords) -> PlaceFound:
        name = words.village.lower().removeprefix("desa").removeprefix("ds.").replace(" ", "")
        sub = words.subdistrict.lower().removeprefix("kec.").replace(" ", "")
        if name == "kenanga":
            return PlaceFound(PlaceAnswer.ELSEWHERE)
        fits = [
            (code, f"{village}, {subdistrict}")
            for (village, subdistrict), code in VILLAGES.items()
            if village.lower() == name and sub in ("", subdistrict.lower())
        ]
        if len(fits) == 1:
            return PlaceFound(PlaceAnswer.FOUND, fits[0][0])
        return PlaceFound(PlaceAnswer.SEVERAL if fits else PlaceAnswer.NOTHING, "", tuple(fits))


@dataclass
class Someone:
    """What is true of one row, and the cells it is written with."""

    nik: str
    name: str
    sex: str
    birth: date
    village: tuple[str, str]
    country: str
    left: date
    ends: date
    status: str
    phone: str
    cells: dict[str, Any] = field(default_factory=dict)
    outcomes: frozenset[str] = frozenset({"imported"})
    fault: str = ""


@dataclass
class Key:
    """The answer key: by (sheet, row), 1-based rows. `skipped`: rows that are no data."""

    rows: dict[tuple[int, int], Someone] = field(default_factory=dict)
    skipped: set[tuple[int, int]] = field(default_factory=set)


# --- one cell ----------------------------------------------------------------------------------------------


def spelled_date(chance: random.Random, day: date) -> Any:
    """A date in any of the spellings registers use."""
    return chance.choice(
        (
            day,
            f"{day:%d/%m/%Y}",
            f"{day:%d-%m-%Y}",
            f"{day.day}/{day.month}/{day.year}",
            f"{day:%d-%m-%y}",
            f"{day:%d.%m.%Y}",
            f"{day:%Y-%m-%d}",
            f"{day:%Y-%m-%d} 00:00:00",
            f"{day.day} {MONTHS[day.month - 1]} {day.year}",
            f"{day.day} {MONTHS[day.month - 1].upper()}  {day.year}",
            f"{day:%d}-{SHORT[day.month - 1]}-{day.year}",
            f"{day.day} {'Nopember' if day.month == 11 else MONTHS[day.month - 1]} {day.year}",
            (day - EPOCH).days,
            f" {day:%d/%m/%Y} ",
        )
    )


def spelled_nik(chance: random.Random, nik: str) -> Any:
    """A NIK as it stands in registers: number, apostrophe, blanks, dots."""
    ways: list[Any] = [
        nik,
        f"'{nik}",
        f"{nik} ",
        f" {nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}",
        f"{nik[:6]}.{nik[6:12]}.{nik[12:]}",
        f"\u00a0{nik}",
    ]
    if nik[-1] != "0":
        ways.append(int(nik))
    return chance.choice(ways)


def spelled_name(chance: random.Random, name: str) -> str:
    return chance.choice(
        (name, name.title(), f" {name}  ", name.replace(" ", "  "), name.replace(" ", "\u00a0"))
    )


def spelled_phone(chance: random.Random, national: str) -> Any:
    """`national` without the leading 0."""
    return chance.choice(
        (
            f"0{national}",
            int(national),
            f"+62{national}",
            f"+62 {national[:3]}-{national[3:7]}-{national[7:]}",
            f"62{national}",
            f"0{national[:3]}-{national[3:7]}-{national[7:]}",
        )
    )


def spelled_village(chance: random.Random, village: str) -> str:
    spaced = village.replace("KEDUNGMALANG", "KEDUNG MALANG")
    return chance.choice((village, village.title(), f"DS. {village}", f"Desa {village}", spaced))


# --- one person --------------------------------------------------------------------------------------------


def someone(chance: random.Random, number: int) -> Someone:
    """A good row, with a NIK that agrees."""
    sex = chance.choice(("female", "male"))
    birth = date(1970, 1, 1) + timedelta(days=chance.randrange(11_000))
    serial = 9001 + number if (9001 + number) % 10 else 9990 - number % 9
    day = birth.day + (40 if sex == "female" else 0)
    nik = f"3325{chance.randrange(1, 15):02d}{day:02d}{birth:%m%y}{serial:04d}"
    left = date(2019, 1, 1) + timedelta(days=chance.randrange(2_000))
    who = Someone(
        nik=nik,
        name=f"{chance.choice(GIVEN)} {chance.choice(FAMILY)} {_letters(number)}",
        sex=sex,
        birth=birth,
        village=chance.choice(list(VILLAGES)),
        country=chance.choice(list(COUNTRIES)),
        left=left,
        ends=left + timedelta(days=chance.choice((365, 730))),
        status=chance.choice(list(STATUSES)),
        phone=f"810{chance.randrange(10**8):08d}",
    )
    who.cells = spelled(chance, who)
    return who


def spelled(chance: random.Random, who: Someone) -> dict[str, Any]:
    """The cells of a row by what they hold."""
    place = chance.choice(("BATANG", "Batang", "KAB. BATANG"))
    written = spelled_date(chance, who.birth)
    in_words = written if isinstance(written, str) else f"{who.birth:%d-%m-%Y}"
    return {
        "nik": spelled_nik(chance, who.nik),
        "name": spelled_name(chance, who.name),
        "sex": chance.choice(SEXES[who.sex]),
        "birth": written,
        "birth_place": place,
        "ttl": f"{place}{chance.choice((', ', ',', '/ ', ' , '))}{in_words.strip()}",
        "village": spelled_village(chance, who.village[0]),
        "subdistrict": chance.choice(
            (who.village[1], f"Kec. {who.village[1].title()}", who.village[1].title())
        ),
        "country": chance.choice(COUNTRIES[who.country]),
        "left": spelled_date(chance, who.left),
        "ends": spelled_date(chance, who.ends),
        "status": chance.choice(STATUSES[who.status]),
        "phone": spelled_phone(chance, who.phone),
        "job": chance.choice(("PRT", "Operator", "CAREGIVER", "BURUH PERKEBUNAN")),
        "agency": chance.choice(("PT. CONTOH SATU", "PT CONTOH SATU", "CONTOH SATU, PT")),
        "passport": chance.choice((f"C{who.phone[3:10]}", "-", "")),
        "hamlet": chance.choice(("KRAJAN", "DK. KIDUL", "")),
        "rt": chance.choice((1, "002", "3")),
        "rw": chance.choice((4, "005", "")),
        "education": chance.choice(("SD", "SLTP", "SMA", "S1")),
        "marriage": chance.choice(("KAWIN", "BK", "CERAI HIDUP")),
        "kin": chance.choice(("EKO SAPUTRA", "")),
        "relation": chance.choice(("SUAMI", "IBU", "KAKAK", "")),
        "remark": chance.choice(("", "-", "CUTI", "=1+1", "@SUM(A1)")),
        "decree": f"SK.{who.phone[:6]}/2024",
    }


def _letters(number: int) -> str:
    """A different word for every number, so that nobody is anybody's namesake."""
    return "".join(chr(65 + int(digit)) for digit in f"{number:04d}")


# --- one fault ---------------------------------------------------------------------------------------------

Fault = Callable[[random.Random, Someone], None]


def _put(column: str, *values: Any) -> Fault:
    def plant(chance: random.Random, who: Someone) -> None:
        who.cells[column] = chance.choice(values)

    return plant


def _nik(change: Callable[[str], Any]) -> Fault:
    def plant(chance: random.Random, who: Someone) -> None:
        who.cells["nik"] = change(who.nik)

    return plant


def _birth_elsewhere(chance: random.Random, who: Someone) -> None:
    other = who.birth + timedelta(days=chance.choice((400, 800, 45)))
    while (other.month, other.day) == (who.birth.day, who.birth.month):
        other += timedelta(days=1)
    who.cells["birth"] = f"{other:%d/%m/%Y}"
    who.cells["ttl"] = f"BATANG, {other:%d/%m/%Y}"


def _other_sex(chance: random.Random, who: Someone) -> None:
    who.cells["sex"] = chance.choice(SEXES["male" if who.sex == "female" else "female"])


def _too_young(chance: random.Random, who: Someone) -> None:
    young = date(who.birth.year + 16, 6, 1)
    who.cells["left"], who.cells["ends"] = f"{young:%d/%m/%Y}", ""


def _ends_first(chance: random.Random, who: Someone) -> None:
    who.cells["ends"] = f"{who.left - timedelta(days=30):%d-%m-%Y}"


def _wrong_day(value: str) -> Fault:
    def plant(chance: random.Random, who: Someone) -> None:
        who.cells["birth"], who.cells["ttl"] = value, f"BATANG, {value}"

    return plant


REVIEW, REFUSED, EITHER = frozenset({"review"}), frozenset({"refused"}), frozenset({"review", "refused"})

# What can be wrong with a row, the columns it needs, and what must become of the row.
FAULTS: dict[str, tuple[tuple[str, ...], frozenset[str], Fault]] = {
    "nik missing": (("nik",), REVIEW, _put("nik", "", "-", " ", "--")),
    "nik of 15 digits": (("nik",), REFUSED, _nik(lambda nik: nik[:-1])),
    "nik of 17 digits": (("nik",), REFUSED, _nik(lambda nik: nik + "1")),
    "nik of 15 digits as number": (("nik",), REFUSED, _nik(lambda nik: int(nik[:-1]))),
    "letter O for 0": (("nik",), REFUSED, _nik(lambda nik: nik[:12] + "O" + nik[13:])),
    "nik rounded in text": (("nik",), REFUSED, _put("nik", "3.32514E+15", "3,32514E+15", "3.32514e15")),
    "nik rounded": (("nik",), EITHER, _put("nik", 3325140000000000, 3325142505900000)),
    "nik of area 00": (("nik",), REFUSED, _nik(lambda nik: "00" + nik[2:])),
    "nik of kecamatan 00": (("nik",), REFUSED, _nik(lambda nik: nik[:4] + "00" + nik[6:])),
    "nik of area 99": (("nik",), REFUSED, _nik(lambda nik: "99" + nik[2:])),
    "nik ends in 0": (("nik",), REVIEW, _nik(lambda nik: int(nik[:-1] + "0"))),
    "nik of day 72": (("nik",), REFUSED, _nik(lambda nik: nik[:6] + "72" + nik[8:])),
    "nik of month 13": (("nik",), REFUSED, _nik(lambda nik: nik[:8] + "13" + nik[10:])),
    "nik of serial 0000": (("nik",), REFUSED, _nik(lambda nik: nik[:12] + "0000")),
    "name missing": (("name",), REFUSED, _put("name", "", "-", "?", "  ")),
    "sex unknown": (("sex",), REVIEW, _put("sex", "?", "X", "LP")),
    "sex missing": (("sex",), REVIEW, _put("sex", "", "-")),
    "sex against the nik": (("sex", "nik"), REVIEW, _other_sex),
    "birth against the nik": (("birth", "nik"), REVIEW, _birth_elsewhere),
    "birth on 31 February": (("birth",), REFUSED, _wrong_day("31/02/1990")),
    "birth on 30 February in words": (("birth",), REFUSED, _wrong_day("30 Februari 1990")),
    "birth on 00": (("birth",), REFUSED, _wrong_day("00/00/1990")),
    "birth ahead": (("birth",), REFUSED, _wrong_day("01/01/2030")),
    "birth in words": (("birth",), REVIEW, _put("birth", "tidak tahu", "1990", "Mei 1990", 1990)),
    "country is a region": (("country",), REFUSED, _put("country", "LN", "TIMTENG", "Timur Tengah", "Eropa")),
    "country unknown": (("country",), REVIEW, _put("country", "ATLANTIS", "HONGKONG/TAIWAN", "99")),
    "country missing": (("country",), REVIEW, _put("country", "", "-")),
    "village unknown": (("village",), REVIEW, _put("village", "ENTAH", "WANARR JAYA")),
    "village elsewhere": (("village",), REFUSED, _put("village", "KENANGA", "Ds. Kenanga")),
    "left on 31 February": (("left",), REFUSED, _put("left", "31/02/2021", "31-04-2021")),
    "left in words": (("left",), REVIEW, _put("left", "segera", "2021")),
    "left too young": (("left", "birth"), REVIEW, _too_young),
    "contract ends first": (("ends", "left"), REVIEW, _ends_first),
    "status unknown": (("status",), REVIEW, _put("status", "ENTAH", "??x")),
    "phone unreadable": (("phone",), REVIEW, _put("phone", "tanya kades", "0810", "12")),
}


# --- one register ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Layout:
    """One kind of register. `heading`: lines; `columns`: what each column holds; `titles`: lines above."""

    name: str
    heading: tuple[tuple[str, ...], ...]
    columns: tuple[str, ...]
    titles: tuple[tuple[str, ...], ...] = ()
    merges: tuple[tuple[int, int, int, int], ...] = ()  # within the heading
    sheet: str = "DATA PMI"


def _cells(*parts: str) -> tuple[str, ...]:
    return tuple("|".join(parts).split("|"))


COMPOSITE = Layout(
    "village, two-line heading",
    (
        _cells(
            "NO|N I K|NAMA LENGKAP|L/P|TEMPAT LAHIR|TGL LAHIR|STATUS KAWIN|PENDI-\nDIKAN|ALAMAT|||||NO. HP",
            "NEGARA TUJUAN|JABATAN / PEKERJAAN|P3MI / PT PENGIRIM|NO. PASPOR|MASA KERJA||STATUS PMI",
            "KELUARGA YG DAPAT DIHUBUNGI||KET.",
        ),
        _cells(
            "||||||||DUSUN|RT|RW|DESA|KECAMATAN",
            "||||",
            "TGL BERANGKAT|TGL HABIS KONTRAK||NAMA|HUBUNGAN|",
        ),
    ),
    _cells(
        "no|nik|name|sex|birth_place|birth|marriage|education|hamlet|rt|rw|village|subdistrict|phone",
        "country|job|agency|passport|left|ends|status|kin|relation|remark",
    ),
    (
        ("DATA PEKERJA MIGRAN INDONESIA (PMI)",),
        ("KABUPATEN BATANG",),
        ("KEADAAN S/D BULAN DESEMBER 2025",),
        (),
    ),
    ((0, 8, 0, 12), (0, 18, 0, 19), (0, 21, 0, 22)),
)
VILLAGE_FORM = Layout(
    "village form",
    (
        _cells(
            "No.|Nama|Tempat/Tanggal Lahir|NIK/No KTP|Jenis Kelamin|Status PMI|Desa/Kelurahan|Kec.",
            "Status Perkawinan|Negara Tujuan|Nama Perusahaan|Hubungan Keluarga",
        ),
    ),
    _cells("no|name|ttl|nik|sex|status|village|subdistrict|marriage|country|agency|relation"),
    (("DATA MIGRAN DESA MIGRAN PRODUKTIF",), ()),
)
SUBDISTRICT = Layout(
    "district, place in the title",
    (
        _cells(
            "NO|NAMA TKI|NIK|JK (L/P)|TGL. LAHIR|NAMA DESA|NEGARA PENEMPATAN|TANGGAL PEMBERANGKATAN|TELP/HP",
        ),
    ),
    _cells("no|name|nik|sex|birth|village|country|left|phone"),
    (("DAFTAR TKI",), ("KECAMATAN : SUBAH",), ()),
    sheet="SUBAH",
)
EXTRACT = Layout(
    "extract",
    (
        _cells(
            "NIK|Nama|Desa|Kecamatan|Negara Tujuan|SK Penempatan|Tanggal Kontrak Mulai",
            "Tanggal Kontrak Selesai",
        ),
    ),
    _cells("nik|name|village|subdistrict|country|decree|left|ends"),
    sheet="SISKOP2MI",
)
ARRIVALS = Layout(
    "arrivals",
    (
        _cells(
            "No|Nama Lengkap|NIK|Jenis Kelamin|Tanggal Lahir|Desa|Kecamatan|Negara Penempatan|Tgl Datang",
            "Jenis Pulang|Provinsi|Debarkasi|Ket.",
        ),
    ),
    _cells("no|name|nik|sex|birth|village|subdistrict|country|ends|return_kind|province|port|remark"),
    (("DATA KEDATANGAN PMI BULAN MEI 2025",),),
)
LAYOUTS = (COMPOSITE, VILLAGE_FORM, SUBDISTRICT, EXTRACT, ARRIVALS)


def filled(layout: Layout, who: Someone, number: int) -> list[Any]:
    """The row of a person."""
    own = {"no": number, "return_kind": "finish", "province": "Jawa Tengah", "port": "CGK"}
    return [own.get(column, who.cells.get(column, "")) for column in layout.columns]


def register(chance: random.Random, layout: Layout, people: int, faults: int) -> tuple[list[list[Any]], Key]:
    """The rows of one sheet from the first title line on, and its key."""
    rows: list[list[Any]] = [list(title) for title in layout.titles]
    rows += [list(line) for line in layout.heading]
    width = len(layout.columns)
    if chance.random() < 0.5:
        brackets = chance.random() < 0.5
        rows.append([f"({at})" if brackets else at for at in range(1, width + 1)])
    key = Key()
    crowd = [someone(chance, number) for number in range(people)]
    if layout is SUBDISTRICT:
        for who in crowd:
            who.village = ("GONDANG", "SUBAH")
            who.cells = spelled(chance, who)
    _plant(chance, layout, crowd, faults)
    for number, who in enumerate(crowd, 1):
        if chance.random() < 0.1:
            rows.append([""] * width)
        if number > 2 and chance.random() < 0.08:
            rows += [list(line) for line in layout.heading[:1]]
            key.skipped.add((0, len(rows)))
        rows.append(filled(layout, who, number))
        key.rows[0, len(rows)] = who
    _close(chance, layout, rows, key)
    return rows, key


def _plant(chance: random.Random, layout: Layout, crowd: list[Someone], faults: int) -> None:
    possible = [
        name
        for name, (columns, _outcomes, _fault) in FAULTS.items()
        if all(
            column in layout.columns or (column == "birth" and "ttl" in layout.columns) for column in columns
        )
        and not (name == "birth in words" and "ttl" in layout.columns)
        and not (layout is EXTRACT and name == "left too young")
    ]
    for who in chance.sample(crowd, min(faults, len(crowd))):
        name = chance.choice(possible)
        _columns, outcomes, plant = FAULTS[name]
        who.fault, who.outcomes = name, outcomes
        plant(chance, who)
    good = [who for who in crowd if not who.fault]
    if len(good) > 4 and faults:
        first, second, third, fourth = chance.sample(good, 4)
        _copy(chance, crowd, first, second, same_name=True)
        _copy(chance, crowd, third, fourth, same_name=False)


def _copy(
    chance: random.Random, crowd: list[Someone], one: Someone, other: Someone, *, same_name: bool
) -> None:
    """The later of the two becomes the earlier once more: the same row, or the NIK under another name."""
    first, later = sorted((one, other), key=crowd.index)
    own = later.name
    for name in ("nik", "name", "sex", "birth", "village", "country", "left", "ends", "status", "phone"):
        setattr(later, name, getattr(first, name))
    later.name = first.name if same_name else own
    later.cells = spelled(chance, later)
    later.cells["remark"] = ""
    later.fault = "the same person again" if same_name else "the same nik, another name"
    later.outcomes = frozenset({"skipped"}) if same_name else REVIEW


def _close(chance: random.Random, layout: Layout, rows: list[list[Any]], key: Key) -> None:
    """Totals and signatures."""
    width = len(layout.columns)

    def skip(row: list[Any]) -> None:
        rows.append(row + [""] * (width - len(row)))
        key.skipped.add((0, len(rows)))

    if chance.random() < 0.6:
        skip(chance.choice((["JUMLAH"], ["", "TOTAL", 25], ["Jumlah Total :", "", 40])))
    if chance.random() < 0.6:
        rows.append([""] * width)
        far = max(width - 3, 0)
        skip([""] * far + ["Mengetahui,"])
        skip([""] * far + ["KEPALA DESA"])
        rows.append([])
        skip([""] * far + ["( ........................ )"])


# --- one file ----------------------------------------------------------------------------------------------


def write_xlsx(path, layout: Layout, rows: list[list[Any]], *, more_sheets: bool = False) -> None:
    """The register as XLSX, with joined cells in its heading; behind it an empty sheet and a summary."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet(layout.sheet)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                elif isinstance(cell, str):
                    if cell:
                        sheet.write_string(at, column, cell)
                else:
                    sheet.write_number(at, column, cell)
        top = len(layout.titles)
        for first, left, last, right in layout.merges:
            sheet.merge_range(top + first, left, top + last, right, layout.heading[first][left])
        if more_sheets:
            book.add_worksheet("Sheet2")
            summary = book.add_worksheet("REKAP")
            for at, row in enumerate((["REKAPITULASI"], ["Desa", "L", "P", "Jumlah"], ["Wanar", 3, 4, 7])):
                summary.write_row(at, 0, row)


def as_text(cell: Any) -> str:
    """A cell as a CSV has it."""
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


def write_csv(path, rows: list[list[Any]], separator: str, encoding: str) -> None:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=separator).writerows([as_text(cell) for cell in row] for row in rows)


def write_xls(path, layout: Layout, rows: list[list[Any]]) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet(layout.sheet)
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell != "":
                sheet.write(at, column, cell, day if isinstance(cell, date) else xlwt.Style.default_style)
    book.save(str(path))


def write_ods(path, layout: Layout, rows: list[list[Any]]) -> None:
    def cell_of(cell: Any) -> str:
        if cell == "":
            return "<table:table-cell/>"
        if isinstance(cell, date):
            return (
                f'<table:table-cell office:value-type="date" office:date-value="{cell:%Y-%m-%d}">'
                f"<text:p>{cell:%d/%m/%Y}</text:p></table:table-cell>"
            )
        if isinstance(cell, str):
            lines = cell.replace("&", "&amp;").replace("<", "&lt;").split("\n")
            texts = "".join(f"<text:p>{line}</text:p>" for line in lines)
            return f'<table:table-cell office:value-type="string">{texts}</table:table-cell>'
        value = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {value}><text:p>{cell}</text:p></table:table-cell>"

    body = "".join(f"<table:table-row>{''.join(map(cell_of, row))}</table:table-row>" for row in rows)
    ods(path, f'<table:table table:name="{layout.sheet}">{body}</table:table>')
