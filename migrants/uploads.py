"""What people hang on a case: photos and PDF, judged by their content before anything of them is kept.

A photo is decoded only when its header promises at most 25 megapixels, turned upright, and written anew: what
a camera adds (place, time, device) and whatever was hidden behind the picture is gone. A PDF is kept as it is
when it is nothing else and asks a reader to do nothing. No database here, and no name of a file is trusted.
"""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from migrants.enums import AttachmentKind

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 2400  # pixels kept: enough to read a page by
JPEG_QUALITY = 85

ENDINGS = {
    ".jpg": AttachmentKind.JPEG,
    ".jpeg": AttachmentKind.JPEG,
    ".png": AttachmentKind.PNG,
    ".pdf": AttachmentKind.PDF,
}
_BEGINNINGS = {
    b"\xff\xd8\xff": AttachmentKind.JPEG,
    b"\x89PNG\r\n\x1a\n": AttachmentKind.PNG,
    b"%PDF-1.": AttachmentKind.PDF,
    b"%PDF-2.": AttachmentKind.PDF,
}
# The string every virus scanner knows (EICAR): a file that holds it is a test, or worse.
_TEST_VIRUS = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
_ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|OpenAction|AA|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b"
)
_PDF_END = re.compile(rb"%%EOF[\r\n\t \x00]*\Z")


class UploadRefused(Exception):
    """The file is not kept. `sentence` says why, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Clean:
    """What is kept of a file."""

    kind: AttachmentKind
    body: bytes


def clean_upload(body: bytes, name: str) -> Clean:
    """What may be kept of these bytes. `name`: as the sender calls it; only its ending is looked at.

    Raises `UploadRefused`. Allowed: JPEG, PNG and PDF, at most 5 MB, pictures of at most 25 megapixels.
    """
    if len(body) > MOST_BYTES:
        raise UploadRefused(_("The file is larger than 5 MB. Take a smaller photo, or split the PDF."))
    kind = next((kind for start, kind in _BEGINNINGS.items() if body.startswith(start)), None)
    if kind is None:
        raise UploadRefused(_("Only photos (JPEG, PNG) and PDF can be added. This file is something else."))
    if ENDINGS.get(PurePath(name).suffix.lower()) != kind:
        raise UploadRefused(_("The name of the file does not fit what is in it. Save it anew and try again."))
    if _TEST_VIRUS in body:
        raise UploadRefused(_("This file carries a virus. It was not kept."))
    if kind == AttachmentKind.PDF:
        _check_pdf(body)
        return Clean(kind, body)
    return Clean(kind, _drawn_anew(body, kind))


def _check_pdf(body: bytes) -> None:
    if not _PDF_END.search(body[-1024:]):
        raise UploadRefused(_("This PDF is damaged or holds something besides. Print it to PDF once more."))
    if _ACTIVE.search(body):
        raise UploadRefused(_("This PDF wants to do something by itself. Print it to PDF once more."))


def _drawn_anew(body: bytes, kind: AttachmentKind) -> bytes:
    """The picture alone, upright, at most `LONGEST_SIDE` long, without anything added to it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
            picture = Image.open(io.BytesIO(body), formats=[kind.upper()])
        if picture.width * picture.height > MOST_PIXELS:
            raise UploadRefused(_("The photo has more than 25 megapixels. Take a smaller one."))
        if kind == AttachmentKind.JPEG:
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        out = io.BytesIO()
        if kind == AttachmentKind.JPEG:
            _pixels(upright, "RGB").save(out, "JPEG", quality=JPEG_QUALITY)
        else:
            _pixels(upright, "RGBA" if upright.has_transparency_data else "RGB").save(out, "PNG")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as broken:
        raise UploadRefused(_("This photo cannot be read. Take it once more.")) from broken
    return out.getvalue()


def _pixels(picture: Image.Image, mode: str) -> Image.Image:
    """The colours and nothing else: a new picture carries no profile, text or time."""
    bare = Image.new(mode, picture.size)
    bare.paste(picture.convert(mode))
    return bare
