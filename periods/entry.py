"""Clean a typed entry before a parser reads it.

Phones and spreadsheets add odd dashes, blanks and invisible marks.
"""

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\u00ad\ufeff"))
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_TABLE = _INVISIBLE | _DASHES


def tidy(text: str, *, longest: int) -> str | None:
    """The text with one plain blank between words and plain dashes; None when it is longer than `longest`.

    The length is looked at first, so that no parser ever walks through a long hostile text.
    """
    if len(text) > longest:
        return None
    return " ".join(text.translate(_TABLE).split())
