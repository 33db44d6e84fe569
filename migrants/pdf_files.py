"""Whether a PDF is a paper and nothing else. It is not opened: what a reader of PDF would act on is looked
for in its bytes, also where it is written in other signs or packed into streams.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

LARGEST_STREAM = 64 * 1024 * 1024  # unpacked; a scanned page has some 26 MB
LARGEST_SUM = 4 * LARGEST_STREAM
_STEP = 1024 * 1024

BROKEN = _("This PDF is damaged or holds something besides. Print it to PDF once more.")
ACTIVE = _("This PDF wants to do something by itself. Print it to PDF once more.")
LOCKED = _("This PDF is locked with a password. Save it without one and try again.")
TOO_FULL = _("This PDF holds far more than its size says. Print it to PDF once more.")

# An /OpenAction that names a page is how office programs say where to begin reading.
_ACTING = re.compile(
    rb"/(?:JavaScript|JS|Launch|AA|EmbeddedFiles?|EF|GoToE|RichMedia|Rendition|Movie|Sound|XFA|SubmitForm"
    rb"|ImportData|OpenAction(?!\s*\[))(?![A-Za-z0-9])"
)
_LOCK = re.compile(rb"/Encrypt(?![A-Za-z])")
_END = re.compile(rb"%%EOF[\r\n\t \x00]*\Z")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_BEGIN = re.compile(rb"\bstream\r?\n")
_FINISH = b"endstream"
_DICTIONARY_BYTES = 2000  # before the stream that it describes
_DEFLATED_ONCE = re.compile(rb"/Filter\s*(?:/Fl(?:ateDecode)?\b|\[\s*/Fl(?:ateDecode)?\s*\])")
_OBJECTS = b"/ObjStm"  # a stream of objects: whatever a PDF can say may stand in it


def refusal_of(body: bytes) -> str:
    """The sentence why this PDF is not kept; "" when it may be."""
    if not _END.search(body[-1024:]):
        return str(BROKEN)
    plain = _spelt_out(body)
    if _LOCK.search(plain):
        return str(LOCKED)
    if _ACTING.search(plain):
        return str(ACTIVE)
    return _refusal_of_streams(body, holding_objects=plain.count(_OBJECTS))


def _refusal_of_streams(body: bytes, *, holding_objects: int) -> str:
    left, looked_into = LARGEST_SUM, 0
    for dictionary, packed in _streams(body):
        size, text = _unpacked(packed, keep=_is_readable(dictionary))
        left -= size
        if size > LARGEST_STREAM or left < 0:
            return str(TOO_FULL)
        if text is not None and _ACTING.search(_spelt_out(text)):
            return str(ACTIVE)
        looked_into += text is not None
    # Objects packed in a way no office program uses, where nobody can look into them.
    return "" if looked_into == holding_objects else str(BROKEN)


def _is_readable(dictionary: bytes) -> bool:
    """Whether a stream holds objects, deflated once and nothing else."""
    plain = _DEFLATED_ONCE.search(dictionary) and b"/Predictor" not in dictionary
    return _OBJECTS in dictionary and bool(plain)


def _streams(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every stream with what stands before it; linear in the size of the body."""
    at = 0
    while (begin := _BEGIN.search(body, at)) and (end := body.find(_FINISH, begin.end())) >= 0:
        before = body[max(at, begin.start() - _DICTIONARY_BYTES) : begin.start()]
        yield _spelt_out(before[before.rfind(b"obj") + 1 :]), body[begin.end() : end]
        at = end + len(_FINISH)


def _unpacked(packed: bytes, *, keep: bool) -> tuple[int, bytes | None]:
    """How large a deflated stream becomes, counted until it is too large; its whole text when that is asked
    for, None when it has none or is packed otherwise.
    """
    inflater, size, text, rest = zlib.decompressobj(), 0, bytearray(), packed
    try:
        while rest and not inflater.eof and size <= LARGEST_STREAM:
            part = inflater.decompress(rest, _STEP)
            size += len(part)
            if keep:
                text += part
            if not part:
                break
            rest = inflater.unconsumed_tail
    except zlib.error:
        return size, None
    return size, bytes(text) if keep and inflater.eof else None


def _spelt_out(text: bytes) -> bytes:
    """The text with `/J#61vaScript` written as `/JavaScript`: a reader takes both for the same name."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)
