"""Find the village somebody means by what they wrote: `Ds. Randu, Kec. Pecalungan`, `3325142004`,
`Walandimu`.

Order (registers.md): code; then subdistrict and village; then district and village; then the name alone.
Words like DS., DESA, KEL., KEC., KAB. are dropped, and only letters and digits are compared, so `Watu
Malang` is Watumalang. When nothing fits exactly, spellings one slip away are offered, never taken: Batang
has two Gondang, so a guess needs a human look.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.functions import Concat, Lower, Replace

from villages.area_files import dotted
from villages.models import District, Subdistrict, Village
from villages.models.areas import letters_of

LONGEST_TEXT = 300
MOST_COMPARED = 5_000
FEWEST_LETTERS_TO_GUESS = 5

_VILLAGE_WORDS = r"desa\s+adat|desa|ds|kelurahan|kel"
_SUBDISTRICT_WORDS = r"kecamatan|kec|distrik"
_DISTRICT_WORDS = r"kabupaten|kab|kota\s+administrasi|kota"
_PROVINCE_WORDS = r"provinsi|prov|propinsi"
_MARK = re.compile(
    rf"\b(?:(?P<village>{_VILLAGE_WORDS})|(?P<subdistrict>{_SUBDISTRICT_WORDS})|(?P<district>{_DISTRICT_WORDS})"
    rf"|(?P<province>{_PROVINCE_WORDS}))\b\s*[.:]?",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    rf"^(?:(?:{_VILLAGE_WORDS}|{_SUBDISTRICT_WORDS}|{_DISTRICT_WORDS}|{_PROVINCE_WORDS})\b[\s.:]*)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[,;/|\n–]|\s-\s")


class How(StrEnum):
    """What the match rests on."""

    CODE = "code"
    SUBDISTRICT = "subdistrict"
    DISTRICT = "district"
    NAME = "name"
    SPELLING = "spelling"  # one slip away: to be looked at
    NOTHING = "nothing"


@dataclass(frozen=True)
class PlaceMatch:
    """The villages a text can mean. Take `only` when `is_exact`; everything else asks a person."""

    villages: tuple[Village, ...]
    how: How

    @property
    def only(self) -> Village | None:
        return self.villages[0] if len(self.villages) == 1 else None

    @property
    def is_exact(self) -> bool:
        return len(self.villages) == 1 and self.how != How.SPELLING


NOTHING = PlaceMatch((), How.NOTHING)


def place_key(text: str) -> str:
    """What two spellings of one name share: lower case, letters and digits only, without DS., KEC. and the
    like.

    `KEC. WATU MALANG` and `Watumalang` give `watumalang`; a text that is only such a word keeps it.
    """
    return _keys(text)[-1]


def find_villages(text: str, within: QuerySet[Village]) -> PlaceMatch:
    """The villages of `within` that a free text names, best kind of match first. 1 to 6 queries.

    Reads a code with or without dots; marked parts in any order (`KEC PECALUNGAN DS RANDU`); or parts between
    commas, village first (`Randu, Pecalungan, Batang`) or, when that finds none, last.
    """
    clean = text[:LONGEST_TEXT].strip()
    code = dotted(clean)
    if code is not None and code.count(".") == 3:
        return _found(within.filter(code=code), How.CODE) or NOTHING
    marked = _marked_parts(clean)
    if marked.get("village"):
        return match_village(
            village=marked["village"],
            subdistrict=marked.get("subdistrict", ""),
            district=marked.get("district", ""),
            within=within,
        )
    parts = [part.strip() for part in _PARTS.split(clean) if part.strip()]
    if not parts:
        return NOTHING
    if len(parts) > 1:
        whole = _of_name(_keyed(within), clean)  # Lubuk Pakam I,II
        if whole:
            return PlaceMatch(tuple(whole), How.NAME)
    first = match_village(
        village=parts[0],
        subdistrict=marked.get("subdistrict") or _at(parts, 1),
        district=marked.get("district") or _at(parts, 2),
        within=within,
    )
    if first.how not in (How.NOTHING, How.SPELLING) or len(parts) == 1:
        return first
    last = match_village(
        village=parts[-1], subdistrict=parts[-2], district=_at(parts[::-1], 2), within=within
    )
    return last if last.is_exact else first


def match_village(
    *, village: str, within: QuerySet[Village], subdistrict: str = "", district: str = ""
) -> PlaceMatch:
    """The villages of `within` with this name, narrowed by what is said of subdistrict and district.

    A subdistrict that is said must fit; a subdistrict column that really holds the district's name fits too.
    With nothing said the name alone decides, and several villages of that name are all returned. 1 to 3
    queries.
    """
    name, sub, dis = place_key(village), place_key(subdistrict), place_key(district)
    if not name:
        return NOTHING
    rows = _keyed(within)
    same = _of_name(rows, village)
    if sub or dis:
        in_sub = [row for row in same if sub and place_key(row.subdistrict.name) == sub]
        in_sub = [row for row in in_sub if not dis or place_key(row.district.name) == dis]
        if in_sub:
            return PlaceMatch(tuple(in_sub), How.SUBDISTRICT)
        # "Gondang, Batang": what stands where a subdistrict would may be the district.
        said = dis if not sub else sub if not dis else ""
        in_dis = [row for row in same if said and place_key(row.district.name) == said]
        if in_dis:
            return PlaceMatch(tuple(in_dis), How.DISTRICT)
    elif same:
        return PlaceMatch(tuple(same), How.NAME)
    near = [row for row in _candidates(rows, subdistrict, district) if is_one_slip(name, place_key(row.name))]
    return PlaceMatch(tuple(near), How.SPELLING) if near else NOTHING


def search_villages(text: str) -> Q:
    """The condition of a search box on rows annotated with `searched_keys()`: the letters typed occur
    in the village's name, followed by those of its subdistrict or district; or a code begins with the digits
    typed."""
    digits = text.strip()
    if re.fullmatch(r"[0-9.]+", digits, re.ASCII):
        return Q(code_digits__startswith=digits.replace(".", ""))
    marks = _marked_parts(text[:LONGEST_TEXT])
    if "village" in marks and "subdistrict" in marks:  # KEC. PECALUNGAN DS. RANDU
        key = _letters(marks["village"]) + _letters(marks["subdistrict"])
    else:
        key = _letters(_MARK.sub(" ", text[:LONGEST_TEXT])) or _letters(text[:LONGEST_TEXT])
    if not key:
        return Q(pk__in=[])
    return (
        Q(name_and_subdistrict__contains=key)
        | Q(name_and_district__contains=key)
        | Q(district_key__contains=key)
    )


def searched_keys(prefix: str = "") -> dict[str, Func]:
    """The annotations `search_villages` compares with; `prefix` leads to the village ("village__")."""
    name, sub = F(f"{prefix}name"), F(f"{prefix}subdistrict__name")
    district = F(f"{prefix}district__name")
    return {
        "district_key": _district_key(district),
        "name_and_subdistrict": letters_of(Concat(name, sub, output_field=CharField())),
        "name_and_district": Concat(letters_of(name), _district_key(district), output_field=CharField()),
        "code_digits": Replace(F(f"{prefix}code"), Value("."), Value("")),
    }


def is_one_slip(one: str, other: str) -> bool:
    """Whether two keys differ by one letter put in, left out or changed, or only by doubled letters.

    Walandimu and Walla Ndimu, Asomanu and Asumanu, Tajungsari and Tanjungsari do. Below five letters nothing
    does: Luk and Luar are two villages.
    """
    if _undoubled(one) == _undoubled(other):
        return True
    short, long = sorted((one, other), key=len)
    if len(long) < FEWEST_LETTERS_TO_GUESS or len(long) - len(short) > 1:
        return False
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    return short[at:] == long[at + 1 :] or short[at + 1 :] == long[at + 1 :]


# --- below -------------------------------------------------------------------------------------------------


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _undoubled(key: str) -> str:
    return re.sub(r"(.)\1+", r"\1", key)


def _at(parts: list[str], place: int) -> str:
    return parts[place] if len(parts) > place else ""


def _marked_parts(text: str) -> dict[str, str]:
    """village, subdistrict, district and province as the text marks them; each runs to the next mark or
    comma."""
    marks = [mark for mark in _MARK.finditer(text) if mark.start() or not mark[0].lower().startswith("kota")]
    parts: dict[str, str] = {}
    for mark, following in zip_longest(marks, marks[1:]):
        rest = text[mark.end() : following.start() if following else len(text)]
        value = _PARTS.split(rest, maxsplit=1)[0].strip(" .,-:;")
        if value and mark.lastgroup:
            parts.setdefault(mark.lastgroup, value)
    return parts


def _district_key(of: F) -> Func:
    """The district's letters without Kabupaten or Kota before them."""
    return letters_of(
        Func(
            Lower(of),
            Value("^(kabupaten|kota administrasi|kota) "),
            Value(""),
            function="regexp_replace",
            output_field=CharField(),
        )
    )


