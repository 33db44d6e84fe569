"""Whole registers with planted faults: none comes in silently, and no good row is lost."""

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from migrants.registers.annotating import Note, write_annotated
from migrants.registers.reading import RegisterReading
from migrants.registers.reasons import Outcome, outcome_label, outcome_of, sentence
from migrants.registers.surveying import survey
from tests.migrants.registers import messy
from villages.tables import VILLAGE

SAMPLE = Path(__file__).resolve().parents[4] / "shared" / "data" / "sample_register.xlsx"
LAYOUTS = {layout.name: layout for layout in messy.LAYOUTS}
many = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(path, kind=None):
    plan = survey(path, limits=VILLAGE, kind=kind).plan()
    reading = RegisterReading(path, plan=plan, places=messy.Places(), today=messy.TODAY, limits=VILLAGE)
    rows = [row for batch in reading.batches() for row in batch]
    assert reading.counts == Counter(row.outcome for row in rows)
    return rows, reading


def check(path, key, layout):
    """Every row of the key came to one of the ends it may come to, with its facts."""
    rows, _reading = read(path)
    found = {(row.sheet, row.row): row for row in rows if row.sheet == 0}
    assert len(found) == sum(row.sheet == 0 for row in rows)
    said = {place: row.outcome.value for place, row in found.items()}
    wrong = {
        place: (
            who.fault or "good",
            said.get(place),
            [f.reason.value for f in found[place].findings],
            who.cells,
        )
        for place, who in key.rows.items()
        if said.get(place) not in who.outcomes
    }
    assert wrong == {}
    assert {place: said[place] for place in key.skipped} == dict.fromkeys(key.skipped, "skipped")
    assert set(said) == set(key.rows) | key.skipped
    for place, who in key.rows.items():
        if said[place] == "imported":
            check_facts(found[place].facts, who, layout)
    return rows


def check_facts(facts, who, layout):
    columns = layout.columns
    assert (facts.nik, " ".join(facts.full_name.split()).upper()) == (who.nik, who.name)
    assert facts.village == messy.VILLAGES[who.village]
    assert facts.sex == who.sex
    if "birth" in columns or "ttl" in columns:
        assert facts.birth_date == who.birth
    assert facts.journey.destination == who.country
    if "phone" in columns:
        assert facts.phone == f"+62{who.phone}"
    if layout is messy.EXTRACT:
        assert facts.journey.contract_ends_on == who.ends
    elif "left" in columns:
        assert facts.journey.departed_on == who.left
    if "status" in columns:
        assert facts.journey.status == who.status


@pytest.mark.parametrize("layout", LAYOUTS)
@many
@given(seed=st.integers(0, 2**32))
def test_register_with_planted_faults_loses_and_invents_nothing(tmp_path, layout, seed):
    chance, layout = random.Random(seed), LAYOUTS[layout]
    rows, key = messy.register(chance, layout, people=25, faults=10)
    path = tmp_path / f"{seed}.xlsx"
    messy.write_xlsx(path, layout, rows, more_sheets=chance.random() < 0.5)
    check(path, key, layout)


@pytest.mark.parametrize("fault", messy.FAULTS)
def test_fault_is_never_imported(tmp_path, fault):
    """Every fault once at least, many spellings each."""
    layout = messy.COMPOSITE
    _columns, outcomes, plant = messy.FAULTS[fault]
    chance = random.Random(fault)
    rows, key = messy.register(chance, layout, people=30, faults=0)
    for who in key.rows.values():
        plant(chance, who)
        who.fault, who.outcomes = fault, outcomes
    for number, ((_sheet, row), who) in enumerate(key.rows.items(), 1):
        rows[row - 1] = messy.filled(layout, who, number)
    path = tmp_path / "a.xlsx"
    messy.write_xlsx(path, layout, rows)
    found = {(row.sheet, row.row): row.outcome.value for row in read(path)[0]}
    assert {found.get(place, "lost") for place in key.rows} <= outcomes


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", ["csv", "csv;", "csv\t", "csv cp1252", "xls", "ods"])
def test_register_of_any_format_is_read_alike(tmp_path, layout, form):
    layout = LAYOUTS[layout]
    rows, key = messy.register(random.Random(form), layout, people=25, faults=0)
    path = tmp_path / f"register.{form[:3]}"
    if form.startswith("csv"):
        encoding = "cp1252" if form.endswith("cp1252") else "utf-8-sig"
        messy.write_csv(path, rows, form[3] if len(form) == 4 else ",", encoding)
    elif form == "xls":
        messy.write_xls(path, layout, rows)
    else:
        messy.write_ods(path, layout, rows)
    check(path, key, layout)


