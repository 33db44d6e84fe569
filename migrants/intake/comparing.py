"""What a row says otherwise than the record it matches, and what that makes of the row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.masking import mask_number
from migrants.enums import CompanyStatus, MigrationStatus
from migrants.intake.contents import JOURNEY_BEGINS, JOURNEY_MOVES, Difference
from migrants.journey_states import step_between
from migrants.models import Migration, Person, PlacementCompany
from migrants.models.people import FACTS
from migrants.numbers import card_digest
from migrants.queries.matching import Match
from migrants.registers.facts import CompanyFacts, JourneyFacts, PersonFacts
from migrants.registers.reasons import Finding, Reason

# Fields of a person a file may change, once somebody has confirmed it.
COMPARED = tuple(name for name in FACTS if not name.startswith("data_basis"))
FIELDS: dict[str, str | Promise] = {
    "full_name": _("Full name"),
    "nickname": _("Nickname"),
    "sex": _("Sex"),
    "birth_date": _("Birth date"),
    "phone": _("Phone"),
    "education": _("Education"),
    "marital_status": _("Marital status"),
    "hamlet": _("Hamlet"),
    "neighbourhood": _("RT/RW"),
    "passport_expires_on": _("Passport expires on"),
    "next_of_kin_name": _("Next of kin"),
    "next_of_kin_relation": _("Relation"),
    "next_of_kin_phone": _("Phone of the next of kin"),
    "nik": _("NIK"),
    "passport": _("Passport number"),
    "card": _("Family card (KK)"),
    JOURNEY_BEGINS: _("A new journey"),
    JOURNEY_MOVES: _("Journey"),
    "name": _("Name of the company"),
    "licence": _("SIP3MI number"),
    "valid_until": _("Valid until"),
    "address": _("Address"),
    "status": _("Status of the licence"),
}
COMPANY_COMPARED = ("name", "licence", "valid_until", "address", "status")
OPEN = (MigrationStatus.PROSPECTIVE, MigrationStatus.ABROAD)


def findings_of(facts: PersonFacts, match: Match) -> tuple[list[Finding], list[Difference]]:
    """Why a row that matches somebody does not simply come in, and what differs.

    The same NIK and name and nothing new: ALREADY_THERE alone. The same NIK with another name is a matter for
    a person, and so is somebody of the same name, birth date and sex.
    """
    person = match.person
    differences = differences_of(facts, match)
    if match.by_nik and name_key(facts.full_name) != name_key(person.full_name):
        return [Finding(Reason.NIK_TAKEN, detail=person.full_name)], differences
    same_number = match.by_nik or (not facts.nik and not person.nik_digest)
    if same_number and not differences:
        return [Finding(Reason.ALREADY_THERE)], []
    reason = Reason.PERSON_DIFFERS if match.by_nik else Reason.PERSON_KNOWN
    found = [Finding(reason, detail=", ".join(field_words(item) for item in differences))]
    if facts.journey is not None and _is_blocked(facts.journey, match.journeys):
        found.append(Finding(Reason.OPEN_JOURNEY))
    return found, differences


def differences_of(facts: PersonFacts, match: Match) -> list[Difference]:
    """What the row says otherwise or besides; what it does not say is no difference. Numbers are masked."""
    person = match.person
    found = [
        Difference(name, _shown(getattr(person, name)), _shown(there))
        for name in COMPARED
        if (there := getattr(facts, name)) and _differs(name, getattr(person, name), there)
    ]
    if facts.nik and not person.nik_digest:
        found.append(Difference("nik", "", mask_number(facts.nik)))
    if facts.passport and facts.passport != person.passport:
        found.append(Difference("passport", person.passport_masked, mask_number(facts.passport)))
    if facts.card and not _has_card(person, facts.card):
        here = person.household.card_masked if person.household else ""
        found.append(Difference("card", here, mask_number(facts.card)))
    if facts.journey is not None:
        found += _journey_differences(facts.journey, match.journeys)
    return found


def journey_like(facts: JourneyFacts, journeys: Iterable[Migration]) -> Migration | None:
    """The journey that the row means: no other destination, no other day of departure."""
    for journey in journeys:
        same_place = not facts.destination or journey.destination in ("", facts.destination)
        same_day = not facts.departed_on or journey.departed_on in (None, facts.departed_on)
        if same_place and same_day:
            return journey
    return None


def move_of(facts: JourneyFacts, journey: Migration) -> Any | None:
    """The step forward from our journey to what the row says, with its day; None when there is none."""
    step = step_between(journey.status, facts.status)
    if step is None or not step.sets or step.is_correction:
        return None
    day = getattr(facts, step.sets)
    if day is None or (step.sets == "returned_on" and journey.departed_on and day < journey.departed_on):
        return None
    return day


def company_differences(facts: CompanyFacts, company: PlacementCompany) -> list[Difference]:
    """What the list says otherwise than our record of a company."""
    return [
        Difference(name, _shown(getattr(company, name)), _shown(there))
        for name in COMPANY_COMPARED
        if (there := getattr(facts, name)) and there != getattr(company, name)
    ]


def company_status(text: str) -> str:
    """Our status for the reader's; active when the list says nothing we know."""
    return text if text in CompanyStatus.values else CompanyStatus.ACTIVE


def field_words(difference: Difference) -> str:
    """What the pages call the field that differs."""
    return str(FIELDS.get(difference.name, difference.name))


def name_key(name: str) -> str:
    """What two spellings of one name share: letters alone, without case."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _journey_differences(facts: JourneyFacts, journeys: Iterable[Migration]) -> Iterable[Difference]:
    same = journey_like(facts, journeys)
    if same is None:
        if not _is_blocked(facts, journeys):
            yield Difference(JOURNEY_BEGINS, "", facts.status)
    elif move_of(facts, same) is not None:
        yield Difference(JOURNEY_MOVES, same.status, facts.status)


def _is_blocked(facts: JourneyFacts, journeys: Iterable[Migration]) -> bool:
    """Whether the row's journey is a second open one."""
    if facts.status not in OPEN or journey_like(facts, journeys) is not None:
        return False
    return any(journey.status in OPEN for journey in journeys)


def _differs(name: str, here: Any, there: Any) -> bool:
    if name == "full_name":
        return name_key(str(here)) != name_key(str(there))
    if isinstance(here, str) and isinstance(there, str):
        return here.casefold() != there.casefold()
    return bool(here != there)


def _has_card(person: Person, card: str) -> bool:
    household = person.household
    return bool(household and household.card_digest and bytes(household.card_digest) == card_digest(card))


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
