"""Files on cases: what is kept of them, who gets them, and what hostile ones meet."""

import io
import re
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.attachments import add_attachment
from migrants.case_states import IllegalStep
from migrants.enums import AttachmentKind
from migrants.models import Attachment, Case, CaseEvent
from migrants.uploads import MOST_BYTES, Clean, UploadRefused, clean_upload
from tests.conftest import TODAY
from tests.factories import CaseFactory, CaseHandlerFactory

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
HTML = b"<html><script>alert(1)</script></html>"


def picture(form="JPEG", size=(600, 400), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode == "RGB" else 0).save(out, form, **options)
    return out.getvalue()


def photo_with_a_place():
    exif = Image.Exif()
    exif[0x0110] = "Kamera Rahasia"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[2] = (6.0, 54.0, 12.0)  # GPS latitude
    return picture(exif=exif, comment=b"di rumah aman")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


def send(client, case, body, name="slip.jpg", **entries):
    file = SimpleUploadedFile(name, body, "image/jpeg")
    return client.post(f"/cases/{case.pk}/files/new/", {"file": file, "caption": "Slip gaji", **entries})


# --- what is kept -------------------------------------------------------------------------------------------


def test_photo_is_written_anew_upright_and_without_its_place():
    clean = clean_upload(photo_with_a_place(), "foto.jpg")
    kept = Image.open(io.BytesIO(clean.body))
    assert (clean.kind, kept.size, dict(kept.getexif())) == (AttachmentKind.JPEG, (400, 600), {})
    for word in (b"Kamera", b"rumah aman", b"Exif"):
        assert word not in clean.body


def test_large_photo_is_made_smaller():
    kept = Image.open(io.BytesIO(clean_upload(picture(size=(5000, 4000)), "foto.JPEG").body))
    assert max(kept.size) == 2400


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "1", "P", "I;16"])
def test_every_kind_of_png_is_drawn_anew(mode):
    text = PngInfo()
    text.add_text("Comment", "di rumah aman")
    clean = clean_upload(picture("PNG", mode=mode, pnginfo=text), "gambar.png")
    assert Image.open(io.BytesIO(clean.body)).size == (600, 400)
    assert b"rumah aman" not in clean.body


def test_pdf_is_kept_as_it_is():
    assert clean_upload(PDF, "surat.pdf") == Clean(AttachmentKind.PDF, PDF)


@pytest.mark.parametrize("hidden", [b"PK\x03\x04" + b"x" * 500, HTML, EICAR[10:20] + b"<?php"])
def test_what_hides_behind_a_photo_is_gone(hidden):
    clean = clean_upload(picture() + hidden, "foto.jpg")
    assert hidden not in clean.body


# --- what is refused ----------------------------------------------------------------------------------------


def bomb():
    """169 megapixels in a few kilobytes."""
    return picture("PNG", size=(13_000, 13_000), mode="1")


