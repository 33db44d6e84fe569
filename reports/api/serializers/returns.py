"""Monthly returns as JSON."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from rest_framework import serializers

from reports.api.serializers.figures import CellTold, cell_data
from reports.queries.returns import ReturnPage
from villages.models import MonthlyReturn


class SectionTold(TypedDict):
    """A section: what the system counted, and the words of the officers."""

    code: str
    duty: str
    pillar: str
    numbers: list[CellTold]
    obstacles: str
    plans: str


class HistoryTold(TypedDict):
    """A step that was made; `note`: of the village head or the district."""

    way: str
    label: str
    status: str
    note: str
    by: str
    at: datetime


class ReturnLine(serializers.ModelSerializer[MonthlyReturn]):
    """A monthly return as a list has it."""

    url = serializers.HyperlinkedIdentityField(view_name="reports-api:return-detail", lookup_url_kwarg="key")
    village = serializers.CharField(source="village_id", read_only=True)
    month = serializers.CharField(source="period.slug", read_only=True)

    class Meta:
        model = MonthlyReturn
        fields = [
            "id",
            "url",
            "village",
            "month",
            "status",
            "due_on",
            "first_submitted_on",
            "submitted_at",
            "checked_at",
            "version",
        ]
        read_only_fields = fields


class ReturnDetail(ReturnLine):
    """One return; `context["shown"]` is its page. `ways`: the steps the reader may make now; `missing`: why
    the reader's next one is not possible yet; `counted`: whether its numbers are frozen."""

    counted = serializers.SerializerMethodField()
    sections = serializers.SerializerMethodField()
    history = serializers.SerializerMethodField()
    ways = serializers.SerializerMethodField()
    missing = serializers.SerializerMethodField()

    class Meta(ReturnLine.Meta):
        fields = [*ReturnLine.Meta.fields, "counted", "sections", "history", "ways", "missing"]
        read_only_fields = fields

    @property
    def shown(self) -> ReturnPage:
        shown: ReturnPage = self.context["shown"]
        return shown

    def get_counted(self, row: MonthlyReturn) -> bool:
        """True once it was submitted: its numbers change no more while it lies with the district."""
        return not row.is_open

    def get_sections(self, row: MonthlyReturn) -> list[SectionTold]:  # noqa: ARG002
        """Each section of each duty, in the order of the form."""
        return [
            {
                "code": part.section.code,
                "duty": duty.code,
                "pillar": part.section.pillar.value,
                "numbers": [cell_data(cell) for cell in part.cells],
                "obstacles": part.obstacles,
                "plans": part.plans,
            }
            for duty, parts in self.shown.duties
            for part in parts
        ]

    def get_history(self, row: MonthlyReturn) -> list[HistoryTold]:  # noqa: ARG002
        """The steps made, the oldest first."""
        return [
            {
                "way": line.step.way,
                "label": line.label,
                "status": line.step.to_status,
                "note": line.step.note,
                "by": line.step.made_by.full_name,
                "at": line.step.made_at,
            }
            for line in self.shown.steps
        ]

    def get_ways(self, row: MonthlyReturn) -> list[str]:  # noqa: ARG002
        """The steps the reader may make now."""
        return sorted(self.shown.ways)

    def get_missing(self, row: MonthlyReturn) -> str:  # noqa: ARG002
        """One sentence; "" when nothing is missing."""
        return self.shown.missing
