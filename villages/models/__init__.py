"""Areas, designations, assignments and postings."""

from villages.models.areas import Area, District, Province, Subdistrict, Village
from villages.models.designations import CohortTarget, Designation, StageRecord
from villages.models.officers import OfficerAssignment
from villages.models.placed import Placed, PlacedQuerySet
from villages.models.postings import Posting

__all__ = [
    "Area",
    "CohortTarget",
    "Designation",
    "District",
    "OfficerAssignment",
    "Placed",
    "PlacedQuerySet",
    "Posting",
    "Province",
    "StageRecord",
    "Subdistrict",
    "Village",
]
