"""`./run manage report_key`: the public key that proves published reports, as openssl reads it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.proof import ReportKeyMissing, as_pem, public_key


class Command(BaseCommand):
    help = "Print the public key that published reports are signed with (PEM)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(as_pem(public_key()), ending="")
        except ReportKeyMissing as missing:
            raise CommandError(str(missing)) from missing
