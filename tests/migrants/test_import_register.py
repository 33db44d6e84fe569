"""`./run manage import_register`: the report for machines, and what is certain comes in."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command

from migrants.models import Person, RegisterImport
from tests.migrants.registers_made import HEADING, line, table

pytestmark = pytest.mark.django_db(transaction=True)

BODY = table(
    line(9101, "SITI CONTOH"),
    line(None, "TANPA NIK"),
    line(9103, "NIK PENDEK", NIK="33251444"),
    line(9101, "SITI CONTOH"),
)


@pytest.fixture
def file(cast, tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(BODY)
    return path


def run(*words) -> dict:
    report = words[0].parent / "report.json"
    call_command("import_register", *map(str, words), "--report", str(report))
    return json.loads(report.read_text())


def test_dry_run_reports_every_row_and_changes_nothing(file):
    found = run(file, "--village", "33.25.14.2004", "--dry-run")
    assert found == {
        "file": "register.csv",
        "kind": "persons",
        "place": "Desa Randu",
        "dry_run": True,
        "totals": {"read": 4, "imported": 1, "skipped": 1, "review": 1, "refused": 1},
        "rows": [
            {"sheet": "", "row": 2, "outcome": "imported", "reasons": []},
            {"sheet": "", "row": 3, "outcome": "review", "reasons": ["nik_missing"]},
            {"sheet": "", "row": 4, "outcome": "refused", "reasons": ["nik_length"]},
            {"sheet": "", "row": 5, "outcome": "skipped", "reasons": ["same_row"]},
        ],
    }
    assert (Person.objects.count(), RegisterImport.objects.count()) == (0, 0)


def test_without_dry_run_what_is_certain_comes_in_once(file):
    found = run(file, "--village", "33.25.14.2004", "--district", "33.25")
    assert found["totals"] == {"read": 4, "imported": 1, "skipped": 1, "review": 1, "refused": 1}
    assert run(file, "--district", "33.25")["totals"]["imported"] == 0
    assert list(Person.objects.values_list("full_name", flat=True)) == ["SITI CONTOH"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--dry-run"], "--village"),
        (["--village", "99.99.99.2999"], "99.99.99.2999"),
        (["--district", "99.99"], "99.99"),
        (["--village", "33.25.14.2004", "--district", "32.12"], "kabupaten lain"),
    ],
)
def test_wrong_place_is_said_in_one_sentence(file, words, said):
    with pytest.raises(CommandError, match=said):
        call_command("import_register", str(file), *words)


def test_file_that_cannot_be_read_ends_with_a_fault(cast, tmp_path):
    path = tmp_path / "register.xlsx"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError):
        call_command("import_register", str(path), "--village", "33.25.14.2004", "--dry-run")
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("import_register", str(tmp_path / "absent.csv"), "--village", "33.25.14.2004")


def test_report_that_cannot_be_written_is_said_before_anything_is_read(file):
    with pytest.raises(CommandError, match="tidak dapat ditulis"):
        call_command(
            "import_register", str(file), "--village", "33.25.14.2004", "--report", "/nowhere/report.json"
        )
    assert RegisterImport.objects.count() == 0


def test_kind_is_found_by_itself(cast, tmp_path):
    path = tmp_path / "companies.csv"
    path.write_bytes(
        table(
            ["PT Contoh Satu", "SIP3MI/001", "31-12-2026"],
            heading=["Nama P3MI", "Nomor SIP3MI", "Berlaku Sampai"],
        )
    )
    assert run(path, "--dry-run")["kind"] == "companies"
    assert HEADING[1] == "NIK"
