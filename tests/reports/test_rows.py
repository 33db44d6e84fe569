"""The list behind a figure: scope, names, columns, pages, files."""

import csv
import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from audit.models import Event
from reports import exports
from reports.indicators import CATALOGUE
from tests import factories as make
from tests.reports.pages import counted, figure_links
from tests.reports.world import fill

NAMED = ("Dwi Lestari", "Nur Kholis", "Tamu", "Sri Rejeki", "KS-2611-", "LY-2611-")


def csv_rows(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def xlsx_rows(response):
    return CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()


def named_in(text):
    return [name for name in NAMED if name in text]


def test_viewer_finds_no_name_in_any_list_or_file(cast):
    fill(cast)
    client, found = cast.client("lina"), {}
    for code in CATALOGUE:
        found[code, "page"] = named_in(client.get(f"/figures/{code}/rows/").content.decode())
        for ending, read in (("csv", csv_rows), ("xlsx", xlsx_rows)):
            response = client.get(f"/figures/{code}/rows.{ending}")
            if response.status_code == 200:
                found[code, ending] = named_in(str(read(response)))
    assert {where: names for where, names in found.items() if names} == {}
    assert ("visits", "csv") in found


@pytest.mark.parametrize("name", ["ratna", "maya", "arif"])
def test_reader_of_numbers_gets_numbers_only(cast, name):
    fill(cast)
    client = cast.client(name)
    found = {
        code: named_in(client.get(f"/figures/{code}/rows/?period=2026").content.decode())
        for code in CATALOGUE
    }
    assert {code: names for code, names in found.items() if names} == {}


def test_coordinator_sees_names_and_opens_records(cast):
    fill(cast)
    page = cast.client("hendro").get("/figures/visits/rows/").content.decode()
    visit = cast.randu.pk
    assert "Dwi Lestari 0" in page
    assert "/visits/" in page
    assert visit not in page  # the code stands in files only


def test_list_leaves_out_the_place_everybody_knows(cast):
    fill(cast)
    district = cast.client("hendro").get("/figures/visits/rows/").content.decode()
    village = cast.client("rina").get("/figures/visits/rows/").content.decode()
    assert (">Desa Randu</td>" in district, ">Desa Randu</td>" in village) == (True, False)
    assert "Kabupaten Batang</td>" not in district


@pytest.mark.parametrize(
    "query",
    [
        "place=33.25",
        "place=33.25.14.2002",
        "place=99.99",
        "place=nonsense",
        "period=2026-13",
        "period=1999",
        "period=0",
        "split=nonsense&value=x",
    ],
)
def test_address_of_others_or_of_nothing_is_not_found(cast, query):
    assert cast.client("rina").get(f"/figures/visits/rows/?{query}").status_code == 404


def test_unknown_indicator_is_not_found(cast):
    assert cast.client("maya").get("/figures/nonsense/rows/").status_code == 404


def test_hostile_value_lists_nothing(cast):
    fill(cast)
    page = cast.client("rina").get("/figures/visits/rows/?split=topic&value=%00%27%3Cb%3E")
    assert page.status_code in {200, 400}
    assert b"<b>" not in page.content


def test_list_is_paged_without_loss(cast):
    for _turn in range(123):
        make.ServiceVisitFactory(village=cast.randu)
    assert counted(cast.client("rina"), "/figures/visits/rows/?period=2026-11") == (123, 123)


def test_numbers_of_the_parts_open_the_parts(cast):
    fill(cast)
    client = cast.client("maya")
    page = client.get("/figures/visits/rows/?period=2026-11").content.decode()
    assert [number for _address, number in figure_links(page)] == [2, 6]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("hendro", 6), ("lina", 6), ("maya", 7)])
def test_number_of_queries_does_not_grow(cast, django_assert_num_queries, name, queries, rows):
    for _turn in range(rows):
        make.ServiceVisitFactory(village=cast.randu, person=make.PersonFactory(village=cast.randu))
    client = cast.client(name)
    client.get("/figures/visits/rows/")
    with django_assert_num_queries(queries):
        client.get("/figures/visits/rows/")


# Files


COUNTED = [code for code, indicator in CATALOGUE.items() if indicator.measure is None]


