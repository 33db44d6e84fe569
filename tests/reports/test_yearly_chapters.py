"""A long report: cut into chapters, printed in children, kept on a shelf, joined (quality.md R5; fault 5)."""

from __future__ import annotations

import copy
import io
import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.db import connections

from reports import joining
from reports.archive import Attached, archived
from reports.enums import EditionStatus, Failure
from reports.models import ReportEdition
from reports.rendering import RenderRefused, join_pdf, render_pdf
from reports.yearly import chapters, document
from reports.yearly.chapters import Shelf, parts_of, print_joined
from reports.yearly.document import compose
from reports.yearly.making import make_edition
from tests import factories as make
from tests.engines import PROJECT, _with_database
from tests.reports import year_2019
from tests.reports.pdf_archive import archive_faults
from tests.reports.pdf_tags import faults, linked_pages, tagged_text
from tests.reports.pdf_text import page_text, pdf_text, squeezed
from tests.reports.test_yearly_content import content_of, content_of_2019
from tests.reports.test_yearly_making import files_in, silence

FRAME_AND_BODY = ("<p><a href='#b'>Desa</a><section class=foot id=b>", "<h2>Desa</h2><p>Randu")


@pytest.fixture
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def long(monkeypatch):
    """Every report is a long one, and two villages fill a chapter."""
    monkeypatch.setattr(document, "ROWS_OF_ONE_DOCUMENT", 0)
    monkeypatch.setattr(chapters, "ROWS_A_CHAPTER", 2)


@pytest.fixture
def printings(monkeypatch):
    """The HTML of every document that went to the press."""
    sent, press = [], chapters.render_pdf

    def counted(html, *more, **others):
        sent.append(html)
        return press(html, *more, **others)

    monkeypatch.setattr(chapters, "render_pdf", counted)
    return sent


def bodies(sent):
    """Those of chapters: not the frame."""
    return [html for html in sent if "<main>" in html]


def show(**_fields):
    """Nobody looks."""


def test_long_report_is_joined_kept_and_printed_again_in_part(db, media, long, printings):
    content = content_of_2019()
    seen = []
    first = print_joined(content, show=lambda **fields: seen.append(fields)).pdf
    done = [fields for fields in seen if fields][-1]
    assert done == {"chapters": 5, "chapters_done": 5}  # what it says, areas, two provinces, annexes
    assert len(bodies(printings)) == 5
    text = pdf_text(first)
    for words in ("DMP-2019-01", "402", "100,5%", "33.25.14.2004", "Jawa Barat: Kabupaten Indramayu"):
        assert squeezed(words) in text, words
    assert year_2019.NAMES.replace(" ", "") not in text
    with pikepdf.open(io.BytesIO(first)) as pdf:
        assert str(pdf.Root.Lang) == "id"
        assert "DMP-2019-01" in str(pdf.docinfo["/Title"])
        last = len(pdf.pages)
        assert [f"Halaman{n}dari{last}" in page_text(page) for n, page in enumerate(pdf.pages, 1)] == [
            False,  # the cover
            *[True] * (last - 1),
        ]
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles[0] == "Ringkasan"
    assert len([title for title in titles if title.startswith("Desa menurut kode wilayah, ")]) == 2

    printings.clear()
    assert print_joined(content, show=show).pdf == first
    assert bodies(printings) == []

    changed = copy.deepcopy(content) | {"reference": "DMP-2019-02", "edition": 2}
    changed["figures"]["villages"][2]["officers"] = 2
    printings.clear()
    second = print_joined(changed, show=show).pdf
    assert len(bodies(printings)) == 1
    assert "33.25.14.2004" in bodies(printings)[0]
    assert squeezed("DMP-2019-02") in pdf_text(second)


