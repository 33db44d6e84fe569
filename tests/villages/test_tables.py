"""Reading tables people send: whole when good, one sentence when hostile, never more than the limits."""

import random
from datetime import date

import pytest
import xlsxwriter
import xlwt

from tests.villages.workbooks import (
    HEAD,
    SPREADSHEET,
    TAIL,
    ods,
    ods_row,
    ole,
    sheet_of,
    text_cell,
    xlsx,
    zip_of,
)
from villages.tables import DISTRICT, VILLAGE, Limits, TableRefused, open_table
from villages.tables.limits import MEGABYTE

GOOD = [["NIK", "NAMA"], ["3325012512909001", "SITI"], ["3325012512909002", "BUDI"]]
TINY = Limits(packed=MEGABYTE, unpacked=MEGABYTE, rows=100, columns=30, entries=10, sheets=3)


def rows_of(path, limits=VILLAGE, index=0):
    with open_table(path, limits=limits) as table:
        return [list(row) for row in table.rows(index)]


def refused(path, limits=VILLAGE):
    """The code of the refusal, wherever in reading the file it comes."""
    with pytest.raises(TableRefused) as caught, open_table(path, limits=limits) as table:
        for sheet in table.sheets:
            list(table.rows(sheet.index))
    assert caught.value.sentence
    return caught.value.code


@pytest.fixture
def file(tmp_path):
    def file(content: bytes, name="daftar.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return file


# --- what is read ------------------------------------------------------------------------------------------


def test_workbook_is_read_from_its_first_row_and_column(tmp_path):
    sheet = HEAD + '<row r="3">' + text_cell("C3", "NIK") + "</row>" + TAIL
    assert rows_of(xlsx(tmp_path / "a.xlsx", sheet)) == [["", "", ""], ["", "", ""], ["", "", "NIK"]]


def test_formula_gives_its_cached_value_and_an_error_nothing(tmp_path):
    row = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>HYPERLINK("http://a")</f><v>abc</v></c>'
        '<c r="C1" t="e"><v>#REF!</v></c><c r="D1" t="b"><v>1</v></c></row>'
    )
    assert rows_of(xlsx(tmp_path / "a.xlsx", HEAD + row + TAIL)) == [[2.0, "abc", "", True]]


def test_old_workbook_is_read(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("LAMA")
    for at, row in enumerate(GOOD):
        for column, text in enumerate(row):
            sheet.write(at, column, text)
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    sheet.write(1, 2, date(1990, 5, 12), day)
    book.save(str(tmp_path / "lama.xls"))
    rows = rows_of(tmp_path / "lama.xls")
    assert rows[1][:2] == GOOD[1]
    assert rows[1][2] == date(1990, 5, 12)


def test_open_document_is_read_without_the_blank_rows_it_ends_with(tmp_path):
    filler = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row>'
    )
    body = '<table:table table:name="A">' + "".join(ods_row(*row) for row in GOOD) + filler + "</table:table>"
    assert rows_of(ods(tmp_path / "a.ods", body)) == GOOD


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "before"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp1252", b""), ("utf-16", b"")]
)
def test_csv_is_read_in_any_encoding_and_separator(file, separator, encoding, before):
    rows = [["NIK", "NAMA", "ALAMAT"], ["33", "Café", "Jl. Müller"], ["34", "Budi", ""]]
    text = "\r\n".join(separator.join(row) for row in rows)
    assert rows_of(file(before + text.encode(encoding))) == rows


def test_csv_of_two_encodings_is_read_line_by_line(file):
    content = "nama;desa\nJosé;A\n".encode() + "José;B\n".encode("cp1252")
    assert rows_of(file(content)) == [["nama", "desa"], ["José", "A"], ["José", "B"]]


def test_csv_quote_that_is_never_closed_loses_no_row(file):
    lines = ["NIK,NAMA", '1,"SITI'] + [f"{number},BUDI" for number in range(2, 60)]
    assert len(rows_of(file("\n".join(lines).encode()))) == 60