def test_same_file_read_twice_gives_the_same_rows(tmp_path):
    rows, _key = messy.register(random.Random(4), messy.COMPOSITE, people=60, faults=20)
    messy.write_xlsx(tmp_path / "a.xlsx", messy.COMPOSITE, rows)
    assert read(tmp_path / "a.xlsx")[0] == read(tmp_path / "a.xlsx")[0]


def test_every_message_names_row_and_column_and_says_what_to_do(tmp_path):
    rows, _key = messy.register(random.Random(8), messy.COMPOSITE, people=60, faults=50)
    messy.write_xlsx(tmp_path / "a.xlsx", messy.COMPOSITE, rows)
    found, reading = read(tmp_path / "a.xlsx")
    for row in found:
        assert bool(row.findings) == (row.outcome is not Outcome.IMPORTED)
        for finding in row.findings:
            said = sentence(finding, sheet=reading.sheets[row.sheet].name, row=row.row)
            assert "DATA PMI" in said
            assert str(row.row) in said
            if outcome_of(finding.reason) in (Outcome.REVIEW, Outcome.REFUSED) and finding.column:
                assert finding.column in said


def test_annotated_file_comes_in_again_as_before(tmp_path):
    rows, _key = messy.register(random.Random(15), messy.COMPOSITE, people=40, faults=15)
    path, back = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    messy.write_xlsx(path, messy.COMPOSITE, rows, more_sheets=True)
    before, _reading = read(path)
    plan = survey(path, limits=VILLAGE).plan()
    notes = [Note(row.sheet, row.row, row.outcome, "=1+1 harus teks") for row in before]
    write_annotated(path, back, notes, plan=plan, limits=VILLAGE)
    after, _reading = read(back)
    assert [(row.row, row.outcome, row.facts) for row in after] == [
        (row.row, row.outcome, row.facts) for row in before
    ]


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample is not beside the project")
def test_sample_comes_out_sensibly():
    rows, reading = read(SAMPLE)
    assert dict(reading.counts) == {"imported": 48, "skipped": 7, "review": 5, "refused": 5}
    assert sum(row.facts is not None for row in rows) == 53


def test_annotated_file_holds_no_formula_and_says_the_outcome_beside_each_row(tmp_path):
    rows, key = messy.register(random.Random(23), messy.COMPOSITE, people=30, faults=8)
    path, back = tmp_path / "a.csv", tmp_path / "b.xlsx"
    messy.write_csv(path, rows, ";", "utf-8")
    found, _reading = read(path)
    notes = [Note(row.sheet, row.row, row.outcome, "=HYPERLINK(1)") for row in found]
    write_annotated(path, back, notes, plan=survey(path, limits=VILLAGE).plan(), limits=VILLAGE)
    sheet = load_workbook(back).worksheets[0]
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    heading = [cell.value for cell in sheet[len(messy.COMPOSITE.titles) + 1]]
    assert heading[-2:] == ["Hasil", "Keterangan"]
    told = {row.row: str(outcome_label(row.outcome)) for row in found}
    at = len(heading) - 1
    assert {row: sheet.cell(row, at).value for _sheet, row in key.rows} == {
        row: told[row] for _sheet, row in key.rows
    }
    for _sheet, row in key.rows:  # every value at its old place
        assert [str(sheet.cell(row, column + 1).value or "") for column in range(1, 4)] == [
            messy.as_text(cell) for cell in rows[row - 1][1:4]
        ]
