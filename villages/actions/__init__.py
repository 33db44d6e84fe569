"""Writes about places: areas, designations, officers, published figures."""

from villages.actions.areas import AreaImport, LevelCounts, import_areas
from villages.actions.designations import end_designation, record_designation, record_stage
from villages.actions.known import KnownVillages, load_known_villages
from villages.actions.officers import assign_officer, end_assignment
from villages.actions.targets import record_cohort_target

__all__ = [
    "AreaImport",
    "KnownVillages",
    "LevelCounts",
    "assign_officer",
    "end_assignment",
    "end_designation",
    "import_areas",
    "load_known_villages",
    "record_cohort_target",
    "record_designation",
    "record_stage",
]
