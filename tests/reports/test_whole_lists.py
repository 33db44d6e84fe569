"""Lists as files: what a column says in SQL is what it reads in Python, to the byte."""

import csv
import gzip
import io
from contextlib import closing
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models import CharField, DateField, Value
from django.db.models.functions import Cast
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from psycopg.errors import DivisionByZero
from python_calamine import CalamineWorkbook

from audit.models import Event
from periods.month import Month
from reports import exports
from reports.indicators import CATALOGUE
from reports.indicators.reading import Choice, DaysBetween, Either, Field, MonthName
from reports.indicators.shape import Column, Span
from reports.queries.whole import UNDER_WAY, WholeList, _copied
from tests.reports.world import fill
from villages.enums import Stage
from villages.models import Village

TODAY = date(2026, 11, 23)


def by_python(rows, columns):
    read = ([column.read(row) for column in columns] for row in rows)
    return "".join(exports.csv_lines([column.label for column in columns], read)).encode()


def by_database(rows, columns):
    listed = WholeList(rows, columns)
    pieces = exports.csv_file(listed.header, listed)
    return b"".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)


def told(value):
    cell = exports.cell_value(value)
    return None if cell == "" else cell


def behind(indicator, month):
    rows = indicator.rows(Span.of(month, today=TODAY))
    return rows.select_related(*indicator.related).order_by(*indicator.order)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_list_is_the_same_both_ways(cast, language):
    fill(cast)
    differ, empty = {}, set()
    with translation.override(language):
        for code, indicator in CATALOGUE.items():
            rows = behind(indicator, Month(2026, 11))
            python, database = by_python(rows, indicator.columns), by_database(rows, indicator.columns)
            if python != database:
                differ[code] = (python.decode(), database.decode())
            cells = [[told(column.read(row)) for column in indicator.columns] for row in rows]
            sheet = [list(map(told, line)) for line in WholeList(rows, indicator.columns).cells()]
            if sheet != cells:
                differ[code, "sheet"] = (sheet, cells)
            if python.count(b"\r\n") == 1:
                empty.add(code)
    assert differ == {}
    assert len(empty) < len(CATALOGUE) / 4, empty


TEXTS = [
    "=1+1", "+62", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", "  =1", "\n=1", " \n @",
    "\n", "", " ", "a=1", "Sri, Dwi", 'the "big" one', "two\nlines", "two\r\nlines", "0812", "33.25", "-",
    "'=1", "\ufee2", "Ｆull", "😀", "\\.", "%s", "{0}", "ÿ", "Zz", "~", "^x", "#x", "9", ":=", "/", "?", "@",
    "A", "`",
]  # fmt: skip


def test_hostile_texts_are_the_same_both_ways(cast):
    """Also days that are not known, words outside their list, months, and the first of two that is there."""
    plain = {f"t{turn}": Value(text, output_field=CharField()) for turn, text in enumerate(TEXTS)}
    rows = Village.objects.filter(pk=cast.randu.pk).annotate(
        nothing=Value(None, output_field=CharField()),
        never=Cast(Value(None), DateField()),
        day=Value(date(2026, 2, 1), output_field=DateField()),
        later=Value(date(2027, 1, 31), output_field=DateField()),
        odd=Value("nonsense", output_field=CharField()),
        **plain,
    )
    readings = [
        *map(Field, plain), Field("nothing"), Field("never"), Field("day"), Choice("odd", Stage),
        Choice("nothing", Stage),
        MonthName("day"), MonthName("never"), DaysBetween("day", "later"), DaysBetween("never", "day"),
        Either("nothing", Field("odd"), Field("t0")), Either("odd", Field("t1"), Field("t2")),
    ]  # fmt: skip
    columns = [Column(f"c{turn}", f"c{turn}", reading) for turn, reading in enumerate(readings)]
    assert by_database(rows, columns) == by_python(rows, columns)
    assert by_database(rows.none(), columns) == by_python(rows.none(), columns)
    (cells,) = WholeList(rows, columns).cells()
    assert list(map(told, cells)) == [told(column.read(rows.get())) for column in columns]
    with connection.cursor() as cursor:
        cursor.execute("SELECT date '2026-12-31'::text")
        assert cursor.fetchone() == ("2026-12-31",)


