"""The parts every page is made of. A template builtin: no `{% load %}` needed.

Words and numbers
    {{ visit.visited_on|date_table }}      17-08-2026            (tables, tags)
    {{ visit.visited_on|date_text }}       17 Agustus 2026       (sentences)
    {{ case.logged_at|moment }}            14.05 WIB (zone of the place, or |moment:"Asia/Jayapura")
    {{ case.logged_at|moment_text }}       17 Agustus 2026, 14.05 WIB
    {{ visit.visited_on|days_ago }}        hari ini / kemarin / 5 hari lalu
    {{ loan.principal_rupiah|rupiah }}     Rp1.500.000           and |rupiah_words
    {{ total|number }} {{ share|percent }} 1.234.567,5 and 12,5% (share is already in percent)
    {{ person.phone|phone_show }}          0812-3456-7890
    {{ edition.year|plain }}               2026, where a bare {{ 2026 }} prints "2.026"; use it for years, in
                                           attributes and wherever a number is a name
    None gives an empty text everywhere.

Parts
    {% icon "orang" %} {% mark %}          drawings; an icon always stands beside a word
    {% tag "late" text %}                  status: done, now, warn, late or "": shape and word
    {% error_summary form %}               on top of every form page; takes several forms
    {% field form.topic %}                 label, hint, error and control; second word for other looks:
    {% field form.password "small" %}      ordinary label; "filter" also without "optional"
    {% hidden_fields form %}               inside <form>, after {% csrf_token %}
    {% carry form %}                       check page: every entry again, hidden
    {% answers form %}                     check page: every entry as question and answer
    {% notice "good" "Saved." %} more words {% endnotice %}          "", good, warn, bad
    {% nothing "orang" "No people yet." %} what to do {% endnothing %}
    {% pager rows %}                       a KeysetPage (accounts/paging.py) or a Django Page
    {% querystring page=2 %}               Django's own; keeps the other filters and escapes

`templates/components/README.md` holds page skeletons to copy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BaseForm, BooleanField, CheckboxSelectMultiple, RadioSelect
from django.forms.boundfield import BoundField
from django.forms.widgets import CheckboxInput, ClearableFileInput, PasswordInput
from django.http import QueryDict
from django.template.context import Context
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from desmigratif.icons import DRAWINGS
from periods.clock import WIB, zone_label
from periods.rupiah import RupiahRefused, parse_rupiah
from periods.rupiah import rupiah_words as words_of_rupiah

register = template.Library()


# --- words and numbers -------------------------------------------------------------------------------------


def _zone_name(zone: str | None) -> str:
    """The zone asked for, else the one of the reader's place, else western time."""
    name = zone or timezone.get_current_timezone_name()
    try:
        zone_label(name)
    except KeyError:
        return WIB
    return name


def _day(value: date | datetime) -> date:
    """The calendar date at the reader's place."""
    if isinstance(value, datetime):
        return _local(value, None).date()
    return value


def _local(value: datetime, zone: str | None) -> datetime:
    return value.astimezone(ZoneInfo(_zone_name(zone))) if timezone.is_aware(value) else value


@register.filter(expects_localtime=False)
def date_table(value: date | datetime | None) -> str:
    return _day(value).strftime("%d-%m-%Y") if value else ""


@register.filter(expects_localtime=False)
def date_text(value: date | datetime | None) -> str:
    return formats.date_format(_day(value), "j F Y") if value else ""


@register.filter(expects_localtime=False)
def month_text(value: date | datetime | None) -> str:
    """November 2026."""
    return formats.date_format(_day(value), "F Y") if value else ""


@register.filter(expects_localtime=False)
def weekday_text(value: date | datetime | None) -> str:
    """Senin, 23 November 2026: the line above a day's page."""
    return formats.date_format(_day(value), "l, j F Y") if value else ""


@register.filter(expects_localtime=False)
def moment(value: datetime | None, zone: str | None = None) -> str:
    return f"{_local(value, zone):%H.%M} {zone_label(_zone_name(zone))}" if value else ""


