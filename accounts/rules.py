"""The refusals that rules raise: each says why."""

from django.core.exceptions import PermissionDenied


class NotPermitted(PermissionDenied):
    """Yours to see, not yours to do. `sentence` is what the person reads on the page."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Untimely(Exception):
    """What is asked does not fit the state the thing is in. `sentence` says what is possible instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NameTaken(ValueError):
    """Another account has this name; the message is the name."""
