"""`./run manage check_ledger`: reckon every balance from its postings and name what does not agree.

Exit status 0 when all books agree, 1 when something does not. The result also stands on the auditor's page.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cooperatives.actions.checking import check_ledger
from cooperatives.queries.checking import summary_of


class Command(BaseCommand):
    help = "Reckon all books from their postings and name what does not agree."

    def handle(self, *args: Any, **options: Any) -> None:
        check = check_ledger()
        for sentence in check.findings:
            self.stdout.write(sentence)
        said = f"{summary_of(check)} {check.bodies} / {check.entries} / {check.milliseconds} ms"
        if check.found:
            raise CommandError(said)
        self.stdout.write(said)
