"""`./run manage replay_webhooks --since 2026-11-01 [--webhook ID]`: send messages to other programs again."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from periods.dates import DateRefused, parse_date
from villages.actions.webhooks import send_again
from villages.webhook_access import webhooks_standing


class Command(BaseCommand):
    help = "Send the messages of a day and later once more: of one webhook, or of all that were not stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", required=True, help="the first day, for example 2026-11-01")
        parser.add_argument(
            "--webhook", type=UUID, help="the id of one webhook, as its page's address has it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            since = parse_date(options["since"], today=timezone.localdate())
        except DateRefused as refused:
            raise CommandError(str(refused)) from refused
        webhooks = webhooks_standing(options["webhook"])
        if options["webhook"] and not webhooks:
            raise CommandError(_("There is no such webhook, or it was stopped."))
        count = sum(send_again(by=None, webhook=webhook, since=since) for webhook in webhooks)
        said = ngettext("%(n)s message is sent again.", "%(n)s messages are sent again.", count)
        self.stdout.write(said % {"n": count})
