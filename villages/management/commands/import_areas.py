"""`./run manage import_areas FILE|FOLDER`: load or renew the list of areas."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from periods.dates import DateRefused, parse_date
from villages.actions import AreaImport, import_areas
from villages.area_files import AreaFileRefused


class Command(BaseCommand):
    help = "Load provinces, districts, subdistricts and villages from a flat CSV or an idn-area-data folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a .csv or .csv.gz file, or a folder with four CSV files")
        parser.add_argument("--successors", type=Path, help="CSV with two columns: old code, new code")
        parser.add_argument("--on", help="first day of the list (default: today)")
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")
        parser.add_argument(
            "--retire-many", action="store_true", help="allow a list that retires a fifth of a level or more"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        try:
            outcome = import_areas(
                by=None,
                path=options["path"],
                successors=options["successors"],
                on=parse_date(options["on"], today=today) if options["on"] else today,
                dry_run=options["dry_run"],
                retire_many=options["retire_many"],
            )
        except (AreaFileRefused, DateRefused) as refused:
            raise CommandError("\n".join([str(refused), _("Nothing was changed.")])) from refused
        self._tell(outcome, dry_run=options["dry_run"])

    def _tell(self, outcome: AreaImport, *, dry_run: bool) -> None:
        for counts in outcome.levels:
            self.stdout.write(
                _(
                    "%(level)s: %(new)s new, %(changed)s changed, %(returned)s back in force, "
                    "%(retired)s retired, %(unchanged)s unchanged."
                )
                % {
                    "level": counts.label,
                    "new": _number(counts.new),
                    "changed": _number(counts.changed),
                    "returned": _number(counts.returned),
                    "retired": _number(counts.retired),
                    "unchanged": _number(counts.unchanged),
                }
            )
        if outcome.linked or outcome.unknown_old:
            self.stdout.write(
                _("Successors: %(linked)s linked, %(unknown)s old codes were never here.")
                % {"linked": _number(outcome.linked), "unknown": _number(outcome.unknown_old)}
            )
        for village in outcome.orphaned:
            self.stdout.write(
                _("In the programme, but no longer in the list: %(village)s. Give its successor.")
                % {"village": village}
            )
        if outcome.changed_nothing:
            self.stdout.write(_("Nothing changed: the list is the same as before."))
        elif dry_run:
            self.stdout.write(_("This was a trial. Nothing was changed."))
        else:
            self.stdout.write(_("The list of areas is up to date."))


def _number(value: int) -> str:
    return str(number_format(value, force_grouping=True))
