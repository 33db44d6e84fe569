"""Why something is done: chosen from a list whose last reason asks for words."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import LineField


class ReasonFields(forms.Form):
    """`asks`: the question. `reasons`: its answers; OTHER is among them."""

    asks: ClassVar[Any]
    reasons: ClassVar[type[TextChoices]]
    use_required_attribute = False

    why = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": _("Choose a reason.")})
    words = LineField(label=_("In other words"), required=False, max_length=120)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].label = self.asks
        self.fields["why"].choices = self.reasons.choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        wordless = not cleaned.get("words") and "words" not in self.errors
        if cleaned.get("why") == "other" and wordless:
            self.add_error("words", gettext("Write the reason in a few words."))
        return cleaned

    @property
    def reason(self) -> str:
        """The reason as record and log keep it."""
        label = str(self.reasons(self.cleaned_data["why"]).label)
        words = self.cleaned_data["words"]
        return f"{label}: {words}" if words else label
