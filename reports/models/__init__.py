"""What is printed in the background: editions of the yearly report, and papers of members' meetings."""

from reports.models.editions import EditionQuerySet, ReportEdition
from reports.models.files import GeneratedFile
from reports.models.packs import MeetingPack

__all__ = ["EditionQuerySet", "GeneratedFile", "MeetingPack", "ReportEdition"]
