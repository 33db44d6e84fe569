"""The one kind of failure the launcher shows: a sentence that says what to do."""


class Trouble(Exception):
    """Something a person must mend; the text is the whole message."""
