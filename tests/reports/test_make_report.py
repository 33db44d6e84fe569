"""`manage make_report`: the same report without site and worker."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reports.models import ReportEdition
from tests import factories as make
from tests.reports import year_2019


@pytest.fixture
def register(transactional_db, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    year_2019.everything()


def said(year, out):
    spoken = StringIO()
    call_command("make_report", year=year, out=out, stdout=spoken)
    return {line[:18].strip(): line[18:].strip() for line in spoken.getvalue().splitlines()}


def test_command_writes_the_file_and_says_its_sums(register, tmp_path):
    """Twice without a change is one edition and the same bytes, printed twice."""
    first = said(2019, tmp_path / "a.pdf")
    edition = ReportEdition.objects.get()
    file = edition.files.get(kind="pdf")
    assert first["Report number"] == edition.reference == "DMP-2019-01"
    assert first["Content SHA-256"] == edition.digest
    assert first["File SHA-256"] == file.sha256
    assert said(2019, tmp_path / "b.pdf") == first | {"Written": first["Written"].replace("a.pdf", "b.pdf")}
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_command_refuses_totals_that_disagree(register, tmp_path):
    make.DesignationFactory(
        village=make.VillageFactory(code="33.25.14.2007"), cohort_year=2019, designated_on=date(2020, 1, 15)
    )
    with pytest.raises(CommandError, match="2019"):
        said(2019, tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


@pytest.mark.parametrize("year", [2015, 2031])
def test_command_refuses_a_year_outside_the_programme(db, tmp_path, year):
    with pytest.raises(CommandError, match="2016"):
        call_command("make_report", year=year, out=tmp_path / "a.pdf")


def test_command_names_a_folder_that_does_not_exist(db, tmp_path):
    with pytest.raises(CommandError, match="folder"):
        call_command("make_report", year=2019, out=tmp_path / "nowhere" / "a.pdf")
