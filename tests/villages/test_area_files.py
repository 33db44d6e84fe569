"""Reading lists of areas: every broken line is named, nothing good is lost."""

import csv
import gzip

import pytest
import xlsxwriter

from villages.area_files import (
    AreaFileRefused,
    AreaLevel,
    AreaReader,
    AreaRow,
    dotted,
    kind_of,
    level_of,
    parent_of,
    read_successors,
)

HEADING = "kode,kode_induk,tingkat,jenis,nama,lat,lng"
GOOD = [
    HEADING,
    "33,,provinsi,provinsi,Jawa Tengah,-7.1,110.2",
    "33.25,33,kabupaten_kota,kabupaten,Kabupaten Batang,-7.0,109.9",
    "33.25.14,33.25,kecamatan,kecamatan,Pecalungan,,",
    '33.25.14.2004,33.25.14,desa_kelurahan,desa,"Randu I,II",-7.01745,109.86436',
]


@pytest.fixture
def write(tmp_path):
    def write(lines, name="daftar.csv"):
        path = tmp_path / name
        path.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))
        return path

    return write


def refused(path):
    with pytest.raises(AreaFileRefused) as caught:
        list(AreaReader(path).rows())
    return caught.value.problems


def test_flat_file_gives_one_row_an_area(write):
    assert list(AreaReader(write(GOOD)).rows()) == [
        AreaRow(AreaLevel.PROVINCE, "33", "Jawa Tengah", "", "-7.1", "110.2"),
        AreaRow(AreaLevel.DISTRICT, "33.25", "Kabupaten Batang", "kabupaten", "-7.0", "109.9"),
        AreaRow(AreaLevel.SUBDISTRICT, "33.25.14", "Pecalungan", ""),
        AreaRow(AreaLevel.VILLAGE, "33.25.14.2004", "Randu I,II", "desa", "-7.01745", "109.86436"),
    ]


def test_gzip_is_read_whatever_its_name(tmp_path):
    path = tmp_path / "daftar.csv"
    path.write_bytes(gzip.compress("\n".join(GOOD).encode()))
    assert len(list(AreaReader(path).rows())) == 4


def test_byte_order_mark_blank_lines_and_other_column_order_are_read(write):
    lines = [
        "\ufeffnama,kode,kode_induk,jenis,tingkat,lng,lat",
        "Jawa Tengah,33,,provinsi,provinsi,,",
        "",
        ",,,,,,",
    ]
    assert [row.name for row in AreaReader(write(lines[:3])).rows()] == ["Jawa Tengah"]


def test_codes_without_dots_are_dotted(write):
    lines = [line.replace("33.25.14.2004", "3325142004").replace("33.25.14,", "332514,") for line in GOOD]
    lines = [line.replace("33.25,", "3325,") for line in lines]
    assert [row.code for row in AreaReader(write(lines)).rows()] == [
        "33",
        "33.25",
        "33.25.14",
        "33.25.14.2004",
    ]


SIGUCI = "33.25.14.2005,33.25.14,desa_kelurahan,desa,"
POINT = "the point of 33.25.14.2005 is not on the globe"
UNREADABLE = "the name of 33.25.14.2005 is not readable UTF-8 text"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("33.25.14.4004,33.25.14,desa_kelurahan,desa,Randu,,", "“33.25.14.4004” is not an area code"),
        ("33.25.14.204,33.25.14,desa_kelurahan,desa,Randu,,", "“33.25.14.204” is not an area code"),
        ("3.325,33,kabupaten_kota,kabupaten,Batang,,", "“3.325” is not an area code"),
        ("٣٣,,provinsi,provinsi,Jawa Tengah,,", "“٣٣” is not an area code"),
        ("33.25.14.2005,33.25.14,kecamatan,desa,Siguci,,", "the level does not fit the code 33.25.14.2005"),
        (SIGUCI.replace(",desa,", ",kelurahan,") + "A,,", "the kind does not fit the code 33.25.14.2005"),
        ("33.71,33,kabupaten_kota,kabupaten,Kota Magelang,,", "the kind does not fit the code 33.71"),
        ("33.25.14.2005,33.26.14,desa_kelurahan,desa,A,,", "the parent does not fit the code 33.25.14.2005"),
        ("34,33,provinsi,provinsi,Yogyakarta,,", "the parent does not fit the code 34"),
        (SIGUCI + "Siguci,95,1", POINT),
        (SIGUCI + "Siguci,nan,1", POINT),
        (SIGUCI + " ,,", "33.25.14.2005 has no name, or one of over 100 letters"),
        (SIGUCI + "Sig\x07uci,,", UNREADABLE),
        (SIGUCI + "Siguc\udce9,,", UNREADABLE),
        (SIGUCI + "Siguci", "5 fields instead of 7"),
        (SIGUCI + "Siguci,,,", "8 fields instead of 7"),
        ("33.25,33,kabupaten_kota,kabupaten,Kabupaten Batang,,", "code 33.25 was given in line 3 already"),
        ("33.26.01,33.26,kecamatan,kecamatan,Kajen,,", "33.26.01 lies in 33.26, which is not in the list"),
    ],
)  # fmt: skip
def test_broken_line_is_named_with_its_number(write, line, sentence, english):
    assert refused(write([*GOOD, line])) == [f"daftar.csv, line 6: {sentence}."]


