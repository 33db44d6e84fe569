"""`./run manage make_report --year 2019 --out FILE`: the yearly report without the site or the worker.

The same figures, the same checks, the same renderer and the same numbers as by the button. Run again while
no figure has changed, it prints the standing edition once more, byte for byte, instead of making a new one.
"""

from __future__ import annotations

import os
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.actions.editions import request_edition
from reports.enums import EditionStatus
from reports.models import ReportEdition
from reports.queries.editions import file_body, published_file
from reports.rendering import PANGO_ADVICE, PangoMissing, RenderFailed, RenderRefused
from reports.rules import YearRefused
from reports.yearly.agreement import FiguresDisagree, check_agreement, sentences
from reports.yearly.chapters import printed
from reports.yearly.content import build_content, digest_of, snapshot
from reports.yearly.document import TooManyRows
from reports.yearly.finishing import as_pdf
from reports.yearly.making import make_edition

WAIT_SECONDS = 300


class Command(BaseCommand):
    help = "Make the yearly rollout report as a PDF, and say its number, digest and SHA-256."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, required=True, help="The year of the report, 2016 or later.")
        parser.add_argument("--out", type=Path, required=True, help="The file to write.")

    def handle(self, *args: Any, year: int, out: Path, **options: Any) -> None:
        if out.is_dir() or not out.absolute().parent.is_dir():
            raise CommandError(f"{out} cannot be written: name a file in a folder that exists.")
        try:
            standing = self._unchanged(year)
            edition = standing or self._new(year)
            content = edition.content or {}  # a published edition always has one
            pdf = None if standing else file_body(published_file(edition))
            pdf = pdf or as_pdf(content, printed(content, show=self._unseen).pdf)
        except YearRefused as refused:
            raise CommandError(str(refused)) from refused
        except FiguresDisagree as refused:
            raise CommandError(f"Totals do not agree, nothing is printed. {refused}") from refused
        except PangoMissing as missing:
            raise CommandError(f"The PDF library is missing. Install it: {PANGO_ADVICE}") from missing
        except (RenderRefused, RenderFailed, TooManyRows) as refused:
            raise CommandError(f"The PDF was not made: {refused}") from refused
        self._write(out, pdf)
        published = published_file(edition)
        self.stdout.write(f"Report number     {edition.reference}")
        self.stdout.write(f"Data taken        {content['data_as_of']}")
        self.stdout.write(f"Content SHA-256   {edition.digest}")
        self.stdout.write(f"File SHA-256      {sha256(pdf).hexdigest()}")
        if published is not None and published.sha256 != sha256(pdf).hexdigest():
            self.stderr.write(
                "Another release made the published file, so the bytes differ; the content is the same."
            )
        self.stdout.write(f"Written           {out} ({len(pdf)} bytes)")

    def _unseen(self, **_fields: Any) -> None:
        """Nobody waits for a sign of life."""

    def _unchanged(self, year: int) -> ReportEdition | None:
        """The last published edition of the year, when every figure is still what it says."""
        series = ReportEdition.objects.published().of_series(ReportEdition(year=year))
        last = series.order_by("-number").first()
        if last is None:
            return None
        with snapshot() as moment:
            now = build_content(last, moment=moment)
        check_agreement(now)
        return last if digest_of(now) == last.digest else None

    def _new(self, year: int) -> ReportEdition:
        edition = request_edition(by=None, year=year, announced=False)
        until = time.monotonic() + WAIT_SECONDS
        while True:
            make_edition(edition.pk)  # does nothing while a worker is at it
            edition = ReportEdition.objects.get(pk=edition.pk)
            if edition.status == EditionStatus.DONE:
                return edition
            if edition.status == EditionStatus.FAILED:
                said = " ".join([edition.failure_sentence, *sentences(edition.failure_details)])
                raise CommandError(said)
            if time.monotonic() > until:
                raise CommandError(f"{edition.reference} is still in the making. See the worker's log.")
            time.sleep(1)

    def _write(self, out: Path, pdf: bytes) -> None:
        """The file appears whole or not at all."""
        draft = out.with_name(f".{out.name}.{os.getpid()}.part")
        try:
            draft.write_bytes(pdf)
            draft.replace(out)
        except OSError as failed:
            raise CommandError(f"{out} cannot be written: {failed.strerror}.") from failed
        finally:
            draft.unlink(missing_ok=True)
