"""Two people edit one record: the second sees both versions, and nothing is overwritten unseen."""

from __future__ import annotations

from typing import Any


class ChangedMeanwhile(Exception):
    """Somebody saved after this form was opened. `now`: the row as it stands; of a milestone its day, None
    when it has none."""

    def __init__(self, now: Any) -> None:
        super().__init__("version")
        self.now = now
