"""Addresses of pages of other apps."""

from django.urls import NoReverseMatch, reverse


def address_of(name: str, key: object) -> str:
    """The address of one thing's page; "" when the site has no such page."""
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""