def test_joined_report_reads_as_the_same_in_one_document(db, media, monkeypatch):
    """Its tags are one tree without a fault, in the order of the twin; its contents lead where they say."""
    monkeypatch.setattr(chapters, "ROWS_A_CHAPTER", 2)
    content = content_of_2019()
    content["figures"]["villages"] = content["figures"]["villages"][:2]  # one chapter: no names of bundles
    report = print_joined(content, show=show)
    twin = render_pdf(compose(content)).pdf
    assert report.warnings == []
    assert archive_faults(report.pdf) != []
    data = Attached("angka.csv", "text/csv", "Angka", b"kode,jumlah")
    assert archive_faults(archived(report.pdf, [data], moment=datetime(2026, 1, 1, tzinfo=UTC))) == []
    with pikepdf.open(io.BytesIO(report.pdf)) as pdf, pikepdf.open(io.BytesIO(twin)) as other:
        assert faults(pdf) == []
        assert tagged_text(pdf) == tagged_text(other)
        assert pdf_text(report.pdf) == pdf_text(twin)
        assert linked_pages(pdf) == linked_pages(other)
        assert [(str(pdf.Root[name]), str(pdf.docinfo["/Subject"])) for name in ("/Lang", "/MarkInfo")] == [
            (str(other.Root[name]), str(other.docinfo["/Subject"])) for name in ("/Lang", "/MarkInfo")
        ]
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
    with pytest.raises(RenderRefused, match="too few"):
        join_pdf(twin, [twin, twin])


def test_report_too_long_for_tags_does_not_claim_them(db, monkeypatch):
    frame, body = (render_pdf(f"<html lang=id><title>x</title><body>{body}").pdf for body in FRAME_AND_BODY)
    monkeypatch.setattr(joining, "MOST_TAGGED_PAGES", 0)
    with pikepdf.open(io.BytesIO(joining.joined(frame, [body]))) as pdf:
        assert len(pdf.pages) == 2
        assert {"/StructTreeRoot", "/MarkInfo"} & set(pdf.Root.keys()) == set()
        assert "/StructParents" not in pdf.pages[1].obj
        assert "pdfuaid:part" not in pdf.open_metadata()


def test_villages_are_cut_by_province_and_whole_districts():
    def row(code):
        return {"code": code, "district": code[:5], "province": code[:2]}

    rows = [row(f"11.{district:02d}.01.20{n:02d}") for district in (1, 2, 3) for n in range(200)]
    rows += [row("12.01.01.2001")] + [row(f"13.01.01.{2000 + n}") for n in range(600)]
    found = [(bundle[0]["code"][:5], len(bundle)) for bundle in chapters._bundles(rows)]
    assert found == [("11.01", 400), ("11.03", 200), ("12.01", 1), ("13.01", 500), ("13.01", 100)]


def test_chapter_names_no_edition(db):
    content = content_of_2019()
    later = content | {"reference": "DMP-2019-02", "edition": 2, "data_as_of": "2026-12-24T01:15:00+00:00"}
    assert [part.key for part in parts_of(later)][:-1] == [part.key for part in parts_of(content)][:-1]


