"""Areas, designations, assignments, postings and monthly returns."""

from villages.models.areas import Area, District, Province, Subdistrict, Village
from villages.models.designations import CohortTarget, Designation, StageRecord
from villages.models.officers import OfficerAssignment
from villages.models.placed import Placed, PlacedQuerySet
from villages.models.postings import Posting
from villages.models.returns import MonthlyReturn, ReturnStep, VillageCall
from villages.models.tokens import ApiToken
from villages.models.webhooks import Webhook, WebhookDelivery

__all__ = [
    "ApiToken",
    "Area",
    "CohortTarget",
    "Designation",
    "District",
    "MonthlyReturn",
    "OfficerAssignment",
    "Placed",
    "PlacedQuerySet",
    "Posting",
    "Province",
    "ReturnStep",
    "StageRecord",
    "Subdistrict",
    "Village",
    "VillageCall",
    "Webhook",
    "WebhookDelivery",
]
