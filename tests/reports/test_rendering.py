"""The press: what it prints, what it refuses, what stops it (quality.md F1-F4, C38, U30)."""

from __future__ import annotations

import io
import signal
import socket
import subprocess
import threading
import time

import pikepdf
import pytest

from reports import press
from reports.rendering import (
    ForbiddenRequest,
    RenderFailed,
    RenderRefused,
    _start,
    pango_is_missing,
    render_pdf,
)

MARKER = "PENANDA-RAHASIA-4711"
PLAIN = """<!doctype html><html lang="id"><head><title>Judul contoh</title></head><body>
<section><h2>Ringkasan</h2><p>Desa Randu</p>
<table><thead><tr><th scope="col">Desa</th><th scope="col">Layanan</th></tr></thead>
<tbody><tr><th scope="row">Randu</th><td>1.234</td></tr></tbody></table>
<svg viewBox="0 0 100 10" role="img" aria-label="Dua dari tiga"><rect width="66" height="10"/></svg></section>
</body></html>"""


@pytest.fixture(scope="module")
def printed():
    return render_pdf(PLAIN)


@pytest.fixture(scope="module")
def made():
    """One press of this process, for the many documents it must refuse. The limits are not set here."""
    return press.Press()


@pytest.fixture
def marker(tmp_path):
    path = tmp_path / "rahasia.txt"
    path.write_text(MARKER)
    return path


@pytest.fixture
def listener():
    """A port that counts who knocks."""
    knocks = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen():
        while True:
            try:
                connection, _address = server.accept()
            except OSError:
                return
            knocks.append(connection)
            connection.close()

    threading.Thread(target=listen, daemon=True).start()
    yield server.getsockname()[1], knocks
    server.close()


def structure(pdf: pikepdf.Pdf) -> list[str]:
    """The type of every element of the structure tree, in reading order."""
    found = []

    def walk(element):
        if isinstance(element, pikepdf.Array):
            for kid in element:
                walk(kid)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append(str(element["/S"]))
            if "/K" in element:
                walk(element["/K"])

    walk(pdf.Root.StructTreeRoot.K)
    return found


def figures_without_text(pdf: pikepdf.Pdf) -> int:
    return sum(
        1
        for thing in pdf.objects
        if isinstance(thing, pikepdf.Dictionary)
        and thing.get("/S") == "/Figure"
        and not str(thing.get("/Alt", "")).strip()
    )


def test_printed_document_is_tagged_titled_and_in_indonesian(printed):
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        assert str(pdf.Root.Lang) == "id"
        assert str(pdf.docinfo["/Title"]) == "Judul contoh"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        with pdf.open_outline() as outline:
            assert [entry.title for entry in outline.root] == ["Ringkasan"]
        kinds = structure(pdf)
        assert [kinds.count(kind) for kind in ("/Table", "/TR", "/TH", "/TD", "/Figure")] == [1, 2, 3, 1, 1]
        assert figures_without_text(pdf) == 0


def test_printed_document_uses_the_two_packaged_fonts_and_no_other(printed):
    with pikepdf.open(io.BytesIO(printed.pdf)) as pdf:
        fonts = {
            str(thing["/BaseFont"]).partition("+")[2]
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
        }
    assert fonts == {"Laporan", "Laporan-Bold"}


def test_same_document_printed_a_second_later_is_the_same_bytes(printed):
    time.sleep(1.1)
    assert render_pdf(PLAIN).pdf == printed.pdf


def test_press_prints_without_a_warning(printed):
    assert printed.warnings == []


