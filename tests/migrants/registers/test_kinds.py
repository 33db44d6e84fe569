"""Registers of other shapes: monthly reports, complaints, group lines, companies, templates."""

from datetime import date

import pytest
import xlsxwriter

from migrants.registers.blanks import template_xlsx
from migrants.registers.kinds import OF_MIGRANTS, Column, RegisterKind
from migrants.registers.places import PlaceAnswer, PlaceFound, PlaceWords
from migrants.registers.plans import Plan
from migrants.registers.reading import RegisterReading
from migrants.registers.reasons import Reason
from migrants.registers.surveying import SheetUse, survey
from tests.migrants.registers import messy
from villages.tables import VILLAGE, TableRefused

NIK = "3325014512909001"  # a woman born on 5 December 1990
OTHER = "3325010512909002"


class Own:
    """The look-up of an officer of Wanar."""

    default = "33.25.06.2008"

    def find(self, words: PlaceWords) -> PlaceFound:
        own = words.village.upper() in ("", "WANAR") and words.subdistrict.upper() in ("", "TERSONO")
        return PlaceFound(PlaceAnswer.FOUND, self.default) if own else PlaceFound(PlaceAnswer.ELSEWHERE)


def write(path, *sheets):
    """Sheets as (name, rows)."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, day)
                    elif cell != "":
                        sheet.write(at, column, cell)
    return path


def read(path, *, places=None, plan=None, kind=None):
    plan = plan or survey(path, limits=VILLAGE, kind=kind).plan()
    reading = RegisterReading(
        path, plan=plan, places=places or messy.Places(), today=messy.TODAY, limits=VILLAGE
    )
    return [row for batch in reading.batches() for row in batch]


def reasons(row):
    return [finding.reason for finding in row.findings]


def test_monthly_report_of_a_company_parts_its_cells_and_takes_company_and_country_from_its_head(tmp_path):
    rows = [
        ["LAPORAN PENEMPATAN PMI"],
        ["Nama Perusahaan", ": PT. CONTOH SATU"],
        ["Alamat", ": Jl. Contoh 1"],
        ["Negara Tujuan", ": HONGKONG"],
        ["Jumlah", ": 2 orang"],
        [],
        ["NO.", "Nama PMI/ Alamat, Tempat, Tgl Lahir", "NIK", "JK (L/P)", "Jabatan", "Pendi.Formal",
         "Nama Pengguna Jasa/ Alamat", "Gaji", "Paspor", "Kode Pesawat"],
        [1, "SITI AMINAH\nDesa Wanar Kec. Tersono\nBATANG, 05-12-1990", NIK, "P", "PRT", "SMP", "MR. LEE",
         4630, "C1234567", "CX718"],
        [2, "BUDI SANTOSO\nBATANG, 31-02-1990", OTHER, "L", "OPERATOR", "SMA", "MR. LIM", 4630, "C1234568",
         "CX718"],
    ]  # fmt: skip
    good, bad = read(write(tmp_path / "a.xlsx", ("Mei", rows)), places=Own())
    facts = good.facts
    assert (good.outcome, facts.full_name, facts.birth_date, facts.birth_place) == (
        "imported", "SITI AMINAH", date(1990, 12, 5), "BATANG",
    )  # fmt: skip
    assert (facts.journey.agency, facts.journey.destination) == ("PT. CONTOH SATU", "HKG")
    assert (facts.address, facts.passport) == ("Desa Wanar Kec. Tersono", "C1234567")
    assert (bad.outcome, reasons(bad)) == ("refused", [Reason.DATE_IMPOSSIBLE])


def test_complaint_keeps_the_one_who_complains_apart_from_the_worker(tmp_path):
    rows = [
        ["No", "Nama dan NIK Pengadu", "Hubungan dengan PMI", "Nomor HP", "Permasalahan", "NIK PMI",
         "Nama PMI", "Jenis Kelamin", "Alamat", "Tanggal Terbang", "Negara Tujuan"],
        [1, "SLAMET 3325010101709009", "Ayah", "0810 1234 5678", "Gaji tidak dibayar", NIK, "SITI AMINAH",
         "P",
         "DS. WANAR KEC. TERSONO", "12 Mei 2020", "ARAB SAUDI"],
    ]  # fmt: skip
    (row,) = read(write(tmp_path / "a.xlsx", ("Pengaduan", rows)))
    facts = row.facts
    assert (row.outcome, facts.nik, facts.full_name) == ("imported", NIK, "SITI AMINAH")
    assert (facts.next_of_kin_name, facts.next_of_kin_relation) == ("SLAMET", "parent")
    assert (facts.village, facts.journey.departed_on) == ("33.25.06.2008", date(2020, 5, 12))


def test_lines_between_the_rows_name_the_place_of_those_below(tmp_path):
    rows = [
        ["DATA PMI KECAMATAN TERSONO DAN SUBAH"],
        ["No", "NIK", "Nama", "L/P", "Negara"],
        ["DESA WANAR KECAMATAN TERSONO"],
        [1, NIK, "SITI", "P", "Taiwan"],
        ["DESA RANDU KECAMATAN PECALUNGAN"],
        [2, OTHER, "BUDI", "L", "Taiwan"],
    ]
    found = read(write(tmp_path / "a.xlsx", ("Data", rows)))
    assert [(row.row, row.outcome.value, row.facts and row.facts.village) for row in found] == [
        (3, "skipped", None),
        (4, "imported", "33.25.06.2008"),
        (5, "skipped", None),
        (6, "imported", "33.25.14.2004"),
    ]


def test_bare_sheet_names_are_villages_where_no_column_names_one(tmp_path):
    heading = ["No", "NIK", "Nama", "L/P", "Negara"]
    path = write(
        tmp_path / "a.xlsx",
        ("WANAR", [heading, [1, NIK, "SITI", "P", "Taiwan"]]),
        ("RANDU", [heading, [1, OTHER, "BUDI", "L", "Taiwan"]]),
        ("Sheet3", []),
    )
    found = read(path)
    assert [(row.outcome.value, row.facts and row.facts.village) for row in found] == [
        ("imported", "33.25.06.2008"),
        ("imported", "33.25.14.2004"),
        ("skipped", None),
    ]


def test_row_without_a_place_is_the_officers_own_and_needs_a_look_in_a_district(tmp_path):
    path = write(
        tmp_path / "a.xlsx", ("Data", [["NIK", "Nama", "L/P", "Negara"], [NIK, "SITI", "P", "Taiwan"]])
    )
    assert read(path, places=Own())[0].facts.village == Own.default
    assert reasons(read(path)[0]) == [Reason.PLACE_MISSING]


def test_file_of_another_place_is_refused_row_by_row(tmp_path):
    rows = [["DATA PMI KECAMATAN : SUBAH"], ["NIK", "Nama", "L/P", "Negara"], [NIK, "SITI", "P", "Taiwan"]]
    (row,) = read(write(tmp_path / "a.xlsx", ("Data", rows)), places=Own())
    assert (row.outcome.value, reasons(row), row.facts) == ("refused", [Reason.PLACE_ELSEWHERE], None)


def test_nik_settles_day_and_month(tmp_path):
    rows = [
        ["NIK", "Nama", "L/P", "Tgl Lahir", "Desa", "Negara"],
        [NIK, "SITI", "P", "12/05/1990", "Wanar", "Taiwan"],
        ["3325016512909003", "UMI", "P", "12/25/1990", "Wanar", "Taiwan"],
        [OTHER, "BUDI", "L", "12/25/1990", "Wanar", "Taiwan"],
    ]
    first, second, third = read(write(tmp_path / "a.xlsx", ("Data", rows)))
    assert (first.outcome.value, first.facts.birth_date) == ("imported", date(1990, 12, 5))
    assert (second.outcome.value, second.facts.birth_date) == ("imported", date(1990, 12, 25))
    assert (third.outcome.value, reasons(third)) == ("review", [Reason.DATE_AMBIGUOUS])


def test_second_journey_of_a_person_is_not_skipped(tmp_path):
    rows = [
        ["NIK", "Nama", "L/P", "Desa", "Negara", "Tgl Berangkat"],
        [NIK, "SITI", "P", "Wanar", "Taiwan", "12/05/2015"],
        [NIK, "Siti", "P", "Wanar", "Hongkong", "12/05/2020"],
        [NIK, "HJ. SITI", "P", "Wanar", "TWN", "12 Mei 2015"],
    ]
    found = read(write(tmp_path / "a.xlsx", ("Data", rows)))
    assert [reasons(row) for row in found] == [[], [Reason.SECOND_JOURNEY], [Reason.SAME_ROW]]


def test_extract_takes_the_sex_from_the_nik_and_is_known_by_its_decree(tmp_path):
    path = tmp_path / "extract.csv"
    path.write_text(
        "NIK;Nama;Negara Tujuan;SK Penempatan;Tanggal Kontrak\n"
        f"{NIK};SITI AMINAH;HONG KONG;SK.1/2024;12-05-2024\n"
    )
    assert survey(path, limits=VILLAGE).kind == RegisterKind.EXTRACT
    (row,) = read(path, places=Own())
    assert (row.outcome.value, row.facts.sex, row.facts.birth_date) == ("imported", "female", None)
    assert (row.facts.journey.decree, row.facts.journey.status) == ("SK.1/2024", "abroad")


def test_companies_are_read_with_their_licences(tmp_path):
    rows = [
        ["DAFTAR P3MI"],
        ["No", "Nama Perusahaan", "No. SIP3MI", "Berlaku s/d", "Alamat", "Status"],
        [1, "PT. CONTOH SATU", "SIP3MI/1/2025", "31 Desember 2026", "Jakarta", "Aktif"],
        [2, "CONTOH SATU, PT", "SIP3MI/1/2025", date(2026, 12, 31), "Jakarta", "Aktif"],
        [3, "PT CONTOH DUA", "SIP3MI/1/2025", "31-12-2026", "Jakarta", "Aktif"],
        [4, "PT CONTOH TIGA", "", "31-12-2026", "Jakarta", "Aktif"],
        [5, "", "SIP3MI/5/2025", "31-12-2026", "Jakarta", "Aktif"],
        [6, "PT CONTOH ENAM", "SIP3MI/6/2025", "31-02-2026", "Jakarta", "Aktif"],
        [7, "PT CONTOH TUJUH", "SIP3MI/7/2025", "", "Jakarta", "Aktif"],
        [8, "PT. Contoh Satu", "SIP3MI/8/2025", "31-12-2026", "Jakarta", "Aktif"],
        ["JUMLAH", 8],
    ]
    path = write(tmp_path / "a.xlsx", ("P3MI", rows))
    assert survey(path, limits=VILLAGE).kind == RegisterKind.COMPANIES
    found = read(path)
    assert [(row.outcome.value, *reasons(row)) for row in found] == [
        ("imported",),
        ("skipped", Reason.SAME_ROW),
        ("review", Reason.LICENCE_OTHER_NAME),
        ("review", Reason.LICENCE_MISSING),
        ("refused", Reason.NAME_MISSING),
        ("refused", Reason.DATE_IMPOSSIBLE),
        ("review", Reason.VALIDITY_MISSING),
        ("review", Reason.COMPANY_TWICE),
        ("skipped", Reason.TOTAL),
    ]
    assert (found[0].facts.name_key, found[0].facts.valid_until) == ("contohsatu", date(2026, 12, 31))


def test_cells_that_look_like_formulas_stay_text(tmp_path):
    rows = [
        ["NIK", "Nama", "L/P", "Desa", "Negara", "Nama Keluarga", "Ket"],
        [NIK, "=SITI", "P", "Wanar", "Taiwan", "@SUM(A1)", "+1-1"],
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in rows))
    (row,) = read(path)
    assert (row.facts.full_name, row.facts.next_of_kin_name, row.facts.remark) == (
        "=SITI",
        "@SUM(A1)",
        "+1-1",
    )


def test_mapping_of_an_officer_is_followed_and_comes_back_for_the_same_heading(tmp_path):
    heading = ["NIK", "Julukan", "Nama", "L/P", "Desa", "Negara"]
    path = write(
        tmp_path / "a.xlsx", ("Data", [heading, [NIK, "SITI AMINAH", "TITI", "P", "Wanar", "Taiwan"]])
    )
    seen = survey(path, limits=VILLAGE).sheets[0]
    mapping = seen.proposal | {1: Column.FULL_NAME, 2: Column.NICKNAME}
    plan = Plan.from_json(Plan(RegisterKind.PERSONS, {seen.fingerprint: mapping}).to_json())
    facts = read(path, plan=plan)[0].facts
    assert (facts.full_name, facts.nickname) == ("SITI AMINAH", "TITI")
    rows = [["DATA BARU"], [], heading, [OTHER, "BUDI", "-", "L", "Wanar", "Hk"]]
    later = write(tmp_path / "b.xlsx", ("Data", rows))
    assert survey(later, limits=VILLAGE).sheets[0].fingerprint == seen.fingerprint


def test_summaries_and_sheets_without_heading_are_skipped_and_counted(tmp_path):
    path = write(
        tmp_path / "a.xlsx",
        ("DATA", [["NIK", "Nama", "L/P", "Desa", "Negara"], [NIK, "SITI", "P", "Wanar", "Taiwan"]]),
        ("REKAP", [["REKAPITULASI"], ["Desa", "L", "P"], ["Wanar", 1, 2]]),
        ("Catatan", [["Data ini belum lengkap"]]),
        ("Sheet9", []),
    )
    assert [sheet.use for sheet in survey(path, limits=VILLAGE).sheets] == [
        SheetUse.DATA,
        SheetUse.SUMMARY,
        SheetUse.NO_HEADING,
        SheetUse.EMPTY,
    ]
    assert [(row.sheet, row.row, row.outcome.value) for row in read(path)][1:] == [
        (1, 1, "skipped"),
        (1, 2, "skipped"),
        (1, 3, "skipped"),
        (2, 1, "skipped"),
        (3, 0, "skipped"),
    ]


def test_sheet_left_out_by_a_person_is_counted_as_skipped(tmp_path):
    path = write(
        tmp_path / "a.xlsx", ("DATA", [["NIK", "Nama", "L/P", "Negara"], [NIK, "SITI", "P", "Taiwan"]])
    )
    (first, row) = read(path, plan=Plan(RegisterKind.PERSONS, skipped_sheets=frozenset({0})))
    assert (reasons(first), reasons(row)) == ([Reason.SHEET_LEFT_OUT],) * 2


def test_file_without_any_heading_is_refused(tmp_path):
    path = write(tmp_path / "a.xlsx", ("DATA", [["satu", "dua"], [1, 2]]))
    with pytest.raises(TableRefused) as caught:
        survey(path, limits=VILLAGE)
    assert caught.value.code == "no_heading"


def test_progress_is_told_and_can_stop_the_reading(tmp_path):
    rows = [["NIK", "Nama", "L/P", "Negara"]] + [["", f"SITI {number}", "P", "Hk"] for number in range(4500)]
    path = write(tmp_path / "a.xlsx", ("DATA", rows))
    told = []

    def stop(done, total):
        told.append((done, total))
        if len(told) == 2:
            raise InterruptedError

    reading = RegisterReading(
        path, plan=Plan(RegisterKind.PERSONS), places=Own(), today=messy.TODAY, limits=VILLAGE, progress=stop
    )
    with pytest.raises(InterruptedError):
        list(reading.batches())
    assert told == [(2001, 4501), (4001, 4501)]


@pytest.mark.parametrize("kind", list(RegisterKind))
def test_template_is_understood_without_a_question(tmp_path, kind):
    path = tmp_path / "a.xlsx"
    path.write_bytes(template_xlsx(kind, place="Desa Wanar Kecamatan Tersono"))
    seen = survey(path, limits=VILLAGE, kind=None if kind in OF_MIGRANTS else kind)
    columns = [column for column in seen.sheets[0].columns if column.label]
    assert (seen.kind, seen.missing) == (kind, ())
    assert all(column.certain and column.proposed is not Column.IGNORED for column in columns)
    assert len({column.proposed for column in columns}) == len(columns)
    assert seen.sheets[0].context == PlaceWords(village="WANAR", subdistrict="TERSONO")
