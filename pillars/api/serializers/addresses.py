"""What every record of the pillars begins with."""

from __future__ import annotations

from rest_framework import serializers

HEAD = ["id", "url", "village"]


def link(noun: str) -> serializers.HyperlinkedIdentityField:
    """The address of one record of this kind."""
    return serializers.HyperlinkedIdentityField(
        view_name=f"pillars-api:{noun}-detail", lookup_url_kwarg="key"
    )
