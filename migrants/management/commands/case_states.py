"""Writes docs/case-states.md from the table of steps, so that the diagram cannot drift from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from migrants.queries.case_paper import case_states_as_markdown


class Command(BaseCommand):
    help = "Write how a case moves as Markdown, with its diagram."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", help="file to write; without it the text is printed")

    def handle(self, *args: Any, **options: Any) -> None:
        text = case_states_as_markdown()
        if options["out"]:
            Path(options["out"]).write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text)
