"""What is typed from a printed report, or shown of a copy of it; and why a report is taken back."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import LineField
from migrants.forms.reasons import ReasonFields
from reports.enums import WithdrawalReason
from reports.freezing.codes import NoSuchCode, read_code

MEGABYTE = 1024 * 1024


class CodeForm(forms.Form):
    """The code beside a printed number."""

    use_required_attribute = False

    code = LineField(
        label=_("Code"),
        max_length=20,
        help_text=_("Seven letters and numbers, as printed beside the figure."),
        error_messages={"required": _("Type the code that is printed beside the figure.")},
    )

    def clean_code(self) -> str:
        try:
            return read_code(self.cleaned_data["code"])
        except NoSuchCode as wrong:
            sentence = _("This is no code. Compare it letter by letter with the paper.")
            raise forms.ValidationError(sentence, code="code") from wrong


class NumberForm(forms.Form):
    """The number of a report, as printed on its cover."""

    use_required_attribute = False

    number = LineField(
        label=_("Report number"),
        max_length=40,
        help_text=_("As printed on the cover, like DMP-2019-01."),
        error_messages={"required": _("Type the number that is printed on the cover.")},
    )

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).upper()
        if not re.fullmatch(r"[A-Z0-9.-]+", number):
            raise forms.ValidationError(_("Type the number that is printed on the cover."), code="number")
        return number


class CopyForm(forms.Form):
    """A copy of a report to be checked: the file itself, or its SHA-256. The file is read and not kept."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("The file"), required=False, help_text=_("PDF or XLSX, at most 10 MB. It is not kept.")
    )
    sha256 = LineField(label=_("Or its SHA-256"), required=False, max_length=100)

    def clean_file(self) -> str:
        """The SHA-256 of the file; "" without one."""
        file = self.cleaned_data["file"]
        if file is None:
            return ""
        if file.size > settings.REPORT_CHECK_MEGABYTES * MEGABYTE:
            raise forms.ValidationError(_("This file is larger than any report. Choose another one."))
        found = sha256()
        for chunk in file.chunks():
            found.update(chunk)
        return found.hexdigest()

    def clean_sha256(self) -> str:
        text = str(self.cleaned_data["sha256"]).replace(" ", "").lower()
        if text and not re.fullmatch(r"[0-9a-f]{64}", text):
            raise forms.ValidationError(_("A SHA-256 has 64 characters: numbers and the letters a to f."))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("sha256"):
            self.add_error("file", gettext("Choose the file, or type its SHA-256."))
        return cleaned

    @property
    def digest(self) -> str:
        """The SHA-256 of the copy."""
        return str(self.cleaned_data["file"] or self.cleaned_data["sha256"])


class WithdrawForm(ReasonFields):
    asks = _("Why is this report taken back?")
    reasons = WithdrawalReason
