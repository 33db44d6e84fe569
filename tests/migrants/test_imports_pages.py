"""The pages of an import: from the file to the result, refused files, what leaks nowhere, what it costs."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.keys import new_key
from audit.models import Event
from migrants.enums import ImportStatus
from migrants.models import Person, RegisterImport, Task
from migrants.registers.reasons import Reason
from tests import factories as make
from tests.migrants.registers_made import checked, imported, line, nik, table, undone, worked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rina(cast):
    return cast.client("rina")


def words(answer) -> str:
    """What a person reads on the page."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def at(name, register, **query):
    address = reverse(f"migrants:import-{name}", args=[register.pk])
    return address + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def upload(client, body, *, name="register.csv", key=None, kind="persons"):
    given = {"kind": kind, "key": str(key or new_key()), "file": SimpleUploadedFile(name, body)}
    return client.post(reverse("migrants:import-new"), given)


def columns_of(client, register) -> dict[str, str]:
    """What the page about the columns proposes, as a browser would send it back."""
    page = client.get(at("columns", register)).content.decode()
    given = {}
    for select in re.finditer(r'<select name="(column-[^"]+)".*?</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', select[0])
        given[select[1]] = chosen[1] if chosen else "ignored"
    for box in re.finditer(r'<input type="checkbox" name="((?:sheet|place)-\d+)"[^>]*checked', page):
        given[box[1]] = "on"
    return given


BODY = table(
    line(9101, "SITI CONTOH"),
    line(9102, "BUDI CONTOH", **{"L/P": "L"}),
    line(None, "TANPA NIK"),
    line(9104, "NIK PENDEK", NIK="33251444"),
    ["", "JUMLAH", "4", *[""] * 9],
)


def test_whole_way_without_javascript(rina, cast):
    """Upload, columns, check, decide, confirm, import, undo: plain forms and links all along."""
    answer = upload(rina, BODY)
    register = RegisterImport.objects.get()
    assert (answer.status_code, answer.url) == (302, at("columns", register))
    page = words(rina.get(answer.url))
    assert "Apa isi tiap kolom?" in page
    assert "332514........01" in page
    assert nik(9101) not in page
    given = columns_of(rina, register)
    assert sorted(given.values())[:3] == ["agency", "birth_date", "country"]
    answer = rina.post(at("columns", register), given)
    assert (answer.status_code, answer.url) == (302, at("detail", register))
    assert "Menunggu" in words(rina.get(answer.url))
    worked(register)
    page = words(rina.get(at("detail", register)))
    assert "Baris dibaca 5 Siap diimpor 2 Perlu diperiksa 1 Ditolak 1 Dilewati 1" in page
    (kind,) = re.findall(r'href="(/imports/[^"]*reasons=nik_missing)"', _html(rina, at("detail", register)))
    page = words(rina.get(unescape(kind)))
    assert "TANPA NIK" in page
    assert "Baris 4, kolom NIK" in page or "Row 4" in page
    answer = rina.post(unescape(kind), {"decision": "import", "which": "all"})
    assert (answer.status_code, answer.url) == (302, at("detail", register))
    page = words(rina.get(at("confirm", register)))
    assert "Akan diimpor 3" in page
    answer = rina.post(at("confirm", register))
    assert (answer.status_code, answer.url) == (302, at("detail", register))
    register = worked(register)
    page = words(rina.get(answer.url))
    assert "3 baris sudah diimpor." in page
    assert "Rina Wulandari" in page
    assert Person.objects.count() == 3
    assert "Orang yang dihapus 3" in words(rina.get(at("undo", register)))
    answer = rina.post(at("undo", register))
    register = worked(register)
    assert "Impor ini dibatalkan." in words(rina.get(answer.url))
    assert Person.objects.count() == 0


def _html(client, address) -> str:
    return unescape(client.get(address).content.decode())