PAYLOADS = {
    "attached link": '<link rel="attachment" href="{file}">',
    "attached anchor": '<a rel="attachment" href="{file}">x</a>',
    "image": '<img src="{file}" alt="x">',
    "image over http": '<img src="http://127.0.0.1:{port}/x.png" alt="x">',
    "image of a relative name": '<img src="x.png" alt="x">',
    "image without a scheme": '<img src="//127.0.0.1:{port}/x.png" alt="x">',
    "image inside an svg": '<svg width="9" height="9"><image href="{file}" width="9" height="9"/></svg>',
    "old image inside an svg": (
        '<svg width="9" height="9" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<image xlink:href="http://127.0.0.1:{port}/x" width="9" height="9"/></svg>'
    ),
    "data image": '<img src="data:image/png;base64,iVBORw0KGgo=" alt="x">',
    "object": '<object data="{file}"></object>',
    "embed": '<embed src="{file}">',
    "stylesheet": '<link rel="stylesheet" href="http://127.0.0.1:{port}/x.css">',
    "stylesheet from a file": '<link rel="stylesheet" href="{file}">',
    "imported style": "<style>@import url('{file}');</style>",
    "font": "<style>@font-face {{ font-family: F; src: url('{file}') }} p {{ font: 9pt F }}</style><p>x</p>",
    "background": "<p style=\"background: url('http://127.0.0.1:{port}/x')\">x</p>",
    "content": "<style>p::before {{ content: url('{file}') }}</style><p>x</p>",
    "list marker": "<ul style=\"list-style-image: url('{file}')\"><li>x</ul>",
    "another packaged name": '<link rel="stylesheet" href="packaged:../settings.py">',
    "base": '<base href="file:///etc/"><img src="passwd" alt="x">',
}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_every_request_outside_the_package_is_counted(made, marker, listener, payload):
    port, knocks = listener
    made.refused.clear()
    html = f"<!doctype html><html lang=id><title>x</title>{payload.format(file=marker.as_uri(), port=port)}"
    pdf = b""
    try:
        pdf = made.print(html=html, css="report.css", identifier="0" * 32)
    except BaseException as error:
        assert type(error).__name__ == "FatalURLFetchingError", error
    assert made.refused != []
    assert MARKER.encode() not in pdf
    assert knocks == []


def test_use_of_a_foreign_drawing_is_not_followed(made, listener):
    port, knocks = listener
    html = (
        "<!doctype html><html lang=id><title>x</title>"
        f'<svg width="9" height="9"><use href="http://127.0.0.1:{port}/x.svg#a"/></svg>'
    )
    made.print(html=html, css="report.css", identifier="0" * 32)
    assert knocks == []


def test_refused_request_leaves_no_file(marker):
    """F2: WeasyPrint goes on after an image inside an SVG is refused; the count spoils the whole order."""
    html = f'<!doctype html><html lang="id"><title>x</title><svg><image href="{marker.as_uri()}"/></svg>'
    with pytest.raises(ForbiddenRequest, match="1 request"):
        render_pdf(html)


def test_document_that_needs_too_much_time_is_killed(settings):
    settings.REPORT_CPU_SECONDS = 2
    bomb = "<table>" + "<tr><td colspan=100000>x" * 20 + "</table>"
    started = time.monotonic()
    with pytest.raises(RenderFailed):
        render_pdf(f"<!doctype html><html lang=id><title>x</title>{bomb}")
    assert time.monotonic() - started < 40


def test_document_that_needs_too_much_memory_is_stopped(settings):
    settings.REPORT_MEMORY_MB = 400
    with pytest.raises(RenderFailed):
        render_pdf(f"<!doctype html><html lang=id><title>x</title><p>{'a' * 60_000_000}")


def test_document_nested_too_deeply_is_refused():
    with pytest.raises(RenderRefused, match="nested too deeply"):
        render_pdf("<!doctype html><html lang=id><title>x</title>" + "<div>" * 3000)


def test_waiting_side_that_loses_its_right_kills_the_child(monkeypatch):
    class Lost(Exception):
        pass

    def lose():
        raise Lost

    children = []
    monkeypatch.setattr(
        "reports.rendering._start", lambda *order: children.append(_start(*order)) or children[0]
    )
    with pytest.raises(Lost):
        render_pdf(PLAIN + "<p>" + "kata " * 20_000, while_waiting=lose, every_seconds=0.2)
    assert children[0].returncode == -signal.SIGKILL


def test_child_knows_nothing_of_ours(monkeypatch):
    """Neither a secret nor the address of the database is in the child's environment."""
    monkeypatch.setenv("DESMIGRATIF_TEST_SECRET", MARKER)
    seen = {}
    real = subprocess.Popen

    def spy(*args, **kwargs):
        seen.update(kwargs["env"])
        return real(*args, **kwargs)

    monkeypatch.setattr(subprocess, "Popen", spy)
    render_pdf(PLAIN)
    assert sorted(seen) == [
        "FONTCONFIG_FILE",
        "HOME",
        "LANG",
        "PATH",
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONHASHSEED",
        "PYTHONUTF8",
        "TMPDIR",
    ]


def test_pango_is_there():
    assert pango_is_missing() is False
