"""Files on cases: what is kept of them, who gets them, and what hostile ones meet."""

import os
import re
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.attachments import add_attachment, note_scanned, remove_attachment
from migrants.attached_files import ORPHAN_SECONDS, sweep_orphans
from migrants.case_states import IllegalStep
from migrants.enums import AttachmentKind, ScanState
from migrants.models import Attachment, Case, CaseEvent
from migrants.tasks import scan_attachments
from migrants.uploads import MOST_BYTES, Clean, clean_upload
from tests.conftest import TODAY
from tests.factories import CaseFactory, CaseHandlerFactory
from tests.migrants.clamd import listening
from tests.migrants.hostile_files import EICAR, HTML, PDF, exif_photo, padded, picture


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return Path(settings.MEDIA_ROOT)


def send(client, case, body, name="slip.jpg", **entries):
    file = SimpleUploadedFile(name, body, "image/jpeg")
    return client.post(f"/cases/{case.pk}/files/new/", {"file": file, "caption": "Slip gaji", **entries})


@pytest.mark.parametrize(("size", "status"), [(MOST_BYTES, 302), (MOST_BYTES + 1, 422)])
def test_five_megabytes_are_the_limit(cast, size, status):
    case = CaseFactory(village=cast.randu)
    answer = send(cast.client("rina"), case, padded(size), "surat.pdf")
    assert answer.status_code == status
    assert Attachment.objects.count() == (status == 302)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("../../etc/cron.d/foto.jpg", 302),
        ("foto\u202egpj.jpg", 302),
        ("foto\x07\x1b[2J.jpg", 302),
        ("'; DROP TABLE migrants_case; --.jpg", 302),
        ("a" * 197 + ".jpg", 422),
        ("foto.jpg.exe", 422),
        (".htaccess", 422),
    ],
)
def test_name_of_a_file_leaves_no_trace(cast, media, name, status):
    case = CaseFactory(village=cast.randu)
    assert send(cast.client("rina"), case, picture(), name).status_code == status
    kept = [path for path in media.rglob("*") if path.is_file()]
    assert [path.parent for path in kept] == [media / "attachments"] * (status == 302)
    assert all(re.fullmatch(r"[0-9a-f]{32}\.sealed", path.name) for path in kept)


# --- adding -------------------------------------------------------------------------------------------------


def test_officer_adds_a_photo_and_a_second_tap_adds_none(cast, media):
    case, key = CaseFactory(village=cast.randu), str(new_key())
    client = cast.client("rina")
    assert [send(client, case, exif_photo(), key=key).status_code for _tap in range(2)] == [302, 302]
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


# --- the virus scanner --------------------------------------------------------------------------------------


@pytest.fixture
def clamd(settings):
    with listening() as server:
        settings.CLAMAV = server.address
        yield server


def test_file_the_scanner_passes_is_handed_out_at_once(cast, clamd):
    case, client = CaseFactory(village=cast.randu), cast.client("rina")
    assert send(client, case, picture()).status_code == 302
    row = Attachment.objects.get()
    assert (row.scan, clamd.seen) == ("clean", [picture()])
    assert client.get(f"/files/{row.pk}/").status_code == 200


def test_file_the_scanner_refuses_is_not_kept(cast, clamd):
    clamd.answer = b"stream: Pdf.Trojan.Test FOUND\0"
    answer = send(cast.client("rina"), CaseFactory(village=cast.randu), PDF, "surat.pdf")
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"] == ["Berkas ini mengandung virus dan tidak disimpan."]
    assert not Attachment.objects.exists()


def sent_while_away(cast, settings):
    """A file that came while the scanner was away."""
    settings.CLAMAV = "/tmp/no-such-clamd.sock"
    case = CaseFactory(village=cast.randu)
    assert send(cast.client("rina"), case, PDF, "surat.pdf").status_code == 302
    return Attachment.objects.get()


def test_file_waits_for_a_scanner_that_is_away_and_nobody_gets_it(cast, settings):
    row = sent_while_away(cast, settings)
    client = cast.client("rina")
    page = client.get(f"/cases/{row.case_id}/").content.decode()
    assert "Belum dipindai" in page
    assert f'/files/{row.pk}/"' not in page
    answer = client.get(f"/files/{row.pk}/")
    assert answer.status_code == 409
    assert "Berkas ini belum dipindai dari virus." in answer.content.decode()
    scan_attachments()
    row.refresh_from_db()
    assert row.scan == "waiting"


def test_waiting_file_is_looked_at_when_the_scanner_is_back(cast, settings):
    row = sent_while_away(cast, settings)
    with listening() as server:
        settings.CLAMAV = server.address
        scan_attachments()
        scan_attachments()
        assert server.seen == [PDF]
    row.refresh_from_db()
    assert row.scan == "clean"
    assert cast.client("rina").get(f"/files/{row.pk}/").content == PDF


def test_waiting_file_with_a_virus_is_gone_and_the_case_says_so(
    cast, settings, media, django_capture_on_commit_callbacks
):
    row = sent_while_away(cast, settings)
    with listening() as server, django_capture_on_commit_callbacks(execute=True):
        settings.CLAMAV, server.answer = server.address, b"stream: Pdf.Trojan.Test FOUND\0"
        scan_attachments()
    row.refresh_from_db()
    assert (row.scan, row.path, row.removed_by) == ("infected", "", None)
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert (
        "menghapus berkas yang mengandung virus."
        in cast.client("rina").get(f"/cases/{row.case_id}/").content.decode()
    )
    assert Event.objects.filter(name="attachment.infected", actor_name="").count() == 1


def test_verdict_about_a_file_taken_back_changes_nothing(cast, settings):
    row = sent_while_away(cast, settings)
    remove_attachment(by=cast.seat("rina"), attachment=row)
    note_scanned(attachment=row, seen=ScanState.INFECTED)
    row.refresh_from_db()
    assert (row.scan, row.removed_by) == ("waiting", cast.user("rina"))


# --- what a broken write leaves -----------------------------------------------------------------------------


def test_file_whose_row_was_never_committed_is_gone_after_a_day(cast, media):
    kept = media / added(cast).path
    lost, young, draft = (kept.with_name(f"{name * 32}.sealed") for name in "abc")
    draft = draft.with_suffix(".part")
    for path in (lost, young, draft):
        path.write_bytes(EICAR)
    for path in (kept, lost, draft):
        os.utime(path, (time.time() - ORPHAN_SECONDS - 1,) * 2)
    os.utime(young, (time.time() - ORPHAN_SECONDS + 60,) * 2)
    assert sweep_orphans() == 2
    assert sorted(path.name for path in kept.parent.iterdir()) == sorted([kept.name, young.name])
    assert sweep_orphans() == 0


def test_sweep_of_a_place_without_files_finds_none():
    assert sweep_orphans() == 0
