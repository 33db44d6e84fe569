"""A form whose action may refuse what a form alone cannot see."""

from accounts.rules import NotPermitted


def saved(form, write):
    """What the action gave; None when it refused, and the form says why."""
    try:
        return write()
    except NotPermitted as refused:
        form.add_error(None, refused.sentence)
        return None