def test_open_quote_is_named_where_it_begins(write, english):
    lines = [*GOOD, SIGUCI + '"Siguci,,', SIGUCI.replace("2005", "2006") + "Pretek,,"]
    assert refused(write(lines)) == ["daftar.csv, line 6: 5 fields instead of 7."]


def test_endless_quote_is_not_csv(write, english):
    lines = [*GOOD, '33.25.14.2005,33.25.14,desa_kelurahan,desa,"Siguci', "x" * (csv.field_size_limit() + 1)]
    assert refused(write(lines)) == ["daftar.csv, line 6: this is not CSV."]


def test_ten_problems_at_most_are_told(write):
    assert len(refused(write([*GOOD, *["x,,provinsi,provinsi,Y,,"] * 30]))) == 10


def test_file_of_another_kind_is_refused(write, tmp_path, english):
    heading = "daftar.csv, line 1: the heading lacks kode, kode_induk, tingkat, jenis, nama, lat, lng."
    assert refused(write(["a,b", "1,2"])) == [heading]
    assert refused(write([])) == [heading]
    assert refused(write([HEADING])) == ["daftar.csv holds no areas."]
    assert refused(tmp_path / "lain.csv") == [f"{tmp_path / 'lain.csv'} does not exist."]
    cut = tmp_path / "putus.csv.gz"
    cut.write_bytes(gzip.compress("\n".join(GOOD * 50).encode())[:60])
    assert refused(cut) == ["putus.csv.gz is not a whole .gz file."]
    utf16 = tmp_path / "utf16.csv"
    utf16.write_bytes("\n".join(GOOD).encode("utf-16"))
    assert refused(utf16) == [heading.replace("daftar", "utf16")]


FOLDER = {
    "provinces.csv": ["code,name", "31,DKI JAKARTA", "33,JAWA TENGAH"],
    "regencies.csv": ["code,province_code,name", "33.25,33,KABUPATEN BATANG", "3371,33,KOTA MAGELANG"],
    "districts.csv": ["code,regency_code,name", "33.25.14,33.25,PECALUNGAN"],
    "villages.csv": ["code,district_code,name", '3325142004,332514,Ra"ndu', "33.25.14.1001,33.25.14,Kota"],
}


@pytest.fixture
def folder(write, tmp_path):
    for name, lines in FOLDER.items():
        write(lines, name)
    return tmp_path


def test_folder_of_idn_area_data_is_read(folder):
    assert list(AreaReader(folder).rows()) == [
        AreaRow(AreaLevel.PROVINCE, "31", "DKI Jakarta", ""),
        AreaRow(AreaLevel.PROVINCE, "33", "Jawa Tengah", ""),
        AreaRow(AreaLevel.DISTRICT, "33.25", "Kabupaten Batang", "kabupaten"),
        AreaRow(AreaLevel.DISTRICT, "33.71", "Kota Magelang", "kota"),
        AreaRow(AreaLevel.SUBDISTRICT, "33.25.14", "PECALUNGAN", ""),
        AreaRow(AreaLevel.VILLAGE, "33.25.14.2004", 'Ra"ndu', "desa"),
        AreaRow(AreaLevel.VILLAGE, "33.25.14.1001", "Kota", "kelurahan"),
    ]


