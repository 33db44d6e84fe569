"""A PDF of one empty page, for tests about what happens to a report after it was printed."""

from __future__ import annotations

import io

import pikepdf


def little_pdf() -> bytes:
    """The same bytes every time."""
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
            said["dc:title"] = "Contoh"
        pdf.save(made, deterministic_id=True)
    return made.getvalue()
