"""Files people bring in: checked, decided, imported in one transaction, undone (issue 4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.keys import new_key
from accounts.rules import NotPermitted
from audit.models import Event
from migrants.actions.imports import (
    cancel_import,
    confirm_columns,
    decide_rows,
    follow_up,
    start_import,
    start_undo,
    stop_import,
    upload_register,
)
from migrants.actions.people import change_person, register_person
from migrants.actions.tasks import finish_task
from migrants.case_states import IllegalStep
from migrants.enums import ImportStatus
from migrants.import_states import STEPS, check_step
from migrants.intake.contents import content_of
from migrants.intake.jobs import do_job
from migrants.intake.places import Scope
from migrants.intake.storing import FileMissing, opened
from migrants.intake.sweeping import sweep_imports
from migrants.models import (
    Migration,
    MigrationStep,
    Person,
    PlacementCompany,
    RegisterImport,
    RememberedMapping,
    Task,
)
from migrants.queries.imports import (
    kept_companies,
    kinds_of_rows,
    rows_of_kind,
    shown_row,
    undo_plan,
)
from migrants.queries.reconciling import journeys_only_here, reconciled
from migrants.registers.plans import Plan
from tests import factories as make
from tests.conftest import TODAY
from tests.migrants.registers_made import (
    checked,
    counts,
    finished,
    imported,
    line,
    nik,
    outcomes,
    scope_of_seat,
    table,
    undone,
    uploaded,
    worked,
)
from villages.models import Village

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rina(cast):
    return cast.seat("rina")


def people() -> list[str]:
    return list(Person.objects.order_by("full_name").values_list("full_name", flat=True))


def decide(seat, register, decision, *, reason="", **answers):
    rows = register.rows.filter(reasons__contains=[reason]) if reason else register.rows.all()
    return decide_rows(by=seat, register=register, rows=rows, decision=decision, **answers)


# --- the dry run -------------------------------------------------------------------------------------------


def test_dry_run_gives_each_row_one_outcome_and_writes_nobody(rina):
    register = checked(
        rina,
        table(
            line(9101, "SITI CONTOH"),
            line(None, "TANPA NIK"),
            line(9103, "NIK PENDEK", NIK="33251444"),
            line(9101, "SITI CONTOH"),
            line(9105, "DESA LAIN", Desa="Bandung"),
        ),
    )
    assert outcomes(register) == [
        ("imported", []),
        ("review", ["nik_missing"]),
        ("refused", ["nik_length"]),
        ("skipped", ["same_row"]),
        ("refused", ["place_elsewhere"]),
    ]
    assert counts(register) == (5, 1, 1, 1, 2)
    assert register.status == ImportStatus.CHECKED
    assert people() == []


def test_rows_and_file_lie_sealed(rina, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    body = table(line(9101, "SITI RAHASIA"))
    register = checked(rina, body)
    row = register.rows.get()
    assert content_of(row).facts.full_name == "SITI RAHASIA"
    stored = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in stored] == [f"{register.pk}.sealed"]
    assert stored[0].stat().st_mode & 0o077 == 0
    for blob in (bytes(row.content_sealed), bytes(register.survey_sealed), stored[0].read_bytes()):
        assert b"RAHASIA" not in blob
    with opened(register) as path:
        assert path.read_bytes() == body
    assert not path.exists()


def test_file_moved_to_another_import_does_not_open(rina, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    one, two = uploaded(rina, table(line(9101, "A"))), uploaded(rina, table(line(9102, "B")))
    (tmp_path / one.path).replace(tmp_path / two.path)
    with pytest.raises(FileMissing), opened(two):
        pass


def test_same_columns_are_remembered_for_the_district_alone(rina, cast):
    heading = ["No", "NIK", "Nama Lengkap", "L/P", "Tgl Lahir", "Kolom Aneh"]
    body = table(["1", nik(9101), "SITI CONTOH", "P", "04-04-1990", "Taiwan"], heading=heading)
    register = uploaded(rina, body)
    plan = Plan.from_json(register.plan)
    (fingerprint,) = plan.mappings
    given = register.plan
    given["mappings"][fingerprint]["5"] = "country"
    confirm_columns(by=rina, register=register, plan=Plan.from_json(given), announced=False)
    assert RememberedMapping.objects.get().mapping["5"] == "country"
    again = uploaded(cast.seat("teguh"), body)
    assert again.plan["mappings"][fingerprint]["5"] == "country"
    elsewhere = uploaded(cast.seat("dewi"), body)
    assert elsewhere.plan["mappings"][fingerprint]["5"] == "ignored"


def test_file_that_cannot_be_read_keeps_nothing(rina, settings, tmp_path):
    from villages.tables import TableRefused

    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(TableRefused):
        uploaded(rina, b"%PDF-1.7 not a workbook", name="register.xlsx")
    assert RegisterImport.objects.count() == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_upload_delivered_twice_is_one_file(rina):
    key, body = new_key(), table(line(9101, "SITI CONTOH"))
    given = {"by": rina, "key": key, "kind": "persons", "scope": scope_of_seat(rina)}
    one = upload_register(**given, file_name="a.csv", body=body)
    two = upload_register(**given, file_name="a.csv", body=body)
    assert (one.made, two.made, RegisterImport.objects.count()) == (True, False, 1)


# --- the import --------------------------------------------------------------------------------------------


def test_import_writes_what_the_single_actions_write(rina):
    """Person, journey, first step, standing, audit: compared with one registered by hand, field by field."""
    register = imported(rina, table(line(9101, "SITI CONTOH", Ket="dari buku lama")))
    assert counts(register) == (1, 1, 0, 0, 0)
    row = register.rows.get()
    assert (row.outcome, row.effect) == ("imported", "created")
    bulk = Person.objects.get(pk=row.pk)
    by_hand = register_person(
        by=rina,
        key=new_key(),
        category="resident",
        facts={"full_name": "SITI TANGAN", "sex": "female", "birth_date": date(1990, 4, 4)},
        nik=nik(9102),
        journey={
            "status": "abroad",
            "registered_on": date(2026, 11, 23),
            "destination": "TWN",
            "job": "CARE",
            "agency": "PT Contoh Migran",
            "departed_on": date(2024, 3, 3),
        },
    ).row
    by_hand.refresh_from_db()
    own = {
        "id",
        "full_name",
        "sounding",
        "nik_sealed",
        "nik_digest",
        "nik_tail_digest",
        "registered_at",
        "register_note_sealed",
    }
    for field in Person._meta.concrete_fields:
        if field.name not in own:
            assert getattr(bulk, field.attname) == getattr(by_hand, field.attname), field.name
    assert bulk.nik == nik(9101)
    assert bulk.register_note == "Keterangan: dari buku lama"
    one, two = bulk.migrations.get(), by_hand.migrations.get()
    own = {"id", "person", "job", "logged_at"}
    for field in Migration._meta.concrete_fields:
        if field.name not in own:
            assert getattr(one, field.attname) == getattr(two, field.attname), field.name
    step, other = one.steps.get(), two.steps.get()
    assert (step.from_status, step.to_status, step.happened_on, step.logged_by_id) == (
        other.from_status,
        other.to_status,
        other.happened_on,
        other.logged_by_id,
    )
    events = Event.objects.filter(subject_id__in=[str(bulk.pk), str(one.pk)]).order_by("name")
    assert [(event.name, event.actor_name, event.actor_role, event.village_code) for event in events] == [
        ("migration.logged", "Rina Wulandari", "officer", "33.25.14.2004"),
        ("person.registered", "Rina Wulandari", "officer", "33.25.14.2004"),
    ]


def test_same_file_twice_imports_nothing_twice(rina):
    body = table(line(9101, "SITI CONTOH"), line(9102, "BUDI CONTOH", **{"L/P": "L"}))
    imported(rina, body)
    again = imported(rina, body)
    assert counts(again) == (2, 0, 2, 0, 0)
    assert {tuple(reasons) for _outcome, reasons in outcomes(again)} == {("already_there",)}
    assert people() == ["BUDI CONTOH", "SITI CONTOH"]


def test_row_without_nik_that_was_taken_in_is_left_out_the_second_time(rina):
    body = table(line(None, "TANPA NIK"))
    register = checked(rina, body)
    assert decide(rina, register, "import") == (1, 0)
    finished(rina, register)
    assert people() == ["TANPA NIK"]
    assert outcomes(checked(rina, body)) == [("skipped", ["already_there"])]


def test_undecided_rows_stay_out_and_say_so(rina):
    register = imported(rina, table(line(9101, "SITI CONTOH"), line(None, "TANPA NIK")))
    assert outcomes(register) == [("imported", []), ("review", ["nik_missing"])]
    assert people() == ["SITI CONTOH"]


def test_rows_left_out_by_decision_count_as_skipped(rina):
    register = checked(rina, table(line(9101, "SITI CONTOH"), line(None, "TANPA NIK")))
    decide(rina, register, "skip")
    register = finished(rina, register)
    assert counts(register) == (2, 1, 1, 0, 0)


def test_sex_of_the_nik_settles_a_missing_one(rina):
    register = checked(rina, table(line(9101, "SITI CONTOH", **{"L/P": ""})))
    assert outcomes(register) == [("review", ["sex_missing"])]
    assert decide(rina, register, "by_nik") == (1, 0)
    finished(rina, register)
    assert Person.objects.get().sex == "female"


def test_row_without_sex_needs_an_answer(rina):
    register = checked(rina, table(line(None, "TANPA NIK", **{"L/P": ""})))
    assert decide(rina, register, "import") == (0, 1)
    assert decide(rina, register, "import", sex="male") == (1, 0)
    finished(rina, register)
    assert Person.objects.get().sex == "male"


def test_nik_in_doubt_can_stay_away(rina):
    body = table(line(9101, "SITI CONTOH"), line(9101, "WATI CONTOH"))
    register = checked(rina, body)
    assert outcomes(register)[1] == ("review", ["nik_other_name"])
    decide(rina, register, "no_nik", reason="nik_other_name")
    finished(rina, register)
    assert people() == ["SITI CONTOH", "WATI CONTOH"]
    assert Person.objects.get(full_name="WATI CONTOH").nik == ""


def test_nik_that_both_rows_claim_is_given_once(rina):
    register = checked(rina, table(line(9101, "SITI CONTOH"), line(9101, "WATI CONTOH")))
    decide(rina, register, "import", reason="nik_other_name")
    register = finished(rina, register)
    assert people() == ["SITI CONTOH"]
    assert counts(register) == (2, 1, 0, 1, 0)


def test_officer_says_that_a_misspelt_village_is_theirs(rina):
    register = checked(rina, table(line(9101, "SITI CONTOH", Desa="Randdu")))
    (kind,) = kinds_of_rows(register)
    assert (kind.reasons, kind.about, kind.undecided) == (("place_spelling",), "Randdu", 1)
    assert decide(rina, register, "import") == (0, 1)
    assert decide(rina, register, "import", village="33.25.14.2004") == (1, 0)
    finished(rina, register)
    assert Person.objects.get().village_id == "33.25.14.2004"


def test_second_journey_goes_to_the_same_person(rina):
    register = checked(
        rina,
        table(
            line(9101, "SITI CONTOH", **{"Tgl Berangkat": "03-03-2024"}),
            line(
                9101,
                "SITI CONTOH",
                **{"Tgl Berangkat": "01-02-2019", "Negara Tujuan": "Malaysia", "Status PMI": "Purna PMI"},
            ),
        ),
    )
    assert outcomes(register)[1] == ("review", ["second_journey"])
    decide(rina, register, "update", reason="second_journey")
    register = finished(rina, register)
    assert counts(register) == (2, 2, 0, 0, 0)
    assert people() == ["SITI CONTOH"]
    assert sorted(Migration.objects.values_list("destination", "status")) == [
        ("MYS", "returned"),
        ("TWN", "abroad"),
    ]


def test_clash_with_a_record_written_meanwhile_imports_nothing(rina, monkeypatch):
    """All or nothing: the third start finds the record and leaves the row out."""
    register = checked(rina, table(line(9101, "SITI CONTOH"), line(9102, "WATI CONTOH")))
    start_import(by=rina, register=register, announced=False)
    from migrants.intake import writing

    real, calls = writing.copy_in, []

    def clash_once(model, rows):
        if model is Person and not calls:
            calls.append(1)
            raise IntegrityError("somebody was quicker")
        return real(model, rows)

    monkeypatch.setattr(writing, "copy_in", clash_once)
    do_job(register.pk)
    register.refresh_from_db()
    assert (register.status, register.heart_at, people()) == (ImportStatus.IMPORTING, None, [])
    register = worked(register)
    assert (register.status, register.attempts, people()) == (
        ImportStatus.IMPORTED,
        2,
        ["SITI CONTOH", "WATI CONTOH"],
    )


def test_person_registered_after_the_dry_run_is_not_registered_again(rina):
    register = checked(rina, table(line(9101, "SITI CONTOH"), line(9102, "WATI CONTOH")))
    make_by_hand(rina, "Siti Contoh", 9101)
    register = finished(rina, register)
    assert people() == ["Siti Contoh", "WATI CONTOH"]
    assert counts(register)[1] == 1


def make_by_hand(seat, name, serial, **facts) -> Person:
    return register_person(
        by=seat,
        key=new_key(),
        category="resident",
        facts={"full_name": name, "sex": "female", "birth_date": date(1990, 4, 4), **facts},
        nik=nik(serial) if serial else "",
    ).row


# --- people who are here already ---------------------------------------------------------------------------


def test_known_person_is_updated_only_when_confirmed(rina):
    siti = make_by_hand(rina, "Siti Contoh", 9101)
    body = table(line(9101, "SITI CONTOH"))
    register = checked(rina, body)
    assert outcomes(register) == [("review", ["person_differs"])]
    assert [(item.name, item.there) for item in content_of(register.rows.get()).differences] == [
        ("journey", "abroad")
    ]
    left = finished(rina, register)
    assert counts(left)[1:] == (0, 0, 1, 0)
    assert siti.migrations.count() == 0
    register = checked(rina, body)
    decide(rina, register, "update")
    register = finished(rina, register)
    siti.refresh_from_db()
    assert (register.rows.get().effect, siti.category, siti.full_name) == (
        "updated",
        "pmi_active",
        "Siti Contoh",
    )


def test_same_nik_with_another_name_is_a_matter_for_a_person(rina):
    make_by_hand(rina, "Siti Contoh", 9101)
    register = checked(rina, table(line(9101, "NAMA LAIN")))
    assert outcomes(register) == [("review", ["nik_taken"])]
    shown = shown_row(register, register.rows.get())
    assert "Siti Contoh" in shown.sentences[0]
    assert decide(rina, register, "import") == (0, 0)
    decide(rina, register, "no_nik")
    finished(rina, register)
    assert people() == ["NAMA LAIN", "Siti Contoh"]


def test_namesake_without_nik_may_be_the_same_or_somebody_else(rina):
    make_by_hand(rina, "Siti Contoh", None)
    body = table(line(9101, "SITI CONTOH"))
    register = checked(rina, body)
    assert outcomes(register) == [("review", ["person_known"])]
    decide(rina, register, "update")
    finished(rina, register)
    assert Person.objects.get().nik == nik(9101)


def test_namesake_can_be_registered_as_somebody_else(rina):
    make_by_hand(rina, "Siti Contoh", None)
    register = checked(rina, table(line(9101, "SITI CONTOH")))
    decide(rina, register, "import")
    finished(rina, register)
    assert people() == ["SITI CONTOH", "Siti Contoh"]


def test_journey_that_ended_meanwhile_is_moved(rina):
    imported(rina, table(line(9101, "SITI CONTOH")))
    heading = [*line_heading(), "Tgl Pulang"]
    row = [*line(9101, "SITI CONTOH", **{"Status PMI": "Purna PMI"}), "05-05-2026"]
    register = checked(rina, table(row, heading=heading))
    assert outcomes(register) == [("review", ["person_differs"])]
    decide(rina, register, "update")
    finished(rina, register)
    journey = Migration.objects.get()
    assert (journey.status, journey.returned_on, journey.steps.count()) == ("returned", date(2026, 5, 5), 2)


def line_heading():
    from tests.migrants.registers_made import HEADING

    return HEADING


# --- places ------------------------------------------------------------------------------------------------


def test_row_of_another_village_is_refused_and_nothing_about_it_is_told(rina, cast):
    """The person is registered in Kenanga with this very NIK: Randu's preview does not say so."""
    make.PersonFactory(village=cast.kenanga, full_name="Orang Kenanga")
    make_by_hand(cast.seat("dewi"), "Orang Kenanga", 9109)
    register = checked(
        rina,
        table(line(9109, "ORANG KENANGA"), line(9110, "DESA LAIN", Desa="Kenanga")),
    )
    assert outcomes(register) == [("imported", []), ("refused", ["place_elsewhere"])]
    assert register.rows.filter(match__isnull=False).count() == 0