def test_large_files_are_made_one_at_a_time(cast, monkeypatch):
    fill(cast)
    monkeypatch.setattr(exports, "LARGE_ROWS", 3)
    client, other = cast.client("hendro"), connection.copy()
    with closing(other), other.cursor() as somebody:
        somebody.execute(f"SET application_name = '{UNDER_WAY}'")
        refused = client.get("/figures/visits/rows.csv")
        small = client.get("/figures/learning_centres/rows.csv")
    assert (refused.status_code, small.status_code) == (403, 200)
    assert "Berkas besar lain sedang dibuat. Coba lagi satu menit lagi." in refused.content.decode()
    assert Event.objects.filter(name="list.exported").count() == 1


def test_list_longer_than_a_sheet_goes_on_in_the_next(cast, monkeypatch):
    fill(cast)
    monkeypatch.setattr(exports, "SHEET_ROWS", 4)
    client = cast.client("hendro")
    text = b"".join(client.get("/figures/visits/rows.csv").streaming_content).decode("utf-8-sig")
    titles, *lines = csv.reader(io.StringIO(text))
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get("/figures/visits/rows.xlsx").content))
    sheets = [book.get_sheet_by_name(name).to_python() for name in ("visits", "visits 2")]
    about = dict(book.get_sheet_by_name("Tentang").to_python())
    assert (sheets, about["Baris"], about["Lembar"]) == ([[titles, *lines[:4]], [titles, *lines[4:]]], 6, 2)
    assert book.sheet_names == ["visits", "visits 2", "Tentang"]
    monkeypatch.setattr(exports, "MOST_SHEETS", 1)
    refused = client.get("/figures/visits/rows.xlsx")
    assert refused.status_code == 403
    assert "Daftar ini terlalu panjang untuk lembar kerja. Unduh sebagai CSV." in refused.content.decode()


def test_list_that_breaks_off_is_an_error_and_never_a_short_file(db):
    """The end of a COPY is taken beside psycopg: what it says has to be heard."""
    question = "SELECT 100000 / (100000 - n) FROM generate_series(1, {}) AS n"
    whole_one = b"".join(_copied(question.format(99_999)))
    assert whole_one.count(b"\r\n") == 99_999
    with pytest.raises(DivisionByZero), transaction.atomic():
        b"".join(_copied(question.format(100_001)))
    some = _copied(question.format(99_999))
    next(some)
    some.close()  # the reader went away
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def test_csv_is_made_before_it_is_sent(cast):
    """So that a part of it is known as a part, and a slow reader keeps nobody waiting."""
    fill(cast)
    client, made = cast.client("hendro"), {}
    for encoding in ("identity", "gzip"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get("/figures/visits/rows.csv", headers={"accept-encoding": encoding})
            before = len(asked)
            body = b"".join(answer.streaming_content)
        assert (answer.headers["Content-Length"], len(asked)) == (str(len(body)), before)
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        made[encoding] = gzip.decompress(body) if encoding == "gzip" else body
    assert made["gzip"] == made["identity"]
    assert made["gzip"].count(b"\r\n") == 7


def test_what_is_packed_already_is_sent_as_it_is(cast):
    fill(cast)
    client = cast.client("hendro")
    found = {}
    for path in ("rows.csv", "rows.xlsx", "rows/"):
        answer = client.get(f"/figures/visits/{path}", headers={"accept-encoding": "gzip"})
        found[path] = answer.headers.get("Content-Encoding")
    assert found == {"rows.csv": "gzip", "rows.xlsx": None, "rows/": "gzip"}
