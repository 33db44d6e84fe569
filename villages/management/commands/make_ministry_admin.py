"""The first account of a site, and the way back in when its only administrator lost the password."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts.models import User
from villages.actions.staff import make_ministry_admin
from villages.rules import NotPossible


class Command(BaseCommand):
    help = "Make a ministry administrator and print a one-time link; an existing one only gets a new link."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="account name: small letters, digits, dots, dashes")
        parser.add_argument("full_name", help="full name, in quotation marks")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            User._meta.get_field("username").run_validators(options["username"])
            link, token = make_ministry_admin(username=options["username"], full_name=options["full_name"])
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        except NotPossible as refused:
            raise CommandError(refused.sentence) from refused
        self.stdout.write(settings.SITE_URL + reverse("accounts:welcome", args=[token]))
        self.stdout.write(f"Valid once, until {link.expires_at:%d-%m-%Y %H.%M} UTC. Hand it over in person.")
