"""What people hang on a case: photos and PDF, judged by their content before anything of them is kept.

A photo is decoded only when its header promises at most 25 megapixels, turned upright, and written anew: what
a camera adds (place, time, device) and whatever was hidden behind the picture is gone. A PDF is kept as it is
when it is nothing else and asks a reader to do nothing. No database here, and no name of a file is trusted.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

from migrants import pdf_files
from migrants.enums import AttachmentKind, ScanState

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
AIM_BYTES = 200 * 1024  # what a kept photo should not exceed
# Pixels of the longest side and quality of JPEG, tried in this order: a page can be read by all of them.
TRIES = ((1600, 85), (1600, 70), (1600, 55), (1280, 60), (1280, 45), (1024, 45))
LONGEST_SIDE = TRIES[0][0]

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


INFECTED = gettext_lazy("This file carries a virus. It was not kept.")


class UploadRefused(Exception):
    """The file is not kept. `sentence` says why, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Clean:
    """What is kept of a file, and what a virus scanner said of it as it was sent."""

    kind: AttachmentKind
    body: bytes
    scan: ScanState = ScanState.OFF


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
        raise UploadRefused(str(INFECTED))
    if kind == AttachmentKind.PDF:
        if refusal := pdf_files.refusal_of(body):
            raise UploadRefused(refusal)
        return Clean(kind, body)
    return _drawn_anew(body, kind)


def _drawn_anew(body: bytes, kind: AttachmentKind) -> Clean:
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
        if kind == AttachmentKind.PNG:
            drawn = _saved(_pixels(upright, "RGBA" if upright.has_transparency_data else "RGB"), "PNG")
            if len(drawn) <= AIM_BYTES:
                return Clean(kind, drawn)
        return Clean(AttachmentKind.JPEG, _as_jpeg(_on_white(upright)))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as broken:
        raise UploadRefused(_("This photo cannot be read. Take it once more.")) from broken


def _as_jpeg(picture: Image.Image) -> bytes:
    """The picture in at most `AIM_BYTES`; of one with more in it than that, the smallest of all tries."""
    drawn = b""
    for side, quality in TRIES:
        picture.thumbnail((side, side))
        drawn = _saved(picture, "JPEG", quality=quality)
        if len(drawn) <= AIM_BYTES:
            break
    return drawn


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture without transparency: what shone through is white paper."""
    if not picture.has_transparency_data:
        return _pixels(picture, "RGB")
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture.convert("RGBA"))
    return _pixels(paper, "RGB")


def _saved(picture: Image.Image, form: str, **options: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def _pixels(picture: Image.Image, mode: str) -> Image.Image:
    """The colours and nothing else: a new picture carries no profile, text or time."""
    bare = Image.new(mode, picture.size)
    bare.paste(picture.convert(mode))
    return bare
