"""The command and the action that bring the area tables in line with a list."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from tests.factories import DesignationFactory, VillageFactory
from villages.actions import import_areas
from villages.area_files import AreaFileRefused
from villages.models import District, Province, Subdistrict, Village

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "wilayah_2025.csv.gz"
HEADING = "kode,kode_induk,tingkat,jenis,nama,lat,lng"


def line(code, name, lat="", lng=""):
    levels = ["provinsi", "kabupaten_kota", "kecamatan", "desa_kelurahan"]
    kinds = ["provinsi", "kabupaten", "kecamatan", "desa"]
    level = code.count(".")
    return f"{code},{code.rpartition('.')[0]},{levels[level]},{kinds[level]},{name},{lat},{lng}"


BATANG = [line("33", "Jawa Tengah"), line("33.25", "Kabupaten Batang"), line("33.25.14", "Pecalungan")]
RANDU = line("33.25.14.2004", "Randu", "-7.01745", "109.86436")
BANDUNG = line("33.25.14.2002", "Bandung")
SIGUCI = line("33.25.14.2005", "Siguci")


@pytest.fixture
def write(tmp_path):
    def write(*lines, name="daftar.csv", heading=HEADING):
        path = tmp_path / name
        path.write_text("\n".join([heading, *lines]), encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(db, capsys, english):
    def run(*args, **options):
        call_command("import_areas", *map(str, args), skip_checks=True, **options)
        return capsys.readouterr().out.splitlines()

    return run


def held():
    return sorted(Village.objects.in_force().values_list("code", "name"))


def test_first_list_fills_the_four_tables(run, write):
    assert run(write(*BATANG, RANDU, BANDUNG)) == [
        "Provinces: 1 new, 0 changed, 0 back in force, 0 retired, 0 unchanged.",
        "Districts: 1 new, 0 changed, 0 back in force, 0 retired, 0 unchanged.",
        "Subdistricts: 1 new, 0 changed, 0 back in force, 0 retired, 0 unchanged.",
        "Villages: 2 new, 0 changed, 0 back in force, 0 retired, 0 unchanged.",
        "The list of areas is up to date.",
    ]
    randu = Village.objects.get(code="33.25.14.2004")
    assert (randu.name, randu.kind, randu.subdistrict_id, randu.district_id, randu.province_id) == (
        "Randu",
        "desa",
        "33.25.14",
        "33.25",
        "33",
    )
    assert (float(randu.latitude), float(randu.longitude), randu.valid_from) == (-7.01745, 109.86436, None)
    assert District.objects.get().name == "Kabupaten Batang"


def test_second_run_changes_nothing_and_says_so(run, write):
    path = write(*BATANG, RANDU, BANDUNG)
    run(path)
    assert run(path) == [
        "Provinces: 0 new, 0 changed, 0 back in force, 0 retired, 1 unchanged.",
        "Districts: 0 new, 0 changed, 0 back in force, 0 retired, 1 unchanged.",
        "Subdistricts: 0 new, 0 changed, 0 back in force, 0 retired, 1 unchanged.",
        "Villages: 0 new, 0 changed, 0 back in force, 0 retired, 2 unchanged.",
        "Nothing changed: the list is the same as before.",
    ]
    assert Event.objects.filter(name="areas.imported").count() == 1


def test_vanished_code_is_retired_and_a_new_one_begins(run, write):
    run(write(*BATANG, RANDU, BANDUNG))
    assert run(write(*BATANG, RANDU, SIGUCI), on="01-12-2026")[3] == (
        "Villages: 1 new, 0 changed, 0 back in force, 1 retired, 1 unchanged."
    )
    bandung, siguci = Village.objects.get(code="33.25.14.2002"), Village.objects.get(code="33.25.14.2005")
    assert (bandung.valid_to, siguci.valid_from) == (date(2026, 11, 30), date(2026, 12, 1))
    assert held() == [("33.25.14.2004", "Randu"), ("33.25.14.2005", "Siguci")]


def test_returned_code_is_in_force_again_with_its_new_name(run, write):
    run(write(*BATANG, RANDU, BANDUNG))
    run(
        write(*BATANG, RANDU, SIGUCI),
        successors=write("33.25.14.2002,33.25.14.2005", name="p", heading="a,b"),
    )
    assert run(write(*BATANG, RANDU, SIGUCI, line("33.25.14.2002", "Bandung Baru")))[3] == (
        "Villages: 0 new, 0 changed, 1 back in force, 0 retired, 2 unchanged."
    )
    back = Village.objects.get(code="33.25.14.2002")
    assert (back.name, back.valid_to, back.successor) == ("Bandung Baru", None, None)


def test_changed_name_is_told_and_unknown_point_keeps_the_known_one(run, write):
    run(write(*BATANG, RANDU))
    assert run(write(*BATANG, line("33.25.14.2004", "Randu Asri")))[3] == (
        "Villages: 0 new, 1 changed, 0 back in force, 0 retired, 0 unchanged."
    )
    randu = Village.objects.get()
    assert (randu.name, float(randu.latitude)) == ("Randu Asri", -7.01745)


def test_broken_line_loads_nothing_at_all(run, write):
    run(write(*BATANG, RANDU))
    with pytest.raises(CommandError) as caught:
        run(write(*BATANG, BANDUNG, "33.25.14.9,33.25.14,desa_kelurahan,desa,Rusak,,"))
    assert str(caught.value) == (
        "daftar.csv, line 6: “33.25.14.9” is not an area code.\nNothing was changed."
    )
    assert held() == [("33.25.14.2004", "Randu")]


def test_trial_counts_and_changes_nothing(run, write):
    run(write(*BATANG, RANDU))
    assert run(write(*BATANG, SIGUCI), dry_run=True)[3:] == [
        "Villages: 1 new, 0 changed, 0 back in force, 1 retired, 0 unchanged.",
        "This was a trial. Nothing was changed.",
    ]
    assert held() == [("33.25.14.2004", "Randu")]
    assert Event.objects.filter(name="areas.imported").count() == 1


def test_successors_are_linked_and_unknown_old_codes_counted(run, write):
    run(write(*BATANG, RANDU, BANDUNG))
    successors = write(
        "33.25.14.2002,33.25.14.2005", "33.25.14.2099,33.25.14.2005", name="pengganti.csv", heading="old,new"
    )
    lines = run(write(*BATANG, RANDU, SIGUCI), successors=successors)
    assert lines[4:] == [
        "Successors: 1 linked, 1 old codes were never here.",
        "The list of areas is up to date.",
    ]
    assert Village.objects.get(code="33.25.14.2002").successor_id == "33.25.14.2005"
    assert run(write(*BATANG, RANDU, SIGUCI), successors=successors)[5] == (
        "Nothing changed: the list is the same as before."
    )


@pytest.mark.parametrize(
    ("pair", "sentence"),
    [
        ("33.25.14.2004,33.25.14.2005", "33.25.14.2004 is still in force"),
        ("33.25.14.2002,33.25.14.2009", "33.25.14.2009 is not in the list"),
    ],
)
def test_successor_that_cannot_be_undoes_the_whole_import(run, write, pair, sentence):
    run(write(*BATANG, RANDU, BANDUNG))
    with pytest.raises(CommandError) as caught:
        run(write(*BATANG, RANDU, SIGUCI), successors=write(pair, name="pengganti.csv", heading="old,new"))
    assert str(caught.value) == f"pengganti.csv, line 2: {sentence}.\nNothing was changed."
    assert held() == [("33.25.14.2002", "Bandung"), ("33.25.14.2004", "Randu")]


def test_programme_village_that_vanishes_is_named(run, write):
    DesignationFactory(village=VillageFactory(code="33.25.14.2002"))
    assert run(write(*BATANG, RANDU))[4] == (
        "In the programme, but no longer in the list: 33.25.14.2002 Bandung. Give its successor."
    )


def test_half_a_list_is_refused_unless_told_otherwise(run, write):
    many = [line(f"33.25.14.2{n:03}", f"Desa {n}") for n in range(100, 200)]
    run(write(*BATANG, *many))
    with pytest.raises(CommandError) as caught:
        run(write(*BATANG, *many[:40]))
    assert str(caught.value) == (
        "daftar.csv would retire 60 of 100: Villages. Is the list whole? If so, repeat with --retire-many."
        "\nNothing was changed."
    )
    assert run(write(*BATANG, *many[:40]), retire_many=True)[3] == (
        "Villages: 0 new, 0 changed, 0 back in force, 60 retired, 40 unchanged."
    )


def test_day_that_is_no_day_is_refused(run, write):
    with pytest.raises(CommandError) as caught:
        run(write(*BATANG), on="31/02/2026")
    assert str(caught.value) == (
        "31-02-2026 is not in the calendar. Check the day and the month.\nNothing was changed."
    )


def test_import_by_a_person_is_in_the_log(cast, write):
    import_areas(by=cast.seat("arif"), path=write(*BATANG, line("32", "Jawa Barat"), RANDU), retire_many=True)
    event = Event.objects.get(name="areas.imported")
    assert (event.actor_name, event.subject_label, event.changes["village"]) == (
        "Arif Nugroho",
        "daftar.csv",
        ["", "+0 ~1 -2"],
    )


def test_refusal_carries_every_problem(db, write, english):
    with pytest.raises(AreaFileRefused) as caught:
        import_areas(by=None, path=write("x", "y"))
    assert caught.value.problems == [
        "daftar.csv, line 2: 1 fields instead of 7.",
        "daftar.csv, line 3: 1 fields instead of 7.",
    ]


@pytest.mark.skipif(not REAL.is_file(), reason="the shared list of 91,599 areas is not beside the project")
def test_real_list_has_its_known_totals_and_loads_twice_without_change(db):
    first = import_areas(by=None, path=REAL)
    assert [counts.new for counts in first.levels] == [38, 514, 7285, 83762]
    assert [model.objects.count() for model in (Province, District, Subdistrict, Village)] == [
        38,
        514,
        7285,
        83762,
    ]
    assert Village.objects.filter(kind="desa adat").count() == 14
    assert District.objects.filter(kind="kota").count() == 98
    assert import_areas(by=None, path=REAL).changed_nothing
