"""`./run manage load_known_villages`: the villages that public sources name, and the published figures."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from villages.actions import load_known_villages


class Command(BaseCommand):
    help = "Load the publicly known villages with their sources, and the published yearly figures."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = load_known_villages(by=None)
        self.stdout.write(
            _("Villages: %(added)s added, %(kept)s there already.")
            % {"added": outcome.villages_added, "kept": outcome.villages_kept}
        )
        self.stdout.write(
            _("Areas added: %(areas)s. Years of published figures added: %(years)s.")
            % {"areas": outcome.areas_added, "years": outcome.years_added}
        )
        for sentence in outcome.left_out:
            self.stdout.write(sentence)
