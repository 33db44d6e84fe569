"""One-time links: what is stored of them, and how they look as a square to photograph."""

import hashlib
from dataclasses import dataclass

import segno

BORDER = 4  # modules; cameras need the quiet zone


def token_digest(token: str) -> bytes:
    """What is stored of a link: it cannot be turned back into the link, which is 128 random bits."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True)
class QrSquare:
    """A QR code as one SVG path on a grid of `size` units."""

    size: int
    path: str


def qr_square(text: str) -> QrSquare:
    """The text as a QR code that survives a smudge (15 % of it may be unreadable)."""
    square = segno.make(text, error="m", micro=False)
    rows = [list(row) for row in square.matrix_iter(border=BORDER)]
    strokes = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                strokes.append(f"M{x} {y}h{run}v1h-{run}z")
            x += run or 1
    return QrSquare(size=len(rows), path="".join(strokes))
