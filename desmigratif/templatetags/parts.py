"""The parts every page is made of, but for forms (`fields.py`). Template builtins: no `{% load %}` needed.

    {% icon "orang" %} {% mark %}          drawings; an icon always stands beside a word
    {% row "migrants:visit-detail" line %} a row of a list that opens a page; see `Line`
    {% tag "late" text %}                  status: done, now, warn, late or "": shape and word
    {% notice "good" "Saved." %} more words {% endnotice %}          "", good, warn, bad
    {% nothing "orang" "No people yet." %} what to do {% endnothing %}
    {% pager rows %}                       a KeysetPage (accounts/paging.py) or a Django Page
    {% querystring page=2 %}               Django's own; keeps the other filters and escapes

`templates/components/README.md` holds page skeletons to copy.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, Protocol
from uuid import UUID

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from desmigratif.icons import DRAWINGS

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=128)
def icon(name: str) -> SafeString:
    drawing = DRAWINGS[name]
    return format_html(
        '<svg class="i" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">{}{}</svg>',
        format_html_join("", '<circle cx="{}" cy="{}" r="{}"/>', drawing.circles),
        format_html('<path d="{}"/>', drawing.path),
    )


@register.simple_tag
@lru_cache(maxsize=1)
def mark() -> SafeString:
    return format_html(
        '<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">'
        '<path fill="#ffc22e" d="M16 2 30 24H2z"/><path fill="#0a3945" d="M16 12l7 12H9z"/>'
        '<path fill="none" stroke="{}" stroke-width="2.5" stroke-linecap="round" '
        'd="M2 28.5q3.5-3 7 0t7 0 7 0 7 0"/></svg>',
        "#fff",
    )


TAG_KINDS = frozenset({"", "done", "now", "warn", "late"})


@register.simple_tag
def tag(kind: str, text: object) -> SafeString:
    return _tag(kind, str(text))


@lru_cache(maxsize=256)
def _tag(kind: str, text: str) -> SafeString:
    if kind not in TAG_KINDS:
        raise template.TemplateSyntaxError(f"A tag is one of {sorted(TAG_KINDS)}, not {kind!r}.")
    return format_html('<span class="{}">{}</span>', f"tag {kind}".strip(), text)


class Line(Protocol):
    """What a list shows of one row. `crossed`: it no longer counts. `standing`: kind and words of its tag."""

    id: UUID

    @property
    def name(self) -> str: ...
    @property
    def hint(self) -> str: ...
    @property
    def crossed(self) -> bool: ...
    @property
    def standing(self) -> tuple[str, str]: ...


@register.simple_tag
def row(url_name: str, line: Line) -> SafeString:
    """One row of a long list, written at once: as template nodes its parts cost more than its query."""
    before, after = _around_key(url_name)
    return format_html(
        '<li><div><a class="name" href="{}{}{}">{}</a><p class="hint">{}</p></div>{}</li>',
        before,
        line.id,
        after,
        format_html("<s>{}</s>", line.name) if line.crossed else line.name,
        line.hint,
        tag(*line.standing),
    )


@cache
def _around_key(url_name: str) -> tuple[str, str]:
    """The address of a row before and after its key, which is all that differs from row to row."""
    nobody = UUID(int=0)
    before, _key, after = reverse(url_name, args=[nobody]).partition(str(nobody))
    return before, after


NOTICE_ICONS = {"": "info", "good": "centang", "warn": "awas", "bad": "awas"}


@register.simple_block_tag
def notice(content: SafeString, kind: str = "", title: object = "", icon_name: str = "") -> SafeString:
    if kind not in NOTICE_ICONS:
        raise template.TemplateSyntaxError(f"A notice is one of {sorted(NOTICE_ICONS)}, not {kind!r}.")
    return format_html(
        '<div class="{}">{}<div>{}{}</div></div>',
        f"notice {kind}".strip(),
        icon(icon_name or NOTICE_ICONS[kind]),
        format_html("<strong>{}</strong>", title) if title else "",
        content,
    )


@register.filter
def notice_kind(level: str) -> str:
    """The kind of notice for a level of `django.contrib.messages`."""
    return {"success": "good", "warning": "warn", "error": "bad"}.get(level, "")


@register.simple_block_tag
def nothing(content: SafeString, icon_name: str, title: object) -> SafeString:
    """What stands where a list would be, when there is nothing to list. (`empty` belongs to `for`.)"""
    return format_html(
        '<div class="empty">{}<p><strong>{}</strong></p>{}</div>', icon(icon_name), title, content
    )


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, rows: Any) -> dict[str, Any]:
    """Links to the rows before and after: a Django Page, or a KeysetPage (its way back is the first page)."""
    query = context["request"].GET
    if not hasattr(rows, "has_other_pages"):
        return {
            "first": "" if rows.is_first else _with(query, after=None),
            "after": _with(query, after=rows.after) if rows.after else "",
        }
    return {
        "before": _with(query, page=rows.previous_page_number()) if rows.has_previous() else "",
        "after": _with(query, page=rows.next_page_number()) if rows.has_next() else "",
    }


def _with(query: QueryDict, **changes: object) -> str:
    """The same query with the changes; None takes a parameter away."""
    changed = query.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"