@register.filter(expects_localtime=False)
def moment_text(value: datetime | None, zone: str | None = None) -> str:
    if not value:
        return ""
    return f"{formats.date_format(_local(value, zone).date(), 'j F Y')}, {moment(value, zone)}"


@register.filter(expects_localtime=False)
def moment_table(value: datetime | None, zone: str | None = None) -> str:
    return f"{_local(value, zone):%d-%m-%Y} {moment(value, zone)}" if value else ""


@register.filter(expects_localtime=False)
def days_ago(value: date | datetime | None) -> str:
    """Days between that date and today, in words, at the reader's place."""
    if not value:
        return ""
    days = (timezone.localdate() - _day(value)).days
    named = {-1: gettext("tomorrow"), 0: gettext("today"), 1: gettext("yesterday")}
    if days in named:
        return named[days]
    if days > 0:
        return ngettext("%(days)s day ago", "%(days)s days ago", days) % {"days": number(days)}
    return ngettext("in %(days)s day", "in %(days)s days", -days) % {"days": number(-days)}


@register.filter
def plain(value: Any) -> str:
    """The value as Python writes it, without dots between thousands."""
    return "" if value is None else str(value)


@register.filter
def number(value: int | float | Decimal | None, decimals: int | None = None) -> str:
    """1.234.567,5; at most `decimals` places, without zeros at the end."""
    if value is None or value == "":
        return ""
    exact = value if isinstance(value, int | Decimal) else Decimal(str(value))
    if decimals is not None and not isinstance(exact, int):
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if isinstance(exact, Decimal):
        exact = Decimal(f"{exact.normalize():f}")
    return formats.number_format(exact, force_grouping=True)


@register.filter
def percent(value: int | float | Decimal | None, decimals: int = 1) -> str:
    """12,5%. The value is already in percent."""
    return f"{number(value, decimals)}%" if value is not None and value != "" else ""


@register.filter
def rupiah(value: int | str | None) -> str:
    """Rp1.500.000, in both languages: a comma would not be understood when typed again."""
    if value is None or value == "":
        return ""
    amount = int(value)
    return f"{'-' if amount < 0 else ''}Rp{abs(amount):,}".replace(",", ".")


@register.filter
def rupiah_words(value: int | str | None) -> str:
    return "" if value is None or value == "" else words_of_rupiah(int(value), get_language() or "id")


@register.filter
def phone_show(value: str | None) -> str:
    """0812-3456-7890 for +6281234567890; a foreign number as it is stored."""
    if not value:
        return ""
    local = f"0{value[3:]}" if value.startswith("+62") else value
    if not (local.isdigit() and local.startswith("0")):
        return value
    if not local.startswith("08"):
        return local
    return "-".join(part for part in (local[:4], local[4:8], local[8:]) if part)


# --- drawings and small parts ------------------------------------------------------------------------------


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
    if kind not in TAG_KINDS:
        raise template.TemplateSyntaxError(f"A tag is one of {sorted(TAG_KINDS)}, not {kind!r}.")
    return format_html('<span class="{}">{}</span>', f"tag {kind}".strip(), text)


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


# --- forms -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """One radio button or box with its own hint (`field.choice_hints = {value: hint}` on the form field)."""

    control: SafeString
    label: object
    hint: object


@dataclass(frozen=True)
class FieldParts:
    """What `components/field.html` needs, decided here so that the template stays mark-up."""

    bound: BoundField
    look: str
    kind: str  # group, box, money or control
    control: SafeString | str
    choices: tuple[Choice, ...]
    words: str

    @property
    def ask(self) -> bool:
        return self.look == ""

    @property
    def optional(self) -> bool:
        return not self.bound.field.required and self.look != "filter" and self.kind != "box"

    @property
    def two(self) -> bool:
        return len(self.choices) > 3