def test_file_of_the_district_goes_to_its_villages(cast):
    hendro = cast.seat("hendro")
    register = imported(
        hendro,
        table(
            line(9101, "ORANG RANDU"),
            line(9102, "ORANG BANDUNG", Desa="Ds. BANDUNG"),
            line(9103, "ORANG KENANGA", Desa="Kenanga"),
            line(9104, "TANPA DESA", Desa=""),
        ),
    )
    assert outcomes(register) == [
        ("imported", []),
        ("imported", []),
        ("refused", ["place_elsewhere"]),
        ("review", ["place_missing"]),
    ]
    assert dict(Person.objects.values_list("full_name", "village_id")) == {
        "ORANG RANDU": "33.25.14.2004",
        "ORANG BANDUNG": "33.25.14.2002",
    }
    assert Person.objects.get(full_name="ORANG BANDUNG").registered_by == cast.user("hendro")


def test_file_for_another_place_is_refused(cast):
    other = Scope(cast.kenanga, cast.kenanga.district)
    with pytest.raises(NotPermitted):
        upload_register(
            by=cast.seat("rina"),
            key=new_key(),
            kind="persons",
            scope=other,
            file_name="a.csv",
            body=table(line(9101, "SITI CONTOH")),
        )
    assert RegisterImport.objects.count() == 0


