"""Lines through time with their scale, as SVG: like the charts of `charts.py`, same in page and PDF.

{% line_chart points title %}      `points`: (month, percent or None), oldest first
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reports.templatetags.charts import short

register = template.Library()


@register.simple_tag
def line_chart(points: Sequence[tuple[str, float | None]], title: object) -> SafeString:
    """Shares in percent month by month, with a scale from 0, the first and last month named. A month without
    a share leaves a gap."""
    known = [share for _month, share in points if share is not None]
    if len(known) < 2:
        return SafeString("")
    top = max(10, -(-int(max(known)) // 10) * 10 + (10 if max(known) % 10 == 0 and max(known) else 0))
    left, width, height = 40, 370, 140
    step = width / (len(points) - 1)
    placed = [
        (left + place * step, 12 + height * (1 - share / top)) if share is not None else None
        for place, (_month, share) in enumerate(points)
    ]
    words = ", ".join(f"{month} {_percent(share)}" for month, share in points)
    return format_html(
        '<svg class="chart" viewBox="0 0 420 190" width="420" height="190" role="img" '
        'aria-label="{0}: {1}"><title>{0}</title><desc>{1}</desc>{2}{3}{4}</svg>',
        title,
        words,
        format_html_join(
            "", "{}", ((_scale_line(share, top, left, width, height),) for share in (0, top // 2, top))
        ),
        format_html_join("", "{}", ((_piece(piece),) for piece in _pieces(placed))),
        _ends(points, placed, left, width),
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{number_format(share, decimal_pos=1)}%"


def _scale_line(share: int, top: int, left: int, width: int, height: int) -> SafeString:
    y = short(12 + height * (1 - share / top))
    return format_html(
        '<line class="grid-line" stroke="#d8cfbd" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>'
        '<text class="faint" fill="#47565c" font-size="12" text-anchor="end" x="{3}" y="{2}" dy="4">{4}%'
        "</text>",
        left,
        left + width,
        y,
        left - 8,
        share,
    )


def _pieces(placed: Sequence[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    """The stretches of a line between its gaps."""
    piece: list[tuple[float, float]] = []
    for point in (*placed, None):
        if point is not None:
            piece.append(point)
        elif piece:
            yield piece
            piece = []


def _piece(piece: Sequence[tuple[float, float]]) -> SafeString:
    return format_html(
        '<polyline class="l2" fill="none" stroke="#c05f28" stroke-width="3" stroke-linejoin="round" '
        'stroke-linecap="round" points="{}"/>{}',
        " ".join(f"{short(x)},{short(y)}" for x, y in piece),
        format_html_join(
            "",
            '<circle class="c2" fill="#c05f28" cx="{}" cy="{}" r="4"/>',
            ((short(x), short(y)) for x, y in piece),
        ),
    )


def _ends(
    points: Sequence[tuple[str, float | None]],
    placed: Sequence[tuple[float, float] | None],
    left: int,
    width: int,
) -> SafeString:
    """The first and the last month under the line, and the last share at its end."""
    shown = (("start", left, points[0][0]), ("end", left + width, points[-1][0]))
    months = format_html_join(
        "",
        '<text class="faint" fill="#47565c" font-size="12" text-anchor="{}" x="{}" y="182">{}</text>',
        shown,
    )
    last = placed[-1]
    if last is None:
        return months
    return months + format_html(
        '<text fill="#15252b" font-size="15" font-weight="700" text-anchor="end" x="{}" y="{}" dy="-9">{}'
        "</text>",
        left + width,
        short(last[1]),
        _percent(points[-1][1]),
    )
