"""What is printed in the background: editions of reports with the words of offices and what they froze, and
papers of meetings. Views that people saved, counts that are kept."""

from reports.models.editions import EditionQuerySet, ReportEdition
from reports.models.files import EditionWithdrawal, GeneratedFile
from reports.models.frozen import FrozenFigure, FrozenSet
from reports.models.kept import KeptCount
from reports.models.packs import MeetingPack
from reports.models.saved import SavedView
from reports.models.words import YearWords

__all__ = [
    "EditionQuerySet",
    "EditionWithdrawal",
    "FrozenFigure",
    "FrozenSet",
    "GeneratedFile",
    "KeptCount",
    "MeetingPack",
    "ReportEdition",
    "SavedView",
    "YearWords",
]