def _keyed(rows: QuerySet[Village]) -> QuerySet[Any]:
    return (
        rows.order_by("code")
        .select_related("subdistrict", "district")
        .annotate(village_key=letters_of(F("name")))
    )


def _keys(text: str) -> tuple[str, ...]:
    """The letters of the text, and, where it begins with DESA, KEC., KOTA and the like, those of the rest."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST_TEXT]).strip()
    keys = dict.fromkeys((_letters(plain), _letters(_PREFIX.sub("", plain))))
    return tuple(key for key in keys if key) or ("",)


def _of_name(rows: QuerySet[Any], name: str) -> list[Village]:
    """The villages called so. Kota Baru means Kota Baru where there is one, else Baru."""
    keys = _keys(name)
    found = list(rows.filter(village_key__in=keys)[:50]) if keys != ("",) else []
    return [row for row in found if _letters(row.name) == keys[0]] or found


def _found(rows: QuerySet[Village], how: How) -> PlaceMatch | None:
    villages = tuple(rows.select_related("subdistrict", "district")[:1])
    return PlaceMatch(villages, how) if villages else None


def _candidates(rows: QuerySet[Village], subdistrict: str, district: str) -> list[Village]:
    """Villages to compare letter by letter: those of the subdistrict or district that was said; all of
    `within` when nothing was said and they are few; none when they are many."""
    if subdistrict:
        subs = Subdistrict.objects.annotate(key=letters_of(F("name"))).filter(key__in=_keys(subdistrict))
        rows = rows.filter(subdistrict__in=subs.values("code"))
    if district:
        districts = District.objects.annotate(key=_district_key(F("name")))
        rows = rows.filter(district__in=districts.filter(key=place_key(district)).values("code"))
    return list(rows) if rows.count() <= MOST_COMPARED else []