@pytest.mark.parametrize(
    ("name", "line", "sentence"),
    [
        ("villages.csv", "33.25.14.2009,33.25.15,Gumawang", "the parent does not fit the code 33.25.14.2009"),
        ("villages.csv", "33.25.15,33.25,Gumawang", "the level does not fit the code 33.25.15"),
        ("districts.csv", "33.26.01,33.26,Kajen", "33.26.01 lies in 33.26, which is not in the list"),
        ("provinces.csv", "33,Jawa Tengah", "code 33 was given in line 3 already"),
    ],
)
def test_broken_line_in_a_folder_names_the_file(folder, write, name, line, sentence, english):
    write([*FOLDER[name], line], name)
    assert refused(folder) == [f"{name}, line {len(FOLDER[name]) + 1}: {sentence}."]


def test_folder_without_one_of_its_files_is_refused(folder, english):
    (folder / "villages.csv").unlink()
    assert refused(folder) == [f"{folder / 'villages.csv'} does not exist."]


def test_successors_are_read_with_and_without_heading(write):
    with_heading = write(["old,new", "33.25.14.2004,33.25.14.2011", "", "33.25,33.30"])
    assert list(read_successors(with_heading)) == [
        (2, "33.25.14.2004", "33.25.14.2011"),
        (4, "33.25", "33.30"),
    ]
    assert list(read_successors(write(["3325142004,3325142011"]))) == [(1, "33.25.14.2004", "33.25.14.2011")]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("33.25.14.2005", "write the old code, a comma and the new code"),
        ("33.25.14.2005,x", "write the old code, a comma and the new code"),
        ("33.25,33.25", "old and new must be two codes of one level"),
        ("33.25,33", "old and new must be two codes of one level"),
        ("33.25.14.2004,33.25.14.2012", "code 33.25.14.2004 has a successor already"),
    ],
)
def test_broken_successor_is_named_with_its_line(write, line, sentence, english):
    path = write(["old,new", "33.25.14.2004,33.25.14.2011", line], "pengganti.csv")
    with pytest.raises(AreaFileRefused) as caught:
        list(read_successors(path))
    assert caught.value.problems == [f"pengganti.csv, line 3: {sentence}."]


def test_code_says_its_level_parent_and_kind():
    assert dotted(" 3325142004 ") == "33.25.14.2004"
    assert [dotted(text) for text in ("", "333", "33.2514", "33.25.14.2004.1", "33 25")] == [None] * 5
    assert (level_of("33.25.14"), parent_of("33.25.14"), parent_of("33")) == (
        AreaLevel.SUBDISTRICT,
        "33.25",
        "",
    )
    assert [
        kind_of(code) for code in ("33", "33.25", "33.71", "33.25.14", "91.01.01.3001", "33.25.14.1001")
    ] == [
        "",
        "kabupaten",
        "kota",
        "",
        "desa adat",
        "kelurahan",
    ]


def test_workbook_of_the_flat_shape_is_read_like_the_csv(write, tmp_path):
    rows = list(csv.reader(GOOD))
    path = tmp_path / "daftar.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(at, column, cell)
    assert list(AreaReader(path).rows()) == list(AreaReader(write(GOOD)).rows())


def test_codes_typed_as_numbers_are_named(tmp_path):
    path = tmp_path / "daftar.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING.split(","))
        sheet.write_row(1, 0, [33, "", "provinsi", "provinsi", "Jawa Tengah", "", ""])
        sheet.write_row(2, 0, [33.1, 33, "kabupaten_kota", "kabupaten", "Kabupaten Cilacap", "", ""])
    with pytest.raises(AreaFileRefused) as refused:
        list(AreaReader(path).rows())
    assert refused.value.problems == ["daftar.xlsx, baris 3: “33.1” bukan kode wilayah."]


def test_workbook_that_is_none_is_refused_with_its_name(tmp_path):
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(AreaFileRefused) as refused:
        list(AreaReader(path).rows())
    assert len(refused.value.problems) == 1
    assert refused.value.problems[0].startswith("daftar.xlsx: ")
