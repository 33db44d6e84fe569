"""People, journeys, visits, cases."""

from migrants.models.cases import Case, CaseEvent, CaseHandler, Referral
from migrants.models.journeys import Migration, MigrationStep
from migrants.models.people import Household, Person
from migrants.models.visits import ServiceVisit

__all__ = [
    "Case",
    "CaseEvent",
    "CaseHandler",
    "Household",
    "Migration",
    "MigrationStep",
    "Person",
    "Referral",
    "ServiceVisit",
]
