"""A place for official electronic signatures, which are not ours to give (`settings.REPORT_SIGNER`).

Off unless a function is named. It gets the bytes of a finished PDF and returns the signed ones, which begin
with the bytes it was given: a signature is added to a PDF, never worked into it.
"""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string


class SigningFailed(Exception):
    """The named function is not there, gave no signed PDF, or failed; the text is for the log."""


def officially_signed(pdf: bytes) -> bytes | None:
    """The PDF as the named function signed it; None where no function is named. Raises `SigningFailed`."""
    if not settings.REPORT_SIGNER:
        return None
    try:
        signed = import_string(settings.REPORT_SIGNER)(pdf)
    except Exception as failed:  # whatever the other side's code raises
        raise SigningFailed(f"{settings.REPORT_SIGNER}: {type(failed).__name__}: {failed}") from failed
    if not isinstance(signed, bytes) or len(signed) <= len(pdf) or not signed.startswith(pdf):
        raise SigningFailed(f"{settings.REPORT_SIGNER} did not add a signature to the PDF it was given.")
    return signed
