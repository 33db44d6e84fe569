"""The units of figures, each in its two forms: a language says by the number which one stands behind it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy


@dataclass(frozen=True)
class Unit:
    """A word for what is counted. As text it is the form of many, which a heading says."""

    forms: Promise

    def __str__(self) -> str:
        return self.of(2)

    def of(self, number: int | None) -> str:
        """The form that stands behind a number; None, which is not known, takes that of many."""
        return str(self.forms % (2 if number is None else number))


ATTENDANCES = Unit(ngettext_lazy("attendance", "attendances"))
BODIES = Unit(ngettext_lazy("body", "bodies"))
BUSINESSES = Unit(ngettext_lazy("business", "businesses"))
CARERS = Unit(ngettext_lazy("carer", "carers"))
CASES = Unit(ngettext_lazy("case", "cases"))
CENTRES = Unit(ngettext_lazy("centre", "centres"))
CHILDREN = Unit(ngettext_lazy("child", "children"))
CONTRIBUTIONS = Unit(ngettext_lazy("contribution", "contributions"))
DAYS = Unit(ngettext_lazy("day", "days"))
DEPARTURES = Unit(ngettext_lazy("departure", "departures"))
DESIGNATIONS = Unit(ngettext_lazy("designation", "designations"))
DUTY_DAYS = Unit(ngettext_lazy("duty day", "duty days"))
GRANTS = Unit(ngettext_lazy("grant", "grants"))
GROUPS = Unit(ngettext_lazy("group", "groups"))
HOUSEHOLDS = Unit(ngettext_lazy("household", "households"))
JOURNEYS = Unit(ngettext_lazy("journey", "journeys"))
LOANS = Unit(ngettext_lazy("loan", "loans"))
MEETINGS = Unit(ngettext_lazy("meeting", "meetings"))
MEMBERS = Unit(ngettext_lazy("member", "members"))
MONTHLY_RETURNS = Unit(ngettext_lazy("monthly return", "monthly returns"))
NOTICES = Unit(ngettext_lazy("notice", "notices"))
OFFICERS = Unit(ngettext_lazy("officer", "officers"))
PAPERS = Unit(ngettext_lazy("paper", "papers"))
PARTICIPANTS = Unit(ngettext_lazy("participant", "participants"))
PEOPLE = Unit(ngettext_lazy("person", "people"))
PEOPLE_PRESENT = Unit(ngettext_lazy("person present", "people present"))
PIECES = Unit(ngettext_lazy("piece", "pieces"))
REFERRALS = Unit(ngettext_lazy("referral", "referrals"))
RETURNS = Unit(ngettext_lazy("return", "returns"))
SESSIONS = Unit(ngettext_lazy("session", "sessions"))
SIGHTINGS = Unit(ngettext_lazy("sighting", "sightings"))
TRAININGS = Unit(ngettext_lazy("training", "trainings"))
VILLAGES = Unit(ngettext_lazy("village", "villages"))
VISITS = Unit(ngettext_lazy("visit", "visits"))
WARNINGS = Unit(ngettext_lazy("warning", "warnings"))
RUPIAH = Unit(ngettext_lazy("rupiah", "rupiah"))  # of every figure that is money

# What a share is a share of.
BUSINESSES_NOT_CLOSED = Unit(ngettext_lazy("business not closed", "businesses not closed"))
DEPARTURES_OF_ANY_PATH = Unit(ngettext_lazy("departure of any path", "departures of any path"))
MIGRANT_HOUSEHOLDS = Unit(ngettext_lazy("migrant household", "migrant households"))
PLACES_ON_A_ROLL = Unit(ngettext_lazy("place on a roll", "places on a roll"))
RETURNED_WORKERS = Unit(ngettext_lazy("returned worker", "returned workers"))
RETURNS_DUE = Unit(ngettext_lazy("return due", "returns due"))
VILLAGES_IN_THE_PROGRAMME = Unit(ngettext_lazy("village in the programme", "villages in the programme"))
