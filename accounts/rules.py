"""The refusal every rule raises: a 403 page or answer that says why."""

from django.core.exceptions import PermissionDenied


class NotPermitted(PermissionDenied):
    """Yours to see, not yours to do. `sentence` is what the person reads on the page."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NameTaken(ValueError):
    """Another account has this name; the message is the name."""
