"""Why a table is not read at all. One sentence each, with the cure."""

from __future__ import annotations

from django.utils.translation import gettext as _


class TableRefused(ValueError):
    """The file cannot be read. `code`: stable, for machines; `sentence`: for the person who sent it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def broken() -> TableRefused:
    """Not what its name says, or damaged."""
    return TableRefused(
        "broken", _("The file is damaged. Open it in a spreadsheet program, save it as XLSX and send that.")
    )


def too_big() -> TableRefused:
    """Larger than allowed, packed or unpacked."""
    return TableRefused(
        "too_big", _("The file is too large. Copy only the rows you need to a new workbook and send that.")
    )


def too_many_rows(most: int) -> TableRefused:
    """More rows than one import may have."""
    return TableRefused(
        "too_many_rows",
        _("The file has more than %(most)s rows. Split it into several files.") % {"most": _dotted(most)},
    )


def too_wide(most: int) -> TableRefused:
    """A sheet with more columns than any register has."""
    return TableRefused(
        "too_many_columns",
        _("A sheet has more than %(most)s columns. Delete the columns that are not needed.") % {"most": most},
    )


def empty() -> TableRefused:
    """Nothing in it."""
    return TableRefused("empty", _("The file is empty. Choose the file that holds the register."))


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
