"""Lists of job orders: read by line, brought in once, and seen with their source."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from pillars.actions.notices import import_notices
from pillars.models import Notice
from pillars.notice_lists import read_list
from tests.conftest import TODAY
from villages.tables import TableRefused

HEADINGS = "Jenis;Judul;Uraian;Negara tujuan;Jabatan;Berlaku dari;Berlaku sampai;Sumber;Kode kabupaten\n"
CARER = "Lowongan;Perawat lansia;Dua puluh orang;Taiwan;CARE;1-11-2026;31-12-2026;BP3MI Jateng;33.25\n"
COURSE = "Pelatihan;Bahasa Korea;Tiga bulan;;;;15-12-2026;;33.25\n"
NAME = "Daftar BP3MI November"


def listed(tmp_path, text, district="33.25"):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return read_list(path, name=NAME, today=TODAY, district=district)


def sent(cast, who, text):
    file = SimpleUploadedFile("daftar.csv", text.encode())
    return cast.client(who).post(
        reverse("pillars:notice-import"), {"key": str(new_key()), "name": NAME, "file": file}
    )


def test_lines_become_facts_and_a_line_tells_what_it_leaves_out(tmp_path):
    read = listed(tmp_path, "Dinas Tenaga Kerja\n\n" + HEADINGS + CARER + COURSE)
    assert read.wrong == []
    (place, job), (_place, course) = read.offers
    assert (place, job["kind"], job["destination"], job["job"]) == ("33.25", "job", "TWN", "CARE")
    assert (job["source"], job["valid_until"]) == ("BP3MI Jateng", date(2026, 12, 31))
    assert (course["kind"], course["source"], course["valid_from"]) == ("training", NAME, TODAY)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Lowongan;X;Y;Antah;CARE;;31-12-2026;;", "The destination is not on the list."),
        ("Lowongan;X;Y;Taiwan;Astronaut;;31-12-2026;;", "The job is not on the list."),
        ("Rumor;X;Y;;;;31-12-2026;;", "Write Lowongan or Pelatihan"),
        ("Pelatihan;X;Y;;;;;;", "Valid until: Write until which day"),
        ("Pelatihan;X;Y;;;2-1-2027;1-1-2027;;", "Valid until: The last day cannot be before"),
        ("Lowongan;X;Y;;CARE;;31-12-2026;;", "Destination: A job order names destination and job."),
        ("Pelatihan;X;Y;;;;31-12-2026;;32.12", "This line is for another district."),
    ],
)
def test_wrong_line_is_named_with_its_number(tmp_path, english, line, sentence):
    read = listed(tmp_path, HEADINGS + CARER + line + "\n")
    assert len(read.offers) == 1
    assert [(one.number, one.sentence[: len(sentence)]) for one in read.wrong] == [(3, sentence)]


@pytest.mark.parametrize(
    ("text", "district"), [("Nama;Alamat\nA;B\n", "33.25"), ("Judul;Uraian;Sampai\n", None)]
)
def test_list_without_the_columns_is_refused(tmp_path, text, district):
    with pytest.raises(TableRefused):
        listed(tmp_path, text, district)


def test_second_import_changes_nothing_and_the_notice_shows_its_list(cast):
    first = sent(cast, "hendro", HEADINGS + CARER + COURSE + "Rumor;X;Y;;;;31-12-2026;;\n")
    second = sent(cast, "hendro", HEADINGS + CARER + COURSE)
    assert (first.context["done"].new, len(first.context["wrong"])) == (2, 1)
    assert (second.context["done"].new, second.context["done"].already) == (0, 2)
    assert set(Notice.objects.values_list("village", "district", "from_list")) == {(None, "33.25", NAME)}
    assert list(Event.objects.filter(name="notice.published").values_list("reason", flat=True)) == [NAME] * 2
    page = cast.client("sari").get(reverse("pillars:notice-board")).content.decode()
    assert "Perawat lansia" in page
    notice = Notice.objects.get(kind="job")
    page = cast.client("rina").get(reverse("pillars:notice-detail", args=[notice.pk])).content.decode()
    assert NAME in page


def test_ministry_names_the_district_of_each_line(cast):
    answer = sent(cast, "arif", HEADINGS + CARER + CARER.replace("33.25", "99.99"))
    assert (answer.context["done"].new, answer.context["done"].unknown) == (1, ("99.99",))
    assert sent(cast, "arif", "Judul;Uraian;Berlaku sampai\nA;B;31-12-2026\n").status_code == 422


def test_a_village_brings_in_no_list(cast):
    with pytest.raises(NotPermitted):
        import_notices(by=cast.seat("rina"), offers=[], name=NAME)