def test_damaged_chapter_on_the_shelf_is_not_used(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.put("a", b"%PDF-1.7 isi")
    assert shelf.taken("a") == b"%PDF-1.7 isi"
    path = next(tmp_path.rglob("a"))
    path.write_bytes(path.read_bytes()[:-1])
    assert shelf.taken("a") is None
    assert shelf.taken("b") is None
    os.utime(path, (0, 0))
    shelf.sweep()
    assert files_in(tmp_path) == []


def test_worker_that_loses_its_row_stops_its_children(db, media):
    year_2019.everything()

    class Lost(Exception):
        pass

    def lose(**fields):
        raise Lost

    with pytest.raises(Lost):
        print_joined(content_of(), show=lose)
    deadline = time.monotonic() + 60
    while _children():  # each is looked after twice a second
        assert time.monotonic() < deadline, "a child goes on printing"
        time.sleep(0.05)


def _children():
    """Presses that this process has started and that still run."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it may end while it is looked at
            is_ours = f"\nPPid:\t{os.getpid()}\n" in (process / "status").read_text()
            if is_ours and b"reports.press" in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


def test_full_disk_fails_visibly_and_leaves_no_half_file(transactional_db, media, long):
    """A real limit of the kernel: no file may grow beyond 20 KB, and every chapter is longer."""

    year_2019.everything()
    edition = make.ReportEditionFactory(year=2019, number=1)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        for _start in range(3):
            make_edition(edition.pk)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    edition.refresh_from_db()
    assert (edition.status, edition.failure) == (EditionStatus.FAILED, Failure.FILE)
    assert [name for name in files_in(media) if name.endswith((".part", ".pdf"))] == []


MAKER = """
import sys, django
django.setup()
from reports.rendering import RenderRefused, join_pdf, render_pdf
from reports.yearly import chapters, document
document.ROWS_OF_ONE_DOCUMENT, chapters.ROWS_A_CHAPTER = 0, 2
from reports.yearly.making import make_edition
make_edition(sys.argv[1])
"""


def test_killed_in_mid_report_it_goes_on_from_the_finished_chapters(transactional_db, media, long, printings):
    """The whole worker is killed while it prints; nothing is to be seen of the report, and the next start
    prints only the chapters that were not finished."""
    year_2019.everything()
    edition = make.ReportEditionFactory(year=2019, number=1)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "desmigratif.settings",
        "DATABASE_URL": _with_database(
            os.environ["DATABASE_URL"], connections["default"].settings_dict["NAME"]
        ),
        "DESMIGRATIF_MEDIA_ROOT": str(media),
        "DESMIGRATIF_REPORT_CHILDREN": "1",
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", MAKER, str(edition.pk)], cwd=PROJECT, env=environment, start_new_session=True
    )
    deadline = time.monotonic() + 240
    try:
        while not list((media / "laporan/bab").glob("[0-9a-f]*")):
            assert worker.poll() is None
            assert time.monotonic() < deadline, ReportEdition.objects.values().get()
            time.sleep(0.05)
        os.killpg(worker.pid, signal.SIGKILL)
    finally:
        worker.wait()
    frozen = ReportEdition.objects.get()
    assert (frozen.status, frozen.chapters) == (EditionStatus.RUNNING, 5)
    assert list(media.rglob("*.pdf")) == []
    finished = len(list((media / "laporan/bab").glob("[0-9a-f]*")))
    silence(edition)
    make_edition(edition.pk)
    done = ReportEdition.objects.get()
    assert (done.status, done.attempts, done.digest) == (EditionStatus.DONE, 2, frozen.digest)
    assert len(bodies(printings)) == 5 - finished
    assert [path.name for path in media.rglob("*.pdf")] == ["DMP-2019-01.pdf"]


def test_child_killed_in_mid_report_is_started_again(transactional_db, media, long, monkeypatch):
    year_2019.everything()
    edition = make.ReportEditionFactory(year=2019, number=1)
    killed = []

    def kill_one(claim, step=None, **fields):
        if "chapters" in fields and not killed:
            while not (presses := _children()):
                time.sleep(0.02)
            os.kill(presses[0], signal.SIGKILL)
            killed.append(presses[0])
        shown(claim, step, **fields)

    from reports.yearly.making import Claim

    shown = Claim.show
    monkeypatch.setattr(Claim, "show", kill_one)
    make_edition(edition.pk)
    edition.refresh_from_db()
    assert (edition.status, edition.attempts) == (EditionStatus.QUEUED, 1)
    assert list(media.rglob("*.pdf")) == []
    make_edition(edition.pk)
    edition.refresh_from_db()
    assert (edition.status, edition.attempts, len(killed)) == (EditionStatus.DONE, 2, 1)


def test_short_report_stays_one_document(db):
    year_2019.everything()
    assert document.fits_one_document(content_of())
    assert "<main>" in compose(content_of())