@pytest.mark.parametrize("name", ["teguh", "sari", "hendro", "dewi", "maya", "kades"])
def test_only_the_place_itself_works_on_its_file(cast, name):
    register = checked(cast.seat("rina"), table(line(9101, "SITI CONTOH")))
    seat = cast.seat(name)
    for action in (start_import, cancel_import, stop_import):
        if name == "teguh":
            continue
        with pytest.raises(NotPermitted):
            action(by=seat, register=register)
    register.refresh_from_db()
    assert register.status == ImportStatus.CHECKED


# --- undo --------------------------------------------------------------------------------------------------


def test_undo_takes_everything_back(rina):
    register = imported(rina, table(line(9101, "SITI CONTOH"), line(9102, "WATI CONTOH")))
    assert undo_plan(register).removed == 2
    register = undone(rina, register)
    assert register.status == ImportStatus.UNDONE
    assert (Person.objects.count(), Migration.objects.count(), MigrationStep.objects.count()) == (0, 0, 0)
    assert sorted(Event.objects.filter(name="person.taken_back").values_list("subject_label", flat=True)) == [
        "SITI CONTOH",
        "WATI CONTOH",
    ]
    assert counts(checked(rina, table(line(9101, "SITI CONTOH"))))[1] == 1


def test_undo_keeps_and_names_what_was_built_upon(rina, cast):
    names = ["KUNJUNGAN", "KASUS", "DIUBAH", "DIPINDAH", "ANGGOTA", "BEBAS"]
    register = imported(rina, table(*[line(9101 + n, name) for n, name in enumerate(names)]))
    by_name = {person.full_name: person for person in Person.objects.all()}
    make.ServiceVisitFactory(village=cast.randu, person=by_name["KUNJUNGAN"])
    make.CaseFactory(village=cast.randu, person=by_name["KASUS"])
    changed = by_name["DIUBAH"]
    change_person(by=rina, person=changed, version=1, facts={"nickname": "Diah"})
    from migrants.actions.journeys import move_journey

    move_journey(by=rina, journey=by_name["DIPINDAH"].migrations.get(), to="returned", on=date(2026, 1, 1))
    make.GroupMemberFactory(group=make.BusinessGroupFactory(village=cast.randu), person=by_name["ANGGOTA"])
    plan = undo_plan(register)
    assert (plan.removed, plan.kept, plan.names) == (1, 5, sorted(names[:-1]))
    register = undone(rina, register)
    assert people() == sorted(names[:-1])
    assert register.rows.filter(effect="kept").count() == 5


