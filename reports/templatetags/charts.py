"""Charts as SVG, drawn by the server: the same mark-up on the page and in the PDF.

    {% bar 80 150 %}                            a bar as long as 80 of 150; decoration beside a number
    {% bar_part 35 120 150 %}                   35 of 120 on a scale to 150
    {% bar_stack cells %}                       parts of a whole, in the order of the cells of a split
    {% spark cells sentence %}                  a line through months, oldest first
    {% tile_map counts noun %}                  38 provinces as tiles; `counts` by province code
    {% legend cells %}                          what the colours of bar_stack mean

Sizes are attributes, colours classes with the same value as an attribute, so that WeasyPrint, which does not
read the site's stylesheet, shows them too. Numbers in attributes are written by Python, never localised.
Every picture is an image with a sentence, and stands beside its numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.cells import Cell

register = template.Library()

COLOURS = (("c1", "#0d4c5d"), ("c2", "#c05f28"), ("c3", "#cfc7b6"), ("m3", "#2f7d90"), ("m2", "#86b8c3"))


@dataclass(frozen=True)
class Tile:
    """A province on the tile map: its letters, its name, its square on an 18 x 8 grid."""

    letters: str
    name: str
    column: int
    row: int


TILES: dict[str, Tile] = {
    code: Tile(letters, name, column, row)
    for code, letters, name, column, row in (
        ("11", "AC", "Aceh", 0, 0),
        ("12", "SU", "Sumatera Utara", 1, 1),
        ("13", "SB", "Sumatera Barat", 1, 2),
        ("14", "RI", "Riau", 2, 2),
        ("15", "JA", "Jambi", 2, 3),
        ("16", "SS", "Sumatera Selatan", 3, 4),
        ("17", "BE", "Bengkulu", 2, 4),
        ("18", "LA", "Lampung", 3, 5),
        ("19", "BB", "Kepulauan Bangka Belitung", 4, 4),
        ("21", "KR", "Kepulauan Riau", 4, 2),
        ("31", "JK", "Daerah Khusus Ibukota Jakarta", 5, 6),
        ("32", "JB", "Jawa Barat", 5, 7),
        ("33", "JT", "Jawa Tengah", 6, 6),
        ("34", "YO", "Daerah Istimewa Yogyakarta", 6, 7),
        ("35", "JI", "Jawa Timur", 7, 7),
        ("36", "BT", "Banten", 4, 6),
        ("51", "BA", "Bali", 8, 7),
        ("52", "NB", "Nusa Tenggara Barat", 9, 7),
        ("53", "NT", "Nusa Tenggara Timur", 10, 7),
        ("61", "KB", "Kalimantan Barat", 6, 2),
        ("62", "KT", "Kalimantan Tengah", 6, 3),
        ("63", "KS", "Kalimantan Selatan", 7, 3),
        ("64", "KI", "Kalimantan Timur", 7, 2),
        ("65", "KU", "Kalimantan Utara", 7, 1),
        ("71", "SA", "Sulawesi Utara", 11, 1),
        ("72", "ST", "Sulawesi Tengah", 9, 2),
        ("73", "SN", "Sulawesi Selatan", 9, 4),
        ("74", "SG", "Sulawesi Tenggara", 10, 3),
        ("75", "GO", "Gorontalo", 10, 1),
        ("76", "SR", "Sulawesi Barat", 9, 3),
        ("81", "MA", "Maluku", 13, 4),
        ("82", "MU", "Maluku Utara", 13, 1),
        ("91", "PA", "Papua", 17, 3),
        ("92", "PB", "Papua Barat", 15, 2),
        ("93", "PS", "Papua Selatan", 17, 5),
        ("94", "PT", "Papua Tengah", 16, 3),
        ("95", "PE", "Papua Pegunungan", 17, 4),
        ("96", "PD", "Papua Barat Daya", 14, 2),
    )
}
# Least count of each shade, its fill, and the class and fill of the letters on it.
SHADES = (
    (60, "m4", "#0a3f4d", "mh", "#ffffff"),
    (30, "m3", "#2f7d90", "mh", "#ffffff"),
    (10, "m2", "#86b8c3", "ml", "#15252b"),
    (1, "m1", "#cfe3e7", "ml", "#15252b"),
    (0, "m0", "#ffffff", "mn", "#47565c"),
)
_UNIT = 40
_HALF = 9  # columns of the western half; the eastern one stands below it on a phone


def _number(value: int | None) -> str:
    return "–" if value is None else number_format(value, force_grouping=True)


@register.simple_tag
def bar(value: int | None, most: int) -> SafeString:
    """One bar. Decoration: the number stands beside it."""
    share = 100 * (value or 0) / most if most else 0
    rect = _rect(0, share, 0) if share else ""
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" width="100%" height="16" '
        'aria-hidden="true">{}</svg>',
        rect,
    )


@register.simple_tag
def bar_part(part: int | None, whole: int | None, most: int) -> SafeString:
    """How much of a whole is there, on one scale with other bars. Decoration: the numbers stand beside it."""
    have, missing = part or 0, max((whole or 0) - (part or 0), 0)
    scale = 100 / most if most else 0
    rects = format_html("{}{}", _rect(0, have * scale, 0), _rect(have * scale, missing * scale, 2))
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" width="100%" height="16" '
        'aria-hidden="true">{}</svg>',
        rects,
    )


@register.simple_tag
def bar_stack(cells: Sequence[Cell]) -> SafeString:
    """The parts of a whole. Nothing to divide: an empty bar. A hidden part is left out."""
    counts = [cell.count or 0 for cell in cells]
    total = sum(counts)
    starts = [100 * sum(counts[:place]) / total if total else 0 for place in range(len(counts))]
    rects = format_html_join(
        "",
        "{}",
        (
            (_rect(start, 100 * count / total, place),)
            for place, (start, count) in enumerate(zip(starts, counts, strict=True))
            if count
        ),
    )
    edges = [start for start, count in zip(starts, counts, strict=True) if count and start]
    gaps = format_html_join(
        "",
        '<line class="gap" stroke="#fff" stroke-width="2" vector-effect="non-scaling-stroke" '
        'x1="{0}" x2="{0}" y1="0" y2="10"/>',
        ((short(edge),) for edge in edges),
    )
    sentence = ", ".join(f"{_number(cell.count)} {_lower(cell.label)}" for cell in cells)
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" width="100%" height="16" '
        'role="img" aria-label="{}">{}{}</svg>',
        sentence,
        rects,
        gaps,
    )


def _lower(label: object) -> str:
    text = str(label)
    return text[:1].lower() + text[1:]


def _rect(start: float, width: float, place: int) -> SafeString:
    css, fill = COLOURS[place % len(COLOURS)]
    return format_html(
        '<rect class="{}" fill="{}" x="{}" y="0" width="{}" height="10"/>',
        css,
        fill,
        short(start),
        short(width),
    )


def short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


@register.simple_tag
def spark(cells: Sequence[Cell], what: object = "") -> SafeString:
    """A line through the counts of some months, the last one marked. Fewer than two: nothing."""
    counts = [cell.count for cell in cells if cell.count is not None]
    if len(counts) < 2:
        return SafeString("")
    low, high = min(counts), max(counts)
    step = 112 / (len(counts) - 1)
    points = [
        (3 + place * step, 16 if high == low else 28 - 24 * (count - low) / (high - low))
        for place, count in enumerate(counts)
    ]
    sentence = _("%(what)s over %(months)s months, from %(first)s to %(last)s") % {
        "what": what or cells[0].indicator.label,
        "months": len(counts),
        "first": _number(counts[0]),
        "last": _number(counts[-1]),
    }
    return format_html(
        '<svg class="spark" viewBox="0 0 120 32" width="120" height="32" role="img" aria-label="{}">'
        '<polyline class="l1" fill="none" stroke="#0d4c5d" stroke-width="2.5" stroke-linejoin="round" '
        'stroke-linecap="round" points="{}"/><circle class="c2" fill="#c05f28" cx="{}" cy="{}" r="4"/></svg>',
        sentence,
        " ".join(f"{short(x)},{short(y)}" for x, y in points),
        short(points[-1][0]),
        short(points[-1][1]),
    )


@register.simple_tag
def legend(cells: Sequence[Cell]) -> SafeString:
    """What the colours of a stacked bar mean, in its order."""
    return key([(place, cell.label) for place, cell in enumerate(cells)])


@register.simple_tag
def part_legend(part: object, rest: object) -> SafeString:
    """What the two colours of `bar_part` mean."""
    return key([(0, part), (2, rest)])


def key(entries: Iterable[tuple[int, object]]) -> SafeString:
    """A list of colours, each with its words."""
    items = format_html_join(
        "",
        '<li><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">'
        '<rect class="{}" fill="{}" width="16" height="16" rx="2"/></svg> {}</li>',
        ((*COLOURS[place % len(COLOURS)], words) for place, words in entries),
    )
    return format_html('<ul class="legend">{}</ul>', items)


@register.simple_tag
def tile_map(counts: Mapping[str, int], noun: object) -> SafeString:
    """All provinces as tiles, west and east as two pictures. `counts` by province code."""
    west = [code for code, tile in TILES.items() if tile.column < _HALF]
    east = [code for code, tile in TILES.items() if tile.column >= _HALF]
    return format_html(
        '<div class="tilebox"><div class="tiles">{}{}</div></div>',
        _half_map(west, counts, noun, 0, _("Western half of the tile map.")),
        _half_map(east, counts, noun, _HALF * _UNIT, _("Eastern half of the tile map.")),
    )


def _half_map(
    codes: Iterable[str], counts: Mapping[str, int], noun: object, left: int, which: str
) -> SafeString:
    codes = list(codes)
    named = [f"{TILES[code].name} {_number(counts[code])}" for code in codes if counts.get(code)]
    sentence = f"{which} {noun}: {', '.join(named) or _('none')}"
    return format_html(
        '<svg viewBox="{} 0 360 320" width="360" height="320" role="img" aria-label="{}">{}</svg>',
        str(left),
        sentence,
        format_html_join("", "{}", ((_tile(TILES[code], counts.get(code, 0), noun),) for code in codes)),
    )


def _tile(tile: Tile, count: int, noun: object) -> SafeString:
    _least, css, fill, letter_css, letter_fill = next(shade for shade in SHADES if count >= shade[0])
    x, y = tile.column * _UNIT, tile.row * _UNIT
    middle = str(x + 20)
    words = [(letter_css, letter_fill, middle, str(y + (15 if count else 24)), "10.5", "", tile.letters)]
    if count:
        bold = format_html(' font-weight="{}"', "700")
        words.append((letter_css, letter_fill, middle, str(y + 32), "16", bold, _number(count)))
    return format_html(
        "<g><title>{}: {} {}</title>"
        '<rect class="{}" fill="{}"{} x="{}" y="{}" width="38" height="38" rx="3"/>{}</g>',
        tile.name,
        _number(count),
        noun,
        css,
        fill,
        format_html(' stroke="{}"', "#d8cfbd") if css == "m0" else "",
        str(x + 1),
        str(y + 1),
        format_html_join(
            "",
            '<text class="{}" fill="{}" x="{}" y="{}" font-size="{}" text-anchor="middle"{}>{}</text>',
            words,
        ),
    )


@register.simple_tag
def tile_legend() -> SafeString:
    """What the shades of the tile map mean."""
    leasts = [least for least, *_rest in SHADES]
    items = []
    for place in range(len(SHADES) - 1, -1, -1):
        least, css, fill, *_letters = SHADES[place]
        above = leasts[place - 1] if place else None
        words = (
            _("none yet")
            if least == 0
            else _("%(least)s and more") % {"least": least}
            if above is None
            else f"{least}–{above - 1}"
        )
        rim = format_html(' stroke="{}"', "#d8cfbd") if least == 0 else ""
        items.append((css, fill, rim, words))
    return format_html(
        '<ul class="legend">{}</ul>',
        format_html_join(
            "",
            '<li><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">'
            '<rect class="{}" fill="{}"{} width="16" height="16" rx="2"/></svg> {}</li>',
            items,
        ),
    )
