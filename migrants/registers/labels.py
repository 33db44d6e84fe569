"""What headings mean: the list of synonyms (`headings.txt`) and how a label is compared with it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from migrants.registers.kinds import Column, RegisterKind

FILE = Path(__file__).with_name("headings.txt")
LONGEST_LABEL = 200
UNDER = " > "

_PARENTHESES = re.compile(r"\([^()]{0,100}\)")
# Words that say nothing of the column: "Nama Lengkap PMI sesuai KTP" is "Nama Lengkap".
_FILLERS = re.compile(
    r"\b(?:sesuai|e?ktp|dokumen|yang|yg|dari|pmi|cpmi|tki|tkw|calon|purna|peserta|warga|nomor|no|data|asal"
    r"|pekerja|migran|indonesia|terakhir|lengkap|wajib|diisi|format|dd|mm|yyyy)\b"
)


@cache
def label_key(text: str) -> str:
    """What two spellings of one heading share: letters and digits in lower case."""
    return re.sub(r"[^a-z0-9]", "", text[:LONGEST_LABEL].lower())


@cache
def _synonyms(kind: RegisterKind) -> dict[str, Column]:
    """Column by key; a heading below another by `parent>child`."""
    found: dict[str, Column] = {}
    section = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
        name, equals, headings = line.partition("=")
        if not equals or line.startswith("#") or section not in {"", kind.value}:
            continue
        for heading in headings.split("|"):
            key = ">".join(label_key(part) for part in heading.split(UNDER))
            if section:
                found[key] = Column(name.strip())
            else:
                found.setdefault(key, Column(name.strip()))
    return found


def column_of(parts: tuple[str, ...], kind: RegisterKind) -> tuple[Column | None, bool]:
    """The column a heading of one or several lines means, and whether it is in the list as written.

    Tried in turn: all lines as one label, the last below the first, the last alone; then the same without
    what stands in parentheses and without filling words, which is a guess.
    """
    known = _synonyms(kind)
    for key, sure in _keys(parts):
        if key in known:
            return known[key], sure
    return None, False


def _keys(parts: tuple[str, ...]) -> list[tuple[str, bool]]:
    bare = tuple(_PARENTHESES.sub(" ", part) for part in parts)
    plain = tuple(_FILLERS.sub(" ", part.lower()) for part in bare)
    keys = []
    for variant, sure in ((parts, True), (bare, False), (plain, False)):
        keys.append((label_key(" ".join(variant)), sure))
        if len(parts) > 1:
            above, child = _family(label_key(parts[0])), label_key(variant[-1])
            keys.append((f"{above}>{child}", sure))
            if above not in _OTHERS:
                keys.append((child, sure))
    return [(key, sure) for key, sure in keys if key and not key.endswith(">")]


# What stands under such a heading is about somebody else than the worker.
_OTHERS = frozenset({"keluarga", "pengadu"})


def _family(parent: str) -> str:
    """Headings of the relatives come in many words; what they head is the relative's, never the person's."""
    if parent.startswith(("keluarga", "ahliwaris", "penanggungjawab", "wali", "orangtua", "suamiistri")):
        return "keluarga"
    return "pengadu" if "pengadu" in parent or "pelapor" in parent else parent
