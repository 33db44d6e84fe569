"""Writes docs/indicators.md from the catalogue, so that the paper cannot drift from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reports.queries.definitions import definitions_as_markdown


class Command(BaseCommand):
    help = "Write what every figure means as Markdown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", help="file to write; without it the text is printed")

    def handle(self, *args: Any, **options: Any) -> None:
        text = definitions_as_markdown()
        if options["out"]:
            Path(options["out"]).write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text)
