"""How a form of this house behaves.

A form that creates something carries a hidden `key` (UUIDv7, made when the form is first shown) that
becomes the row's primary key: a second delivery of the same form finds the first row. Text with control
characters is refused, dates and rupiah go through the house parsers, and nothing typed is lost: an invalid
form is shown again with status 422, and a form sent after the session ended is held (see HeldForm) and
shown again after signing in.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.keys import new_key
from accounts.phones import PhoneRefused, read_phone
from accounts.queries import held_form
from periods.dates import DateRefused, parse_date
from periods.rupiah import RupiahRefused, parse_rupiah

# Everything below U+0020 but white space, DEL and the C1 controls: no keyboard makes them.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Bidirectional overrides make a name read as another; the mark at a file's beginning is no text.
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
# Breaks that word processors leave behind, and blanks that do not break.
_BLANK = re.compile("[\x0b\x0c\x85\u00a0\u2007\u202f]")
_UNREADABLE = _("Type this again: it holds characters that cannot be read.")


def tidy(text: str) -> str:
    """Return the text without control and hidden characters; odd blanks become blanks; ends are stripped."""
    return _BLANK.sub(" ", _HIDDEN.sub("", _CONTROL.sub("", text))).strip()


def _readable(value: Any) -> str:
    """The tidy text of an entry. Raises `ValidationError` for control characters, NUL among them."""
    text = value or ""
    if _CONTROL.search(text):
        raise forms.ValidationError(_UNREADABLE, code="unreadable")
    return tidy(text)


class LineField(forms.CharField):
    """One line of text, inner white space folded."""

    def __init__(self, *, max_length: int = 120, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join(_readable(super().to_python(value)).split())


class PhoneField(LineField):
    """A telephone number as people write it, read by `accounts.phones.read_phone`; stored as E.164."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Example: 0812-3456-7890"))
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs.update({"type": "tel", "autocomplete": "off", "class": "w16"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return read_phone(text)
        except PhoneRefused as refused:
            raise forms.ValidationError(refused.sentence, code="phone") from refused


class NoteField(forms.CharField):
    """Free text of several lines, at most `max_length` characters."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = 4000, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        return _readable(super().to_python(value)).replace("\r\n", "\n")


class DayField(forms.CharField):
    """A calendar date as people type it, read by `periods.dates.parse_date`; never month first.

    `not_future` refuses days after today with `future_sentence`.
    """

    widget = forms.TextInput

    def __init__(self, *, not_future: bool = False, future_sentence: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Example: 17-08-2026"))
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")
        self.not_future = not_future
        self.future_sentence = future_sentence or _("The date cannot be after today.")

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%d-%m-%Y") if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        text = tidy(str(super().clean(value) or ""))
        if not text:
            return None
        today = timezone.localdate()
        try:
            day = parse_date(text, today=today)
        except DateRefused as refused:
            raise forms.ValidationError(str(refused), code="date") from refused
        if self.not_future and day > today:
            raise forms.ValidationError(self.future_sentence, code="future")
        return day


class RupiahField(forms.CharField):
    """A sum in whole rupiah, read by `periods.rupiah.parse_rupiah`: `1.500` is one thousand five hundred."""

    widget = forms.TextInput
    is_money = True

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Example: 1.500.000"))
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs.setdefault("inputmode", "numeric")

    def clean(self, value: Any) -> Any:
        text = tidy(str(super().clean(value) or ""))
        if not text:
            return None
        try:
            return parse_rupiah(text)
        except RupiahRefused as refused:
            raise forms.ValidationError(str(refused), code="rupiah") from refused


# What Django says when nothing else was said, and what we say instead.
_SENTENCES = {
    "required": _("Fill in this entry."),
    "max_length": _("Write at most %(limit_value)d characters."),
    "null_characters_not_allowed": _UNREADABLE,
}
_PLAIN = forms.Field.default_error_messages


def _say_what_to_do(field: forms.Field) -> None:
    """Put our sentences in place of Django's own; a field's own sentence stays."""
    for code, sentence in _SENTENCES.items():
        if code not in field.error_messages or field.error_messages[code] == _PLAIN.get(code):
            field.error_messages[code] = sentence


class EntryForm(forms.Form):
    """A form that creates or changes one thing. `key` names the row it will make."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = dict(kwargs.pop("initial", None) or {})
        initial.setdefault("key", new_key())
        kwargs |= {"initial": initial, "use_required_attribute": False}
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _say_what_to_do(field)

    @property
    def facts(self) -> dict[str, Any]:
        """What was entered, without the key: the keyword arguments of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}

    @property
    def entry_key(self) -> UUID:
        """The key the form came with; a fresh one when a client sent none or nonsense."""
        key = self.cleaned_data.get("key")
        return key if isinstance(key, UUID) else new_key()


FormT = TypeVar("FormT", bound=forms.Form)


def bind(request: HttpRequest, form_class: type[FormT], **kwargs: Any) -> FormT:
    """Return the form filled from the request: what was posted, what was held, or empty.

    A form held when the session ended (`?held=1` after signing in) comes back bound, so the page shows
    every entry as it was typed; `form.is_valid()` still has to be asked on POST only.
    """
    if request.method == "POST":
        return form_class(request.POST, request.FILES or None, **kwargs)
    if request.GET.get("held") and request.user.is_authenticated:
        held = held_form(user=request.user, path=request.path)
        if held is not None:
            return form_class(held, **kwargs)
    return form_class(**kwargs)


def form_page(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """Return the page a form stands on: 200 while nothing is wrong, 422 when an entry has to be mended."""
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)