def test_csv_cell_of_several_lines_stays_one_cell(file):
    assert rows_of(file(b'a,b\n1,"x\ny"\n')) == [["a", "b"], ["1", "x\ny"]]


def test_csv_hint_of_excel_is_no_row(file):
    assert rows_of(file(b"sep=;\nNIK;NAMA, LENGKAP\n1;A\n")) == [["NIK", "NAMA, LENGKAP"], ["1", "A"]]


def test_styled_blank_cells_to_the_last_corner_do_no_harm(tmp_path):
    wide = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    sheet = sheet_of(GOOD).replace(TAIL, wide + TAIL)
    assert rows_of(xlsx(tmp_path / "a.xlsx", sheet)) == GOOD


def test_link_that_a_person_clicks_on_is_no_external_link(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_url(0, 0, "https://desmigratif.example/", string="NIK")
    assert rows_of(path) == [["NIK"]]


# --- what is refused ---------------------------------------------------------------------------------------


def test_nothing_is_refused(file):
    assert refused(file(b"")) == "empty"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%\xe2\xe3",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"{\\rtf1}",
        b"a\0b,c\n",
        b"\x1f\x8b\x08abc",
    ],
)
def test_other_files_by_the_name_of_a_workbook_are_refused(file, content):
    assert refused(file(content, "data.xlsx")) == "not_a_table"


def test_web_page_by_the_name_of_a_workbook_is_refused(file):
    assert refused(file(b"<html><table><tr><td>NIK</td></tr></table></html>", "data.xls")) == "web_page"


def test_archive_without_a_workbook_is_refused(file):
    assert refused(file(zip_of(readme="hello"), "data.xlsx")) == "not_a_table"


