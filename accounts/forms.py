"""Outside input about accounts: signing in, passwords."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.entry import EntryForm
from accounts.models import User
from accounts.passwords import LONGEST, normalised


class PasswordEntry(forms.CharField):
    """A password as it was typed, blanks included, whichever keyboard composed it. Never shown again."""

    def __init__(self, *, token: str = "current-password", **kwargs: Any) -> None:  # noqa: S107
        kwargs.setdefault("max_length", LONGEST * 2)
        super().__init__(
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": token}),
            error_messages={"required": _("Type the password.")},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return normalised(super().to_python(value) or "")


class SignInForm(LoginForm):
    """Account name and password. Says the same about an unknown name and a wrong password."""

    password = PasswordEntry(label=_("Password"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"use_required_attribute": False})
        self.fields["login"] = forms.CharField(
            label=_("Account name"),
            help_text=_("Example: petugas.randu"),
            max_length=80,
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
            ),
            error_messages={"required": _("Type your account name.")},
        )
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        name: str = self.cleaned_data["login"]
        return name.strip().lower()

    def clean(self) -> dict[str, Any] | None:
        try:
            super().clean()
        except ValidationError as refused:
            self.add_error("password", refused)
        return dict(self.cleaned_data)


class ReauthenticateForm(forms.Form):
    """The password once more, before something that cannot be taken back."""

    password = PasswordEntry(label=_("Password"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs | {"use_required_attribute": False})

    def clean_password(self) -> str:
        return _own_password(self.user, self.cleaned_data["password"])


class NewPasswordForm(forms.Form):
    """A new password, typed twice, that passes the validators of the settings."""

    password1 = PasswordEntry(
        label=_("New password"),
        token="new-password",  # noqa: S106 - an autocomplete token
        help_text=_("At least 15 characters. A short sentence is easy to remember."),
    )
    password2 = PasswordEntry(
        label=_("New password once more"),
        token="new-password",  # noqa: S106
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs | {"use_required_attribute": False})

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        try:
            validate_password(password, self.user)
        except ValidationError as refused:
            raise refused.error_list[0] from refused  # one thing to do at a time
        return password

    def clean(self) -> dict[str, Any] | None:
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Type the same password twice."))
        return self.cleaned_data


class ChangePasswordForm(NewPasswordForm):
    """The old password and the new one."""

    oldpassword = PasswordEntry(label=_("Password until now"))
    field_order = ("oldpassword", "password1", "password2")

    def clean_oldpassword(self) -> str:
        return _own_password(self.user, self.cleaned_data["oldpassword"])

    def save(self) -> None:
        self.user = actions.change_password(by=self.user, password=self.cleaned_data["password1"])


class MailForm(EntryForm):
    """Whether notifications come by mail as well, and where to."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Type an e-mail address, for example siti@contoh.id.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    wants_mail = forms.BooleanField(label=_("Send me notifications by e-mail"), required=False)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("wants_mail") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", _("Type your e-mail address, or untick the box below."))
        return cleaned


def _own_password(user: User, password: str) -> str:
    """The password when it is the person's own; a wrong one counts as a failed sign-in."""
    if not get_adapter().reauthenticate(user, password):
        raise get_adapter().validation_error("incorrect_password")
    return password