def test_undo_puts_an_update_back(rina):
    siti = make_by_hand(rina, "Siti Contoh", 9101, phone="+6281012345678")
    heading = [*line_heading(), "No HP"]
    register = checked(rina, table([*line(9101, "SITI CONTOH"), "081099998888"], heading=heading))
    decide(rina, register, "update")
    register = finished(rina, register)
    siti.refresh_from_db()
    assert (siti.phone, siti.category, siti.migrations.count()) == ("+6281099998888", "pmi_active", 1)
    undone(rina, register)
    siti.refresh_from_db()
    assert (siti.phone, siti.category, siti.migrations.count()) == ("+6281012345678", "resident", 0)


def test_undo_is_over_after_thirty_days(rina, clock):
    register = imported(rina, table(line(9101, "SITI CONTOH")))
    clock.move_to("2026-12-24T01:15:00Z")
    register.refresh_from_db()
    assert not register.may_undo
    with pytest.raises(IllegalStep):
        start_undo(by=rina, register=register)
    assert people() == ["SITI CONTOH"]


def test_steps_of_journeys_stay_unless_their_import_is_being_undone(rina):
    imported(rina, table(line(9101, "SITI CONTOH")))
    with (
        pytest.raises(Exception, match="only the undoing"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM migrants_migrationstep")
    assert MigrationStep.objects.count() == 1


# --- stopping, states, sweeping ----------------------------------------------------------------------------


def test_file_laid_aside_leaves_nothing(rina, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    register = checked(rina, table(line(9101, "SITI CONTOH")))
    register = cancel_import(by=rina, register=register)
    assert (register.status, register.path, register.rows.count()) == (ImportStatus.CANCELLED, "", 0)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert cancel_import(by=rina, register=register).status == ImportStatus.CANCELLED


def test_import_stopped_on_the_way_writes_nothing_and_keeps_the_decisions(rina, monkeypatch):
    register = checked(rina, table(line(9101, "SITI CONTOH"), line(None, "TANPA NIK")))
    decide(rina, register, "import")
    start_import(by=rina, register=register, announced=False)
    from migrants.intake import writing

    real = writing.copy_in

    def stop_first(model, rows):
        if model is Person:
            _in_another_thread(lambda: stop_import(by=rina, register=register))
        return real(model, rows)

    monkeypatch.setattr(writing, "copy_in", stop_first)
    register = worked(register)
    assert (register.status, people()) == (ImportStatus.CHECKED, [])
    assert register.rows.filter(decision="import").count() == 1


def _in_another_thread(action) -> None:
    """As a page does it: over a connection of its own."""
    from threading import Thread

    def run() -> None:
        action()
        connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()


def test_table_of_states_is_what_the_actions_obey(rina):
    for frm in ImportStatus:
        for to in ImportStatus:
            if any((step.frm, step.to) == (frm, to) for step in STEPS):
                check_step(frm, to)
            else:
                with pytest.raises(IllegalStep):
                    check_step(frm, to)


def test_every_state_can_be_left_or_is_an_end():
    ends = {ImportStatus.CANCELLED, ImportStatus.UNDONE}
    assert {step.frm for step in STEPS} == set(ImportStatus) - ends


def test_decision_after_the_import_is_refused(rina):
    register = imported(rina, table(line(9101, "SITI CONTOH"), line(None, "TANPA NIK")))
    with pytest.raises(IllegalStep):
        decide(rina, register, "import")


@pytest.mark.parametrize(
    "changes",
    [
        {"rows_read": 7},
        {"status": "nonsense"},
        {"status": "imported"},
        {"status": "failed"},
        {"district_id": "32.12"},
    ],
)
def test_database_guards_the_row_of_a_file(cast, changes):
    register = make.RegisterImportFactory(of=cast.randu)
    make.DistrictFactory(code="32.12")
    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterImport.objects.filter(pk=register.pk).update(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"assessed": "review", "reasons": []},
        {"assessed": "imported", "reasons": [], "decision": "import"},
        {"outcome": "gone"},
        {"outcome": "review", "effect": "created"},
    ],
)
def test_database_guards_a_row(cast, changes):
    register = make.RegisterImportFactory.checked(of=cast.randu)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.RegisterRowFactory(register=register, **changes)


def test_what_nobody_needs_any_more_is_swept(rina, clock, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    done = imported(rina, table(line(9101, "SITI CONTOH")))
    left = checked(rina, table(line(9102, "WATI CONTOH")))
    assert sweep_imports() == 0
    clock.move_to("2026-12-26T01:15:00Z")
    assert sweep_imports() == 2
    done.refresh_from_db()
    left.refresh_from_db()
    assert (done.status, done.path, counts(done)) == (ImportStatus.IMPORTED, "", (1, 1, 0, 0, 0))
    assert left.status == ImportStatus.CANCELLED
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert content_of(done.rows.get()).facts is None
    assert people() == ["SITI CONTOH"]


# --- other kinds -------------------------------------------------------------------------------------------


def sides(register):
    return {part.side.value: part.count for part in reconciled(register)}


def test_extract_is_matched_both_ways(rina):
    make_by_hand(rina, "Siti Contoh", 9101)
    imported(rina, table(line(9103, "HANYA DI SINI")))
    heading = ["NIK", "Nama", "Negara Tujuan", "SK Penempatan", "Tanggal Kontrak"]
    body = table(
        [nik(9101), "SITI CONTOH", "Taiwan", "SK/01/2024", "01-02-2024"],
        [nik(9102), "HANYA DI SANA", "Taiwan", "SK/02/2024", "01-02-2024"],
        heading=heading,
    )
    register = checked(rina, body, kind="extract")
    assert sides(register) == {"matched": 1, "only-there": 1, "only-here": 1}


EXTRACT = ["NIK", "Nama", "Negara Tujuan", "SK Penempatan", "Tanggal Kontrak"]


def test_whom_an_extract_does_not_name_gets_one_task(rina):
    """Only who is abroad is asked about; a second time, and the extract of next month, change nothing."""
    imported(rina, table(line(9103, "HANYA DI SINI"), line(9104, "SITI CONTOH")))
    at_home = make.MigrationFactory(person__village=rina.village)
    named = [nik(9104), "SITI CONTOH", "Taiwan", "SK/01/2024", "01-02-2024"]
    first = checked(rina, table(named, heading=EXTRACT), kind="extract")
    assert {row.person.full_name for row in journeys_only_here(first)} == {
        "HANYA DI SINI",
        at_home.person.full_name,
    }
    assert follow_up(by=rina, register=first, today=TODAY) == 1
    task = Task.objects.get()
    assert (task.rule, task.person.full_name, task.due_on) == (
        "not_in_extract",
        "HANYA DI SINI",
        TODAY + timedelta(days=14),
    )
    assert follow_up(by=rina, register=first, today=TODAY) == 0
    finish_task(by=rina, task=task)
    named[3] = "SK/02/2024"
    second = checked(rina, table(named, heading=EXTRACT), kind="extract")
    assert sides(second) == {"matched": 1, "only-there": 0, "only-here": 2}
    assert follow_up(by=rina, register=second, today=TODAY) == 0
    assert Event.objects.filter(name="register.followed_up").count() == 1


def test_extract_read_again_after_its_import_finds_everybody(rina):
    rows = [
        [nik(9101), "SITI CONTOH", "Taiwan", "SK/01/2024", "01-02-2024"],
        [nik(9102), "BUDI CONTOH", "Malaysia", "SK/02/2024", "01-02-2024"],
    ]
    register = checked(rina, table(*rows, heading=EXTRACT), kind="extract")
    assert sides(register) == {"matched": 0, "only-there": 2, "only-here": 0}
    done = finished(rina, register)
    before = Person.objects.count(), Migration.objects.count()
    again = checked(rina, table(*rows, heading=EXTRACT), kind="extract")
    assert sides(again) == {
        "matched": done.rows_imported,
        "only-there": 2 - done.rows_imported,
        "only-here": 0,
    }
    assert counts(finished(rina, again))[1] == 0
    assert (Person.objects.count(), Migration.objects.count()) == before


def test_no_task_from_a_file_that_is_not_checked(rina):
    register = uploaded(rina, table(["x"] * 5, heading=EXTRACT), kind="extract")
    with pytest.raises(IllegalStep):
        follow_up(by=rina, register=register, today=TODAY)


COMPANIES = ["Nama P3MI", "Nomor SIP3MI", "Berlaku Sampai", "Alamat"]


def test_companies_come_in_update_and_go(cast):
    arif = cast.seat("arif")
    first = table(
        ["PT. Contoh Satu", "SIP3MI/001", "31-12-2026", "Jakarta"],
        ["Contoh Dua, PT", "SIP3MI/002", "31-12-2026", "Jakarta"],
        heading=COMPANIES,
    )
    register = imported(arif, first, kind="companies")
    assert counts(register) == (2, 2, 0, 0, 0)
    assert counts(checked(arif, first, kind="companies")) == (2, 0, 2, 0, 0)
    later = table(["CONTOH SATU PT", "SIP3MI/001", "31-12-2027", "Jakarta"], heading=COMPANIES)
    update = checked(arif, later, kind="companies")
    assert outcomes(update) == [("review", ["person_differs"])]
    decide(arif, update, "update")
    finished(arif, update)
    assert PlacementCompany.objects.get(licence="SIP3MI/001").valid_until == date(2027, 12, 31)
    undone(arif, register)
    kept = PlacementCompany.objects.get()
    assert (kept.licence, kept.valid_until) == ("SIP3MI/001", date(2027, 12, 31))
    assert [company.pk for company in kept_companies(register)] == [kept.pk]


def test_companies_go_when_the_change_is_undone_first(cast):
    arif = cast.seat("arif")
    row = ["Contoh Satu", "SIP3MI/001", "31-12-2026", "Jakarta"]
    register = imported(arif, table(row, heading=COMPANIES), kind="companies")
    later = table([*row[:2], "31-12-2027", row[3]], heading=COMPANIES)
    update = checked(arif, later, kind="companies")
    decide(arif, update, "update")
    update = finished(arif, update)
    assert undo_plan(register).names == ["Contoh Satu"]
    undone(arif, update)
    assert PlacementCompany.objects.get().valid_until == date(2026, 12, 31)
    undone(arif, register)
    assert PlacementCompany.objects.count() == 0
    names = Event.objects.filter(name__startswith="company.").order_by("id").values_list("name", flat=True)
    assert list(names) == ["company.listed", "company.changed", "company.changed", "company.taken_back"]


def test_change_of_a_company_stays_when_a_later_file_changed_it_again(cast):
    arif = cast.seat("arif")
    row = ["Contoh Satu", "SIP3MI/001", "31-12-2026", "Jakarta"]
    imported(arif, table(row, heading=COMPANIES), kind="companies")
    files = []
    for year in (2027, 2028):
        body = table([*row[:2], f"31-12-{year}", row[3]], heading=COMPANIES)
        update = checked(arif, body, kind="companies")
        decide(arif, update, "update")
        files.append(finished(arif, update))
    undone(arif, files[0])
    assert PlacementCompany.objects.get().valid_until == date(2028, 12, 31)
    assert len(kept_companies(files[0])) == 1


def test_rows_of_one_kind_are_those_its_count_says(rina):
    register = checked(
        rina,
        table(
            line(None, "TANPA NIK"),
            line(None, "TANPA NIK DUA"),
            line(9101, "SALAH EJA", Desa="Randdu"),
            line(9102, "NIK PENDEK", NIK="33251444"),
        ),
    )
    for kind in kinds_of_rows(register):
        assert rows_of_kind(register, kind).count() == kind.count
    assert sum(kind.count for kind in kinds_of_rows(register)) == 4


def test_village_of_the_known_list_is_asked_by_code(cast, rina):
    heading = [*line_heading(), "Kode Desa"]
    assert Village.objects.filter(code="32.12.16.2004").exists()
    body = table([*line(9101, "SITI CONTOH", Desa=""), "3212162004"], heading=heading)
    assert outcomes(checked(rina, body)) == [("refused", ["place_elsewhere"])]
