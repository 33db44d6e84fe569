"""A small line through the months of a business, drawn by the server.

{% months_line months.drawn %}      oldest first; None where nothing is known: the line has a gap there
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

WIDTH, HIGH, LOW = 112, 4, 28  # within a picture of 120 x 32


@register.simple_tag
def months_line(amounts: Sequence[int | None]) -> SafeString:
    """The known amounts as a line with gaps, each month that stands alone as a dot. Fewer than two known:
    nothing. The numbers stand beside it in a table."""
    known = [amount for amount in amounts if amount is not None]
    if len(known) < 2:
        return SafeString("")
    low, high = min(known), max(known)
    step = WIDTH / (len(amounts) - 1)
    points = [
        None if amount is None else (4 + place * step, _height(amount, low, high))
        for place, amount in enumerate(amounts)
    ]
    sentence = _("Turnover of %(known)s of %(all)s months, from Rp%(low)s to Rp%(high)s") % {
        "known": len(known),
        "all": len(amounts),
        "low": number_format(low, force_grouping=True),
        "high": number_format(high, force_grouping=True),
    }
    return format_html(
        '<svg class="spark" viewBox="0 0 120 32" width="120" height="32" role="img" aria-label="{}">{}</svg>',
        sentence,
        format_html_join("", "{}", ((_drawn(run),) for run in _runs(points))),
    )


def _height(amount: int, low: int, high: int) -> float:
    return 16 if high == low else LOW - (LOW - HIGH) * (amount - low) / (high - low)


def _runs(points: Sequence[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    run: list[tuple[float, float]] = []
    for point in [*points, None]:
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []


def _drawn(run: list[tuple[float, float]]) -> SafeString:
    if len(run) == 1:
        return format_html(
            '<circle class="c1" fill="#0d4c5d" cx="{}" cy="{}" r="2.5"/>', *map(_short, run[0])
        )
    return format_html(
        '<polyline class="l1" fill="none" stroke="#0d4c5d" stroke-width="2.5" stroke-linejoin="round" '
        'stroke-linecap="round" points="{}"/>',
        " ".join(f"{_short(x)},{_short(y)}" for x, y in run),
    )


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
