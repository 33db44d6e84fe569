"""The document: everything is there, hostile text stays text, and the PDF is what an archive may keep."""

from __future__ import annotations

import io
import json
import socket
import tempfile
import threading
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest
from django.core.management import call_command

from reports.rendering import render_pdf
from reports.yearly import document
from reports.yearly.content import digest_of
from reports.yearly.document import (
    ROWS_OF_ONE_DOCUMENT,
    TooManyRows,
    compose,
    fits_one_document,
    table_rows,
)
from tests import factories as make
from tests.reports import year_2019
from tests.reports.pdf_text import pdf_text, squeezed
from tests.reports.test_rendering import MARKER, figures_without_text, structure
from tests.reports.test_yearly_content import content_of, content_of_2019
from villages.models import CohortTarget, District, Subdistrict, Village


class Tags(HTMLParser):
    """Which elements and attributes a document really has."""

    def __init__(self, html):
        super().__init__()
        self.names, self.attributes = set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes += attrs


@pytest.fixture
def content(db):
    return content_of_2019()


@cache
def printed(html):
    """The same document is the same bytes, so most tests can look at one printing."""
    return render_pdf(html)


@pytest.fixture
def listener():
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


def test_pdf_prints_the_rollout_of_2019(content):
    rendering = printed(compose(content))
    text = pdf_text(rendering.pdf)
    digest = digest_of(content)
    for words in (
        "DMP-2019-01",
        "402",
        "100,5%",
        "Jawa Tengah",
        "33.25.14.2004",
        "Kabupaten Batang",
        "1/2",
        "<5",
        "Siaran pers 2019",
        digest[:8],
    ):
        assert squeezed(words) in text, words
    assert squeezed("".join(digest)) in text
    assert year_2019.NAMES.replace(" ", "") not in text
    assert rendering.warnings == []


def test_edition_of_2019_over_the_known_villages_prints_the_cohorts_and_what_is_held_beside(db):
    """The sentence of the issue: 2 / 120 / 130 / 150 = 402 against 400, with what this register holds."""
    call_command("load_known_villages", verbosity=0)
    content = content_of()
    text = pdf_text(printed(compose(content)).pdf)
    total = content["figures"]["cumulative"]
    held = [
        f"{cohort['year']}{cohort['published']}{cohort['recorded']}"
        for cohort in content["figures"]["cohorts"]
    ]
    for line in held:
        assert line in text, line
    assert [cohort["published"] for cohort in content["figures"]["cohorts"]] == [2, 120, 130, 150]
    assert f"Semuaangkatan402{total['recorded']}{402 - total['recorded']}" in text
    assert squeezed("Itu 100,5% dari target 400 desa.") in text
    assert squeezed("Desa terbentuk, kumulatif, menurut publikasi 400 402 100,5% 252") in text


def test_pdf_is_tagged_bookmarked_and_small(content):
    rendering = printed(compose(content))
    assert len(rendering.pdf) < 5_000_000
    with pikepdf.open(io.BytesIO(rendering.pdf)) as pdf:
        assert str(pdf.Root.Lang) == "id"
        assert "DMP-2019-01" in str(pdf.docinfo["/Title"])
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        kinds = structure(pdf)
        assert kinds.count("/TH") > 50
        assert kinds.count("/H2") == 13
        assert figures_without_text(pdf) == 0
        with pdf.open_outline() as outline:
            assert len(outline.root) == 12
            assert len(outline.root[0].children) == 1
        landscape = [page for page in pdf.pages if page.mediabox[2] > page.mediabox[3]]
        assert len(landscape) == 1
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
        actions = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/JS" in thing]
        assert actions == []


def test_same_content_gives_the_same_bytes(content):
    """Also after the database has put the keys of the frozen content into its own order."""
    frozen = json.loads(json.dumps(content, sort_keys=True))
    assert compose(frozen) == compose(content)
    assert render_pdf(compose(frozen)).sha256 == printed(compose(content)).sha256


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="{file}">',
    '<img src="http://127.0.0.1:{port}/x">',
    '<link rel="attachment" href="{file}">',
    '"><svg><image href="{file}"/></svg>',
    "</td></tr></table><table><tr><td colspan=100000>",
    "<style>@import url({file});</style>",
    "{{ 7|add:7 }} {% debug %}",
    "&lt;b&gt; &#60;i&#62;",
    "javascript:alert(1)",
    "]]><!--",
]


def test_hostile_text_in_every_field_stays_text(db, settings, listener):
    port, knocks = listener
    secret = Path(tempfile.gettempdir()) / f"r{port}"  # a short name: the fields are short
    secret.write_text(MARKER)
    year_2019.everything()
    words = [text.replace("{file}", secret.as_uri()).replace("{port}", str(port)) for text in HOSTILE]
    settings.MINISTRY_NAME = f"Kementerian {words[0]}"
    settings.PROGRAMME_NAME = f"Program {words[4]}"
    CohortTarget.objects.update(source=" ".join(words)[:300])
    Subdistrict.objects.update(name=words[2][:100])
    District.objects.update(name=words[3][:100])
    for village, text in zip(Village.objects.order_by("code"), words, strict=False):
        Village.objects.filter(pk=village.pk).update(name=text[:100])
    for n, text in enumerate(words):
        code = f"33.26.01.20{n:02d}"
        make.DesignationFactory(village=make.VillageFactory(code=code, name=text[:100]), cohort_year=2018)

    html = compose(content_of())
    tags = Tags(html)
    assert (
        tags.names & {"script", "img", "link", "image", "object", "iframe", "embed", "base", "style"} == set()
    )
    ours = ("colspan", "8")  # the line of a province in the table of districts
    odd = [found for found in tags.attributes if found[0] in {"colspan", "style", "onclick"}]
    assert [found for found in odd if found != ours] == []
    assert [value for name, value in tags.attributes if name == "href" and not value.startswith("#")] == []

    pdf = render_pdf(html).pdf
    text = pdf_text(pdf)
    assert squeezed("<script>alert(1)</script>") in text
    assert squeezed("{{ 7|add:7 }}") in text
    assert MARKER not in text
    assert MARKER.encode() not in pdf
    assert knocks == []
    secret.unlink()


def test_report_with_many_rows_is_cut_and_with_too_many_refused(content, monkeypatch):
    rows = content["figures"]["villages"]
    rows += [rows[0]] * (ROWS_OF_ONE_DOCUMENT - table_rows(content))
    assert fits_one_document(content)
    rows.append(rows[0])
    assert not fits_one_document(content)
    monkeypatch.setattr(document, "MOST_ROWS", ROWS_OF_ONE_DOCUMENT)
    with pytest.raises(TooManyRows) as refused:
        fits_one_document(content)
    assert refused.value.rows == ROWS_OF_ONE_DOCUMENT + 1


def test_changes_are_printed_and_cut_with_a_word(content, monkeypatch):
    monkeypatch.setattr(document, "MOST_CHANGES", 1)
    content["edition"] = 2
    content["changes"] = {
        "reference": "DMP-2019-01",
        "data_as_of": content["data_as_of"],
        "lines": [
            {"label": "Layanan", "before": 1200, "after": 1201},
            {"label": "33.25.14.2004 Randu", "before": None, "after": "2018, Pelaksanaan"},
        ],
    }
    html = compose(content)
    assert "<td>1.200</td><td>1.201</td>" in html
    assert "Randu</th><td>–" not in html
    assert "DMP-2019-01" in html


def test_year_without_any_record_still_makes_a_document(db):
    html = compose(content_of(2016))
    assert "DMP-2016-01" in html