HOSTILE = {
    "pdf named xlsx": ("register.xlsx", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"),
    "empty": ("register.csv", b""),
    "blank": ("register.csv", b"\n\n\n"),
    "picture": ("register.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 200),
    "page": ("register.xls", b"<html><table><tr><td>NIK</td></tr></table></html>"),
    "zip with nothing": ("register.xlsx", b"PK\x05\x06" + b"\0" * 18),
    "half a zip": ("register.xlsx", b"PK\x03\x04" + b"\0" * 400),
    "no heading": ("register.csv", b"a;b\n1;2\n3;4\n"),
    "script": ("register.exe", b"MZ\x90\0" + b"\0" * 300),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_bad_file_is_refused_with_one_sentence_and_keeps_nothing(rina, settings, tmp_path, case):
    settings.MEDIA_ROOT = tmp_path
    name, body = HOSTILE[case]
    answer = upload(rina, body, name=name)
    assert answer.status_code == 422
    page = answer.content.decode()
    errors = re.findall(r'<p class="error">.*?</p>', page, re.S)
    assert len(errors) == 1
    assert 'aria-invalid="true"' in page
    assert RegisterImport.objects.count() == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_file_larger_than_allowed_is_refused_before_it_is_read(rina):
    answer = upload(rina, b"x" * (2 * 1024 * 1024 + 1))
    assert answer.status_code == 422
    assert "Berkas lebih besar dari 2 MB." in words(answer)


def test_upload_without_a_file_says_so_once(rina):
    answer = rina.post(reverse("migrants:import-new"), {"kind": "persons"})
    assert (answer.status_code, words(answer).count("Pilih berkas.")) == (422, 2)  # summary and field


def test_cells_that_begin_like_formulas_stay_text(rina, cast):
    body = table(line(9101, '=HYPERLINK("http://jahat.invalid")', Ket="@SUM(A1)"))
    imported(cast.seat("rina"), body)
    assert Person.objects.get().full_name == '=HYPERLINK("http://jahat.invalid")'
    page = rina.get(reverse("migrants:person-list")).content.decode()
    assert '<a href="http://jahat' not in page


def test_names_of_file_and_cells_are_never_markup(rina, cast):
    name = "<script>alert(1)</script>.csv"
    upload(rina, table(line(None, "<b>tebal</b>"), heading=None or line_heading()), name=name)
    register = RegisterImport.objects.get()
    rina.post(at("columns", register), columns_of(rina, register))
    worked(register)
    for address in (
        reverse("migrants:import-list"),
        at("detail", register),
        at("rows", register, outcome="review", reasons="nik_missing"),
    ):
        page = rina.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>tebal" not in page


def line_heading():
    from tests.migrants.registers_made import HEADING

    return HEADING


def test_two_columns_cannot_hold_the_same(rina):
    upload(rina, BODY)
    register = RegisterImport.objects.get()
    given = columns_of(rina, register) | {"column-0-11": "nik"}
    answer = rina.post(at("columns", register), given)
    assert answer.status_code == 422
    assert "Dua kolom sama-sama berisi “NIK”." in words(answer)
    chosen = re.search(r'name="column-0-11".*?value="nik" selected', answer.content.decode(), re.S)
    assert chosen  # nothing chosen is lost
    assert RegisterImport.objects.get().status == ImportStatus.MAPPING


def test_name_must_be_somewhere(rina):
    upload(rina, BODY)
    register = RegisterImport.objects.get()
    given = columns_of(rina, register) | {"column-0-2": "ignored"}
    answer = rina.post(at("columns", register), given)
    assert (answer.status_code, "Tunjukkan kolom yang berisi: Nama lengkap." in words(answer)) == (422, True)


def test_only_ticked_rows_are_decided(rina, cast):
    register = checked(cast.seat("rina"), table(line(None, "SATU"), line(None, "DUA"), line(None, "TIGA")))
    address = at("rows", register, outcome="review", reasons="nik_missing")
    answer = rina.post(address, {"decision": "import", "which": "ticked"})
    assert (answer.status_code, "Centang barisnya dahulu" in words(answer)) == (422, True)
    second = register.rows.get(number=2)
    rina.post(address, {"decision": "import", "which": "ticked", "row": str(second.pk)})
    assert list(register.rows.order_by("number").values_list("decision", flat=True)) == ["", "import", ""]


def test_row_of_another_file_cannot_be_decided_here(rina, cast):
    other = checked(cast.seat("sari"), table(line(None, "ORANG BANDUNG", Desa="Bandung")))
    mine = checked(cast.seat("rina"), table(line(None, "SATU"), line(None, "DUA")))
    address = at("rows", mine, outcome="review", reasons="nik_missing")
    rina.post(address, {"decision": "import", "which": "ticked", "row": str(other.rows.get().pk)})
    assert other.rows.get().decision == ""


def test_district_chooses_the_village_of_rows_without_one(cast):
    hendro = cast.client("hendro")
    register = checked(cast.seat("hendro"), table(line(9101, "SATU", Desa=""), line(9102, "DUA", Desa="")))
    address = at("rows", register, outcome="review", reasons="place_missing")
    answer = hendro.post(address, {"decision": "import", "which": "all"})
    assert (answer.status_code, "Pilih desa asal baris ini." in words(answer)) == (422, True)
    outside = hendro.post(address, {"decision": "import", "which": "all", "village": "32.12.16.2004"})
    assert outside.status_code == 422
    hendro.post(address, {"decision": "import", "which": "all", "village": "33.25.14.2002"})
    hendro.post(at("confirm", register))
    worked(register)
    assert set(Person.objects.values_list("village_id", flat=True)) == {"33.25.14.2002"}


def test_page_about_rows_is_on_record(rina, cast):
    register = checked(cast.seat("rina"), BODY)
    rina.get(at("rows", register, outcome="review", reasons="nik_missing"))
    event = Event.objects.filter(name="register.viewed").get()
    assert (event.actor_name, event.subject_id) == ("Rina Wulandari", str(register.pk))


EXTRACT = ["NIK", "Nama", "Negara Tujuan", "SK Penempatan", "Tanggal Kontrak"]


def compared(register, side):
    return reverse("migrants:import-compared", args=[register.pk, side])


def test_each_count_of_an_extract_opens_its_list(rina, cast):
    """Three counts, three lists of as many people; the last one makes follow-up tasks, once."""
    seat = cast.seat("rina")
    imported(seat, table(line(9101, "SITI CONTOH"), line(9103, "HANYA DI SINI"), line(9104, "JUGA DI SINI")))
    make.PersonFactory(village=cast.kenanga, full_name="ORANG KENANGA")
    body = table(
        [nik(9101), "SITI CONTOH", "Taiwan", "SK/01/2024", "01-02-2024"],
        [nik(9102), "HANYA DI SANA", "Taiwan", "SK/02/2024", "01-02-2024"],
        heading=EXTRACT,
    )
    register = checked(seat, body, kind="extract")
    detail = rina.get(at("detail", register)).content.decode()
    for side, names in {
        "matched": ["SITI CONTOH"],
        "only-there": ["HANYA DI SANA"],
        "only-here": ["HANYA DI SINI", "JUGA DI SINI"],
    }.items():
        answer = rina.get(compared(register, side))
        page = words(answer)
        assert [name for name in ALL_NAMES if name in page] == names
        assert answer.context["part"].count == len(names) == len(answer.context["rows"].rows)
        assert f'<a href="{compared(register, side)}">{len(names)}</a>' in detail
    assert "Buat tugas tindak lanjut untuk 2 orang di luar negeri" in page
    answer = rina.post(at("follow-up", register), follow=True)
    assert "2 tugas baru dibuat." in words(answer)
    answer = rina.post(at("follow-up", register), follow=True)
    assert "Semua orang di daftar ini sudah punya tugasnya." in words(answer)
    assert Task.objects.count() == 2
    assert [at_home.person_id for at_home in answer.context["rows"]] == sorted(
        Task.objects.values_list("person_id", flat=True),
        key=lambda key: Person.objects.get(pk=key).full_name,
    )


ALL_NAMES = ["SITI CONTOH", "HANYA DI SANA", "HANYA DI SINI", "JUGA DI SINI", "ORANG KENANGA"]


def test_comparison_is_only_for_extracts_that_were_checked(rina, cast):
    seat = cast.seat("rina")
    persons = imported(seat, table(line(9101, "SITI CONTOH")))
    assert rina.get(compared(persons, "only-here")).status_code == 404
    body = table([nik(9101), "A", "Taiwan", "1", "01-02-2024"], heading=EXTRACT)
    extract = checked(seat, body, kind="extract")
    assert rina.get(compared(extract, "elsewhere")).status_code == 404
    rina.post(at("cancel", extract))
    assert rina.get(compared(extract, "only-here")).status_code == 404
    answer = rina.post(at("follow-up", extract))
    assert (answer.status_code, "Tunggu sampai berkas selesai diperiksa." in words(answer)) == (409, True)


@pytest.mark.parametrize("people", [1, 3])
def test_people_only_here_cost_the_same_for_one_and_three(cast, people, django_assert_num_queries):
    seat = cast.seat("rina")
    imported(seat, table(*[line(9110 + n, f"ORANG {n}") for n in range(people)]))
    body = table([nik(9101), "A", "Taiwan", "1", "01-02-2024"], heading=EXTRACT)
    register = checked(seat, body, kind="extract")
    client = cast.client("rina")
    client.get(compared(register, "only-here"))
    with django_assert_num_queries(10):
        client.get(compared(register, "only-here"))


def test_kind_of_row_the_file_has_not_is_no_page(rina, cast):
    register = checked(cast.seat("rina"), BODY)
    assert rina.get(at("rows", register, outcome="review", reasons="under_age")).status_code == 404


def test_confirm_sent_twice_is_one_import(rina, cast):
    register = checked(cast.seat("rina"), BODY)
    rina.post(at("confirm", register))
    assert rina.post(at("confirm", register)).status_code == 302
    register = worked(register)
    assert rina.post(at("confirm", register)).status_code == 302
    assert (register.status, Person.objects.count()) == (ImportStatus.IMPORTED, 2)


def test_undo_of_a_file_that_was_not_imported_conflicts(rina, cast):
    register = checked(cast.seat("rina"), BODY)
    answer = rina.post(at("undo", register))
    assert answer.status_code == 409


def test_nothing_of_another_place_is_on_any_page(cast):
    """Kenanga has a file and a person with the very same NIK: Randu's pages show neither."""
    theirs = imported(cast.seat("dewi"), table(line(9101, "ORANG KENANGA", Desa="Kenanga")))
    rina = cast.client("rina")
    mine = checked(cast.seat("rina"), table(line(9101, "ORANG RANDU"), line(9102, "X", Desa="Kenanga")))
    seen = "".join(
        words(rina.get(address))
        for address in (
            reverse("migrants:import-list"),
            at("detail", mine),
            at("rows", mine, outcome="refused", reasons="place_elsewhere"),
        )
    )
    assert "ORANG KENANGA" not in seen
    assert rina.get(at("detail", theirs)).status_code == 404
    assert mine.rows.get(number=1).outcome == "imported"


def test_coordinator_does_not_see_the_files_of_a_village(cast):
    register = imported(cast.seat("rina"), BODY)
    hendro = cast.client("hendro")
    assert hendro.get(at("detail", register)).status_code == 404
    assert "register.csv" not in words(hendro.get(reverse("migrants:import-list")))


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    for number in range(rows):
        make.RegisterImportFactory(of=cast.randu, file_name=f"{number}.csv")
    client = cast.client("rina")
    client.get(reverse("migrants:import-list"))
    with django_assert_num_queries(4):
        answer = client.get(reverse("migrants:import-list"))
    assert words(answer).count(".csv") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_rows_cost_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    register = checked(cast.seat("rina"), table(*[line(None, f"ORANG {n}") for n in range(rows)]))
    client = cast.client("rina")
    address = at("rows", register, outcome="review", reasons="nik_missing")
    client.get(address)
    with django_assert_num_queries(9):
        answer = client.get(address)
    assert words(answer).count("ORANG") == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_costs_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    register = checked(cast.seat("rina"), table(*[line(None, f"ORANG {n}") for n in range(rows)]))
    client = cast.client("rina")
    client.get(at("detail", register))
    with django_assert_num_queries(6):
        client.get(at("detail", register))


@pytest.mark.parametrize("rows", [1, 3])
def test_companies_cost_the_same_for_one_and_three(cast, rows, django_assert_num_queries):
    make.PlacementCompanyFactory.create_batch(rows)
    client = cast.client("maya")
    client.get(reverse("migrants:company-list"))
    with django_assert_num_queries(4):
        answer = client.get(reverse("migrants:company-list"))
    assert words(answer).count("PT Contoh Migran") == rows


def test_every_reason_has_its_words():
    from migrants.intake.wording import COLUMNS, REASONS
    from migrants.registers.kinds import Column

    assert set(REASONS) == set(Reason)
    assert set(COLUMNS) == set(Column)


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_speak_one_language(rina, cast, language):
    """English words do not stand on the Indonesian page, nor the other way round."""
    register = undone(cast.seat("rina"), imported(cast.seat("rina"), BODY))
    rina.cookies["bahasa"] = language
    page = words(rina.get(at("detail", register)))
    assert ("This import was undone." in page, "Impor ini dibatalkan." in page) == (
        language == "en",
        language == "id",
    )


def test_file_comes_back_with_what_became_of_each_row(rina, cast):
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    register = imported(cast.seat("rina"), BODY)
    answer = rina.get(at("download", register))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="hasil-register.xlsx"'
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][-2:] == ["Hasil", "Keterangan"]
    assert [row[-2] for row in rows[1:]] == ["Diimpor", "Diimpor", "Perlu diperiksa", "Ditolak", "Dilewati"]
    assert "16 angka" in rows[4][-1]
    assert Event.objects.filter(name="register.downloaded").count() == 1


@pytest.mark.parametrize(("who", "kind"), [("rina", "persons"), ("hendro", "extract"), ("arif", "companies")])
def test_template_can_be_downloaded_and_comes_back_whole(cast, who, kind):
    answer = cast.client(who).get(reverse("migrants:import-template", args=[kind]))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="desmigratif-{kind}.xlsx"'
    again = upload(cast.client(who), answer.content, name="templat.xlsx", kind=kind)
    assert again.status_code == 302