LOOKS = frozenset({"", "small", "filter"})


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, look: str = "") -> dict[str, Any]:
    if look not in LOOKS:
        raise template.TemplateSyntaxError(f"A field looks like one of {sorted(LOOKS)}, not {look!r}.")
    widget = bound.field.widget
    kind, control = "control", SafeString("")
    choices: tuple[Choice, ...] = ()
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        kind, choices = "group", tuple(_choices(bound))
    elif isinstance(widget, CheckboxInput):
        kind, control = "box", bound.as_widget(attrs=_attributes(bound, css=""))
    else:
        kind = "money" if getattr(bound.field, "is_money", False) else "control"
        control = bound.as_widget(attrs=_attributes(bound, css="input"))
    parts = FieldParts(bound, look, kind, control, choices, _words_below(bound) if kind == "money" else "")
    return {"part": parts, "field": bound}


def _attributes(bound: BoundField, *, css: str) -> dict[str, Any]:
    """Class and password token; Django itself adds id, aria-invalid, aria-describedby and required."""
    given = bound.field.widget.attrs
    attrs: dict[str, Any] = {}
    classes = f"{css} {given.get('class', '')}".strip()
    if classes:
        attrs["class"] = classes
    if isinstance(bound.field.widget, PasswordInput) and "autocomplete" not in given:
        attrs["autocomplete"] = "current-password"
    if isinstance(bound.field.widget, ClearableFileInput) and bound.field.required:
        attrs["required"] = False
    return attrs


def _choices(bound: BoundField) -> Iterable[Choice]:
    hints = getattr(bound.field, "choice_hints", {})
    for option in bound.subwidgets:
        for name in ("aria-invalid", "aria-describedby"):  # the fieldset says it once for all
            option.data["attrs"].pop(name, None)
        yield Choice(option.tag(), option.choice_label, hints.get(str(option.data["value"]), ""))


def _words_below(bound: BoundField) -> str:
    """A sum typed correctly, echoed in words when the page comes back (quality.md U22)."""
    value = bound.value()
    try:
        return rupiah_words(parse_rupiah(str(value))) if value not in (None, "") else ""
    except RupiahRefused:
        return ""


def _anchor(bound: BoundField) -> str:
    """The id a link can jump to: the control, or the first control of a group."""
    if isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple):
        first = next(iter(bound.subwidgets), None)
        return str(first.id_for_label) if first else ""
    return str(bound.id_for_label or bound.auto_id)


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """Every error of the forms, in page order, each with the id of its control; empty without errors.

    What belongs to no field, or to a hidden one, leads to the first field.
    """
    lines: list[tuple[str, object]] = []
    for form in forms:
        if not form.errors:
            continue
        visible = form.visible_fields()
        first = _anchor(visible[0]) if visible else ""
        lines += [(first, error) for error in form.non_field_errors()]
        lines += [(first, error) for bound in form.hidden_fields() for error in bound.errors]
        lines += [(_anchor(bound), error) for bound in visible for error in bound.errors]
    return {"lines": lines}


@register.simple_tag
def hidden_fields(form: BaseForm) -> SafeString:
    return format_html_join("", "{}", ((bound.as_widget(),) for bound in form.hidden_fields()))


@register.simple_tag
def carry(form: BaseForm) -> SafeString:
    """Every entry as a hidden input: the check page sends again what was typed."""
    return format_html_join("", "{}", ((bound.as_hidden(),) for bound in form))


@register.inclusion_tag("components/answers.html")
def answers(form: BaseForm, *without: str) -> dict[str, Any]:
    """Question and answer of every visible field of a valid form, except the names in `without`."""
    pairs = [
        (bound, _answer(bound, form.cleaned_data.get(bound.name)))
        for bound in form.visible_fields()
        if bound.name not in without
    ]
    return {"pairs": pairs}


def _answer(bound: BoundField, value: Any) -> str:
    if isinstance(bound.field, BooleanField):
        return gettext("Yes") if value else gettext("No")
    if value in (None, "", []):
        return ""
    if isinstance(value, date):
        return date_text(value)
    if getattr(bound.field, "is_money", False):
        return f"{rupiah(value)} ({rupiah_words(value)})"
    labels = dict(_flat(getattr(bound.field, "choices", ()))) if not hasattr(bound.field, "queryset") else {}
    several = value if isinstance(value, list | tuple | set) or hasattr(value, "all") else [value]
    return ", ".join(str(labels.get(str(one), one)) for one in several)


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label


# --- lists -------------------------------------------------------------------------------------------------


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
