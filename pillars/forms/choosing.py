"""Fields that choose rows the reader may see, by their keys."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.keys import as_key


class RowChoice(forms.ModelChoiceField):
    """One row. Set `queryset` in the form's `__init__`; what is not in it is an invalid choice."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and as_key(value) is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class RowTicks(forms.ModelMultipleChoiceField):
    """Several rows, a box each. Set `queryset` in the form's `__init__`."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, **kwargs)

    def clean(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and any(as_key(one) is None for one in value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)