def test_files_hold_the_rows_of_the_list(cast):
    fill(cast)
    client = cast.client("hendro")
    for code in COUNTED:
        if CATALOGUE[code].small_cells:
            continue
        said, _listed = counted(client, f"/figures/{code}/rows/?period=2026-11")
        lines = csv_rows(client.get(f"/figures/{code}/rows.csv?period=2026-11"))
        sheet = xlsx_rows(client.get(f"/figures/{code}/rows.xlsx?period=2026-11"))
        in_sheet = len([row for row in sheet[1:] if any(row)])
        assert (code, sheet[0], len(lines) - 1, in_sheet) == (code, lines[0], said, said)


def test_file_is_on_record(cast):
    fill(cast)
    client = cast.client("lina")
    b"".join(client.get("/figures/visits/rows.csv?split=topic&value=document").streaming_content)
    event = Event.objects.get(name="list.exported")
    assert (event.actor_name, event.subject_label, event.district_code, event.changes) == (
        "Lina Marlina",
        "visits:topic 2026-11 document",
        "33.25",
        {"rows": [None, 3], "file": [None, "csv"]},
    )


def test_file_says_what_it_holds(cast):
    """On a second sheet of the XLSX; beside a CSV, which links to it."""
    fill(cast)
    client, query = cast.client("hendro"), "period=2026-11&split=topic&value=document"
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(client.get(f"/figures/visits/rows.xlsx?{query}").content)
    )
    about = {line[0]: line[1] for line in book.get_sheet_by_index(1).to_python()}
    assert (book.sheet_names, about["Baris"], about["Dibuat oleh"]) == (
        ["visits", "Tentang"],
        3,
        "Hendro Wibowo, Koordinator kabupaten/kota",
    )
    assert about["Dibuat"] == "23-11-2026 08.15 WIB"
    answer = client.get(f"/figures/visits/rows.csv?{query}")
    address = answer["Link"].partition(">")[0].removeprefix("<")
    beside = dict(csv_rows(client.get(address)))
    assert {name: beside[name] for name in about if name != "Baris"} == {
        name: value for name, value in about.items() if name != "Baris"
    }
    for address in ("/figures/table", "/figures/by-two/table", "/stipends/list"):
        content = client.get(f"{address}.xlsx").content
        assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names[1] == "Tentang"


def written(*facts):
    file = io.BytesIO()
    exports.write_xlsx(file, *facts)
    return file.getvalue()


FORMULAS = ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", "  =1", "\n=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_cell_never_begins_a_formula(text):
    lines = "".join(exports.csv_lines(["A"], [[text]]))
    assert next(csv.reader(io.StringIO(lines.removeprefix("\ufeff").split("\r\n", 1)[1])))[0][0] == "'"


@pytest.mark.parametrize("text", FORMULAS)
def test_xlsx_cell_is_text_and_never_a_formula(text):
    file = written("A", ["A"], [[text]])
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0)
    assert isinstance(sheet.to_python()[1][0], str)
    import zipfile

    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml")


def test_values_keep_their_kind():
    row = [7, None, date(2026, 8, 17), "0812", 3.5, "33.25"]
    lines = "".join(exports.csv_lines(list("abcdef"), [row])).removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(lines)))[1] == ["7", "", "17-08-2026", "0812", "3.5", "33.25"]
    file = written("A", list("abcdef"), [row])
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    assert sheet[1] == [7.0, "", "17-08-2026", "0812", 3.5, "33.25"]


def test_empty_list_is_a_file_with_a_header():
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(written("A", ["a", "a"], []))).get_sheet_by_index(0)
    assert sheet.to_python()[0] == ["a", "a (2)"]
    assert "".join(exports.csv_lines(["a"], [])) == "\ufeffa\r\n"


@pytest.mark.parametrize(("name", "named"), [("rina", True), ("hendro", False)])
def test_members_of_a_body_are_named_to_those_who_read_its_books(cast, name, named):
    body = make.FinanceBodyFactory(village=cast.seat("rina").village)
    make.MemberFactory(body=body, name="Siti Aminah")
    answer = cast.client(name).get("/figures/finance_members/rows.csv")
    assert (answer.status_code, "Siti Aminah" in str(csv_rows(answer))) == (200, named)
