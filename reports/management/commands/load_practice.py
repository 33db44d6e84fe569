"""`./run manage load_practice`: fill an empty local database with known villages and invented people."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.practice import PracticeRefused, account_lines, load_practice


class Command(BaseCommand):
    help = "Fill an empty local database with known villages and invented people, and list the accounts."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load_practice()
        except PracticeRefused as refused:
            raise CommandError(str(refused)) from refused
        for line in account_lines():
            self.stdout.write(line)
