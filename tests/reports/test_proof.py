"""Is this copy the report that was published? (issue 7, section 4; C48)"""

from __future__ import annotations

import base64
import io
from hashlib import sha256

import openpyxl
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.rules import NotPermitted
from audit.models import Event
from reports.actions.withdrawing import withdraw_edition
from reports.annex import figure_lines
from reports.enums import EditionStatus, Failure
from reports.models import EditionWithdrawal, GeneratedFile
from reports.proof import as_pem, is_signed, public_key, sign, statement
from reports.queries.proofs import edition_with_number, signed_of
from reports.signing import SigningFailed, officially_signed
from reports.yearly.making import make_edition
from tests import factories as make
from tests.reports import year_2019
from tests.reports.pdf_archive import archive_faults

BODY = b"%PDF-1.7 isi berkas contoh"


def published(number=1, body=BODY, **fields):
    edition = make.ReportEditionFactory(
        year=2019,
        number=number,
        status="done",
        content={"figures": {}},
        digest=f"{number:064d}",
        data_as_of=timezone.now(),
        finished_at=timezone.now(),
        **fields,
    )
    make.GeneratedFileFactory(edition=edition, sha256=sha256(body).hexdigest(), path=f"x{number}.pdf")
    return edition


def answer(client, number, body=None, digest=""):
    data = {"sha256": digest}
    if body is not None:
        data["file"] = SimpleUploadedFile("salinan.pdf", body)
    return client.post(reverse("reports:check-report", args=[number]), data)


def said(page):
    return page.context["verdict"].answer


def test_one_byte_changed_is_told_as_changed(client, db):
    published()
    assert said(answer(client, "dmp-2019-01", BODY)) == "genuine"
    for at in range(len(BODY)):
        broken = BODY[:at] + bytes([BODY[at] ^ 1]) + BODY[at + 1 :]
        if at in (0, 9, len(BODY) - 1):
            assert said(answer(client, "DMP-2019-01", broken)) == "changed"
    digest = sha256(BODY).hexdigest()
    assert said(answer(client, "DMP-2019-01", digest=f" {digest[:32].upper()} {digest[32:]} ")) == "genuine"
    assert said(answer(client, "DMP-2019-01", digest=f"{1:064d}")) == "genuine"  # of the content
    assert answer(client, "DMP-2019-01").status_code == 422
    assert answer(client, "DMP-2019-01", digest="abc").status_code == 422
    assert GeneratedFile.objects.count() == 1


