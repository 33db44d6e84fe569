"""`./run manage import_register FILE --village CODE [--district CODE] [--dry-run] [--report FILE.json]`.

The same reading, the same checks and the same import as by the pages. Without --dry-run what is certain comes
in; what needs a person waits on the page of the file. Exit status 0 when the file could be read.
"""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.keys import new_key
from migrants.actions.imports import confirm_columns, remembered, start_import, upload_register
from migrants.enums import ImportKind, ImportStatus
from migrants.intake.checking import checked_batches, limits_of
from migrants.intake.jobs import do_job
from migrants.intake.places import Scope
from migrants.intake.reporting import report_of
from migrants.models import RegisterImport
from migrants.queries.imports import sheet_name
from migrants.registers.kinds import RegisterKind
from migrants.registers.plans import Plan
from migrants.registers.surveying import survey
from villages.models import District, Village
from villages.tables import TableRefused


class Command(BaseCommand):
    help = "Read a register, say what becomes of each row, and import what is certain."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="an XLSX, XLS, ODS or CSV file")
        parser.add_argument("--village", default="", help="code of the village the file belongs to")
        parser.add_argument(
            "--district", default="", help="code of the district; without --village rows go to its villages"
        )
        parser.add_argument(
            "--kind", choices=[*ImportKind.values, "auto"], default="auto", help="what the file holds"
        )
        parser.add_argument("--dry-run", action="store_true", help="look, and change nothing")
        parser.add_argument("--report", type=Path, help="write what became of each row to this JSON file")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        report: Path | None = options["report"]
        if not path.is_file():
            raise CommandError(_("%(file)s is not there.") % {"file": path})
        if report is not None and not report.absolute().parent.is_dir():
            raise CommandError(_("%(file)s cannot be written: the folder is not there.") % {"file": report})
        try:
            kind = self._kind(path, options["kind"], options)
            scope = self._scope(kind, options["village"], options["district"])
            run = self._look if options["dry_run"] else self._import
            found = run(path, kind, scope)
        except TableRefused as refused:
            raise CommandError(f"{refused.sentence} ({refused.code})") from refused
        if report is not None:
            self._write(report, found)
        self._tell(found)

    def _kind(self, path: Path, asked: str, options: dict[str, Any]) -> ImportKind:
        if asked != "auto":
            return ImportKind(asked)
        limits = limits_of(Scope(village=Village() if options["village"] else None))
        return ImportKind(survey(path, limits=limits).kind)

    def _scope(self, kind: ImportKind, village: str, district: str) -> Scope:
        if kind == ImportKind.COMPANIES:
            return Scope()
        if not village and not district:
            raise CommandError(_("Say whose file it is: --village CODE or --district CODE."))
        if village:
            place = Village.objects.select_related("subdistrict", "district__province").filter(code=village)
            found = place.first()
            if found is None:
                raise CommandError(_("There is no village with the code %(code)s.") % {"code": village})
            if district and found.district_id != district:
                raise CommandError(_("The village %(code)s lies in another district.") % {"code": village})
            return Scope(found, found.district)
        area = District.objects.select_related("province").filter(code=district).first()
        if area is None:
            raise CommandError(_("There is no district with the code %(code)s.") % {"code": district})
        return Scope(None, area)

    def _look(self, path: Path, kind: ImportKind, scope: Scope) -> dict[str, Any]:
        """Read and compare; nothing is written."""
        seen = survey(path, limits=limits_of(scope), kind=RegisterKind(kind.value))
        plan = seen.plan()
        known = remembered(scope, kind, list(plan.mappings))
        given = plan.to_json()
        given["mappings"] = {**given["mappings"], **known}
        names = [sheet.name for sheet in seen.sheets]
        batches = checked_batches(path, plan=Plan.from_json(given), scope=scope, today=timezone.localdate())
        return report_of(
            file_name=path.name,
            kind=kind,
            place=scope.name,
            dry_run=True,
            rows=((names[row.sheet], row.row, row.outcome, row.reasons) for rows in batches for row in rows),
        )

    def _import(self, path: Path, kind: ImportKind, scope: Scope) -> dict[str, Any]:
        """Upload, check and import, as the pages do; the worker is not told."""
        register = upload_register(
            by=None, key=new_key(), kind=kind, scope=scope, file_name=path.name, body=path.read_bytes()
        ).row
        confirm_columns(by=None, register=register, plan=Plan.from_json(register.plan), announced=False)
        register = self._done(register, ImportStatus.CHECKED)
        if register.rows_imported:
            start_import(by=None, register=register, announced=False)
            register = self._done(register, ImportStatus.IMPORTED)
        rows = register.rows.order_by("number").defer("content_sealed").iterator(2_000)
        return report_of(
            file_name=path.name,
            kind=kind,
            place=scope.name,
            dry_run=False,
            rows=((sheet_name(register, row), row.sheet_row, row.outcome, row.reasons) for row in rows),
        )

    def _done(self, register: RegisterImport, status: ImportStatus) -> RegisterImport:
        do_job(register.pk)
        row: RegisterImport = RegisterImport.objects.get(pk=register.pk)
        if row.status != status:
            said = row.failure_sentence or row.get_failure_display() or row.get_status_display()
            raise CommandError(str(said))
        return row

    def _write(self, report: Path, found: dict[str, Any]) -> None:
        """The file appears whole or not at all."""
        draft = report.with_name(f".{report.name}.{os.getpid()}.part")
        try:
            draft.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
            draft.replace(report)
        except OSError as failed:
            raise CommandError(
                _("%(file)s cannot be written: %(why)s.") % {"file": report, "why": failed.strerror}
            ) from failed
        finally:
            draft.unlink(missing_ok=True)

    def _tell(self, found: dict[str, Any]) -> None:
        for name, count in found["totals"].items():
            self.stdout.write(f"{name:10} {count:>8}")
        if found["dry_run"]:
            self.stdout.write(_("This was a trial. Nothing was changed."))
