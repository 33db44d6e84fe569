"""What is printed in the background: editions of reports with the words of offices, papers of meetings."""

from reports.models.editions import EditionQuerySet, ReportEdition
from reports.models.files import GeneratedFile
from reports.models.packs import MeetingPack
from reports.models.words import YearWords

__all__ = ["EditionQuerySet", "GeneratedFile", "MeetingPack", "ReportEdition", "YearWords"]