HOSTILE = {
    "empty head": (b"\xff\xd8\xff", "a.jpg"),
    "cut short": (picture()[:900], "a.jpg"),
    "damaged png": (picture("PNG")[:40] + b"\0" * 200, "a.png"),
    "html": (HTML, "a.jpg"),
    "html named png": (HTML, "a.png"),
    "gif": (picture("GIF"), "a.gif"),
    "gif named jpg": (picture("GIF"), "a.jpg"),
    "tiff": (picture("TIFF"), "a.tiff"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg"),
    "program": (b"MZ\x90\x00" + b"\0" * 300, "a.jpg"),
    "zip": (b"PK\x03\x04" + b"\0" * 300, "a.pdf"),
    "eicar": (EICAR, "a.pdf"),
    "eicar in a photo": (picture() + EICAR, "a.jpg"),
    "eicar in a pdf": (PDF[:-7] + EICAR + b"\n%%EOF\n", "a.pdf"),
    "png named jpg": (picture("PNG"), "a.jpg"),
    "jpg named pdf": (picture(), "a.pdf"),
    "jpg named php": (picture(), "a.jpg.php"),
    "no ending": (picture(), "a"),
    "pdf before html": (PDF + HTML, "a.pdf"),
    "pdf before zip": (PDF + b"PK\x03\x04" + b"\0" * 2000, "a.pdf"),
    "html before pdf": (HTML + PDF, "a.pdf"),
    "script in a pdf": (PDF.replace(b"/Type", b"/OpenAction << /S /JavaScript >> /Type"), "a.pdf"),
    "pdf without an end": (PDF[:-7], "a.pdf"),
    "lies about its size": (
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\xff" * 8 + b"\x08\x02\0\0\0",
        "a.png",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_a_sentence(name):
    with pytest.raises(UploadRefused) as refused:
        clean_upload(*HOSTILE[name])
    assert 3 < len(refused.value.sentence.split()) <= 20


def test_169_megapixels_are_not_decoded(monkeypatch):
    body = bomb()
    assert len(body) < 100_000
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda *_: pytest.fail("it was decoded"))
    with pytest.raises(UploadRefused, match="25"):
        clean_upload(body, "foto.png")


def test_text_that_unpacks_without_end_is_refused():
    packed = zlib.compress(b"\0" * 200_000_000, 9)
    chunk = b"zTXta\0\0" + packed
    size = (len(chunk) - 4).to_bytes(4, "big")
    head = picture("PNG")
    body = head[:33] + size + chunk + zlib.crc32(chunk).to_bytes(4, "big") + head[33:]
    with pytest.raises(UploadRefused):
        clean_upload(body, "foto.png")


@pytest.mark.parametrize(("size", "status"), [(MOST_BYTES, 302), (MOST_BYTES + 1, 422)])
def test_five_megabytes_are_the_limit(cast, size, status):
    case = CaseFactory(village=cast.randu)
    padded = PDF[:-7] + b"%" + b"x" * (size - len(PDF) - 1) + b"\n%%EOF\n"
    assert len(padded) == size
    answer = send(cast.client("rina"), case, padded, "surat.pdf")
    assert answer.status_code == status
    assert Attachment.objects.count() == (status == 302)


# --- adding -------------------------------------------------------------------------------------------------


def test_officer_adds_a_photo_and_a_second_tap_adds_none(cast, media):
    case, key = CaseFactory(village=cast.randu), str(new_key())
    client = cast.client("rina")
    assert [send(client, case, photo_with_a_place(), key=key).status_code for _tap in range(2)] == [302, 302]
    row = Attachment.objects.get()
    assert re.fullmatch(r"attachments/[0-9a-f]{32}\.sealed", row.path)
    lying = list(media.rglob("*"))
    assert [path.name for path in lying if path.is_file()] == [Path(row.path).name]
    sealed = (media / row.path).read_bytes()
    assert b"JFIF" not in sealed
    assert (media / row.path).stat().st_mode & 0o777 == 0o600
    assert list(CaseEvent.objects.values_list("kind", flat=True)) == ["attached"]
    page = client.get(f"/cases/{case.pk}/").content.decode()
    assert "Slip gaji" in page
    assert "menambah berkas." in page
    assert not Event.objects.filter(subject_label__contains="Slip").exists()


def test_case_is_valid_while_a_photo_is_pending(cast):
    case = CaseFactory(village=cast.randu)
    refused = send(cast.client("rina"), case, HTML)
    assert refused.status_code == 422
    assert refused.context["form"]["caption"].value() == "Slip gaji"
    assert Case.objects.get(pk=case.pk).status == "new"
    assert send(cast.client("rina"), case, b"").status_code == 422
    assert not Attachment.objects.exists()


def test_disk_that_is_full_leaves_no_row(cast, media):
    media.mkdir(parents=True)
    (media / "attachments").write_text("in the way")
    case = CaseFactory(village=cast.randu)
    with pytest.raises(OSError, match="exists"):
        add_attachment(by=cast.seat("rina"), case=case, key=new_key(), clean=Clean(AttachmentKind.PDF, PDF))
    assert not Attachment.objects.exists()


def test_only_an_open_case_takes_a_file(cast):
    case = CaseFactory(village=cast.randu, status="closed", closed_on=TODAY, close_reason="solved")
    clean = Clean(AttachmentKind.PDF, PDF)
    with pytest.raises(IllegalStep):
        add_attachment(by=cast.seat("rina"), case=case, key=new_key(), clean=clean)
    with pytest.raises(NotPermitted):
        add_attachment(
            by=cast.seat("kades"), case=CaseFactory(village=cast.randu), key=new_key(), clean=clean
        )


# --- handing out --------------------------------------------------------------------------------------------


def added(cast, by="rina", **facts):
    case = CaseFactory(village=cast.randu, **facts)
    if case.restricted:
        CaseHandlerFactory(case=case, user=cast.user(by))
    clean = clean_upload(PDF, "surat.pdf")
    return add_attachment(by=cast.seat(by), case=case, key=new_key(), clean=clean, caption="Surat").row


def test_file_is_handed_out_to_be_saved_and_never_shown(cast):
    row = added(cast)
    answer = cast.client("hendro").get(f"/files/{row.pk}/")
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{row.download_name}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "form-action 'self'", "sandbox"} <= set(policy)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert Event.objects.get(name="attachment.opened").actor_name == "Hendro Wibowo"


@pytest.mark.parametrize(
    ("facts", "seen"),
    [({}, {"rina", "teguh", "hendro"}), ({"type": "trafficking_suspected"}, {"rina", "hendro"})],
)
def test_file_goes_through_the_door_of_its_case(cast, facts, seen):
    address = f"/files/{added(cast, **facts).pk}/"
    people = ("rina", "teguh", "sari", "dewi", "hendro", "indra", "kades", "lina", "maya", "audi")
    assert {name for name in people if cast.client(name).get(address).status_code == 200} == seen


def test_file_changed_on_the_disk_is_not_handed_out(cast, media):
    row = added(cast)
    path = media / row.path
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert cast.client("rina").get(f"/files/{row.pk}/").status_code == 404


def test_file_taken_back_is_gone_and_the_history_says_so(cast, media, django_capture_on_commit_callbacks):
    row = added(cast)
    path, client = media / row.path, cast.client("teguh")
    assert "Surat" in client.get(f"/files/{row.pk}/remove/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/files/{row.pk}/remove/").status_code == 302
    row.refresh_from_db()
    assert (path.exists(), row.path, row.removed_by) == (False, "", cast.user("teguh"))
    assert client.get(f"/files/{row.pk}/").status_code == 404
    assert "menarik berkas." in client.get(f"/cases/{row.case_id}/").content.decode()


@pytest.mark.parametrize(
    "path", ["../keys", "attachments/../../etc/passwd", "/etc/passwd", "attachments/a.sealed"]
)
def test_database_keeps_no_other_path(cast, path):
    row = added(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=row.pk).update(path=path)
