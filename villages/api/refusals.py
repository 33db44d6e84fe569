"""Refusals of our own, beside those of the library."""

from rest_framework import exceptions


class Changed(exceptions.APIException):
    """The record is no longer the one that If-Match names."""

    status_code = 412


class ScopeTooNarrow(exceptions.PermissionDenied):
    """The token's scopes do not hold this call."""
