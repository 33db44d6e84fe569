"""What becomes of files people send: hostile_files.py makes them, none may be kept as it came."""

import io
import socket
import time

import pytest
from django.utils import translation
from PIL import Image

from migrants import virus_scanner
from migrants.enums import AttachmentKind, ScanState
from migrants.pdf_files import refusal_of
from migrants.uploads import AIM_BYTES, Clean, UploadRefused, clean_upload
from tests.migrants.clamd import listening
from tests.migrants.hostile_files import (
    EICAR,
    HTML,
    PDF,
    PHP,
    SECRET,
    cleaned_files,
    noise,
    objects,
    padded,
    pdf,
    pdf_stream,
    picture,
    png,
    refused_files,
)

REFUSED, CLEANED = dict(refused_files()), dict(cleaned_files())


@pytest.fixture(autouse=True)
def indonesian():
    with translation.override("id"):
        yield


def test_corpus_is_large_enough():
    assert len(REFUSED) + len(CLEANED) >= 60


@pytest.mark.parametrize("kind", REFUSED)
def test_hostile_file_is_refused_in_a_sentence(kind):
    name, body = REFUSED[kind]
    with pytest.raises(UploadRefused) as refused:
        clean_upload(body, name)
    sentence = refused.value.sentence
    assert 3 < len(sentence.split()) <= 20
    with translation.override("en"), pytest.raises(UploadRefused) as english:
        clean_upload(body, name)
    assert english.value.sentence != sentence  # it was translated


@pytest.mark.parametrize("kind", CLEANED)
def test_hostile_file_keeps_its_picture_alone(kind):
    name, body = CLEANED[kind]
    clean = clean_upload(body, name)
    kept = Image.open(io.BytesIO(clean.body))
    kept.load()
    assert kept.format == clean.kind.upper()
    assert (dict(kept.getexif()), getattr(kept, "n_frames", 1)) == ({}, 1)
    assert {"exif", "icc_profile", "comment", "xmp", "Comment"} & set(kept.info) == set()
    for hidden in (SECRET, HTML, PHP, b"PK\x03\x04", b"Kamera"):
        assert hidden not in clean.body
    assert kept.mode in ("RGB", "RGBA")


def test_169_megapixels_are_not_decoded(monkeypatch):
    _name, body = REFUSED["png of 169 megapixels"]
    assert len(body) < 100_000
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda *_: pytest.fail("it was decoded"))
    with pytest.raises(UploadRefused, match="25"):
        clean_upload(body, "foto.png")


def test_25_megapixels_are_the_limit():
    assert clean_upload(png(5000, 5000), "denah.png").kind == AttachmentKind.PNG


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_photo_is_brought_to_200_kilobytes(form):
    clean = clean_upload(noise((1500, 1000), form), f"foto.{form.lower()}")
    kept = Image.open(io.BytesIO(clean.body))
    assert (clean.kind, kept.format) == (AttachmentKind.JPEG, "JPEG")
    assert max(kept.size) >= 1024  # even of noise a page could be read


def test_ordinary_photo_keeps_1600_points_in_200_kilobytes():
    out = io.BytesIO()
    Image.linear_gradient("L").resize((2400, 1800)).convert("RGB").save(out, "JPEG", quality=95)
    clean = clean_upload(out.getvalue(), "foto.jpg")
    assert len(clean.body) <= AIM_BYTES
    assert max(Image.open(io.BytesIO(clean.body)).size) == 1600


@pytest.mark.parametrize(
    "body",
    [
        PDF,
        pdf(b"/OpenAction [3 0 R /XYZ null null 0]"),
        pdf(b"/JSONLike true /AAPL (x) /Launched 1"),
        objects(b"1 0 << /Type /Page >>"),
        pdf_stream(b"/Filter /FlateDecode", b"not deflated at all"),
        pdf_stream(b"/Filter /DCTDecode", b"\xff\xd8\xff stream\n"),
        padded(5 * 1024 * 1024),
    ],
)
def test_plain_pdf_is_kept_as_it_is(body):
    assert clean_upload(body, "surat.pdf") == Clean(AttachmentKind.PDF, body)


@pytest.mark.parametrize(
    "filler",
    [b"stream\n", b"stream\nendstream\n", b"obj<</FlateDecode>>stream\nendstream\n", b"/#41", b"obj "],
)
def test_pdf_made_to_take_long_does_not(filler):
    body = b"%PDF-1.4\n" + filler * (4_000_000 // len(filler)) + b"endstream\n%%EOF\n"
    started = time.process_time()
    refusal_of(body)
    assert time.process_time() - started < 3


# --- the virus scanner --------------------------------------------------------------------------------------


@pytest.fixture
def clamd(settings):
    with listening() as server:
        settings.CLAMAV = server.address
        yield server


def unused_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_without_a_scanner_nothing_is_asked():
    assert virus_scanner.scan(EICAR) == ScanState.OFF


@pytest.mark.parametrize(
    ("body", "seen"), [(picture(), "clean"), (b"x" * 200_000 + EICAR, "infected"), (b"", "clean")]
)
def test_scanner_gets_every_byte_and_its_word_counts(clamd, body, seen):
    assert (virus_scanner.scan(body), clamd.seen) == (seen, [body])


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"x", b"\xff\xfe\0"])
def test_scanner_that_cannot_say_leaves_the_file_waiting(clamd, answer):
    clamd.answer = answer
    assert virus_scanner.scan(PDF) == ScanState.WAITING


@pytest.mark.parametrize("address", ["127.0.0.1:{port}", "/tmp/no-such-clamd.sock"])
def test_scanner_that_is_away_leaves_the_file_waiting(settings, address):
    settings.CLAMAV = address.format(port=unused_port())
    assert virus_scanner.scan(PDF) == ScanState.WAITING


def test_scanner_that_hangs_is_not_waited_for(settings, monkeypatch):
    monkeypatch.setattr(virus_scanner, "ANSWER_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        settings.CLAMAV = f"127.0.0.1:{deaf.getsockname()[1]}"
        assert virus_scanner.scan(PDF) == ScanState.WAITING
