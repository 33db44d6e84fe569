"""Outside input about attachments."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.entry import EntryForm, LineField
from migrants.enums import ScanState
from migrants.uploads import INFECTED, MOST_BYTES, Clean, UploadRefused, clean_upload
from migrants.virus_scanner import scan


class AttachmentForm(EntryForm):
    """A photo or a PDF, and a few words on it. What may be kept of the file is in `clean_file`."""

    file = forms.FileField(
        label=_("Photo or PDF"),
        help_text=_("JPEG, PNG or PDF, at most 5 MB. Where and when a photo was taken is not kept."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf", "data-shrink": ""}),
        max_length=200,
        error_messages={
            "required": _("Choose the file."),
            "invalid": _("Choose the file once more."),
            "missing": _("Choose the file once more."),
            "empty": _("The file is empty. Choose another one."),
            "max_length": _("The name of the file is too long. Give it a shorter one."),
        },
    )
    caption = LineField(
        label=_("What does it show?"), required=False, help_text=_("Example: pay slip of October")
    )

    def clean_file(self) -> Clean:
        file: Any = self.cleaned_data["file"]
        if file.size > MOST_BYTES:  # before a byte of it is read into memory
            raise forms.ValidationError(
                gettext("The file is larger than 5 MB. Take a smaller photo, or split the PDF.")
            )
        body = file.read()
        try:
            clean = clean_upload(body, file.name)
        except UploadRefused as refused:
            raise forms.ValidationError(refused.sentence) from refused
        seen = scan(body)  # as it was sent: what a photo hid is gone from what is kept
        if seen == ScanState.INFECTED:
            raise forms.ValidationError(str(INFECTED))
        return replace(clean, scan=seen)
