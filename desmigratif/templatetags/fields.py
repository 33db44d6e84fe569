"""The parts of a form page. Template builtins: no `{% load %}` needed.

{% error_summary form %}               on top of every form page; takes several forms
{% field form.topic %}                 label, hint, error and control; second word for other looks:
{% field form.password "small" %}      ordinary label; "filter" also without "optional"
{% hidden_fields form %}               inside <form>, after {% csrf_token %}
{% carry form %}                       check page: every entry again, hidden
{% answers form %}                     check page: every entry as question and answer
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.forms import BaseForm, BooleanField, CheckboxSelectMultiple, RadioSelect
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.forms.widgets import CheckboxInput, ClearableFileInput, PasswordInput, Select
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from desmigratif.templatetags.words import date_text, rupiah, rupiah_words
from periods.rupiah import RupiahRefused, parse_rupiah

register = template.Library()


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


class QuickSelect(Select):
    """A select written at once: Django draws each option from two templates, slower than all else."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        choices = [(key, label) for key, label in self.choices]
        if any(isinstance(label, list | tuple) for _key, label in choices):
            return super().render(name, value, attrs, renderer)
        chosen = set(self.format_value(value))
        lines = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, _SELECTED if str(key) in chosen else "", label) for key, label in choices),
        )
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), lines
        )


_SELECTED = SafeString(" selected")
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
        quick = QuickSelect(widget.attrs, widget.choices) if type(widget) is Select else None
        control = bound.as_widget(quick, attrs=_attributes(bound, css="input"))
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
