"""Small registers for the tests of importing, and the way through it without pages."""

from __future__ import annotations

import csv
import io
from typing import Any

from accounts.keys import new_key
from migrants.actions.imports import confirm_columns, start_import, start_undo, upload_register
from migrants.intake.jobs import do_job
from migrants.intake.places import Scope
from migrants.models import RegisterImport
from migrants.registers.plans import Plan
from villages.access import Seat

HEADING = [
    "No",
    "NIK",
    "Nama Lengkap",
    "L/P",
    "Tgl Lahir",
    "Negara Tujuan",
    "Jabatan",
    "P3MI",
    "Tgl Berangkat",
    "Status PMI",
    "Desa",
    "Ket",
]


def nik(serial: int, *, sex: str = "female", born: str = "040490", area: str = "332514") -> str:
    """A NIK of Pecalungan; serials 9001 to 9999 belong to nobody."""
    day = int(born[:2]) + (40 if sex == "female" else 0)
    return f"{area}{day:02d}{born[2:]}{serial:04d}"


def line(serial: int | None, name: str, **changes: Any) -> list[str]:
    """One row as a village keeps it; `changes` by heading."""
    sex = changes.get("L/P", "P")
    given = {
        "No": "1",
        "NIK": "" if serial is None else nik(serial, sex="male" if sex == "L" else "female"),
        "Nama Lengkap": name,
        "L/P": "P",
        "Tgl Lahir": "04-04-1990",
        "Negara Tujuan": "Taiwan",
        "Jabatan": "PRT",
        "P3MI": "PT Contoh Migran",
        "Tgl Berangkat": "03-03-2024",
        "Status PMI": "PMI",
        "Desa": "Randu",
        "Ket": "",
    } | changes
    return [given[heading] for heading in HEADING]


def table(*lines: list[str], heading: list[str] = HEADING) -> bytes:
    """A CSV as Indonesian spreadsheets write it."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([heading, *lines])
    return text.getvalue().encode()


def scope_of_seat(seat: Seat) -> Scope:
    return Scope(seat.village, seat.district)


def uploaded(seat: Seat, body: bytes, *, kind: str = "persons", name: str = "register.csv") -> RegisterImport:
    return upload_register(
        by=seat, key=new_key(), kind=kind, scope=scope_of_seat(seat), file_name=name, body=body
    ).row


def checked(seat: Seat, body: bytes, *, kind: str = "persons") -> RegisterImport:
    register = uploaded(seat, body, kind=kind)
    confirm_columns(by=seat, register=register, plan=Plan.from_json(register.plan), announced=False)
    return worked(register)


def imported(seat: Seat, body: bytes, *, kind: str = "persons") -> RegisterImport:
    return finished(seat, checked(seat, body, kind=kind))


def finished(seat: Seat, register: RegisterImport) -> RegisterImport:
    start_import(by=seat, register=register, announced=False)
    return worked(register)


def undone(seat: Seat, register: RegisterImport) -> RegisterImport:
    start_undo(by=seat, register=register)
    return worked(register)


def worked(register: RegisterImport) -> RegisterImport:
    """The job done here, as the worker does it."""
    do_job(register.pk)
    return RegisterImport.objects.get(pk=register.pk)


def counts(register: RegisterImport) -> tuple[int, int, int, int, int]:
    """Read, imported, skipped, review, refused."""
    return (
        register.rows_read,
        register.rows_imported,
        register.rows_skipped,
        register.rows_review,
        register.rows_refused,
    )


def outcomes(register: RegisterImport) -> list[tuple[str, list[str]]]:
    return list(register.rows.order_by("number").values_list("outcome", "reasons"))