def test_half_an_archive_is_refused(file, tmp_path):
    whole = xlsx(tmp_path / "a.xlsx", sheet_of(GOOD)).read_bytes()
    assert refused(file(whole[: len(whole) // 2], "data.xlsx")) == "broken"


def test_archive_with_a_broken_part_is_refused(file, tmp_path):
    whole = bytearray(xlsx(tmp_path / "a.xlsx", sheet_of(GOOD * 20)).read_bytes())
    at = whole.index(b"sheet1.xml") + 60
    whole[at : at + 8] = b"\xff" * 8
    assert refused(file(bytes(whole), "data.xlsx")) == "broken"


def test_workbook_with_a_password_is_refused(file):
    assert refused(file(ole("EncryptedPackage"), "data.xlsx")) == "encrypted"


def test_open_document_with_a_password_is_refused(tmp_path):
    listed = '<manifest:manifest xmlns:manifest="m"><manifest:encryption-data/></manifest:manifest>'
    assert refused(ods(tmp_path / "a.ods", "", {"META-INF/manifest.xml": listed})) == "encrypted"


def test_old_file_that_is_none_is_refused(file):
    assert refused(file(ole("Nothing"), "data.xls")) == "broken"


def test_file_above_its_size_is_refused(file):
    assert refused(file(b"a,b\n" * (MEGABYTE // 2)), TINY) == "too_big"


def test_bomb_that_says_its_size_is_refused(tmp_path):
    sheet = HEAD + "<row r='1'>" + " " * (30 * MEGABYTE) + "</row>" + TAIL
    assert refused(xlsx(tmp_path / "a.xlsx", sheet)) == "too_big"


def test_bomb_of_a_high_ratio_is_refused(tmp_path):
    sheet = HEAD + " " * (5 * MEGABYTE) + TAIL
    assert refused(xlsx(tmp_path / "a.xlsx", sheet)) == "too_big"


def test_bomb_that_lies_about_its_size_is_refused(tmp_path):
    path = xlsx(tmp_path / "a.xlsx", HEAD + " " * (30 * MEGABYTE) + TAIL)
    data = bytearray(path.read_bytes())
    real = len(HEAD + TAIL) + 30 * MEGABYTE
    for found in range(2):  # in the local header and in the directory
        at = data.index(real.to_bytes(4, "little"))
        data[at : at + 4] = (1000 + found).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    assert refused(path) in {"too_big", "broken"}


def test_too_many_parts_are_refused(tmp_path):
    parts = {f"xl/media/{number}.png": "x" for number in range(30)}
    assert refused(xlsx(tmp_path / "a.xlsx", sheet_of(GOOD), parts)) == "too_many_parts"


def test_too_many_sheets_are_refused(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        for number in range(5):
            book.add_worksheet().write_number(0, 0, number)
    limits = Limits(packed=MEGABYTE, unpacked=MEGABYTE, rows=100, entries=60, sheets=4)
    assert refused(tmp_path / "a.xlsx", limits) == "too_many_sheets"


@pytest.mark.parametrize("limits", [VILLAGE, TINY])
def test_more_rows_than_allowed_are_refused(tmp_path, limits):
    rows = [["1", "A"]] * (limits.rows + 1)
    assert refused(xlsx(tmp_path / "a.xlsx", sheet_of(rows)), limits) == "too_many_rows"
    assert len(rows_of(xlsx(tmp_path / "b.xlsx", sheet_of(rows[1:])), limits)) == limits.rows


def test_more_rows_than_allowed_over_all_sheets_are_refused(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        for _sheet in range(3):
            sheet = book.add_worksheet()
            for row in range(40):
                sheet.write_number(row, 0, row)
    limits = Limits(packed=MEGABYTE, unpacked=MEGABYTE, rows=100)
    assert refused(tmp_path / "a.xlsx", limits) == "too_many_rows"


def test_more_rows_than_allowed_in_csv_are_refused(file):
    assert refused(file(b"1,A\n" * 101), TINY) == "too_many_rows"


def test_sheet_of_three_hundred_columns_is_refused(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet().write_row(0, 0, ["x"] * 300)
    assert refused(tmp_path / "a.xlsx") == "too_many_columns"
    (tmp_path / "a.csv").write_text(",".join(["x"] * 300))
    assert refused(tmp_path / "a.csv") == "too_many_columns"


@pytest.mark.parametrize(
    "corner",
    [
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        '<row r="5"><c r="XFD5"><v>1</v></c></row>',
        '<row r="5"><c  r="XFD5"><v>1</v></c></row>',
        "<row r='5'><c r='XFD5'><v>1</v></c></row>",
        '<row r="5"><c s="1" r="A1048576"><v>1</v></c></row>',
        f'<x:row xmlns:x="{SPREADSHEET}" r="5"><x:c r="XFD5"><x:v>1</x:v></x:c></x:row>',
        '<row r="7">' + "<c><v>1</v></c>" * 300 + "</row>",
    ],
)
def test_value_in_the_last_corner_is_refused_before_it_is_laid_out(tmp_path, corner):
    sheet = sheet_of(GOOD).replace(TAIL, corner + TAIL)
    assert refused(xlsx(tmp_path / "a.xlsx", sheet), DISTRICT) in {"too_many_rows", "too_many_columns"}


def test_sheet_by_another_name_is_looked_at_too(tmp_path):
    sheet = sheet_of(GOOD).replace(TAIL, '<row r="5"><c r="XFD5"><v>1</v></c></row>' + TAIL)
    path = xlsx(tmp_path / "a.xlsx", sheet, sheet_path="media/picture.png")
    assert refused(path) == "too_many_columns"


def test_text_that_a_million_cells_refer_to_is_refused(tmp_path):
    shared = f'<sst xmlns="{SPREADSHEET}"><si><t>' + "a" * 30_000 + "</t></si></sst>"
    rows = "".join(
        f'<row r="{number}">'
        + "".join(f'<c r="{chr(65 + at)}{number}" t="s"><v>0</v></c>' for at in range(20))
        + "</row>"
        for number in range(1, 5000)
    )
    limits = Limits(packed=40 * MEGABYTE, unpacked=400 * MEGABYTE, rows=150_000, ratio=1000)
    path = xlsx(tmp_path / "a.xlsx", HEAD + rows + TAIL, {"xl/sharedStrings.xml": shared})
    assert refused(path, limits) == "too_big"


@pytest.mark.parametrize(
    "row",
    [ods_row("NIK", "NAMA", repeat=1_000_000), ods_row(*["x"] * 300)],
)
def test_open_document_that_unfolds_is_refused(tmp_path, row):
    body = f'<table:table table:name="A">{row}</table:table>'
    assert refused(ods(tmp_path / "a.ods", body)) in {"too_many_rows", "too_many_columns"}


def test_external_links_are_refused(tmp_path):
    links = {"xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    assert refused(xlsx(tmp_path / "a.xlsx", sheet_of(GOOD), links)) == "external_links"
    links = {
        "xl/worksheets/_rels/sheet1.xml.rels": (
            '<Relationships xmlns="r"><Relationship Id="r1" Type="t/oleObject" TargetMode="External"'
            ' Target="file:///etc/passwd"/></Relationships>'
        )
    }
    assert refused(xlsx(tmp_path / "b.xlsx", sheet_of(GOOD), links)) == "external_links"


def test_definitions_are_refused(tmp_path):
    bomb = '<!DOCTYPE a [<!ENTITY b "cccccccccc">]>'
    sheet = sheet_of(GOOD).replace("?>", "?>" + bomb, 1)
    assert refused(xlsx(tmp_path / "a.xlsx", sheet)) == "dtd"
    far = sheet_of(GOOD).replace("?>", "?><!--" + "x" * 5000 + "-->" + bomb, 1)
    assert refused(xlsx(tmp_path / "b.xlsx", far)) == "broken"
    body = '<table:table table:name="A"/>'
    assert refused(ods(tmp_path / "a.ods", body, {"styles.xml": bomb + "<a/>"})) == "dtd"


def test_parts_in_other_encodings_are_refused(tmp_path):
    sheet = sheet_of(GOOD).replace("UTF-8", "UTF-7", 1)
    assert refused(xlsx(tmp_path / "a.xlsx", sheet)) == "broken"


def damaged(chance: random.Random, whole: bytes) -> bytes:
    """The file with some bytes changed."""
    content = bytearray(whole)
    for _change in range(chance.randrange(1, 30)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


@pytest.mark.parametrize("form", ["xlsx", "xls", "ods"])
def test_damaged_file_is_read_or_refused_and_harms_nobody(tmp_path, file, form):
    if form == "xls":
        book = xlwt.Workbook()
        sheet = book.add_sheet("LAMA")
        for at in range(200):
            sheet.write(at, at % 9, f"NAMA {at}")
        book.save(str(tmp_path / "a.xls"))
    elif form == "xlsx":
        xlsx(tmp_path / "a.xlsx", sheet_of(GOOD * 50))
    else:
        body = "".join(ods_row(*row) for row in GOOD * 50)
        ods(tmp_path / "a.ods", f'<table:table table:name="A">{body}</table:table>')
    whole = (tmp_path / f"a.{form}").read_bytes()
    chance = random.Random(form)
    for _file in range(25):
        path = file(damaged(chance, whole), f"b.{form}")
        try:
            assert isinstance(rows_of(path), list)
        except TableRefused as refusal:
            assert refusal.sentence


def test_old_workbook_that_asks_for_the_whole_memory_is_refused(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("LAMA")
    sheet.write(0, 0, 1.5)
    sheet.write(65_535, 200, 2.5)
    book.save(str(tmp_path / "a.xls"))
    content = (tmp_path / "a.xls").read_bytes()
    cell = (65_535).to_bytes(2, "little") + (200).to_bytes(2, "little")
    assert content.count(cell) == 1
    far = (65_535).to_bytes(2, "little") + (65_535).to_bytes(2, "little")
    (tmp_path / "a.xls").write_bytes(content.replace(cell, far))
    assert refused(tmp_path / "a.xls") == "broken"
