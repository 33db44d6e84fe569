"""Why a table is not read at all. One sentence each, with the cure."""

from __future__ import annotations


class TableRefused(ValueError):
    """The file cannot be read. `code`: stable, for machines; `sentence`: for the person who sent it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