def test_superseded_withdrawn_and_another_number_are_told(client, cast, settings):
    settings.REPORT_CHECK_MEGABYTES = 1
    first, _second = published(), published(2, b"%PDF-1.7 edisi dua")
    page = answer(client, "DMP-2019-01", BODY)
    assert (said(page), "DMP-2019-02" in page.content.decode()) == ("superseded", True)
    assert said(answer(client, "DMP-2019-02", BODY)) == "other"
    assert answer(client, "DMP-2019-02", b"x" * (1024 * 1024 + 1)).status_code == 422
    with pytest.raises(NotPermitted):
        withdraw_edition(by=cast.seat("hendro"), edition=first, reason="wrong")
    done = withdraw_edition(by=cast.seat("maya"), edition=first, reason="wrong", note="catatan dalam")
    assert withdraw_edition(by=cast.seat("arif"), edition=first, reason="other", note="lagi") == done
    assert [event.name for event in Event.objects.all()] == ["report.withdrawn"]
    page = answer(client, "DMP-2019-01", BODY)
    text = page.content.decode()
    assert (said(page), "catatan dalam" in text, "Maya" in text) == ("withdrawn", False, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionWithdrawal.objects.update(reason="other", note="x")
    for number in ("DMP-2019-09", "DMP-19-1", "x", "DMK-33.25-2019-01", "DMB-2019-06-01"):
        assert client.get(reverse("reports:check-report", args=[number])).status_code == 404
    assert edition_with_number("DMP-2019-01") == first


def test_guessing_numbers_and_codes_is_throttled(client, cast, monkeypatch):
    monkeypatch.setattr("reports.views.checking.MOST_GUESSES", 2)
    monkeypatch.setattr("reports.views.frozen.MOST_GUESSES", 2)
    published()

    def statuses(who, name, args):
        return [who.get(reverse(f"reports:{name}", args=[arg])).status_code for arg in args]

    assert statuses(client, "check-report", ["DMP-2019-01", "DMP-2018-01", "DMP-2017-01", "DMP-2019-01"]) == [
        200,
        404,
        404,
        429,
    ]
    rina = cast.client("rina")
    assert statuses(rina, "frozen-figure", ["AAAAAAA", "zzz", "AAAAAAA"]) == [404, 404, 429]
    assert statuses(cast.client("sari"), "frozen-figure", ["AAAAAAA"]) == [404]


def test_signatures_are_checked_with_the_public_key(capsys):
    said = statement(reference="DMP-2019-01", data_as_of="2026-11-23T08:15:00+07:00", digest="0" * 64)
    assert said.decode().splitlines() == ["DMP-2019-01", "2026-11-23T08:15:00+07:00", "0" * 64]
    signature = sign(said)
    assert is_signed(said, signature, public_key())
    assert not is_signed(said + b" ", signature, public_key())
    assert not is_signed(said, signature, base64.b64encode(b"0" * 32).decode())
    call_command("report_key")
    assert capsys.readouterr().out == as_pem(public_key())


def good_signer(pdf: bytes) -> bytes:
    return pdf + b"\n% resmi"


def bad_signer(pdf: bytes) -> bytes:
    return pdf[1:] + b"\n% palsu"


def test_official_signature_is_added_never_made_up(settings):
    assert officially_signed(BODY) is None
    settings.REPORT_SIGNER = "tests.reports.test_proof.good_signer"
    assert officially_signed(BODY) == BODY + b"\n% resmi"
    for name in ("tests.reports.test_proof.bad_signer", "tests.reports.test_proof.nobody"):
        settings.REPORT_SIGNER = name
        with pytest.raises(SigningFailed):
            officially_signed(BODY)


@pytest.mark.django_db(transaction=True)
def test_files_hold_the_same_numbers_and_are_signed(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    settings.REPORT_SIGNER = "tests.reports.test_proof.bad_signer"
    year_2019.everything()
    edition = make.ReportEditionFactory(year=2019, number=1)
    make_edition(edition.pk)
    edition.refresh_from_db()
    assert (edition.status, edition.failure) == (EditionStatus.FAILED, Failure.SIGNATURE)
    settings.REPORT_SIGNER = ""
    edition = make.ReportEditionFactory(year=2019, number=2)
    make_edition(edition.pk)
    edition.refresh_from_db()
    bodies = {file.kind: (tmp_path / file.path).read_bytes() for file in edition.files.all()}
    for file in edition.files.all():
        assert is_signed(bodies[file.kind], file.signature, edition.public_key)
        assert file.sha256 == sha256(bodies[file.kind]).hexdigest()
    signed = statement(
        reference="DMP-2019-02", data_as_of=edition.content["data_as_of"], digest=edition.digest
    )
    assert is_signed(signed, edition.signature, edition.public_key)
    assert signed_of(edition).encode() == signed
    lines = figure_lines(edition.content)
    sheets = openpyxl.load_workbook(io.BytesIO(bodies["xlsx"]))
    rows = list(sheets[sheets.sheetnames[1]].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[5]) for row in rows] == [(line["code"], line["count"]) for line in lines]
    assert archive_faults(bodies["pdf"]) == []
    with pikepdf.open(io.BytesIO(bodies["pdf"])) as pdf:
        assert list(pdf.attachments) == ["DMP-2019-02.csv", "DMP-2019-02.json"]
        csv = pdf.attachments["DMP-2019-02.csv"].get_file().read_bytes().decode("utf-8-sig").splitlines()
        assert len(csv) == len(lines) + 1
        assert {str(spec.AFRelationship) for spec in pdf.Root.AF} == {"/Data"}
        with pdf.open_metadata() as metadata:
            assert (metadata.pdfa_status, metadata["pdfuaid:part"]) == ("3U", "1")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert pdf.check_pdf_syntax() == [] if hasattr(pdf, "check_pdf_syntax") else pdf.check() == []
