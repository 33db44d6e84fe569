"""Visits as JSON. What comes in passes the very form of the page, so that both refuse the same."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from migrants.forms.visits import VisitForm
from migrants.forms.who import as_key
from migrants.models import ServiceVisit

ENTRIES = (
    "id",
    "person",
    "visitor_name",
    "visitor_sex",
    "visited_on",
    "topic",
    "channel",
    "outcome",
    "note",
    "minutes",
    "follow_up_on",
    "confirmed",
)


class VisitSerializer(serializers.ModelSerializer[ServiceVisit]):
    """A visit as it is answered: no identity number, and the name only of whom the reader may see."""

    number = serializers.CharField(read_only=True)
    person_name = serializers.CharField(source="person.full_name", default=None, read_only=True)
    village = serializers.CharField(source="village_id", read_only=True)
    withdrawn = serializers.SerializerMethodField()

    class Meta:
        model = ServiceVisit
        fields = [
            "id",
            "number",
            "village",
            "person",
            "person_name",
            "visitor_name",
            "visitor_sex",
            "visited_on",
            "topic",
            "channel",
            "outcome",
            "note",
            "minutes",
            "follow_up_on",
            "withdrawn",
        ]
        read_only_fields = fields

    def get_withdrawn(self, visit: ServiceVisit) -> bool:
        """Withdrawn visits stay in the list and count nowhere."""
        return visit.withdrawn_at is not None


class VisitEntry(serializers.BaseSerializer[Any]):
    """A visit as it is sent: the names of ENTRIES and no other. `context["seat"]` says for which village.

    `id` is the client's own UUID: a second call with it answers with the first visit. `confirmed` holds the
    codes of doubts that were answered with yes, separated by commas. After `is_valid`, `validated_data`
    holds the arguments of `log_visit`.
    """

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        entries = _plain_entries(data)
        key = as_key(entries.get("id"))
        if key is None:
            raise serializers.ValidationError({"id": [_("Send a UUID of your own as id.")]})
        form = VisitForm({**entries, "key": str(key)}, seat=self.context["seat"])
        if form.open_doubts:
            doubts = {doubt.code: doubt.sentence for doubt in form.open_doubts}
            raise serializers.ValidationError({"confirmed": list(doubts.values()), "doubts": doubts})
        if not form.is_valid():
            raise serializers.ValidationError(_errors(form))
        return {"key": key, **form.facts}


def _plain_entries(data: Any) -> dict[str, str]:
    """The entries as a form would send them. Raises ValidationError for unknown names and nested values."""
    if not isinstance(data, dict):
        raise serializers.ValidationError({"detail": [_("The body cannot be read. Send one JSON object.")]})
    unknown = sorted(str(name) for name in data if name not in ENTRIES)
    if unknown:
        raise serializers.ValidationError({name: [_("There is no entry of this name.")] for name in unknown})
    plain = {}
    for name, value in data.items():
        if isinstance(value, bool | dict | list | float):
            raise serializers.ValidationError({name: [_("Send this entry as text or as a whole number.")]})
        plain[name] = "" if value is None else str(value)
    return plain


def _errors(form: VisitForm) -> dict[str, list[str]]:
    """Sentences by entry; those about the search box, which the API has not, belong to the person."""
    return {
        {"q": "person", "__all__": "detail"}.get(name, name): [str(sentence) for sentence in sentences]
        for name, sentences in form.errors.items()
    }
